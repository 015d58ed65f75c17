import { dayOf, startOfDay, weekdayOf } from '../../../kernel/calendar.ts'
import { dayMs, hourMs, minuteMs, type Instant } from '../../../kernel/clock.ts'
import type { PostId } from '../../../kernel/ids.ts'
import { onDutyAmong } from '../decide.ts'
import { shiftMsMax, type Cover, type Gap, type Known, type Shift, type Span } from '../types.ts'

/** A gap is looked for so far ahead (product: "found a week ahead"). */
export const gapAheadMs = 7 * dayMs
/** Nobody plans further ahead than the next announcement of holidays reaches. */
const planAheadMs = 400 * dayMs
/** One takes over a little before the shift begins. */
const takeOverEarlyMs = hourMs

type DayKind = (day: string) => 'working' | 'off' | undefined

/**
 * Hours between two instants in which fewer are on duty than some cover of the body wants. Whole: a
 * gap that has begun keeps its beginning, one that reaches further the end of its cover. `known` must
 * hold the shifts of a day more on both sides (`shiftMsMax`). What is not judged for want of a
 * calendar says `unjudgedYear`.
 */
export function gapsAhead(known: Known, from: Instant, to: Instant, kindOf: DayKind): Gap[] {
  return [...new Set(known.covers.map(({ body }) => body))]
    .flatMap((body) => gapsOf(onlyBody(known, body), body, kindOf, { from, to }))
    .toSorted((a, b) => a.from - b.from)
}

/**
 * The first year between two instants for which some cover asks whether a day is worked, and no
 * calendar says it: those hours are not judged.
 */
export function unjudgedYear(
  covers: readonly Cover[],
  from: Instant,
  to: Instant,
  kindOf: DayKind,
): number | null {
  const { unknown } = slotsOf(covers, kindOf, { from, to })
  return unknown.length > 0 ? Math.min(...unknown) : null
}

function onlyBody(known: Known, body: string): Known {
  const posts = known.posts.filter((post) => post.body === body)
  const ids = new Set(posts.map(({ id }) => id))
  return {
    posts,
    beats: [],
    shifts: known.shifts.filter(({ post }) => ids.has(post)),
    leaves: known.leaves.filter(({ post }) => ids.has(post)),
    covers: known.covers.filter((cover) => cover.body === body),
  }
}

function gapsOf(known: Known, body: string, kindOf: DayKind, span: Span): Gap[] {
  const { slots } = slotsOf(known.covers, kindOf, span)
  const edges = [...slots, ...known.shifts, ...known.leaves].flatMap(({ from, to }) => [from, to])
  const times = [...new Set(edges)].toSorted((a, b) => a - b)
  const gaps: Gap[] = []
  times.forEach((from, at) => {
    const to = times[at + 1]
    if (to === undefined) return
    const wanted = Math.max(0, ...slots.filter((one) => holds(one, from)).map((one) => one.people))
    const missing = wanted - (wanted > 0 ? onDutyAmong(known, from).length : 0)
    if (missing <= 0) return
    const last = gaps.at(-1)
    if (last?.to === from && last.missing === missing) last.to = to
    else gaps.push({ body, from, to, missing })
  })
  return gaps.filter(({ to }) => to > span.from)
}

function holds({ from, to }: Span, at: Instant): boolean {
  return from <= at && at < to
}

/** The hours of covers that begin before the span's end and end after its beginning. */
function slotsOf(covers: readonly Cover[], kindOf: DayKind, span: Span) {
  const slots: (Span & { people: number })[] = []
  const unknown: number[] = []
  for (let at = startOfDay(span.from) - dayMs; at < span.to; at += dayMs) {
    const day = dayOf(at)
    for (const { days, people, ...hours } of covers) {
      const slot = { ...spanOf(at, hours.from, hours.to), people }
      if (slot.to <= span.from || slot.from >= span.to) continue
      const kind = days === 'every-day' ? days : kindOf(day)
      if (kind === undefined) unknown.push(Number(day.slice(0, 4)))
      else if (kind === days) slots.push(slot)
    }
  }
  return { slots, unknown }
}

