import { dayOf, startOfDay } from '../../../src/kernel/calendar.ts'
import { dayMs, type Instant } from '../../../src/kernel/clock.ts'

export type Interval = { from: Instant; to: Instant }
/** A stretch of the strip as shares of its whole; `is` says what is known of it. */
export type Stretch = { is: 'working' | 'unknown' | 'not-yet'; from: number; to: number }

export const stripDays = 14

/** The strip ends now and begins with the day thirteen days ago, in Shanghai. */
export function stripStart(now: Instant): Instant {
  return startOfDay(now) - (stripDays - 1) * dayMs
}

/** What is known of each stretch of the strip, in order; together they are the whole of it. */
export function stretchesOf(
  coverage: readonly Interval[],
  installedAt: Instant,
  now: Instant,
): Stretch[] {
  const start = stripStart(now)
  const share = (at: Instant) => Math.min(1, Math.max(0, (at - start) / (now - start)))
  const stretches: Stretch[] = []
  let done = 0
  const until = (is: Stretch['is'], at: Instant) => {
    const to = share(at)
    if (to > done) stretches.push({ is, from: done, to })
    done = Math.max(done, to)
  }
  until('not-yet', installedAt)
  for (const { from, to } of coverage.toSorted((a, b) => a.from - b.from)) {
    until('unknown', from)
    until('working', to)
  }
  until('unknown', now)
  return stretches
}

export type DayOfStrip = { day: string; at: Instant; workingMs: number; unknownMs: number }

/** How long it worked each day, the newest first; from its installation on the rest is unknown. */
export function daysOf(
  coverage: readonly Interval[],
  installedAt: Instant,
  now: Instant,
): DayOfStrip[] {
  const start = stripStart(now)
  return Array.from({ length: stripDays }, (_, at) => {
    const from = start + at * dayMs
    const to = Math.min(from + dayMs, now)
    const workingMs = coverage.reduce(
      (sum, one) => sum + Math.max(0, Math.min(one.to, to) - Math.max(one.from, from)),
      0,
    )
    const knownFrom = Math.max(from, installedAt)
    return {
      ...{ day: dayOf(from), at: from, workingMs },
      unknownMs: Math.max(0, to - knownFrom - workingMs),
    }
  }).toReversed()
}
