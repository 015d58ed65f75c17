import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { PostId, StreetCode } from '../../../kernel/ids.ts'
import { maybeInstant, tables, toDate, toInstant, type Tx } from '../../../platform/sql.ts'
import type { DutiesTables } from '../tables.gen.ts'
import { shiftMsMax, type Cover, type Gap, type Leave, type Shift, type Span } from '../types.ts'

/** Which hours are to be filled from now on, in place of what was. */
export async function setCovers(
  tx: Tx,
  street: StreetCode,
  body: string,
  covers: readonly Omit<Cover, 'body'>[],
  now: Instant,
): Promise<void> {
  await tables<DutiesTables>(tx)
    .updateTable('duties.cover')
    .set({ until: toDate(now) })
    .where('body', '=', body)
    .where('until', 'is', null)
    .execute()
  if (covers.length === 0) return
  const since = toDate(now)
  await tables<DutiesTables>(tx)
    .insertInto('duties.cover')
    .values(
      covers.map(({ from: from_time, to: to_time, ...cover }) => ({
        ...{ ...cover, street, body, from_time, to_time, since },
      })),
    )
    .execute()
}

/** Until the transaction ends nobody else plans for this body. False where there is none. */
export async function lockBody(tx: Tx, body: string): Promise<boolean> {
  const row = await tables<DutiesTables>(tx)
    .selectFrom('duties.body')
    .select('id')
    .where('id', '=', body)
    .forUpdate()
    .executeTakeFirst()
  return row !== undefined
}

export async function addShifts(
  tx: Tx,
  street: StreetCode,
  shifts: readonly Shift[],
  madeAt: Instant,
): Promise<void> {
  const rows = JSON.stringify(shifts)
  await sql`
    insert into duties.shift (street, id, body, post, starts_at, ends_at, made_at)
    select ${street}, id, body, post, to_timestamp("from" / 1000.0), to_timestamp("to" / 1000.0),
      ${toDate(madeAt)}
    from json_to_recordset(${rows}::json)
      as row (id uuid, body uuid, post uuid, "from" bigint, "to" bigint)`.execute(tx)
}

/** A shift as it was lived. */
export type Lived = Shift & { takenOverAt: Instant | null; handedOverAt: Instant | null }

type ShiftRow = {
  id: string
  body: string
  post: string
  starts_at: Date
  ends_at: Date
  taken_over_at: Date | null
  handed_over_at: Date | null
}

function livedOf(row: ShiftRow): Lived {
  return {
    ...{ id: row.id, body: row.body, post: row.post as PostId },
    ...{ from: toInstant(row.starts_at), to: toInstant(row.ends_at) },
    takenOverAt: maybeInstant(row.taken_over_at),
    handedOverAt: maybeInstant(row.handed_over_at),
  }
}

const lived = [
  ...(['id', 'body', 'post', 'starts_at', 'ends_at'] as const),
  ...(['taken_over_at', 'handed_over_at'] as const),
]

/** The shifts of a body that touch the span, in their order. */
export async function shiftsOf(tx: Tx, body: string, { from, to }: Span): Promise<Lived[]> {
  const rows = await tables<DutiesTables>(tx)
    .selectFrom('duties.shift')
    .select(lived)
    .where('body', '=', body)
    .where('cancelled_at', 'is', null)
    .where('starts_at', '<', toDate(to))
    .where('starts_at', '>', toDate(from - shiftMsMax))
    .where('ends_at', '>', toDate(from))
    .orderBy('starts_at')
    .orderBy('ends_at')
    .orderBy('id')
    .execute()
  return rows.map(livedOf)
}

