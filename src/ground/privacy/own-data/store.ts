import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId, PostId, StreetCode } from '../../../kernel/ids.ts'
import { maybeInstant, tables, toDate, toInstant, type Tx } from '../../../platform/sql.ts'
import type { PrivacyTables } from '../tables.gen.ts'
import type { Askable, Because, OwnRequest, RequestKind, RequestState } from './types.ts'

type Rows = Record<string, unknown>[]

export async function consentIds(tx: Tx, person: PersonId): Promise<string[]> {
  const rows = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.consent')
    .select('id')
    .where('person', '=', person)
    .execute()
  return rows.map(({ id }) => id)
}

export async function consentsOf(tx: Tx, person: PersonId): Promise<Rows> {
  const { rows } = await sql<Rows[number]>`
    select purpose, home, given_at as "from", until, ended_at as "endedAt", given_by as "givenBy",
      is_on_paper as "onPaper", text_version as "textVersion"
    from privacy.consent where person = ${person} order by given_at desc`.execute(tx)
  return rows
}

export async function refusalsOf(tx: Tx, person: PersonId): Promise<Rows> {
  const { rows } = await sql<Rows[number]>`
    select purpose, refused_at as at, not_asked_until as until from privacy.refusal
    where person = ${person} order by refused_at desc`.execute(tx)
  return rows
}

type Newest = { rows: Rows; count: number }

/** Counted only where not all of them were read. */
async function newest(
  tx: Tx,
  read: ReturnType<typeof sql<Rows[number]>>,
  from: ReturnType<typeof sql>,
  most: number,
): Promise<Newest> {
  const { rows } = await sql<Rows[number]>`${read} limit ${most}`.execute(tx)
  if (rows.length < most) return { rows, count: rows.length }
  const counted = await sql<{ n: number }>`select count(*) as n ${from}`.execute(tx)
  return { rows, count: counted.rows[0]?.n ?? 0 }
}

/** The newest; without those whose time has not come. The post, never who held it. */
export async function looksAt(
  tx: Tx,
  person: PersonId,
  now: Instant,
  most: number,
): Promise<Newest> {
  const from = sql`from privacy.look
    where person = ${person} and (shown_from is null or shown_from <= ${toDate(now)})`
  const read = sql<Rows[number]>`
    select at, case by_kind when 'post' then concat_ws(' ', unit, title) end as by,
      case when by_kind <> 'post' then by_kind end as kind, fields as looked, how, why
    ${from} order by id desc`
  return newest(tx, read, from, most)
}

/** What they asked about looks at them, and what they were answered. */
export async function questionsOf(tx: Tx, person: PersonId): Promise<Rows> {
  const { rows } = await sql<Rows[number]>`
    select asked_at as "askedAt", due_at as "dueAt", answered_at as "decidedAt", answer,
      title, unit
    from privacy.question where person = ${person} order by asked_at desc`.execute(tx)
  return rows
}

/** That they looked for a reason on record, at work. At whom is not theirs to take along. */
export async function requestsBy(tx: Tx, person: PersonId, most: number): Promise<Newest> {
  const from = sql`from privacy.request where by_person = ${person}`
  const read = sql<Rows[number]>`
    select at, reason as kind, title, unit ${from} order by at desc`
  return newest(tx, read, from, most)
}

/** An authority’s, from the day on which they may know of it. */
export async function authoritiesAbout(tx: Tx, person: PersonId, now: Instant): Promise<Rows> {
  const { rows } = await sql<Rows[number]>`
    select authority, legal_basis as "legalBasis", given_at as at, fields as looked
    from privacy.authority_request
    where person = ${person} and disclosed_at <= ${toDate(now)} order by given_at desc`.execute(tx)
  return rows
}

export async function ownRequestsOf(tx: Tx, person: PersonId): Promise<Rows> {
  const { rows } = await sql<Rows[number]>`
    select kind, part, says as words, at, due_at as "dueAt", state, ended_at as "endedAt", because,
      answer
    from privacy.own_request where person = ${person} order by at desc`.execute(tx)
  return rows
}

/** A no is the person’s own, and nobody needs it once nobody may ask them any more. */
export async function forgetRefusals(tx: Tx, person: PersonId): Promise<number> {
  const done = await sql`delete from privacy.refusal where person = ${person}`.execute(tx)
  return Number(done.numAffectedRows ?? 0)
}

