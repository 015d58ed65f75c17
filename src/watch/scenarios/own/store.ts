import { sql } from 'kysely'
import type { PersonId } from '../../../kernel/ids.ts'
import type { Tx } from '../../../platform/sql.ts'

export async function watchesOf(tx: Tx, person: PersonId): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select purpose, home, since as "from", away_until as away from scenarios.watch
    where person = ${person} order by since`.execute(tx)
  return rows
}
