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
  { kind, keys }: { kind: string; keys: readonly Buffer[] },
  since: Instant,
  most: number,
): Promise<Instant[]> {
  const rows = await tables<IdentityTables>(tx)
    .selectFrom('identity.attempt')
    .select('at')
    .where('kind', '=', kind)
    .where('key', 'in', [...keys])
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

/** No attempt: kept beside them as the same kind of hash, and for longer. */
const known = 'known-here'

/** One row a browser and telephone, with the time of its last use. */
export async function putKnown(
  tx: Tx,
  { key, keys }: { key: Buffer; keys: readonly Buffer[] },
  at: Instant,
): Promise<void> {
  await tables<IdentityTables>(tx)
    .deleteFrom('identity.attempt')
    .where('kind', '=', known)
    .where('key', 'in', [...keys])
    .execute()
  await addTries(tx, [{ kind: known, key }], at)
}

export async function isKnown(tx: Tx, keys: readonly Buffer[], since: Instant): Promise<boolean> {
  const row = await tables<IdentityTables>(tx)
    .selectFrom('identity.attempt')
    .select('at')
    .where('kind', '=', known)
    .where('key', 'in', [...keys])
    .where('at', '>', toDate(since))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export async function deleteAttempts(tx: Tx, before: Instant, knownBefore: Instant) {
  const done = await tables<IdentityTables>(tx)
    .deleteFrom('identity.attempt')
    .where((row) =>
      row.or([
        row.and([row('kind', '<>', known), row('at', '<', toDate(before))]),
        row('at', '<', toDate(knownBefore)),
      ]),
    )
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}
