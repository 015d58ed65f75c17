import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { AccountId, PersonId, StreetCode } from '../../../kernel/ids.ts'
import { toDate, type Tx } from '../../../platform/sql.ts'

type Rows = Record<string, unknown>[]

export async function accountTimes(tx: Tx, account: AccountId): Promise<Rows> {
  const { rows } = await sql<Rows[number]>`
    select made_at as "madeAt", seen_at as "usedAt" from identity.account
    where id = ${account}`.execute(tx)
  return rows
}

/** Passkeys and the organisation's sign-in, by what is no secret. */
export async function keysOf(tx: Tx, account: AccountId): Promise<Rows> {
  const { rows } = await sql<Rows[number]>`
    select 'passkey' as kind, device_name as device, made_at as "madeAt", used_at as "usedAt"
    from identity.passkey where account = ${account}
    union all
    select 'organisation', null, linked_at, null from identity.oidc_subject
    where account = ${account} order by 3`.execute(tx)
  return rows
}

export async function standingsOf(tx: Tx, person: PersonId): Promise<Rows> {
  const { rows } = await sql<Rows[number]>`
    select capacity as level, proof, at as "from", until as "to" from identity.standing
    where person = ${person} order by at desc`.execute(tx)
  return rows
}

export async function sessionsOf(
  tx: Tx,
  person: PersonId,
  account: AccountId | null,
): Promise<Rows> {
  const { rows } = await sql<Rows[number]>`
    select device_name as device, opened_by as way, made_at as "madeAt", seen_at as "usedAt",
      expires_at as until
    from identity.session where (person = ${person} or account = ${account}) and grant_id is null
    order by made_at desc`.execute(tx)
  return rows
}

/** What they said of themselves to be known as who they are. */
export async function proofsOf(tx: Tx, person: PersonId, account: AccountId | null): Promise<Rows> {
  const { rows } = await sql<Rows[number]>`
    select 'claim' as kind, home, name_said as called, proof, made_at as "madeAt", verdict,
      because, decided_at as "decidedAt"
    from identity.claim where account = ${account}
    union all
    select 'vouching', home, name_said, null, asked_at,
      case is_vouched when true then 'approved' when false then 'refused' end, null, answered_at
    from identity.vouching where account = ${account}
    union all
    select 'answered-vouching', home, null, null, asked_at,
      case is_vouched when true then 'approved' when false then 'refused' end, null, answered_at
    from identity.vouching where answered_by = ${person}
    order by 5 desc`.execute(tx)
  return rows
}

/** Who may act for them, by the name that they were called; for whom they may act, without one. */
export async function grantsOf(tx: Tx, person: PersonId, account: AccountId | null): Promise<Rows> {
  const { rows } = await sql<Rows[number]>`
    select 'for-me' as kind, called, relation, way, made_at as "madeAt", until,
      ended_at as "endedAt"
    from identity.grant where of_person = ${person}
    union all
    select 'by-me', null, relation, way, made_at, until, ended_at
    from identity.grant where to_account = ${account} order by 5 desc`.execute(tx)
  return rows
}

export async function passesOf(tx: Tx, person: PersonId): Promise<Rows> {
  const { rows } = await sql<Rows[number]>`
    select home, door, from_at as "from", until, revoked_at as "endedAt" from identity.pass
    where person = ${person} order by made_at desc`.execute(tx)
  return rows
}

/** The account that is this person, or was it last. */
export async function accountEver(tx: Tx, person: PersonId): Promise<AccountId | null> {
  const { rows } = await sql<{ account: AccountId }>`
    select account from identity.standing where person = ${person}
    order by until desc nulls first limit 1`.execute(tx)
  return rows[0]?.account ?? null
}

export async function endSessions(
  tx: Tx,
  person: PersonId,
  account: AccountId | null,
): Promise<number> {
  const done = await sql`
    delete from identity.session where person = ${person} or account = ${account}`.execute(tx)
  return Number(done.numAffectedRows ?? 0)
}

export async function forgetPerson(tx: Tx, person: PersonId, street: StreetCode): Promise<number> {
  const statements = [
    sql`delete from identity.session where grant_id in
      (select id from identity.grant where of_person = ${person})`,
    sql`delete from identity.session where person = ${person}`,
    sql`delete from identity.link where person = ${person}`,
    sql`delete from identity.opening where person = ${person}`,
    sql`delete from identity.pass where person = ${person}`,
    sql`delete from identity.grant_code where of_person = ${person}`,
    sql`delete from identity.grant where of_person = ${person}`,
    sql`update identity.claim set person = null where person = ${person}`,
    sql`update identity.vouching set answered_by = null where answered_by = ${person}`,
    sql`delete from identity.standing where person = ${person} and street = ${street}`,
  ]
  let gone = 0
  for (const each of statements) gone += Number((await each.execute(tx)).numAffectedRows ?? 0)
  return gone
}

