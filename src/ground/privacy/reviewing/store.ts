import { sql } from 'kysely'
import type { Matter } from '../../../kernel/book.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { How, Sees } from '../../../kernel/endpoint.ts'
import type { PersonId, PostId, StreetCode } from '../../../kernel/ids.ts'
import { maybeInstant, tables, toDate, toInstant, type Tx } from '../../../platform/sql.ts'
import type { PrivacyTables } from '../tables.gen.ts'
import {
  chosenHows,
  type Known,
  type LookReview,
  type NewLook,
  type ReviewOutcome,
} from './types.ts'

/** Up to where it was judged; held until the transaction ends, so that no two judge at once. */
export async function judgedTo(
  tx: Tx,
  now: Instant,
): Promise<{ number: number; requestsAt: Instant }> {
  await sql`
    insert into privacy.judged_to (number, requests_at) values (0, ${toDate(now)})
    on conflict do nothing`.execute(tx)
  const row = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.judged_to')
    .select(['number', 'requests_at'])
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { number: Number(row.number), requestsAt: toInstant(row.requests_at) }
}

export async function setJudgedTo(
  tx: Tx,
  { number, requestsAt }: { number: number; requestsAt: Instant },
): Promise<void> {
  await sql`
    update privacy.judged_to set number = ${number}, requests_at = ${toDate(requestsAt)}
  `.execute(tx)
}

type LookRow = {
  id: string
  street: string
  person: string
  at: Date
  by_kind: string
  by_person: string | null
  by_post: string | null
  how: string
  label: string
  matter_kind: string
  matter_id: string | null
  salt: string
}

const judged = sql`
  look.id, look.street, look.person, look.at, look.by_kind, look.by_person, look.by_post, look.how,
  look.label, look.matter_kind, look.matter_id, look.salt`

function newLookOf(row: LookRow): NewLook {
  const { by_person: person, by_post: post } = row
  return {
    look: row.id,
    street: row.street as StreetCode,
    person: row.person as PersonId,
    at: toInstant(row.at),
    by:
      person !== null && post !== null
        ? { kind: 'post', person: person as PersonId, post: post as PostId }
        : { kind: 'operator' },
    how: row.how as How,
    label: row.label,
    matterKind: row.matter_kind,
    matterId: row.matter_id,
    salt: row.salt,
  }
}

/** The next links behind a number, and the looks of posts and of the operator among them. */
export async function looksAfter(
  tx: Tx,
  { number, since, most }: { number: number; since: Instant; most: number },
): Promise<{ to: number; looks: NewLook[] }> {
  const { rows } = await sql<LookRow & { number: string }>`
    with next as materialized (
      select number, look from privacy.link where number > ${number} order by number limit ${most}
    )
    select (select max(number) from next) as number, ${judged}
    from next left join lateral (
      select * from privacy.look as look
      where look.id = next.look and look.by_kind in ('post', 'operator')
        and look.at >= ${toDate(since)} limit 1
    ) as look on true
    order by next.number`.execute(tx)
  return {
    to: Number(rows[0]?.number ?? number),
    looks: rows.filter(({ id }) => id !== null).map(newLookOf),
  }
}

/** How many different people a post opened within a span, without itself. */
export async function peopleOpened(
  tx: Tx,
  post: PostId,
  span: { from: Instant; to: Instant },
): Promise<number> {
  const { rows } = await sql<{ people: number }>`
    select count(distinct person)::int as people from privacy.look
    where by_kind = 'post' and by_post = ${post} and at >= ${toDate(span.from)}
      and at < ${toDate(span.to)} and how = any(${[...chosenHows]}::text[])
      and person <> by_person`.execute(tx)
  return rows[0]?.people ?? 0
}

/** Of the days on which a post opened anybody: how many, and people a day on the mean of them. */
export async function usualOf(
  tx: Tx,
  post: PostId,
  span: { from: Instant; to: Instant },
): Promise<{ days: number; people: number }> {
  const { rows } = await sql<{ days: number; people: number }>`
    select count(*)::int as days, coalesce(avg(people), 0)::float as people from (
      select count(distinct person) as people from privacy.look
      where by_kind = 'post' and by_post = ${post} and at >= ${toDate(span.from)}
        and at < ${toDate(span.to)} and how = any(${[...chosenHows]}::text[])
        and person <> by_person
      group by (at at time zone 'Asia/Shanghai')::date) as days`.execute(tx)
  return rows[0] ?? { days: 0, people: 0 }
}

