import { sql } from 'kysely'
import type { Tx } from '../../platform/sql.ts'

export async function setting<T>(tx: Tx, key: string): Promise<T | undefined> {
  const { rows } = await sql<{ value: T }>`
    select value from platform.setting where key = ${key}`.execute(tx)
  return rows[0]?.value
}

export async function saveSetting(tx: Tx, key: string, value: unknown): Promise<void> {
  await sql`
    insert into platform.setting (key, value) values (${key}, ${JSON.stringify(value)}::jsonb)
    on conflict (key) do update set value = excluded.value`.execute(tx)
}

export async function newestMigration(tx: Tx): Promise<string> {
  const { rows } = await sql<{ name: string | null }>`
    select max(name) as name from platform.migration`.execute(tx)
  return rows[0]?.name ?? ''
}
