import { sql } from 'kysely'
import type { WrittenLook } from '../../kernel/book.ts'
import type { Instant } from '../../kernel/clock.ts'
import type { ConsentId, HomeCode, PersonId, StreetCode } from '../../kernel/ids.ts'
import { tables, toDate, toInstant, type Tx } from '../../platform/sql.ts'
import type { PrivacyTables } from './tables.gen.ts'
import type { Consented, ConsentPurpose, Erasure, Giver } from './types.ts'

type ConsentRow = {
  id: string
  street: string
  person: string
  home: string
  given_at: Date
  until: Date
}

/** A statement takes 65,535 values. */
const rowsAtOnce = 1000

const live = ['id', 'street', 'person', 'home', 'given_at', 'until'] as const

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
  const row = await tables<PrivacyTables>(tx)
    .insertInto('privacy.consent')
    .values({
      id: consent.id,
      street: consent.street,
      person: consent.person,
      home: consent.home,
      purpose: consent.purpose,
      text_version: consent.textVersion,
      given_by: consent.givenBy,
      is_on_paper: consent.isOnPaper,
      given_at: toDate(consent.givenAt),
      until: toDate(consent.until),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning(live)
    .executeTakeFirst()
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
    .forUpdate()
    .executeTakeFirst()
  return row && proof(purpose, row)
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

type Ended = {
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

/** Once for each thing erased, however often it is told. */
export async function addErasures(tx: Tx, erasures: readonly Erasure[]): Promise<void> {
  for (let from = 0; from < erasures.length; from += rowsAtOnce) {
    const rows = erasures.slice(from, from + rowsAtOnce)
    await tables<PrivacyTables>(tx)
      .insertInto('privacy.erasure')
      .values(rows.map(({ street, kind, id, at }) => ({ street, kind, id, at: toDate(at) })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

/** All that were ever erased, or one; oldest first. */
export async function erasuresKept(tx: Tx, id?: string): Promise<Erasure[]> {
  let query = tables<PrivacyTables>(tx).selectFrom('privacy.erasure').selectAll().orderBy('at')
  if (id !== undefined) query = query.where('id', '=', id)
  return (await query.execute()).map((row) => ({
    street: row.street as StreetCode,
    kind: row.kind as Erasure['kind'],
    id: row.id,
    at: toInstant(row.at),
  }))
}

/** Of a database that may be older than the tables asked for. */
export async function erasuresIn(tx: Tx): Promise<Erasure[]> {
  if (await hasTable(tx, 'privacy.erasure')) return erasuresKept(tx)
  if (!(await hasTable(tx, 'privacy.consent'))) return []
  const rows = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.consent')
    .select(['street', 'id', 'ended_at'])
    .where('ended_at', 'is not', null)
    .execute()
  return rows.flatMap(({ street, id, ended_at: endedAt }) =>
    endedAt
      ? [{ street: street as StreetCode, kind: 'consent' as const, id, at: toInstant(endedAt) }]
      : [],
  )
}

async function hasTable(tx: Tx, name: string): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`
    select to_regclass(${name}) is not null as there`.execute(tx)
  return rows[0]?.there ?? false
}

/** One line for each street whose data went into a backup. False: older than the record. */
export async function addBackupTaken(
  tx: Tx,
  taken: { streets: readonly StreetCode[]; at: Instant; rows: number; newId: () => string },
): Promise<boolean> {
  if (!(await hasTable(tx, 'privacy.backup_taken'))) return false
  if (taken.streets.length === 0) return true
  const at = toDate(taken.at)
  await tables<PrivacyTables>(tx)
    .insertInto('privacy.backup_taken')
    .values(
      taken.streets.map((street) => ({
        ...{ street, id: taken.newId(), at, rows: taken.rows, by_kind: 'operator' },
      })),
    )
    .execute()
  return true
}

/** Both outlive every backup (35 days) by far, and go with the consents they tell of. */
export async function deleteErasuresBefore(tx: Tx, day: Instant): Promise<number> {
  const done = await tables<PrivacyTables>(tx)
    .deleteFrom('privacy.erasure')
    .where('at', '<', toDate(day))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}

export async function deleteBackupsTakenBefore(tx: Tx, day: Instant): Promise<number> {
  const done = await tables<PrivacyTables>(tx)
    .deleteFrom('privacy.backup_taken')
    .where('at', '<', toDate(day))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}

export async function expiredConsents(tx: Tx, now: Instant) {
  const rows = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.consent')
    .select(['person', 'purpose'])
    .where('ended_at', 'is', null)
    .where('until', '<=', toDate(now))
    .limit(1000)
    .execute()
  return rows as { person: PersonId; purpose: ConsentPurpose }[]
}

export async function saveRefusal(
  tx: Tx,
  row: {
    street: StreetCode
    person: PersonId
    purpose: ConsentPurpose
    at: Instant
    until: Instant
  },
): Promise<void> {
  await tables<PrivacyTables>(tx)
    .insertInto('privacy.refusal')
    .values({
      street: row.street,
      person: row.person,
      purpose: row.purpose,
      refused_at: toDate(row.at),
      not_asked_until: toDate(row.until),
    })
    .onConflict((conflict) =>
      conflict.columns(['person', 'purpose']).doUpdateSet({
        refused_at: toDate(row.at),
        not_asked_until: toDate(row.until),
      }),
    )
    .execute()
}

export async function dropRefusal(tx: Tx, person: PersonId, purpose: ConsentPurpose) {
  await tables<PrivacyTables>(tx)
    .deleteFrom('privacy.refusal')
    .where('person', '=', person)
    .where('purpose', '=', purpose)
    .execute()
}

export async function notAskedUntil(
  tx: Tx,
  person: PersonId,
  purpose: ConsentPurpose,
): Promise<Instant | undefined> {
  const row = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.refusal')
    .select('not_asked_until')
    .where('person', '=', person)
    .where('purpose', '=', purpose)
    .executeTakeFirst()
  return row && toInstant(row.not_asked_until)
}

/** Everybody who said no to it and may not be asked yet. */
export async function notAsked(
  tx: Tx,
  purpose: ConsentPurpose,
  now: Instant,
): Promise<Set<PersonId>> {
  const rows = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.refusal')
    .select('person')
    .where('purpose', '=', purpose)
    .where('not_asked_until', '>', toDate(now))
    .execute()
  return new Set(rows.map(({ person }) => person as PersonId))
}

/** In one text: an export looks at thousands at once. */
export async function addLooks(
  tx: Tx,
  looks: readonly (WrittenLook & { id: string })[],
): Promise<void> {
  const rows = looks.map(({ by, matter, ...look }) => ({
    ...{ street: look.street, id: look.id, person: look.person, at: look.at, by_kind: by.kind },
    by_person: 'person' in by ? by.person : null,
    by_post: by.kind === 'post' ? by.post : null,
    title: by.kind === 'post' ? by.title : 'relation' in by ? by.relation : null,
    unit: by.kind === 'post' ? by.unit : null,
    rule: 'rule' in by ? by.rule : null,
    rule_version: 'rule' in by ? by.version : null,
    ...{ fields: look.fields, matter_kind: matter.kind, matter_id: matter.id },
    ...{ label: matter.label, how: look.how, why: look.why, shown_from: look.shownFrom ?? null },
  }))
  await sql`
    insert into privacy.look
      (street, id, person, at, by_kind, by_person, by_post, title, unit, rule, rule_version,
        fields, matter_kind, matter_id, label, how, why, shown_from)
    select street, id, person, to_timestamp(at / 1000.0), by_kind, by_person, by_post, title, unit,
      rule, rule_version, fields, matter_kind, matter_id, label, how, why,
      to_timestamp(shown_from / 1000.0)
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as row (street text, id uuid, person uuid, at bigint, by_kind text, by_person uuid,
        by_post uuid, title text, unit text, rule text, rule_version int, fields text[],
        matter_kind text, matter_id text, label text, how text, why text, shown_from bigint)
  `.execute(tx)
}

/** Without those whose time has not come. */
export async function looksAt(
  tx: Tx,
  person: PersonId,
  { before, count, now }: { before: string | null; count: number; now: Instant },
) {
  let query = tables<PrivacyTables>(tx)
    .selectFrom('privacy.look')
    .selectAll()
    .where('person', '=', person)
    .where((its) => its.or([its('shown_from', 'is', null), its('shown_from', '<=', toDate(now))]))
    .orderBy('id', 'desc')
    .limit(count)
  if (before !== null) query = query.where('id', '<', before)
  return query.execute()
}

/** Looks per day in Shanghai since a day's start: 'YYYY-MM-DD' → count. */
export async function looksByDay(tx: Tx, person: PersonId, since: Instant, now: Instant) {
  const { rows } = await sql<{ day: string; n: number }>`
    select to_char(at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, count(*) as n
    from privacy.look where person = ${person} and at >= ${toDate(since)}
      and (shown_from is null or shown_from <= ${toDate(now)})
    group by 1`.execute(tx)
  return new Map(rows.map((row) => [row.day, row.n]))
}

/** The book is kept at least three years (product; 个保法 55 asks three for the assessment). */
export async function deleteLooksBefore(tx: Tx, day: Instant): Promise<number> {
  const done = await tables<PrivacyTables>(tx)
    .deleteFrom('privacy.look')
    .where('at', '<', toDate(day))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}

/** A no whose twelve months are over: the person may be asked again, so nothing is kept of it. */
export async function deleteRefusalsOver(tx: Tx, now: Instant): Promise<number> {
  const done = await tables<PrivacyTables>(tx)
    .deleteFrom('privacy.refusal')
    .where('not_asked_until', '<=', toDate(now))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}

/** A consent is proof for the life of its purpose and three years (product). */
export async function deleteConsentsBefore(tx: Tx, day: Instant): Promise<number> {
  const done = await tables<PrivacyTables>(tx)
    .deleteFrom('privacy.consent')
    .where('ended_at', '<', toDate(day))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}
