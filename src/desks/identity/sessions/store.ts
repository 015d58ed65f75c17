import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { AccountId, PersonId, StreetCode } from '../../../kernel/ids.ts'
import { tables, toDate, type Tx } from '../../../platform/sql.ts'
import { hasKey } from '../accounts/index.ts'
import type { IdentityTables } from '../tables.gen.ts'

export type Holder = { street: StreetCode; person: PersonId }

export type Row = {
  session: string
  kind: 'page' | 'token'
  openedBy: string
  account: AccountId | null
  device: Buffer | null
  madeAt: Instant
  seenAt: Instant
  steppedUpUntil: Instant | null
  /** An account's standing; a link's own person has none. */
  level: 'resident' | 'owner' | 'staff' | null
  /** The account can come in by more than a telephone. */
  hasKey: boolean
  grant: string | null
  street: StreetCode | null
  person: PersonId | null
}

export async function addSession(
  tx: Tx,
  session: {
    hash: Buffer
    id: string
    kind: 'page' | 'token'
    openedBy: string
    account: AccountId | null
    holder: Holder | null
    device: Buffer | null
    deviceName: string
    madeAt: Instant
    expiresAt: Instant
    idleMs: number
    steppedUpUntil: Instant | null
  },
): Promise<void> {
  const { hash, id, kind, account, holder, device, madeAt, steppedUpUntil } = session
  await tables<IdentityTables>(tx)
    .insertInto('identity.session')
    .values({
      ...{ hash, id, kind, account, device, opened_by: session.openedBy },
      // An account's person is looked up: it may end, or be another tomorrow.
      ...{ street: holder?.street ?? null, person: account ? null : (holder?.person ?? null) },
      ...{ device_name: session.deviceName, idle_ms: session.idleMs },
      ...{ made_at: toDate(madeAt), seen_at: toDate(madeAt) },
      expires_at: toDate(session.expiresAt),
      stepped_up_until: steppedUpUntil === null ? null : toDate(steppedUpUntil),
    })
    .execute()
}

const ms = (column: string) =>
  sql<Instant>`(extract(epoch from ${sql.ref(`session.${column}`)}) * 1000)::bigint`

/**
 * From here on the transaction sees the holder's street and, as internal work, all of it, as it
 * would have from its beginning.
 */
export async function enterBySession(tx: Tx, hash: Buffer, now: Instant): Promise<Row | undefined> {
  const { rows } = await sql<Row>`
    select session.id as session, session.kind, session.opened_by as "openedBy", session.account,
      session.device, ${ms('made_at')} as "madeAt",
      coalesce(${ms('seen_at')}, ${ms('made_at')}) as "seenAt",
      ${ms('stepped_up_until')} as "steppedUpUntil", session.grant_id as grant,
      standing.capacity as level, coalesce(session.person, standing.person) as person,
      case when coalesce(session.person, standing.person) is not null
        then coalesce(standing.street, session.street) end as street,
      session.opened_by = 'code' and ${hasKey(sql.ref('session.account'))} as "hasKey",
      set_config('lilong.street', coalesce(standing.street, session.street, ''), true) as "isIn",
      set_config('lilong.person',
        coalesce(session.person::text, standing.person::text, ''), true) as "isAs",
      set_config('lilong.committees', '*', true) as "isOf"
    from identity.session left join lateral (
      select street, person, capacity from identity.standing
      where account = session.account and until is null
      order by (street = session.street) desc nulls last, at desc limit 1
    ) as standing on true
    where session.hash = ${hash} and session.expires_at > ${toDate(now)}`.execute(tx)
  return rows[0]
}

/** That it was used, once a while: nobody waits for the disk, nor for whoever writes it too. */
export async function touch(
  tx: Tx,
  { hash, account }: { hash: Buffer; account: AccountId | null },
  now: Instant,
  before: Instant,
  dayBefore: Instant,
): Promise<void> {
  await sql`
    with unhurried as (select set_config('synchronous_commit', 'off', true)
    ), one as (
      select session.hash from identity.session, unhurried
      where hash = ${hash} and seen_at < ${toDate(before)} for update of session skip locked
    ) update identity.session set seen_at = ${toDate(now)}
    from one where session.hash = one.hash`.execute(tx)
  if (account === null) return
  await sql`
    with one as (
      select id from identity.account
      where id = ${account} and seen_at < ${toDate(dayBefore)} for update skip locked
    ) update identity.account set seen_at = ${toDate(now)}
    from one where account.id = one.id`.execute(tx)
}