/** Held until the transaction ends. Undefined: there is none, or it was cancelled. */
export async function shiftToChange(tx: Tx, shift: string): Promise<Lived | undefined> {
  const row = await tables<DutiesTables>(tx)
    .selectFrom('duties.shift')
    .select(lived)
    .where('id', '=', shift)
    .where('cancelled_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return row && livedOf(row)
}

export async function setShift(
  tx: Tx,
  shift: string,
  fact: 'taken_over_at' | 'handed_over_at' | 'cancelled_at',
  at: Instant,
): Promise<void> {
  await tables<DutiesTables>(tx)
    .updateTable('duties.shift')
    .set({ [fact]: toDate(at) })
    .where('id', '=', shift)
    .execute()
}

export async function addLeave(
  tx: Tx,
  street: StreetCode,
  { id, post, from, to, deputy }: Leave,
  madeAt: Instant,
): Promise<void> {
  const span = { starts_at: toDate(from), ends_at: toDate(to) }
  await tables<DutiesTables>(tx)
    .insertInto('duties.leave')
    .values({ ...{ street, id, post, deputy }, ...span, made_at: toDate(madeAt) })
    .execute()
}

/** Of one post, those that touch the span; cancelled ones are gone. */
export async function leavesOf(tx: Tx, post: PostId, { from, to }: Span): Promise<Leave[]> {
  const rows = await tables<DutiesTables>(tx)
    .selectFrom('duties.leave')
    .select(['id', 'post', 'starts_at', 'ends_at', 'deputy'])
    .where('post', '=', post)
    .where('cancelled_at', 'is', null)
    .where('starts_at', '<', toDate(to))
    .where('ends_at', '>', toDate(from))
    .orderBy('starts_at')
    .execute()
  return rows.map(leaveOf)
}

type LeaveRow = {
  id: string
  post: string
  starts_at: Date
  ends_at: Date
  deputy: string | null
}

function leaveOf(row: LeaveRow): Leave {
  return {
    ...{ id: row.id, post: row.post as PostId, deputy: row.deputy as PostId | null },
    ...{ from: toInstant(row.starts_at), to: toInstant(row.ends_at) },
  }
}

export async function leaveToChange(tx: Tx, leave: string): Promise<Leave | undefined> {
  const row = await tables<DutiesTables>(tx)
    .selectFrom('duties.leave')
    .select(['id', 'post', 'starts_at', 'ends_at', 'deputy'])
    .where('id', '=', leave)
    .where('cancelled_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return row && leaveOf(row)
}

/** One that has begun ends now; one ahead is cancelled. */
export async function endLeave(tx: Tx, { id, from }: Leave, now: Instant): Promise<void> {
  const at = toDate(now)
  await tables<DutiesTables>(tx)
    .updateTable('duties.leave')
    .set(from < now ? { ends_at: at } : { cancelled_at: at })
    .where('id', '=', id)
    .execute()
}

/** The post is held no more: what is ahead of it is cancelled, what runs ends. */
export async function endAllOf(tx: Tx, post: PostId, now: Instant): Promise<void> {
  const at = sql`${toDate(now)}::timestamptz`
  for (const table of ['duties.shift', 'duties.leave'] as const) {
    await sql`
      update ${sql.table(table)} set
        cancelled_at = case when starts_at >= ${at} then ${at} end,
        ends_at = case when starts_at >= ${at} then ends_at else ${at} end
      where post = ${post} and cancelled_at is null and ends_at > ${at}`.execute(tx)
  }
}

export type ShiftNote = {
  note: string
  body: string
  shift: string | null
  post: PostId
  at: Instant
  words: string
  readAt: Instant | null
}

export async function addNote(tx: Tx, street: StreetCode, note: ShiftNote): Promise<void> {
  const { note: id, body, shift, post, at, words } = note
  await tables<DutiesTables>(tx)
    .insertInto('duties.shift_note')
    .values({ ...{ street, id, body, shift, post, words }, made_at: toDate(at) })
    .execute()
}

/** Those unread since `unreadFrom`, and all since `from`; newest first. */
export async function notesOf(
  tx: Tx,
  body: string,
  { from, unreadFrom }: { from: Instant; unreadFrom: Instant },
): Promise<ShiftNote[]> {
  const rows = await tables<DutiesTables>(tx)
    .selectFrom('duties.shift_note')
    .selectAll()
    .where('body', '=', body)
    .where('made_at', '>=', toDate(unreadFrom))
    .where((its) => its.or([its('read_at', 'is', null), its('made_at', '>=', toDate(from))]))
    .orderBy('made_at', 'desc')
    .limit(50)
    .execute()
  return rows.map((row) => ({
    ...{ note: row.id, body: row.body, shift: row.shift, post: row.post as PostId },
    ...{ at: toInstant(row.made_at), words: row.words, readAt: maybeInstant(row.read_at) },
  }))
}

/** False where there is no such note for this body. The first who reads it is kept. */
export async function readNote(
  tx: Tx,
  note: string,
  body: string,
  by: PostId,
  now: Instant,
): Promise<boolean> {
  const done = await sql`
    update duties.shift_note set
      read_at = coalesce(read_at, ${toDate(now)}), read_by = coalesce(read_by, ${by})
    where id = ${note} and body = ${body}`.execute(tx)
  return done.numAffectedRows === 1n
}

/** Gaps that were told. */
export async function toldGaps(tx: Tx): Promise<Gap[]> {
  const rows = await tables<DutiesTables>(tx).selectFrom('duties.gap').selectAll().execute()
  return rows.map((row) => ({
    ...{ body: row.body, missing: row.missing },
    ...{ from: toInstant(row.starts_at), to: toInstant(row.ends_at) },
  }))
}

/** Forgets what was told and keeps these as told. */
export async function saveToldGaps(
  tx: Tx,
  street: StreetCode,
  gaps: readonly Gap[],
  now: Instant,
): Promise<void> {
  await tables<DutiesTables>(tx).deleteFrom('duties.gap').execute()
  if (gaps.length === 0) return
  await tables<DutiesTables>(tx)
    .insertInto('duties.gap')
    .values(
      gaps.map(({ body, from, to, missing }) => ({
        ...{ street, body, missing, told_at: toDate(now) },
        ...{ starts_at: toDate(from), ends_at: toDate(to) },
      })),
    )
    .execute()
}

/** What is past its term: notes before one instant; shifts, leave and posts before another. */
export async function expire(tx: Tx, before: { notes: Instant; rest: Instant }): Promise<number> {
  const [notes, rest] = [toDate(before.notes), toDate(before.rest)]
  const statements = [
    sql`delete from duties.shift_note where made_at < ${notes}`,
    sql`delete from duties.shift where ends_at < ${rest}`,
    sql`delete from duties.leave where ends_at < ${rest}`,
    sql`delete from duties.beat where until < ${rest}`,
    sql`delete from duties.cover where until < ${rest}`,
    sql`delete from duties.gap where ends_at < ${rest}`,
    sql`delete from duties.post as post where until < ${rest}
      and not exists (select from duties.beat where beat.post = post.id)
      and not exists (select from duties.shift where shift.post = post.id)
      and not exists (select from duties.leave where post.id in (leave.post, deputy))
      and not exists (select from duties.shift_note where post.id in (shift_note.post, read_by))`,
  ]
  let gone = 0
  for (const each of statements) gone += Number((await each.execute(tx)).numAffectedRows)
  return gone
}