/**
 * The first look of each request that ended within a span without a result, and with which nothing
 * was done: nobody opened with it, nothing to ask about.
 */
export async function looksWithoutResult(
  tx: Tx,
  ended: { after: Instant; to: Instant },
): Promise<NewLook[]> {
  const { rows } = await sql<LookRow>`
    select ${judged}
    from privacy.request cross join lateral (
      select * from privacy.look as look
      where look.by_kind = 'post' and look.by_post = request.by_post and look.at >= request.at
        and look.at <= request.until and look.matter_id = request.id::text
      order by look.id limit 1
    ) as look
    where least(request.ended_at, request.until) > ${toDate(ended.after)}
      and least(request.ended_at, request.until) <= ${toDate(ended.to)}
      and request.result is null and request.refused_at is null
      and request.reason <> 'break-glass'
      and not exists (
        select from privacy.look as act
        where act.by_kind = 'post' and act.by_post = request.by_post and act.at >= request.at
          and act.at <= request.until and act.matter_id = request.id::text and act.how = 'act'
      )
    order by look.id`.execute(tx)
  return rows.map(newLookOf)
}

/** The reviews of a post's looks, or of the operator's, around a moment. */
export async function reviewsAround(
  tx: Tx,
  street: StreetCode,
  post: PostId | null,
  span: { from: Instant; to: Instant },
): Promise<Known[]> {
  const { rows } = await sql<{
    by_post: string | null
    reasons: string[]
    is_drawn: boolean
    at: Date
    how: string
    label: string
  }>`
    select review.by_post, review.reasons, review.is_drawn, review.at, look.how, look.label
    from privacy.look_review as review join privacy.look as look on look.id = review.look
    where review.street = ${street} and review.by_post is not distinct from ${post}::uuid
      and review.at >= ${toDate(span.from)} and review.at <= ${toDate(span.to)}`.execute(tx)
  return rows.map((row) => ({
    byPost: row.by_post as PostId | null,
    reasons: row.reasons,
    isDrawn: row.is_drawn,
    at: toInstant(row.at),
    how: row.how as How,
    label: row.label,
  }))
}

/** Once for each look, however often it is judged. */
export async function addReview(
  tx: Tx,
  made: {
    street: StreetCode
    id: string
    look: string
    reasons: readonly string[]
    isDrawn: boolean
    byPost: PostId | null
    at: Instant
    dueAt: Instant
  },
): Promise<void> {
  await tables<PrivacyTables>(tx)
    .insertInto('privacy.look_review')
    .values({
      ...{ street: made.street, id: made.id, look: made.look, reasons: [...made.reasons] },
      ...{ is_drawn: made.isDrawn, by_post: made.byPost },
      ...{ at: toDate(made.at), due_at: toDate(made.dueAt) },
    })
    .onConflict((conflict) => conflict.column('look').doNothing())
    .execute()
}

type ReviewRow = {
  id: string
  look: string
  at: Date
  due_at: Date
  reasons: string[]
  is_drawn: boolean
  by_kind: string
  by_post: string | null
  title: string | null
  unit: string | null
  fields: string[]
  matter_kind: string
  label: string
  how: string
  opened_at: Date | null
  reviewed_at: Date | null
}

const shownColumns = sql`
  review.id, review.look, review.at, review.due_at, review.reasons, review.is_drawn, look.by_kind,
  review.by_post, look.title, look.unit, look.fields, look.matter_kind, look.label, look.how,
  review.opened_at, review.reviewed_at`

