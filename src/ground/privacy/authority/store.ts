import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId, PostId, StreetCode } from '../../../kernel/ids.ts'
import { maybeInstant, tables, toDate, toInstant, type Tx } from '../../../platform/sql.ts'
import type { PrivacyTables } from '../tables.gen.ts'
import type { About, AsksFor, AuthorityRequest, Verdict } from './types.ts'

type Row = {
  id: string
  street: string
  authority: string
  legal_basis: string
  document: string
  asks: string
  person: string | null
  home: string | null
  fields: string[]
  at: Date
  until: Date
  first_by: string
  first_post: string
  decided_at: Date | null
  verdict: string | null
  given_at: Date | null
  disclosed_at: Date | null
}

function requestOf(row: Row): AuthorityRequest {
  const about = { person: row.person, home: row.home } as About
  return {
    ...about,
    request: row.id,
    street: row.street as StreetCode,
    ...{ authority: row.authority, legalBasis: row.legal_basis, document: row.document },
    asks: row.asks,
    fields: row.fields as AsksFor[],
    at: toInstant(row.at),
    until: toInstant(row.until),
    firstBy: row.first_by as PersonId,
    firstPost: row.first_post as PostId,
    decidedAt: maybeInstant(row.decided_at),
    verdict: row.verdict as Verdict | null,
    givenAt: maybeInstant(row.given_at),
    disclosedAt: maybeInstant(row.disclosed_at),
  }
}

export async function addRequest(tx: Tx, made: AuthorityRequest): Promise<void> {
  await tables<PrivacyTables>(tx)
    .insertInto('privacy.authority_request')
    .values({
      ...{ id: made.request, street: made.street, authority: made.authority },
      ...{ legal_basis: made.legalBasis, document: made.document, asks: made.asks },
      ...{ person: made.person, home: made.home, fields: [...made.fields] },
      ...{ at: toDate(made.at), until: toDate(made.until) },
      ...{ first_by: made.firstBy, first_post: made.firstPost },
    })
    .execute()
}

/** Held until the transaction ends: it is decided once, and given once. */
export async function requestHeld(tx: Tx, id: string): Promise<AuthorityRequest | undefined> {
  const row = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.authority_request')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && requestOf(row)
}

export async function setDecided(
  tx: Tx,
  id: string,
  by: { person: PersonId; post: PostId; at: Instant; verdict: Verdict },
): Promise<void> {
  await tables<PrivacyTables>(tx)
    .updateTable('privacy.authority_request')
    .set({
      ...{ second_by: by.person, second_post: by.post },
      ...{ decided_at: toDate(by.at), verdict: by.verdict },
    })
    .where('id', '=', id)
    .execute()
}

export async function setGiven(
  tx: Tx,
  id: string,
  by: { person: PersonId; at: Instant; disclosedAt: Instant },
): Promise<void> {
  await tables<PrivacyTables>(tx)
    .updateTable('privacy.authority_request')
    .set({
      ...{ given_by: by.person, given_at: toDate(by.at) },
      disclosed_at: toDate(by.disclosedAt),
    })
    .where('id', '=', id)
    .execute()
}

export async function listRequests(tx: Tx, most: number): Promise<AuthorityRequest[]> {
  const rows = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.authority_request')
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  return rows.map(requestOf)
}

export type QuarterCount = {
  quarter: string
  asked: number
  approved: number
  refused: number
  given: number
  delayed: number
}

/** Of all streets, each by the quarter in which it was asked; the newest first. */
export async function countByQuarter(tx: Tx, now: Instant, most: number): Promise<QuarterCount[]> {
  const { rows } = await sql<QuarterCount>`
    select to_char(at at time zone 'Asia/Shanghai', 'YYYY-"Q"Q') as quarter,
      count(*)::int as asked,
      count(*) filter (where verdict = 'approved')::int as approved,
      count(*) filter (where verdict = 'refused')::int as refused,
      count(given_at)::int as given,
      count(*) filter (where disclosed_at > ${toDate(now)})::int as delayed
    from privacy.authority_request group by 1 order by 1 desc limit ${most}`.execute(tx)
  return rows
}

/** As the owner. Whatever was told is in the book, which is kept as long. */
export async function deleteAuthorityBefore(tx: Tx, day: Instant): Promise<number> {
  const done = await tables<PrivacyTables>(tx)
    .deleteFrom('privacy.authority_request')
    .where('at', '<', toDate(day))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}
