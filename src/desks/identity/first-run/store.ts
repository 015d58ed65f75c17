import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { AccountId, PersonId, PostId, StreetCode } from '../../../kernel/ids.ts'
import { tables, toDate, type Tx } from '../../../platform/sql.ts'
import type { IdentityTables } from '../tables.gen.ts'

/** Whom an invitation is for; null: the owner's link. */
export type Invited = { street: StreetCode; person: PersonId; post: PostId }

/** The one before it ends, unless it was used. */
export async function addOpening(
  tx: Tx,
  hash: Buffer,
  opening: { invited: Invited | null; by: PersonId | null; at: Instant; expiresAt: Instant },
): Promise<void> {
  const { invited, by, at, expiresAt } = opening
  await tables<IdentityTables>(tx)
    .deleteFrom('identity.opening')
    .where('used_at', 'is', null)
    .where('kind', '=', invited ? 'invitation' : 'owner')
    .$if(invited !== null, (those) => those.where('post', '=', invited?.post ?? null))
    .execute()
  await tables<IdentityTables>(tx)
    .insertInto('identity.opening')
    .values({
      ...{ hash, kind: invited ? 'invitation' : 'owner', by_person: by },
      ...{ street: invited?.street ?? null, person: invited?.person ?? null },
      ...{ post: invited?.post ?? null, made_at: toDate(at), expires_at: toDate(expiresAt) },
    })
    .execute()
}

/** One at a time: whoever comes second waits, and finds it used. */
export async function openingFor(
  tx: Tx,
  hash: Buffer,
  now: Instant,
): Promise<{ invited: Invited | null; by: PersonId | null } | undefined> {
  const row = await tables<IdentityTables>(tx)
    .selectFrom('identity.opening')
    .selectAll()
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', toDate(now))
    .forUpdate()
    .executeTakeFirst()
  if (!row) return undefined
  const { street, person, post } = row
  const invited = street && person && post ? ({ street, person, post } as Invited) : null
  return { invited, by: row.by_person as PersonId | null }
}

export async function isOpening(tx: Tx, hash: Buffer, now: Instant): Promise<boolean> {
  const row = await tables<IdentityTables>(tx)
    .selectFrom('identity.opening')
    .select('kind')
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', toDate(now))
    .executeTakeFirst()
  return row !== undefined
}

export async function useOpening(
  tx: Tx,
  hash: Buffer,
  account: AccountId,
  now: Instant,
): Promise<void> {
  await tables<IdentityTables>(tx)
    .updateTable('identity.opening')
    .set({ used_at: toDate(now), account })
    .where('hash', '=', hash)
    .execute()
}

export async function setSession(tx: Tx, hash: Buffer, session: string): Promise<void> {
  await tables<IdentityTables>(tx)
    .updateTable('identity.opening')
    .set({ session })
    .where('hash', '=', hash)
    .execute()
}

/** The account opened the owner's link, within its day. */
export async function isOwner(tx: Tx, account: AccountId, now: Instant): Promise<boolean> {
  const row = await tables<IdentityTables>(tx)
    .selectFrom('identity.opening')
    .select('kind')
    .where('kind', '=', 'owner')
    .where('account', '=', account)
    .where('expires_at', '>', toDate(now))
    .executeTakeFirst()
  return row !== undefined
}

/** Two first streets are not opened at once, by whomever. */
export async function foundOneByOne(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('identity.first-run'))`.execute(tx)
}

/** Whoever an officer invites works from then on, whatever had proven who they are before. */
export async function raiseToStaff(
  tx: Tx,
  person: PersonId,
  by: PersonId | null,
  at: Instant,
): Promise<void> {
  await tables<IdentityTables>(tx)
    .updateTable('identity.standing')
    .set({ capacity: 'staff', proof: 'invitation', by_person: by, at: toDate(at) })
    .where('person', '=', person)
    .where('until', 'is', null)
    .execute()
}

export async function deleteOpenings(tx: Tx, now: Instant): Promise<number> {
  const gone = await tables<IdentityTables>(tx)
    .deleteFrom('identity.opening')
    .where('expires_at', '<', toDate(now))
    .executeTakeFirst()
  return Number(gone.numDeletedRows)
}
