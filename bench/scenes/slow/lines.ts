import type { Instant } from '../../../src/kernel/clock.ts'
import type { Scene } from '../scene.ts'

/**
 * How far all was judged when something was done: in the order of events, and at once. What people
 * do and what comes too late counts after that, and still in that millisecond: `now` when it is
 * done, `next` when somebody looks, as parts of it, so that each has an instant of its own.
 */
export type When = {
  act: number
  settledAt: Instant
  lookedAt: Instant
  now: number
  next: number
}

/** The smallest part of a millisecond that times of these years can hold is half of it. */
const partMs = 1 / 2_048
/** Nothing lies in between. */
export const leastMs = partMs / 2

/** For each act, and for the end. */
export function linesOf({ acts, start, settleMs }: Scene): When[] {
  const lines: When[] = []
  let lookedAt = start
  let since = -1
  let unseen: When[] = []
  for (let act = 0; act <= acts.length; act++) {
    const settledAt = lookedAt - settleMs
    const when: When = { act, settledAt, lookedAt, now: (act - since) * partMs, next: Infinity }
    lines.push(when)
    unseen.push(when)
    const one = acts[act]
    if (one?.do !== 'advance') continue
    for (const each of unseen) each.next = when.now
    unseen = []
    if (one.now <= lookedAt) continue
    lookedAt = one.now
    since = act
  }
  return lines
}

/** Which of the two a rule follows. */
export type Line = {
  /** Whole milliseconds. */
  judgedUntil(when: When): Instant
  saidAt(when: When): Instant
  seenAt(when: When): Instant
}

/** In the order of events: what changed is looked at at the next look. */
export const settledLine: Line = {
  judgedUntil: ({ settledAt }) => settledAt,
  saidAt: ({ settledAt, now }) => settledAt + now,
  seenAt: ({ settledAt, next }) => settledAt + next,
}

/** As it comes: what changed is looked at at once. */
export const promptLine: Line = {
  judgedUntil: ({ lookedAt }) => lookedAt,
  saidAt: ({ lookedAt, now }) => lookedAt + now,
  seenAt: ({ lookedAt, now }) => lookedAt + now,
}
