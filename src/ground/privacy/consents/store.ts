import { sql, type RawBuilder } from 'kysely'
import { dayMs, type Instant } from '../../../kernel/clock.ts'
import type { ConsentId, HomeCode, PersonId, StreetCode } from '../../../kernel/ids.ts'
import { maybeInstant, tables, toDate, toInstant, type Tx } from '../../../platform/sql.ts'
import type { Purpose } from '../../../kernel/purpose.ts'
import type { PrivacyTables } from '../tables.gen.ts'
import { isSensitive, oldWordsDays } from '../types.ts'
import type { Consented, ConsentPurpose, Erasure, Giver } from '../types.ts'
import type { KnownConsent } from './types.ts'

type ConsentRow = {
  id: string
  street: string
  person: string
  home: string
  given_at: Date
  until: Date
}

const live = ['id', 'street', 'person', 'home', 'given_at', 'until'] as const

/**
 * The street has switched the purpose on, and the words agreed to are in use or were until a
 * moment ago. Part of every statement that answers with a consent.
 */
function stands(purpose: ConsentPurpose, now: Instant): RawBuilder<boolean> {
  const isOn = isSensitive(purpose) ? sql`privacy.is_on(consent.street, ${purpose})` : sql`true`
  return sql<boolean>`${isOn} and not ${hasOldWords(now)}`
}

