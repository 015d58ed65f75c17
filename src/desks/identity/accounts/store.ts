import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { AccountId, PersonId, StreetCode } from '../../../kernel/ids.ts'
import { tables, toDate, type Tx } from '../../../platform/sql.ts'
import type { IdentityTables } from '../tables.gen.ts'

type Sealed = { sealed: Buffer; key: string }

export async function addAccount(
  tx: Tx,
  { account, sealed, find }: { account: AccountId; sealed: Sealed | null; find: Buffer | null },
  at: Instant,
): Promise<void> {
  await tables<IdentityTables>(tx)
    .insertInto('identity.account')
    .values({
      ...{ id: account, made_at: toDate(at), seen_at: toDate(at) },
      ...{ phone_sealed: sealed?.sealed ?? null, phone_key: sealed?.key ?? null, phone_find: find },
    })
    .execute()
}

export async function accountByPhone(
  tx: Tx,
  finds: readonly Buffer[],
): Promise<{ account: AccountId; seenAt: Instant } | undefined> {
  const { rows } = await sql<{ account: AccountId; at: Date }>`
    select id as account, seen_at as at from identity.account
    where phone_find = any(${[...finds]}::bytea[]) and closed_at is null
    order by made_at limit 1`.execute(tx)
  return rows[0] && { account: rows[0].account, seenAt: rows[0].at.getTime() }
}

export async function sealedPhone(tx: Tx, account: AccountId): Promise<Sealed | undefined> {
  const { rows } = await sql<Sealed>`
    select phone_sealed as sealed, phone_key as key from identity.account
    where id = ${account} and phone_sealed is not null and closed_at is null`.execute(tx)
  return rows[0]
}

export async function sealedWithAnother(
  tx: Tx,
  key: string,
  most: number,
): Promise<(Sealed & { account: AccountId })[]> {
  const { rows } = await sql<Sealed & { account: AccountId }>`
    select id as account, phone_sealed as sealed, phone_key as key from identity.account
    where phone_sealed is not null and phone_key <> ${key}
    order by id limit ${most} for update`.execute(tx)
  return rows
}

export async function keysOfAccounts(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    select distinct phone_key as key from identity.account where phone_key is not null`.execute(tx)
  return rows.map(({ key }) => key)
}

export async function setSealed(
  tx: Tx,
  account: AccountId,
  { sealed, key }: Sealed,
  find: Buffer,
): Promise<void> {
  await tables<IdentityTables>(tx)
    .updateTable('identity.account')
    .set({ phone_sealed: sealed, phone_key: key, phone_find: find })
    .where('id', '=', account)
    .execute()
}

/**
 * The telephone leaves the account. It stays open only where somebody can still come in by a key:
 * otherwise it is closed, and is nobody any more.
 */
export async function partWithPhone(tx: Tx, account: AccountId, now: Instant): Promise<void> {
  await sql`
    update identity.account set phone_sealed = null, phone_find = null, phone_key = null,
      closed_at = case when ${hasKey(sql.ref('account.id'))} then null else ${toDate(now)}::timestamptz end
    where id = ${account}`.execute(tx)
  await sql`
    update identity.standing set until = ${toDate(now)}
    where account = ${account} and until is null
      and exists (select from identity.account where id = ${account} and closed_at is not null)
  `.execute(tx)
}

/** A way to sign in that is more than a telephone. */
export const hasKey = (account: ReturnType<typeof sql.ref>) => sql<boolean>`(
  exists (select from identity.passkey
    where passkey.account = ${account} and passkey.blocked_at is null)
  or exists (select from identity.oidc_subject where oidc_subject.account = ${account}))`

export async function touchAccount(tx: Tx, account: AccountId, now: Instant): Promise<void> {
  await tables<IdentityTables>(tx)
    .updateTable('identity.account')
    .set({ seen_at: toDate(now) })
    .where('id', '=', account)
    .execute()
}

export async function accountOfPerson(tx: Tx, person: PersonId): Promise<AccountId | null> {
  const row = await tables<IdentityTables>(tx)
    .selectFrom('identity.standing')
    .select('account')
    .where('person', '=', person)
    .where('until', 'is', null)
    .executeTakeFirst()
  return (row?.account ?? null) as AccountId | null
}

export type StandingRow = {
  street: StreetCode
  person: PersonId
  level: 'resident' | 'owner' | 'staff'
  proof: string
  at: Instant
}

/** Those that hold now. */
export async function standingsOf(tx: Tx, account: AccountId): Promise<StandingRow[]> {
  const { rows } = await sql<StandingRow>`
    select street, person, capacity as level, proof, (extract(epoch from at) * 1000)::bigint as at
    from identity.standing where account = ${account} and until is null order by at`.execute(tx)
  return rows
}

/** False where the person, or the account in that street, has one already. */
export async function addStanding(
  tx: Tx,
  standing: {
    id: string
    street: StreetCode
    account: AccountId
    person: PersonId
    level: string
    proof: string
    byPerson?: PersonId
    byPost?: string
    at: Instant
  },
): Promise<boolean> {
  const { id, street, account, person, level, proof, at } = standing
  const done = await tables<IdentityTables>(tx)
    .insertInto('identity.standing')
    .values({
      ...{ id, street, account, person, capacity: level, proof, at: toDate(at) },
      ...{ by_person: standing.byPerson ?? null, by_post: standing.byPost ?? null },
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

/** Whoever was that person is not any more. */
export async function endStandingOf(tx: Tx, person: PersonId, now: Instant): Promise<boolean> {
  const done = await tables<IdentityTables>(tx)
    .updateTable('identity.standing')
    .set({ until: toDate(now) })
    .where('person', '=', person)
    .where('until', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/**
 * Standings that ended before, then accounts that nobody has used since, that are nobody, and that
 * nothing else names.
 */
export async function deleteUnused(tx: Tx, before: Instant): Promise<number> {
  const ended = await sql`
    delete from identity.standing where until < ${toDate(before)}`.execute(tx)
  const gone = await sql`
    with unused as (
      select id from identity.account
      where seen_at < ${toDate(before)}
        and not exists (select from identity.standing where account = account.id)
        and not exists (select from identity.session where account = account.id)
        and not exists (select from identity.claim where account = account.id)
        and not exists (select from identity.vouching where account = account.id)
        and not exists (select from identity.opening where account = account.id)
        and not exists (select from identity.grant where to_account = account.id)
      limit 10000
    ), keys as (delete from identity.passkey where account in (select id from unused)
    ), subjects as (delete from identity.oidc_subject where account in (select id from unused)
    ), shown as (delete from identity.shown_code where account in (select id from unused)
    ) delete from identity.account where id in (select id from unused)`.execute(tx)
  return Number((ended.numAffectedRows ?? 0n) + (gone.numAffectedRows ?? 0n))
}