function reviewOf(row: ReviewRow): LookReview {
  return {
    ...{ review: row.id, look: row.look, at: toInstant(row.at), dueAt: toInstant(row.due_at) },
    reasons: row.reasons as LookReview['reasons'],
    ...{ isDrawn: row.is_drawn, byKind: row.by_kind as LookReview['byKind'] },
    ...{ byPost: row.by_post as PostId | null, title: row.title, unit: row.unit },
    ...{ fields: row.fields as Sees[], matterKind: row.matter_kind as Matter['kind'] },
    label: row.label,
    ...{ how: row.how as How, openedAt: maybeInstant(row.opened_at) },
    reviewedAt: maybeInstant(row.reviewed_at),
  }
}

/** Those of a street that nobody has answered yet, the first due first. Read as the owner. */
export async function openReviews(tx: Tx, street: StreetCode, most: number): Promise<LookReview[]> {
  const { rows } = await sql<ReviewRow>`
    select ${shownColumns}
    from privacy.look_review as review join privacy.look as look on look.id = review.look
    where review.street = ${street} and review.reviewed_at is null
    order by review.due_at, review.id limit ${most}`.execute(tx)
  return rows.map(reviewOf)
}

/** One of a street, with whom the look was at and for which matter; it is opened, and so noted. */
export async function reviewOpened(
  tx: Tx,
  street: StreetCode,
  review: string,
): Promise<(LookReview & { person: PersonId; matterId: string | null }) | undefined> {
  const { rows } = await sql<ReviewRow & { person: string; matter_id: string | null }>`
    select ${shownColumns}, look.person, look.matter_id
    from privacy.look_review as review join privacy.look as look on look.id = review.look
    where review.street = ${street} and review.id = ${review}`.execute(tx)
  const [row] = rows
  if (!row) return undefined
  return { ...reviewOf(row), person: row.person as PersonId, matterId: row.matter_id }
}

export async function setOpened(tx: Tx, review: string, at: Instant): Promise<void> {
  await tables<PrivacyTables>(tx)
    .updateTable('privacy.look_review')
    .set({ opened_at: toDate(at) })
    .where('id', '=', review)
    .where('opened_at', 'is', null)
    .execute()
}

/** Held until the transaction ends: it is answered once. */
export async function reviewHeld(
  tx: Tx,
  review: string,
): Promise<{ byPost: PostId | null; isReviewed: boolean } | undefined> {
  const row = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.look_review')
    .select(['by_post', 'reviewed_at'])
    .where('id', '=', review)
    .forUpdate()
    .executeTakeFirst()
  return row && { byPost: row.by_post as PostId | null, isReviewed: row.reviewed_at !== null }
}

export async function setReviewed(
  tx: Tx,
  review: string,
  by: { person: PersonId; post: PostId; at: Instant; outcome: ReviewOutcome; words: string },
): Promise<void> {
  await tables<PrivacyTables>(tx)
    .updateTable('privacy.look_review')
    .set({
      ...{ reviewed_at: toDate(by.at), reviewed_by: by.person, reviewed_post: by.post },
      ...{ outcome: by.outcome, words: by.words },
    })
    .where('id', '=', review)
    .execute()
}

/** What was found not right among the looks of these posts, the newest first. As the owner. */
export async function foundWrong(
  tx: Tx,
  street: StreetCode,
  posts: readonly PostId[],
  most: number,
): Promise<(LookReview & { words: string })[]> {
  const { rows } = await sql<ReviewRow & { words: string | null }>`
    select ${shownColumns}, review.words
    from privacy.look_review as review join privacy.look as look on look.id = review.look
    where review.street = ${street} and review.outcome = 'wrong'
      and review.by_post = any(${[...posts]}::uuid[])
    order by review.reviewed_at desc limit ${most}`.execute(tx)
  return rows.map((row) => ({ ...reviewOf(row), words: row.words ?? '' }))
}

/** Which of these looks were found not right: what a person reads beside them. */
export async function wrongAmong(tx: Tx, looks: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ look: string }>`
    select look from privacy.look_review
    where look = any(${[...looks]}::uuid[]) and outcome = 'wrong'`.execute(tx)
  return new Set(rows.map(({ look }) => look))
}

export async function deleteReviewsBefore(tx: Tx, day: Instant): Promise<number> {
  const done = await tables<PrivacyTables>(tx)
    .deleteFrom('privacy.look_review')
    .where('at', '<', toDate(day))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}