/** Words of theirs go with them; that they asked, and in what time it was answered, stays. */
export async function emptyRequests(tx: Tx, person: PersonId): Promise<void> {
  await sql`
    update privacy.own_request set says = case when says is null then null else '——' end,
      answer = null where person = ${person}`.execute(tx)
}

type Row = {
  id: string
  street: string
  person: string
  committee: string | null
  kind: string
  part: string | null
  says: string | null
  at: Date
  due_at: Date
  station_person: string | null
  ended_at: Date | null
  state: string
  because: string | null
  answer: string | null
}

function requestOf(row: Row): OwnRequest {
  return {
    request: row.id,
    street: row.street as StreetCode,
    person: row.person as PersonId,
    committee: row.committee,
    kind: row.kind as RequestKind,
    part: row.part as Askable | null,
    says: row.says,
    at: toInstant(row.at),
    dueAt: toInstant(row.due_at),
    atStation: row.station_person !== null,
    endedAt: maybeInstant(row.ended_at),
    state: row.state as RequestState,
    because: row.because as Because | null,
    answer: row.answer,
  }
}

export async function addRequest(
  tx: Tx,
  request: OwnRequest,
  station: { person: PersonId; post: PostId } | null,
): Promise<void> {
  await tables<PrivacyTables>(tx)
    .insertInto('privacy.own_request')
    .values({
      ...{ street: request.street, id: request.request, person: request.person },
      ...{ committee: request.committee, kind: request.kind, part: request.part },
      ...{ says: request.says, at: toDate(request.at), due_at: toDate(request.dueAt) },
      ...{ station_person: station?.person ?? null, station_post: station?.post ?? null },
      ended_at: request.endedAt === null ? null : toDate(request.endedAt),
      ...{ state: request.state, because: request.because },
    })
    .execute()
}

/** The person’s own, the newest first. */
export async function requestsOf(tx: Tx, person: PersonId, most: number): Promise<OwnRequest[]> {
  const rows = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.own_request')
    .selectAll()
    .where('person', '=', person)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  return rows.map(requestOf)
}

export async function countOpen(tx: Tx, person: PersonId): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from privacy.own_request
    where person = ${person} and state = 'open'`.execute(tx)
  return rows[0]?.n ?? 0
}

/** Those that wait for somebody, the first due first. */
export async function openRequests(
  tx: Tx,
  committees: '*' | readonly string[],
  most: number,
): Promise<OwnRequest[]> {
  let query = tables<PrivacyTables>(tx)
    .selectFrom('privacy.own_request')
    .selectAll()
    .where('state', '=', 'open')
    .orderBy('due_at')
    .orderBy('id')
    .limit(most)
  if (committees !== '*') query = query.where('committee', 'in', [...committees, ''])
  return (await query.execute()).map(requestOf)
}

/** Held until the transaction ends: it is decided once. */
export async function requestHeld(tx: Tx, id: string): Promise<OwnRequest | undefined> {
  const row = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.own_request')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && requestOf(row)
}

export async function endRequest(
  tx: Tx,
  id: string,
  ended: {
    state: RequestState
    at: Instant
    because?: Because | null
    answer?: string | null
    by?: { person: PersonId; post: PostId }
  },
): Promise<void> {
  await tables<PrivacyTables>(tx)
    .updateTable('privacy.own_request')
    .set({
      ...{ state: ended.state, ended_at: toDate(ended.at), because: ended.because ?? null },
      ...{ answer: ended.answer ?? null, decided_by: ended.by?.person ?? null },
      decided_post: ended.by?.post ?? null,
    })
    .where('id', '=', id)
    .execute()
}

/** Answered ones, as long as what they were about could be asked for again. */
export async function deleteOwnRequestsBefore(tx: Tx, day: Instant): Promise<number> {
  const done = await tables<PrivacyTables>(tx)
    .deleteFrom('privacy.own_request')
    .where('ended_at', '<', toDate(day))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}

/** Whoever asks twice at once waits for themself. */
export async function holdAsker(tx: Tx, person: PersonId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${person}, 29))`.execute(tx)
}
