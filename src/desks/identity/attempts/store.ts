import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import { tables, toDate, type Tx } from '../../../platform/sql.ts'
import type { IdentityTables } from '../tables.gen.ts'

type Counted = { kind: string; key: Buffer }

/** Until the transaction ends nobody else counts under this key. */
export async function lock(tx: Tx, key: Buffer): Promise<void> {
  await sql`select pg_advisory_xact_lock(${key.readBigInt64BE().toString()}::bigint)`.execute(tx)
}

/** The newest first. */
export async function triesOf(
  tx: Tx,
  { kind, key }: Counted,
  since: Instant,
  most: number,
): Promise<Instant[]> {
  const rows = await tables<IdentityTables>(tx)
    .selectFrom('identity.attempt')
    .select('at')
    .where('kind', '=', kind)
    .where('key', '=', key)
    .where('at', '>', toDate(since))
    .orderBy('at', 'desc')
    .limit(most)
    .execute()
  return rows.map(({ at }) => at.getTime())
}

export async function addTries(tx: Tx, tries: readonly Counted[], at: Instant): Promise<void> {
  await tables<IdentityTables>(tx)
    .insertInto('identity.attempt')
    .values(tries.map(({ kind, key }) => ({ kind, key, at: toDate(at) })))
    .execute()
}

export async function deleteAttempts(tx: Tx, before: Instant): Promise<number> {
  const done = await tables<IdentityTables>(tx)
    .deleteFrom('identity.attempt')
    .where('at', '<', toDate(before))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}
