import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { AccountId, HomeCode, PersonId, StreetCode } from '../../../kernel/ids.ts'
import { tables, toDate, type Tx } from '../../../platform/sql.ts'
import type { IdentityTables } from '../tables.gen.ts'
import type { ClaimBecause, ClaimReason, HomeProof, Verdict } from './types.ts'

const ms = (column: string) => sql<Instant>`(extract(epoch from ${sql.ref(column)}) * 1000)::bigint`

/** A home has one open letter: the one before ends. Bytes as hex: they travel in one JSON text. */
export async function putLetters(
  tx: Tx,
  letters: readonly { id: string; home: HomeCode; digest: string }[],
  by: { street: StreetCode; person: PersonId; post: string; key: string },
  { at, until }: { at: Instant; until: Instant },
): Promise<void> {
  const homes = letters.map(({ home }) => home)
  await sql`
    update identity.letter set revoked_at = ${toDate(at)}
    where home = any(${homes}::text[]) and used_at is null and revoked_at is null`.execute(tx)
  await sql`
    insert into identity.letter
      (street, id, home, digest, key, by_person, by_post, printed_at, until)
    select ${by.street}, id, home, decode(digest, 'hex'), ${by.key}, ${by.person}, ${by.post},
      ${toDate(at)}, ${toDate(until)}
    from json_to_recordset(${JSON.stringify(letters)}::json)
      as row (id uuid, home text, digest text)`.execute(tx)
}

const listedMax = 1000

export async function openLetters(
  tx: Tx,
  now: Instant,
): Promise<{ letter: string; home: HomeCode; printedAt: Instant; until: Instant }[]> {
  const { rows } = await sql<{
    letter: string
    home: HomeCode
    printedAt: Instant
    until: Instant
  }>`
    select id as letter, home, ${ms('printed_at')} as "printedAt", ${ms('until')} as until
    from identity.letter
    where used_at is null and revoked_at is null and letter.until > ${toDate(now)}
    order by printed_at desc, home limit ${listedMax}`.execute(tx)
  return rows
}

/**
 * Homes whose letter was still good when keys were changed, and who have neither another since nor
 * anybody who came in by one.
 */
export async function endedByKeys(tx: Tx, now: Instant): Promise<HomeCode[]> {
  const { rows } = await sql<{ home: HomeCode }>`
    select distinct home from identity.letter as gone
    where ended_by_keys and gone.until > ${toDate(now)}
      and not exists (select from identity.letter as newer
        where newer.home = gone.home and newer.printed_at > gone.printed_at)
    order by home limit ${listedMax}`.execute(tx)
  return rows.map(({ home }) => home)
}