export async function forgetProofs(
  tx: Tx,
  account: AccountId,
  street: StreetCode,
): Promise<number> {
  const statements = [
    sql`delete from identity.claim where account = ${account} and street = ${street}`,
    sql`delete from identity.vouching where account = ${account} and street = ${street}`,
  ]
  let gone = 0
  for (const each of statements) gone += Number((await each.execute(tx)).numAffectedRows ?? 0)
  return gone
}

/** In any street, still. */
export async function isSomebody(tx: Tx, account: AccountId): Promise<boolean> {
  const { rows } = await sql`
    select from identity.standing where account = ${account} and until is null`.execute(tx)
  return rows.length > 0
}

/** Nobody signs in with it again. Its id stays, without a number, for what still names it. */
export async function closeAccount(tx: Tx, account: AccountId, now: Instant): Promise<number> {
  const statements = [
    sql`delete from identity.ceremony where account = ${account}`,
    sql`delete from identity.shown_code where account = ${account}`,
    sql`delete from identity.passkey where account = ${account}`,
    sql`delete from identity.oidc_subject where account = ${account}`,
    sql`delete from identity.code where phone_find in
      (select phone_find from identity.account where id = ${account})`,
    sql`update identity.grant set ended_at = ${toDate(now)}, ended_by = 'helper'
      where to_account = ${account} and ended_at is null`,
    sql`update identity.account set phone_sealed = null, phone_find = null, phone_key = null,
      closed_at = coalesce(closed_at, ${toDate(now)}) where id = ${account}`,
  ]
  let gone = 0
  for (const each of statements) gone += Number((await each.execute(tx)).numAffectedRows ?? 0)
  return gone
}

/**
 * Links, and what was to be decided, go; who the account was ends now. The house's answers and what
 * somebody decided stay to their terms: they stand for others, too.
 */
export async function endStanding(
  tx: Tx,
  { person, street, account }: { person: PersonId; street: StreetCode; account: AccountId | null },
  now: Instant,
): Promise<number> {
  const statements = [
    sql`delete from identity.link where person = ${person}`,
    sql`delete from identity.opening where person = ${person}`,
    sql`delete from identity.grant_code where of_person = ${person}`,
    sql`delete from identity.claim
      where account = ${account} and street = ${street} and decided_at is null`,
    sql`delete from identity.vouching
      where account = ${account} and street = ${street} and answered_at is null`,
    sql`update identity.standing set until = ${toDate(now)}
      where person = ${person} and until is null`,
  ]
  let gone = 0
  for (const each of statements) gone += Number((await each.execute(tx)).numAffectedRows ?? 0)
  return gone
}

/** Their standing; and the account, where it is nobody else in another street. */
export async function closingIds(tx: Tx, person: PersonId): Promise<string[]> {
  const { rows } = await sql<{ standing: string; account: string | null }>`
    select id as standing, case when not exists (
        select from identity.standing as other
        where other.account = held.account and other.until is null and other.id <> held.id
      ) then account end as account
    from identity.standing as held where person = ${person} and until is null`.execute(tx)
  return rows.flatMap(({ standing, account }) => [standing, ...(account ? [account] : [])])
}

/** Who somebody is by a standing, or an account by all it has, where that is open. */
export async function openBy(
  tx: Tx,
  id: string,
): Promise<{ person: PersonId; street: StreetCode }[]> {
  const { rows } = await sql<{ person: PersonId; street: StreetCode }>`
    select person, street from identity.standing
    where (id = ${id} or account = ${id}) and until is null`.execute(tx)
  return rows
}

/** An open account of that id; a standing's is none. */
export async function isOpenAccount(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`
    select from identity.account where id = ${id} and closed_at is null`.execute(tx)
  return rows.length > 0
}

/** Who an account is, where it is no more than an account: they moved out, and stay themselves. */
export async function personOf(
  tx: Tx,
  account: AccountId,
): Promise<{ person: PersonId; street: StreetCode } | undefined> {
  const { rows } = await sql<{ person: PersonId; street: StreetCode }>`
    select person, street from identity.standing where account = ${account} and until is null
    order by at desc limit 1`.execute(tx)
  return rows[0]
}
