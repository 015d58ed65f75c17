import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { CommitteeCode, HomeCode, PersonId, PostId, StreetCode } from '../../../kernel/ids.ts'
import { maybeInstant, tables, toDate, toInstant, type Tx } from '../../../platform/sql.ts'
import type { Result } from '../reading/index.ts'
import type { PrivacyTables } from '../tables.gen.ts'
import type { Because, Request, RequestLabel, ReviewOutcome } from './types.ts'

const columns = [
  ...(['id', 'street', 'by_person', 'by_post', 'title', 'unit', 'committee', 'reason'] as const),
  ...(['person', 'at', 'until', 'ended_at', 'minor_at', 'approved_at', 'words'] as const),
  ...(['review_by', 'reviewed_at', 'home', 'refused_at', 'result'] as const),
] as const

type Row = {
  id: string
  street: string
  by_person: string
  by_post: string
  title: string
  unit: string
  committee: string | null
  reason: string
  person: string | null
  at: Date
  until: Date
  ended_at: Date | null
  minor_at: Date | null
  approved_at: Date | null
  words: string | null
  review_by: Date | null
  reviewed_at: Date | null
  home: string | null
  refused_at: Date | null
  result: string | null
}

function requestOf(row: Row): Request {
  return {
    request: row.id,
    street: row.street as StreetCode,
    byPerson: row.by_person as PersonId,
    byPost: row.by_post as PostId,
    title: row.title,
    unit: row.unit,
    committee: row.committee as CommitteeCode | null,
    reason: row.reason as RequestLabel,
    person: row.person as PersonId | null,
    at: toInstant(row.at),
    until: toInstant(row.until),
    endedAt: maybeInstant(row.ended_at),
    minorAt: maybeInstant(row.minor_at),
    approvedAt: maybeInstant(row.approved_at),
    words: row.words,
    reviewBy: maybeInstant(row.review_by),
    reviewedAt: maybeInstant(row.reviewed_at),
    home: row.home as HomeCode | null,
    refusedAt: maybeInstant(row.refused_at),
    result: row.result as Result | null,
  }
}

export async function addRequest(tx: Tx, made: Request): Promise<void> {
  await tables<PrivacyTables>(tx)
    .insertInto('privacy.request')
    .values({
      ...{ id: made.request, street: made.street, title: made.title, unit: made.unit },
      ...{ by_person: made.byPerson, by_post: made.byPost, committee: made.committee },
      ...{ reason: made.reason, person: made.person, words: made.words },
      ...{ at: toDate(made.at), until: toDate(made.until) },
      review_by: made.reviewBy === null ? null : toDate(made.reviewBy),
    })
    .execute()
}

/** As it stands, held by nobody: a search binds nothing, and a lock is a write. */
export async function requestSeen(tx: Tx, id: string): Promise<Request | undefined> {
  const row = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.request')
    .select(columns)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && requestOf(row)
}

/** Held until the transaction ends: it is bound once. */
export async function requestHeld(tx: Tx, id: string): Promise<Request | undefined> {
  const row = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.request')
    .select(columns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && requestOf(row)
}

export async function setRequest(
  tx: Tx,
  id: string,
  facts: {
    person?: PersonId
    home?: HomeCode
    minorAt?: Instant
    endedAt?: Instant
    result?: Result
  },
): Promise<void> {
  const { person, home, minorAt, endedAt, result } = facts
  await tables<PrivacyTables>(tx)
    .updateTable('privacy.request')
    .set({
      ...(person === undefined ? {} : { person }),
      ...(home === undefined ? {} : { home }),
      ...(minorAt === undefined ? {} : { minor_at: toDate(minorAt) }),
      ...(endedAt === undefined ? {} : { ended_at: toDate(endedAt) }),
      ...(result === undefined ? {} : { result }),
    })
    .where('id', '=', id)
    .execute()
}

type Decided = { person: PersonId; post: PostId; at: Instant; because: Because }

export async function setApproved(tx: Tx, id: string, by: Decided): Promise<void> {
  await tables<PrivacyTables>(tx)
    .updateTable('privacy.request')
    .set({
      ...{ approved_by: by.person, approved_post: by.post, approved_at: toDate(by.at) },
      because: by.because,
    })
    .where('id', '=', id)
    .execute()
}

/** A refused one is over: nobody is opened with it any more. */
export async function setRefused(tx: Tx, id: string, by: Decided): Promise<void> {
  const at = toDate(by.at)
  await tables<PrivacyTables>(tx)
    .updateTable('privacy.request')
    .set({
      ...{ refused_by: by.person, refused_post: by.post, refused_at: at, ended_at: at },
      because: by.because,
    })
    .where('id', '=', id)
    .execute()
}

export async function setReviewed(
  tx: Tx,
  id: string,
  by: { person: PersonId; post: PostId; at: Instant; outcome: ReviewOutcome; words: string },
): Promise<void> {
  await tables<PrivacyTables>(tx)
    .updateTable('privacy.request')
    .set({
      ...{ reviewed_by: by.person, reviewed_post: by.post, reviewed_at: toDate(by.at) },
      ...{ outcome: by.outcome, review_words: by.words },
    })
    .where('id', '=', id)
    .execute()
}

/** How many somebody has opened since, and how many of them by breaking the glass. */
export async function countSince(
  tx: Tx,
  person: PersonId,
  since: Instant,
): Promise<{ all: number; glass: number }> {
  const { rows } = await sql<{ all: number; glass: number }>`
    select count(*) as all, count(*) filter (where reason = 'break-glass') as glass
    from privacy.request where by_person = ${person} and at >= ${toDate(since)}`.execute(tx)
  return rows[0] ?? { all: 0, glass: 0 }
}

export async function requestsBy(tx: Tx, person: PersonId, most: number): Promise<Request[]> {
  const rows = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.request')
    .select(columns)
    .where('by_person', '=', person)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  return rows.map(requestOf)
}

/** Those that met a child and are not over. */
export async function waitingForApproval(tx: Tx, now: Instant, most: number): Promise<Request[]> {
  const rows = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.request')
    .select(columns)
    .where('minor_at', 'is not', null)
    .where('approved_at', 'is', null)
    .where('ended_at', 'is', null)
    .where('until', '>', toDate(now))
    .orderBy('minor_at')
    .limit(most)
    .execute()
  return rows.map(requestOf)
}

export async function dueForReview(tx: Tx, most: number): Promise<Request[]> {
  const rows = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.request')
    .select(columns)
    .where('review_by', 'is not', null)
    .where('reviewed_at', 'is', null)
    .orderBy('review_by')
    .limit(most)
    .execute()
  return rows.map(requestOf)
}

/** A request lives as long as the looks that it explains. */
export async function deleteRequestsBefore(tx: Tx, day: Instant): Promise<number> {
  const done = await tables<PrivacyTables>(tx)
    .deleteFrom('privacy.request')
    .where('at', '<', toDate(day))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}
