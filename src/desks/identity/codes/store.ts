import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import { tables, toDate, type Tx } from '../../../platform/sql.ts'
import type { IdentityTables } from '../tables.gen.ts'

/** The one that this browser asked for before is over. */
export async function addCode(
  tx: Tx,
  code: {
    id: string
    find: Buffer
    digest: Buffer
    device: Buffer
    sentAt: Instant
    expiresAt: Instant
  },
): Promise<void> {
  const { id, find, digest, device, sentAt, expiresAt } = code
  await tables<IdentityTables>(tx)
    .deleteFrom('identity.code')
    .where('phone_find', '=', find)
    .where('device', '=', device)
    .execute()
  await tables<IdentityTables>(tx)
    .insertInto('identity.code')
    .values({
      ...{ id, phone_find: find, digest, device, tries: 0 },
      ...{ sent_at: toDate(sentAt), expires_at: toDate(expiresAt) },
    })
    .execute()
}

/** Counts a try at the newest one that is open. */
export async function tryCode(
  tx: Tx,
  { finds, device, triesMax }: { finds: readonly Buffer[]; device: Buffer; triesMax: number },
  now: Instant,
): Promise<{ id: string; digest: Buffer } | undefined> {
  const { rows } = await sql<{ id: string; digest: Buffer }>`
    update identity.code set tries = tries + 1
    where id = (
      select id from identity.code
      where phone_find = any(${[...finds]}::bytea[]) and device = ${device}
      order by sent_at desc limit 1
    ) and tries < ${triesMax} and used_at is null and expires_at > ${toDate(now)}
    returning id, digest`.execute(tx)
  return rows[0]
}

export async function useCode(tx: Tx, id: string, now: Instant): Promise<void> {
  await tables<IdentityTables>(tx)
    .updateTable('identity.code')
    .set({ used_at: toDate(now) })
    .where('id', '=', id)
    .execute()
}

/** Two with one telephone are one after the other. */
export async function lockPhone(tx: Tx, find: Buffer): Promise<void> {
  await sql`select pg_advisory_xact_lock(${find.readBigInt64BE().toString()}::bigint)`.execute(tx)
}

export async function deleteCodes(tx: Tx, before: Instant): Promise<number> {
  const done = await tables<IdentityTables>(tx)
    .deleteFrom('identity.code')
    .where('expires_at', '<', toDate(before))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}