export async function revokeLetter(tx: Tx, letter: string, now: Instant): Promise<boolean> {
  const done = await tables<IdentityTables>(tx)
    .updateTable('identity.letter')
    .set({ revoked_at: toDate(now) })
    .where('id', '=', letter)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

const isOpen = (digests: readonly Buffer[], now: Instant) => sql`
  digest = any(${[...digests]}::bytea[]) and used_at is null and revoked_at is null
  and letter.until > ${toDate(now)}`

export async function homeOfLetter(
  tx: Tx,
  digests: readonly Buffer[],
  now: Instant,
): Promise<HomeCode | undefined> {
  const { rows } = await sql<{ home: HomeCode }>`
    select home from identity.letter where ${isOpen(digests, now)}`.execute(tx)
  return rows[0]?.home
}

/** Once: the update itself decides who was first. */
export async function useLetter(
  tx: Tx,
  digests: readonly Buffer[],
  account: AccountId,
  now: Instant,
): Promise<boolean> {
  const done = await sql`
    update identity.letter set used_at = ${toDate(now)}, used_by = ${account}
    where ${isOpen(digests, now)}`.execute(tx)
  return (done.numAffectedRows ?? 0n) > 0n
}

/** False where another account shows the same digits now. One's own code before is over. */
export async function showCode(
  tx: Tx,
  { account, digest, expiresAt }: { account: AccountId; digest: Buffer; expiresAt: Instant },
  now: Instant,
): Promise<boolean> {
  await sql`
    delete from identity.shown_code
    where account = ${account} or expires_at <= ${toDate(now)}`.execute(tx)
  const done = await tables<IdentityTables>(tx)
    .insertInto('identity.shown_code')
    .values({ account, digest, expires_at: toDate(expiresAt) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

export async function takeShownCode(
  tx: Tx,
  digests: readonly Buffer[],
  now: Instant,
): Promise<AccountId | undefined> {
  const { rows } = await sql<{ account: AccountId }>`
    delete from identity.shown_code
    where digest = any(${[...digests]}::bytea[]) and expires_at > ${toDate(now)}
    returning account`.execute(tx)
  return rows[0]?.account
}

/** An account has one open question to a home: asked again, it is the newer one. */
export async function addVouching(
  tx: Tx,
  asked: {
    street: StreetCode
    id: string
    home: HomeCode
    account: AccountId
    name: string
    askedAt: Instant
    until: Instant
  },
): Promise<void> {
  const { street, id, home, account, name, askedAt, until } = asked
  await sql`
    insert into identity.vouching (street, id, home, account, name_said, asked_at, until)
    values (${street}, ${id}, ${home}, ${account}, ${name}, ${toDate(askedAt)}, ${toDate(until)})
    on conflict (account, home) where answered_at is null do update
      set id = excluded.id, name_said = excluded.name_said, asked_at = excluded.asked_at,
        until = excluded.until`.execute(tx)
}

export async function vouchings(
  tx: Tx,
  home: HomeCode,
  now: Instant,
): Promise<{ vouching: string; name: string; askedAt: Instant; until: Instant }[]> {
  const { rows } = await sql<{
    vouching: string
    name: string
    askedAt: Instant
    until: Instant
  }>`
    select id as vouching, name_said as name, ${ms('asked_at')} as "askedAt", ${ms('until')} as until
    from identity.vouching
    where home = ${home} and answered_at is null and vouching.until > ${toDate(now)}
    order by asked_at limit 20`.execute(tx)
  return rows
}

/** Once, in time, by somebody of that home who is not the one who asks. */
export async function answerVouching(
  tx: Tx,
  answer: {
    vouching: string
    home: HomeCode
    by: PersonId
    isOurs: boolean
    own: AccountId | null
  },
  now: Instant,
): Promise<{ account: AccountId; name: string } | undefined> {
  const { vouching, home, by, isOurs, own } = answer
  const { rows } = await sql<{ account: AccountId; name: string }>`
    update identity.vouching set answered_at = ${toDate(now)}, answered_by = ${by},
      is_vouched = ${isOurs}
    where id = ${vouching} and home = ${home} and answered_at is null
      and vouching.until > ${toDate(now)} and account is distinct from ${own}::uuid
    returning account, name_said as name`.execute(tx)
  return rows[0]
}

export type Claim = {
  claim: string
  home: HomeCode
  account: AccountId
  nameSaid: string
  reason: ClaimReason
  proof: HomeProof
  person: PersonId | null
  at: Instant
}

/** An account has one open claim for a home. */
export async function addClaim(
  tx: Tx,
  claim: {
    id: string
    street: StreetCode
    home: HomeCode
    account: AccountId
    name: string
    reason: ClaimReason
    proof: HomeProof
    person: PersonId | null
    other: AccountId | null
    at: Instant
  },
): Promise<void> {
  const { id, street, home, account, reason, proof, person } = claim
  await tables<IdentityTables>(tx)
    .insertInto('identity.claim')
    .values({
      ...{ id, street, home, account, reason, proof, person },
      ...{ name_said: claim.name, other_account: claim.other, made_at: toDate(claim.at) },
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

const columns = sql<Claim>`
  id as claim, home, account, name_said as "nameSaid", reason, proof, person,
  ${ms('made_at')} as at`

export async function openClaims(tx: Tx): Promise<Claim[]> {
  const { rows } = await sql<Claim>`
    select ${columns} from identity.claim where decided_at is null
    order by made_at limit 200`.execute(tx)
  return rows
}

export async function openClaim(tx: Tx, claim: string): Promise<Claim | undefined> {
  const { rows } = await sql<Claim>`
    select ${columns} from identity.claim where id = ${claim} and decided_at is null`.execute(tx)
  return rows[0]
}

export async function lockClaim(tx: Tx, claim: string): Promise<Claim | undefined> {
  const { rows } = await sql<Claim>`
    select ${columns} from identity.claim
    where id = ${claim} and decided_at is null for update`.execute(tx)
  return rows[0]
}

export async function decideClaim(
  tx: Tx,
  decided: {
    claim: string
    by: PersonId
    post: string
    verdict: Verdict
    because: ClaimBecause
    person: PersonId | null
  },
  now: Instant,
): Promise<void> {
  const { claim, by, post, verdict, because, person } = decided
  await tables<IdentityTables>(tx)
    .updateTable('identity.claim')
    .set({ decided_at: toDate(now), decided_by: by, decided_post: post, verdict, because, person })
    .where('id', '=', claim)
    .execute()
}

export type Waiting = {
  kind: 'claim' | 'household'
  state: 'waiting' | 'proven' | 'refused' | 'over'
  at: Instant
  until: Instant | null
  because: ClaimBecause | null
}

/** What an account asked for, the newest first: no name, no home. */
export async function waitingOf(tx: Tx, account: AccountId, now: Instant): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select * from (
      select 'claim' as kind, ${ms('made_at')} as at, null::bigint as until,
        case when decided_at is null then 'waiting'
          when verdict in ('is-that-person', 'new-person') then 'proven' else 'refused' end as state,
        because
      from identity.claim where account = ${account}
      union all
      select 'household', ${ms('asked_at')}, ${ms('until')},
        case when is_vouched then 'proven' when answered_at is not null then 'refused'
          when vouching.until <= ${toDate(now)} then 'over' else 'waiting' end, null
      from identity.vouching where account = ${account}
    ) as asked order by at desc limit 20`.execute(tx)
  return rows
}

/** A code known by its keyed hash alone does not outlive the key. */
/** As the owner: those made with another key than this. Their codes cannot be hashed anew. */
export async function endLettersBut(tx: Tx, key: string, now: Instant): Promise<void> {
  await tables<IdentityTables>(tx)
    .updateTable('identity.letter')
    .set({ revoked_at: toDate(now), ended_by_keys: true })
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where((row) => row.or([row('key', 'is', null), row('key', '<>', key)]))
    .execute()
}

/** What is past its term: see `keeps`. */
export async function deleteProofsOver(
  tx: Tx,
  { now, month, year }: { now: Instant; month: Instant; year: Instant },
): Promise<number> {
  const done = [
    await sql`delete from identity.shown_code where expires_at < ${toDate(now)}`.execute(tx),
    await sql`delete from identity.letter
      where least(used_at, revoked_at, letter.until) < ${toDate(month)}`.execute(tx),
    await sql`delete from identity.vouching
      where least(answered_at, vouching.until) < ${toDate(month)}`.execute(tx),
    await sql`delete from identity.claim
      where coalesce(decided_at, made_at) < ${toDate(year)}`.execute(tx),
  ]
  return done.reduce((sum, { numAffectedRows = 0n }) => sum + Number(numAffectedRows), 0)
}