/** Hours of a day, over midnight where the end is not after the beginning. */
function spanOf(midnight: Instant, from: string, to: string): Span {
  const [start, end] = [midnight + msOf(from), midnight + msOf(to)]
  return { from: start, to: end > start ? end : end + dayMs }
}

function msOf(time: string): number {
  return Number(time.slice(0, 2)) * hourMs + Number(time.slice(3, 5)) * minuteMs
}

/**
 * A gap that was told and has begun keeps its beginning as its hours go by: what grows at its end
 * day by day, because nothing is planned at all, stays one gap.
 */
export function withBeginnings(gaps: readonly Gap[], told: readonly Gap[], now: Instant): Gap[] {
  return gaps.map((gap) => {
    if (gap.from > now) return gap
    const before = told.find(
      ({ body, from, to }) => body === gap.body && from < gap.from && gap.from <= to,
    )
    return before ? { ...gap, from: before.from } : gap
  })
}

/** What is to be told of gaps: those that are not within one that was told already. */
export function untoldGaps(gaps: readonly Gap[], told: readonly Gap[]): Gap[] {
  return gaps.filter(
    (gap) =>
      !told.some(
        ({ body, from, to, missing }) =>
          body === gap.body && from <= gap.from && gap.to <= to && missing >= gap.missing,
      ),
  )
}

export type Planned = Span & { post: PostId }

type Pattern = readonly {
  post: PostId
  weekdays: readonly number[]
  from: string
  to: string
}[]

/** The shifts of a pattern, week by week from a midnight on, without those that are over. */
export function shiftsOfPattern(
  pattern: Pattern,
  start: Instant,
  weeks: number,
  now: Instant,
): Planned[] {
  const midnights = Array.from({ length: weeks * 7 }, (_, at) => start + at * dayMs)
  return midnights
    .flatMap((midnight) =>
      pattern
        .filter(({ weekdays }) => weekdays.includes(weekdayOf(dayOf(midnight))))
        .map(({ post, from, to }) => ({ post, ...spanOf(midnight, from, to) })),
    )
    .filter(({ to }) => to > now)
}

/**
 * Which shifts are new beside those that are there, or which one cannot be: its hours are no hours,
 * or the post is on duty then already. One that is there to the minute is kept.
 */
export function decidePlan(
  planned: readonly Planned[],
  there: readonly Shift[],
  posts: ReadonlySet<PostId>,
  now: Instant,
): { fresh: Planned[]; kept: number } | { wrong: number; why: 'bad-input' | 'already-so' } {
  const fresh: Planned[] = []
  const taken = Map.groupBy<PostId, Planned>(there, ({ post }) => post)
  let kept = 0
  for (const [at, one] of planned.entries()) {
    const isSound =
      posts.has(one.post) &&
      one.from < one.to &&
      one.to - one.from <= shiftMsMax &&
      one.to > now &&
      one.from <= now + planAheadMs
    if (!isSound) return { wrong: at, why: 'bad-input' }
    const own = taken.get(one.post) ?? []
    const other = own.filter(({ from, to }) => from < one.to && one.from < to)
    if (other.some(({ from, to }) => from === one.from && to === one.to)) kept++
    else if (other.length > 0) return { wrong: at, why: 'already-so' }
    else {
      fresh.push(one)
      taken.set(one.post, [...own, one])
    }
  }
  return { fresh, kept }
}

/** From an hour before it begins until it is over. */
export function mayTakeOver({ from, to }: Span, now: Instant): boolean {
  return from - takeOverEarlyMs <= now && now < to
}

/**
 * Who comes after a shift: of the shifts that began after it and outlast it, the first; another
 * post's.
 */
export function reliefOf(shifts: readonly Shift[], own: Shift): Shift | undefined {
  return shifts
    .filter(({ post, from, to }) => post !== own.post && from > own.from && to > own.to)
    .toSorted((a, b) => a.from - b.from)[0]
}

/** The Monday, 00:00, of the week that holds a day, and the Monday after. */
export function weekOf(at: Instant): Span {
  const from = startOfDay(at) - ((weekdayOf(dayOf(at)) + 6) % 7) * dayMs
  return { from, to: from + 7 * dayMs }
}