/** Those of these whose pages are still open here count as used; answers which are no more. */
export async function touchOpen(
  tx: Tx,
  sessions: readonly string[],
  { short, madeAfter }: { short: readonly string[]; madeAfter: Instant },
  now: Instant,
  before: Instant,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with unhurried as (select set_config('synchronous_commit', 'off', true)
    ), asked as (select unnest(${[...sessions]}::uuid[]) as id
    ), live as (
      select session.id, hash, seen_at from identity.session, unhurried
      where session.id in (select id from asked) and expires_at > ${toDate(now)}
        and coalesce(seen_at, made_at) > ${toDate(now)}::timestamptz - idle_ms * interval '1 millisecond'
        and (kind <> 'page' or made_at > ${toDate(madeAfter)}
          or session.id <> all(${[...short]}::uuid[]))
    ), touched as (
      update identity.session set seen_at = ${toDate(now)} from live
      where session.hash = live.hash and live.seen_at < ${toDate(before)}
    ) select id from asked where id not in (select id from live)`.execute(tx)
  return rows.map(({ id }) => id)
}

/** As the owner: those that act for somebody by a grant which is over. */
export async function actingTooLong(
  tx: Tx,
  sessions: readonly string[],
  now: Instant,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select session.id from identity.session join identity.grant on "grant".id = session.grant_id
    where session.id = any(${[...sessions]}::uuid[]) and "grant".until <= ${toDate(now)}`.execute(
    tx,
  )
  return rows.map(({ id }) => id)
}

/** Opened by another token from now on. Answers when it ends; nothing where it is over. */
export async function renew(
  tx: Tx,
  session: string,
  { hash, steppedUpUntil }: { hash: Buffer; steppedUpUntil?: Instant },
): Promise<Instant | undefined> {
  const row = await tables<IdentityTables>(tx)
    .updateTable('identity.session')
    .set({
      hash,
      ...(steppedUpUntil === undefined ? {} : { stepped_up_until: toDate(steppedUpUntil) }),
    })
    .where('id', '=', session)
    .where('kind', '=', 'page')
    .returning('expires_at')
    .executeTakeFirst()
  return row?.expires_at.getTime()
}

/** Whose sessions: one's own, but for a program's tokens. */
export type Own = { account: AccountId } | { person: PersonId }

export type DeviceRow = {
  session: string
  device: string
  openedBy: 'link' | 'code' | 'passkey' | 'oidc'
  at: Instant
  seenAt: Instant
  madeAt: Instant
}

const ownPages = (own: Own) =>
  'account' in own
    ? sql`kind = 'page' and account = ${own.account}`
    : sql`kind = 'page' and person = ${own.person}`

const listedMax = 100

export async function pagesOf(tx: Tx, own: Own, now: Instant): Promise<DeviceRow[]> {
  const { rows } = await sql<DeviceRow>`
    select id as session, device_name as device, opened_by as "openedBy",
      ${ms('made_at')} as "madeAt", coalesce(${ms('seen_at')}, ${ms('made_at')}) as "seenAt"
    from identity.session
    where ${ownPages(own)} and expires_at > ${toDate(now)}
      and coalesce(seen_at, made_at) > ${toDate(now)}::timestamptz - idle_ms * interval '1 millisecond'
    order by coalesce(seen_at, made_at) desc limit ${listedMax}`.execute(tx)
  return rows
}

type Which =
  | { hash: Buffer }
  | { device: Buffer }
  | { own: Own; session: string }
  | { own: Own; but: string | null }
  | { account: AccountId }

/** Answers the ids of those that ended. */
export async function endSessions(tx: Tx, which: Which): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    delete from identity.session where ${whichOf(which)} returning id`.execute(tx)
  return rows.map(({ id }) => id)
}

function whichOf(which: Which) {
  if ('hash' in which) return sql`hash = ${which.hash}`
  if ('device' in which) return sql`device = ${which.device}`
  if ('account' in which) return sql`account = ${which.account}`
  const { own } = which
  if ('session' in which) return sql`${ownPages(own)} and id = ${which.session}`
  return sql`${ownPages(own)} and id is distinct from ${which.but}::uuid`
}

/** All but the newest, by their last use. Answers the ids of those that ended. */
export async function endBeyond(tx: Tx, account: AccountId, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    delete from identity.session where id in (
      select id from identity.session where kind = 'page' and account = ${account}
      order by coalesce(seen_at, made_at) desc offset ${most}
    ) returning id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Which of an account's streets its person is of, from now on in this browser. */
export async function setStreet(tx: Tx, session: string, street: StreetCode): Promise<void> {
  await tables<IdentityTables>(tx)
    .updateTable('identity.session')
    .set({ street })
    .where('id', '=', session)
    .execute()
}

export async function deleteExpired(tx: Tx, now: Instant): Promise<number> {
  const done = await sql`
    delete from identity.session
    where expires_at <= ${toDate(now)}
      or coalesce(seen_at, made_at) <= ${toDate(now)}::timestamptz - idle_ms * interval '1 millisecond'
  `.execute(tx)
  return Number(done.numAffectedRows ?? 0n)
}
