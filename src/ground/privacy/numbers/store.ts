import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { PostId, StreetCode } from '../../../kernel/ids.ts'
import { toDate, type Tx } from '../../../platform/sql.ts'
import type { CellCount, MonthNumber } from './types.ts'

type Span = { from: Instant; to: Instant }

/** Every figure that was ever made of a street, and which of them the newest month shows. */
export async function numbersMade(
  tx: Tx,
  street: StreetCode,
  until: string,
): Promise<(MonthNumber & { month: string; isNewest: boolean })[]> {
  const { rows } = await sql<MonthNumber & { month: string; isNewest: boolean }>`
    select month, what, counted, shown, month = max(month) over (partition by what) as "isNewest"
    from privacy.month_number where street = ${street} and month <= ${until}`.execute(tx)
  return rows
}

/** One month's figures are made by one transaction; whoever comes meanwhile waits and reads. */
export async function holdMonth(tx: Tx, street: StreetCode): Promise<void> {
  const held = `privacy.month_number ${street}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${held}, 0))`.execute(tx)
}

export async function addNumbers(
  tx: Tx,
  street: StreetCode,
  month: string,
  made: readonly MonthNumber[],
): Promise<void> {
  await sql`
    insert into privacy.month_number (street, month, what, counted, shown)
    select ${street}, ${month}, what, counted, shown
    from json_to_recordset(${JSON.stringify(made)}::json)
      as row (what text, counted int, shown int)`.execute(tx)
}

/** Who agrees now, by purpose. */
export async function agreeing(
  tx: Tx,
  street: StreetCode,
  now: Instant,
): Promise<{ purpose: string; people: number }[]> {
  const { rows } = await sql<{ purpose: string; people: number }>`
    select purpose, count(distinct person)::int as people from privacy.consent
    where street = ${street} and ended_at is null and until > ${toDate(now)}
    group by 1`.execute(tx)
  return rows
}

/** The looks of a span by who, how and why, with how many people they were at. As the owner. */
export async function looksBy(
  tx: Tx,
  street: StreetCode,
  { from, to }: Span,
  kinds: readonly { post: PostId; role: string }[],
): Promise<CellCount[]> {
  const { rows } = await sql<CellCount>`
    with kinds as (
      select post, role from json_to_recordset(${JSON.stringify(kinds)}::json)
        as row (post uuid, role text)
    )
    select concat_ws(' ', 'looks', coalesce(kinds.role, by_kind), how, why) as what,
      count(*)::int as count, count(distinct person)::int as people
    from privacy.look left join kinds on kinds.post = look.by_post
    where street = ${street} and at >= ${toDate(from)} and at < ${toDate(to)}
      and (by_kind <> 'post' or kinds.role is not null)
    group by 1`.execute(tx)
  return rows
}

/** Rows that went in a span, by purpose, on the whole installation. */
export async function deletedBy(tx: Tx, { from, to }: Span): Promise<CellCount[]> {
  const { rows } = await sql<CellCount>`
    select concat('deleted ', purpose) as what, sum(rows)::int as count, sum(rows)::int as people
    from privacy.deletion where at >= ${toDate(from)} and at < ${toDate(to)}
    group by 1`.execute(tx)
  return rows
}

/** What left by files, how often a copy of all was taken, and what authorities asked. */
export async function doneByOffices(tx: Tx, street: StreetCode, since: Instant, now: Instant) {
  const { rows } = await sql<{
    exports: number
    taken: number
    lastAt: number | null
    asked: number
    approved: number
    refused: number
    given: number
    delayed: number
  }>`
    select
      (select count(distinct matter_id) from privacy.look
        where street = ${street} and how = 'export' and at >= ${toDate(since)}
          and label <> 'authority') as exports,
      (select count(*) from privacy.backup_taken
        where street = ${street} and at >= ${toDate(since)}) as taken,
      (select (extract(epoch from max(at)) * 1000)::bigint from privacy.backup_taken
        where street = ${street}) as "lastAt",
      count(*) as asked,
      count(*) filter (where verdict = 'approved') as approved,
      count(*) filter (where verdict = 'refused') as refused,
      count(given_at) as given,
      count(*) filter (where disclosed_at > ${toDate(now)}) as delayed
    from privacy.authority_request
    where street = ${street} and (at >= ${toDate(since)} or disclosed_at > ${toDate(now)})
  `.execute(tx)
  const [found] = rows
  if (!found) throw new Error('an aggregate answers with one row')
  return found
}

/** Of the reviews of looks since a moment; those that nobody has answered by whose look it was. */
export async function reviewed(tx: Tx, street: StreetCode, since: Instant, now: Instant) {
  const { rows } = await sql<{
    unusual: number
    drawn: number
    right: number
    wrong: number
    unclear: number
    open: number
    overdue: number
    posts: (PostId | null)[] | null
  }>`
    select count(*) filter (where cardinality(reasons) > 0) as unusual,
      count(*) filter (where is_drawn) as drawn,
      count(*) filter (where outcome = 'right') as right,
      count(*) filter (where outcome = 'wrong') as wrong,
      count(*) filter (where outcome = 'unclear') as unclear,
      count(*) filter (where outcome is null) as open,
      count(*) filter (where outcome is null and due_at < ${toDate(now)}) as overdue,
      array_agg(by_post) filter (where outcome is null) as posts
    from privacy.look_review where street = ${street} and at >= ${toDate(since)}`.execute(tx)
  const [found] = rows
  if (!found) throw new Error('an aggregate answers with one row')
  return { ...found, posts: found.posts ?? [] }
}
