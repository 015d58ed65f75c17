import { sql } from 'kysely'
import type { Instant } from '../../kernel/clock.ts'
import type { PersonId, StreetCode } from '../../kernel/ids.ts'
import { tables, toDate, type Tx } from '../../platform/sql.ts'
import type { IdentityTables } from './tables.gen.ts'

export type Holder = { street: StreetCode; person: PersonId }

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

export async function addSession(
  tx: Tx,
  hash: Buffer,
  holder: Holder,
  session: { kind: 'page' | 'token'; madeAt: Instant; expiresAt: Instant },
): Promise<void> {
  const { kind, madeAt, expiresAt } = session
  await tables<IdentityTables>(tx)
    .insertInto('identity.session')
    .values({ hash, ...holder, kind, made_at: toDate(madeAt), expires_at: toDate(expiresAt) })
    .execute()
}

/** From here on the transaction sees the holder's street, as it would have from its beginning. */
export async function enterBySession(
  tx: Tx,
  hash: Buffer,
  now: Instant,
): Promise<Holder | undefined> {
  const { rows } = await sql<Holder>`
    select street, person, set_config('lilong.street', street, true) as "isIn",
      set_config('lilong.person', person::text, true) as "isAs"
    from identity.session where hash = ${hash} and expires_at > ${toDate(now)}`.execute(tx)
  return rows[0] && { street: rows[0].street, person: rows[0].person }
}

export async function endSession(tx: Tx, hash: Buffer): Promise<void> {
  await tables<IdentityTables>(tx).deleteFrom('identity.session').where('hash', '=', hash).execute()
}

export async function deleteExpired(tx: Tx, now: Instant): Promise<number> {
  const links = await tables<IdentityTables>(tx)
    .deleteFrom('identity.link')
    .where('expires_at', '<', toDate(now))
    .executeTakeFirst()
  const sessions = await tables<IdentityTables>(tx)
    .deleteFrom('identity.session')
    .where('expires_at', '<', toDate(now))
    .executeTakeFirst()
  return Number(links.numDeletedRows + sessions.numDeletedRows)
}
