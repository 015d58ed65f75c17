import type { Instant } from '../../kernel/clock.ts'
import { tables, toDate, type Tx } from '../../platform/sql.ts'
import type { Holder } from './sessions/index.ts'
import type { IdentityTables } from './tables.gen.ts'

export async function addLink(
  tx: Tx,
  hash: Buffer,
  holder: Holder,
  expiresAt: Instant,
): Promise<void> {
  await tables<IdentityTables>(tx)
    .insertInto('identity.link')
    .values({ hash, ...holder, expires_at: toDate(expiresAt) })
    .execute()
}

/** One use: the update itself decides who was first. */
export async function useLink(tx: Tx, hash: Buffer, now: Instant): Promise<Holder | undefined> {
  const row = await tables<IdentityTables>(tx)
    .updateTable('identity.link')
    .set({ used_at: toDate(now) })
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', toDate(now))
    .returning(['street', 'person'])
    .executeTakeFirst()
  return row as Holder | undefined
}

export async function isOpenLink(tx: Tx, hash: Buffer, now: Instant): Promise<boolean> {
  const row = await tables<IdentityTables>(tx)
    .selectFrom('identity.link')
    .select('person')
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', toDate(now))
    .executeTakeFirst()
  return row !== undefined
}

export async function deleteLinks(tx: Tx, now: Instant): Promise<number> {
  const done = await tables<IdentityTables>(tx)
    .deleteFrom('identity.link')
    .where('expires_at', '<', toDate(now))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}
