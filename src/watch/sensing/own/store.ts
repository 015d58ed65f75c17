import { sql } from 'kysely'
import type { Tx } from '../../../platform/sql.ts'

/** Three days at most; the newest first. */
export async function readingsUnder(
  tx: Tx,
  consents: readonly string[],
): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select event_at as at, kind as signal, state as heard, value from sensing.reading
    where consent = any(${[...consents]}::uuid[]) order by event_at desc limit 10000`.execute(tx)
  return rows
}
