import { dayMs, hourMs, type Instant } from '../../../kernel/clock.ts'
import { measures, readingStates } from '../../devices/index.ts'
import type { Fact } from '../types.ts'
import { collapse, forgetBelow, isTaken, newMarks, top, type Marks } from './marks.ts'

/** The numbers of one device: of this count, and of the one before it began anew. */
export type Stream = {
  marks: Marks
  before: Marks
  /** Readings without a number, by their own time. */
  timed: Marks
  /** Up to this moment a message belongs to the count before. */
  restartedAt: Instant | null
  /** The newest moment that a reading told of, as the device said it. */
  newestAt: Instant | null
  /** Up to where it had counted, hour by hour, as long as readings may come late. */
  windows: Window[]
}

export type Window = { at: Instant; top: number }

export function newStream(): Stream {
  const marks = { marks: newMarks(), before: newMarks(), timed: newMarks() }
  return { ...marks, restartedAt: null, newestAt: null, windows: [] }
}

export type Standing = 'new' | 'restarted' | 'duplicate'

/**
 * A copy tells of a moment that is known. A known number with a newer moment than any before it is
 * a counter that began anew (a new battery, a reset): were it refused, a home whose sensor is alive
 * would look silent. Copies from before that moment are still known by the old count.
 */
export function standingOf(stream: Stream, sequence: number, eventAt: Instant): Standing {
  if (!isTaken(marksFor(stream, eventAt), sequence)) return 'new'
  return stream.newestAt === null || eventAt <= stream.newestAt ? 'duplicate' : 'restarted'
}

/** The count that a moment belongs to. */
export function marksFor(stream: Stream, eventAt: Instant): Marks {
  const { restartedAt } = stream
  return restartedAt !== null && eventAt <= restartedAt ? stream.before : stream.marks
}

export function startAnew(stream: Stream): void {
  stream.windows = []
  stream.before = stream.marks
  stream.marks = newMarks()
  stream.restartedAt = stream.newestAt
}

/** A battery is changed once; a counter that jumps back again within a day is two devices. */
export function isJumping(restarts: Instant[], now: Instant): boolean {
  while ((restarts[0] ?? now) < now - dayMs) restarts.shift()
  restarts.push(now)
  return restarts.length >= 3
}

const saysMax = 32
const measured = Object.keys(measures)

/**
 * A number for a reading that has none: its millisecond and what it says. Some devices count time
 * in seconds, and a door opens and closes within one.
 */
export function timedNumber(at: Instant, { kind, state, value }: Fact): number {
  const said =
    value === null
      ? (readingStates[kind] as readonly string[]).indexOf(state)
      : saysMax / 2 + measured.indexOf(state)
  return at * saysMax + said
}

/**
 * What is older than the term may not be told by its mark either: some devices count in
 * milliseconds, and readings without a number are known by their time. Ranges from before the term
 * become one; nothing that old is taken any more (`timeOf`). Answers whether anything changed.
 */
export function closeWindow(stream: Stream, termMs: number, now: Instant): boolean {
  const { windows, marks, before, timed, restartedAt } = stream
  const told = () => [marks, before, timed].reduce((sum, one) => sum + one.ranges.length, 0)
  const toldBefore = told() + windows.length
  const last = windows.at(-1)
  const hasCounted = top(marks) > (last?.top ?? -1)
  if (hasCounted && (!last || now - last.at >= hourMs)) windows.push({ at: now, top: top(marks) })
  for (let first = windows[0]; first && first.at <= now - termMs; first = windows[0]) {
    collapse(marks, first.top)
    windows.shift()
  }
  forgetBelow(timed, (now - termMs) * saysMax)
  if (restartedAt !== null && restartedAt <= now - termMs) before.ranges.length = 0
  return told() + windows.length !== toldBefore
}