/** Of a row named `consent`: newer words have been in use for longer than the old ones hold. */
function hasOldWords(now: Instant): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select 1 from privacy.words_in_use as words
    where words.purpose = consent.purpose and words.version > consent.text_version
      and words.since <= ${toDate(now - oldWordsDays * dayMs)})`
}

/** Whoever gives and whoever switches off come one after the other. */
export async function holdPurpose(
  tx: Tx,
  street: StreetCode,
  purpose: Purpose,
  as: 'giver' | 'switcher',
): Promise<void> {
  const held = `purpose ${street} ${purpose}`
  await (
    as === 'giver'
      ? sql`select pg_advisory_xact_lock_shared(hashtextextended(${held}, 0))`
      : sql`select pg_advisory_xact_lock(hashtextextended(${held}, 0))`
  ).execute(tx)
}

/** What is not sensitive needs no switch. */
export async function isSwitchedOn(tx: Tx, street: StreetCode, purpose: Purpose): Promise<boolean> {
  if (!isSensitive(purpose)) return true
  const { rows } = await sql<{ on: boolean }>`
    select privacy.is_on(${street}, ${purpose}) as on`.execute(tx)
  return rows[0]?.on ?? false
}

/** The only place where the gate's proof is made. */
function proof<P extends ConsentPurpose>(purpose: P, row: ConsentRow): Consented<P> {
  return {
    purpose,
    consent: row.id as ConsentId,
    person: row.person as PersonId,
    home: row.home as HomeCode,
    street: row.street as StreetCode,
    givenAt: toInstant(row.given_at),
    until: toInstant(row.until),
  } as Consented<P>
}

/** Undefined: there is a live one, or the street has not switched the purpose on. */
export async function addConsent<P extends ConsentPurpose>(
  tx: Tx,
  consent: {
    id: ConsentId
    street: StreetCode
    person: PersonId
    home: HomeCode
    purpose: P
    textVersion: number
    givenBy: Giver
    isOnPaper: boolean
    givenAt: Instant
    until: Instant
  },
): Promise<Consented<P> | undefined> {
  const { id, street, person, home, purpose, textVersion, givenBy, isOnPaper } = consent
  if (isSensitive(purpose)) await holdPurpose(tx, street, purpose, 'giver')
  const { rows } = await sql<ConsentRow>`
    insert into privacy.consent as consent (id, street, person, home, purpose, text_version,
      given_by, is_on_paper, given_at, until)
    select ${id}::uuid, ${street}, ${person}::uuid, ${home}, ${purpose}, ${textVersion}::int,
      ${givenBy}, ${isOnPaper}::boolean, ${toDate(consent.givenAt)}::timestamptz,
      ${toDate(consent.until)}::timestamptz
    where ${isSensitive(purpose) ? sql`privacy.is_on(${street}, ${purpose})` : sql`true`}
    on conflict do nothing
    returning id, street, person, home, given_at, until`.execute(tx)
  const [row] = rows
  return row && proof(consent.purpose, row)
}

/** Holds the row until the transaction ends: whoever ends the consent meanwhile waits. */
export async function findConsent<P extends ConsentPurpose>(
  tx: Tx,
  purpose: P,
  which: { person: PersonId } | { consent: ConsentId },
  now: Instant,
): Promise<Consented<P> | undefined> {
  const [column, value] =
    'person' in which ? (['person', which.person] as const) : (['id', which.consent] as const)
  const row = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.consent')
    .select(live)
    .where(column, '=', value)
    .where('purpose', '=', purpose)
    .where('ended_at', 'is', null)
    .where('until', '>', toDate(now))
    .where(stands(purpose, now))
    .forUpdate()
    .executeTakeFirst()
  return row && proof(purpose, row)
}

/** Whether they agree now. Holds nothing: for whoever only refrains from something. */
export async function isAgreed(
  tx: Tx,
  purpose: ConsentPurpose,
  person: PersonId,
  now: Instant,
): Promise<boolean> {
  const row = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.consent')
    .select('id')
    .where('person', '=', person)
    .where('purpose', '=', purpose)
    .where('ended_at', 'is', null)
    .where('until', '>', toDate(now))
    .where(stands(purpose, now))
    .executeTakeFirst()
  return row !== undefined
}

/** Every live consent of a purpose in all streets; for rebuilding memory after a start. */
export async function liveConsents<P extends ConsentPurpose>(
  tx: Tx,
  purpose: P,
  now: Instant,
): Promise<Consented<P>[]> {
  const rows = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.consent')
    .select(live)
    .where('purpose', '=', purpose)
    .where('ended_at', 'is', null)
    .where('until', '>', toDate(now))
    .where(stands(purpose, now))
    .execute()
  return rows.map((row) => proof(purpose, row))
}

/** Who gave a consent, as it was said then. */
export async function giverOf(tx: Tx, { consent }: Consented<ConsentPurpose>): Promise<Giver> {
  const row = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.consent')
    .select('given_by')
    .where('id', '=', consent)
    .executeTakeFirstOrThrow()
  return row.given_by as Giver
}

export type Ended = {
  id: ConsentId
  street: StreetCode
  person: PersonId
  home: HomeCode
  purpose: ConsentPurpose
}

export async function endConsent(
  tx: Tx,
  person: PersonId,
  purpose: ConsentPurpose,
  now: Instant,
): Promise<Ended | undefined> {
  const row = await tables<PrivacyTables>(tx)
    .updateTable('privacy.consent')
    .set({ ended_at: toDate(now) })
    .where('person', '=', person)
    .where('purpose', '=', purpose)
    .where('ended_at', 'is', null)
    .returning(['id', 'street', 'person', 'home', 'purpose'])
    .executeTakeFirst()
  return row as Ended | undefined
}

/** A consent that a backup brought back, ended at its own moment; undefined where it is ended. */
export async function endAgain(tx: Tx, { id, at }: Erasure): Promise<Ended | undefined> {
  const row = await tables<PrivacyTables>(tx)
    .updateTable('privacy.consent')
    .set({ ended_at: toDate(at) })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning(['id', 'street', 'person', 'home', 'purpose'])
    .executeTakeFirst()
  return row as Ended | undefined
}

/** Past their date, or agreed to by words that hold no more. */
export async function expiredConsents(tx: Tx, now: Instant) {
  const rows = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.consent')
    .select(['person', 'purpose'])
    .where('ended_at', 'is', null)
    .where((its) => its.or([its('until', '<=', toDate(now)), hasOldWords(now)]))
    .limit(1000)
    .execute()
  return rows as { person: PersonId; purpose: ConsentPurpose }[]
}

/** Every one of a purpose in a street, at once. */
export async function endAllIn(
  tx: Tx,
  street: StreetCode,
  purpose: ConsentPurpose,
  now: Instant,
): Promise<Ended[]> {
  const rows = await tables<PrivacyTables>(tx)
    .updateTable('privacy.consent')
    .set({ ended_at: toDate(now) })
    .where('street', '=', street)
    .where('purpose', '=', purpose)
    .where('ended_at', 'is', null)
    .returning(['id', 'street', 'person', 'home', 'purpose'])
    .execute()
  return rows as Ended[]
}

export async function countLive(
  tx: Tx,
  street: StreetCode,
  purpose: ConsentPurpose,
  now: Instant,
): Promise<number> {
  const found = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.consent')
    .select((its) => its.fn.countAll<number>().as('count'))
    .where('street', '=', street)
    .where('purpose', '=', purpose)
    .where('ended_at', 'is', null)
    .where('until', '>', toDate(now))
    .executeTakeFirstOrThrow()
  return Number(found.count)
}

/** A person's own, newest first, with whether each stands now. */
export async function consentsOf(
  tx: Tx,
  person: PersonId,
  count: number,
  now: Instant,
): Promise<KnownConsent[]> {
  const rows = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.consent')
    .select(['purpose', 'given_at', 'until', 'ended_at', 'given_by', 'is_on_paper'])
    .select(['text_version', sql<boolean>`${hasOldWords(now)}`.as('has_old_words')])
    .where('person', '=', person)
    .orderBy('given_at', 'desc')
    .orderBy('id', 'desc')
    .limit(count)
    .execute()
  return rows.map((row) => ({
    purpose: row.purpose as ConsentPurpose,
    givenAt: toInstant(row.given_at),
    until: toInstant(row.until),
    endedAt: maybeInstant(row.ended_at),
    givenBy: row.given_by as Giver,
    isOnPaper: row.is_on_paper,
    textVersion: row.text_version,
    hasOldWords: row.has_old_words,
  }))
}

/** Since when newer words than these are asked with: the oldest of the newer ones. */
export async function newerWordsSince(
  tx: Tx,
  purpose: ConsentPurpose,
  version: number,
): Promise<Instant | undefined> {
  const row = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.words_in_use')
    .select('since')
    .where('purpose', '=', purpose)
    .where('version', '>', version)
    .orderBy('since')
    .executeTakeFirst()
  return row && toInstant(row.since)
}

/** Once for each version: an upgrade that brings newer words is when they came into use. */
export async function noteWords(
  tx: Tx,
  words: readonly { purpose: ConsentPurpose; version: number }[],
  now: Instant,
): Promise<void> {
  await tables<PrivacyTables>(tx)
    .insertInto('privacy.words_in_use')
    .values(words.map((one) => ({ ...one, since: toDate(now) })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The words of a live consent become newer ones. False: it stands on them already, or is none. */
export async function renew(
  tx: Tx,
  { consent, purpose }: Consented<ConsentPurpose>,
  version: number,
  now: Instant,
): Promise<boolean> {
  const row = await tables<PrivacyTables>(tx)
    .updateTable('privacy.consent')
    .set({ text_version: version })
    .where('id', '=', consent)
    .where('purpose', '=', purpose)
    .where('ended_at', 'is', null)
    .where('text_version', '<', version)
    .returning(['street'])
    .executeTakeFirst()
  if (!row) return false
  await tables<PrivacyTables>(tx)
    .insertInto('privacy.renewal')
    .values({ street: row.street, consent, text_version: version, at: toDate(now) })
    .execute()
  return true
}

/** A consent is proof for the life of its purpose and three years (product). */
export async function deleteConsentsBefore(tx: Tx, day: Instant): Promise<number> {
  const done = await tables<PrivacyTables>(tx)
    .deleteFrom('privacy.consent')
    .where('ended_at', '<', toDate(day))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}
