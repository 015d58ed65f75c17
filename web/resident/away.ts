/** Until when somebody is away: whole days of Shanghai, each ending at its last minute. */

import { dayMs, hourMs, minuteMs, type Instant } from '../../src/kernel/clock.ts'
import type { Language } from '../words/index.ts'
import { formatDate, formatInstant, formatTime } from '../words/format.ts'

const shanghaiOffsetMs = 8 * hourMs

/** The contract takes 90 days; the end of the 89th day ahead is always within them. */
const daysAheadMax = 89

/** 23:59 in Shanghai of today (0) or of a day ahead. */
export function endOfDay(now: Instant, daysAhead: number): Instant {
  const day = Math.floor((now + shanghaiOffsetMs) / dayMs) + daysAhead
  return (day + 1) * dayMs - shanghaiOffsetMs - minuteMs
}

/** What a date field may hold: "2026-07-10" to "2026-10-06". */
export function awayDates(now: Instant): { first: string; last: string } {
  return { first: dateOf(endOfDay(now, 0)), last: dateOf(endOfDay(now, daysAheadMax)) }
}

/** The end of the day in a date field; null where it holds none that may be chosen. */
export function awayUntil(date: string, now: Instant): Instant | null {
  const { first, last } = awayDates(now)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || date < first || date > last) return null
  const until = Date.parse(`${date}T23:59:00+08:00`)
  return Number.isNaN(until) || until <= now ? null : until
}

/** "7月12日" where the whole day is meant, the moment itself where somebody set one. */
export function formatUntil(until: Instant, now: Instant, language: Language): string {
  return formatTime(until) === '23:59'
    ? formatDate(until, now, language)
    : formatInstant(until, now, language)
}

function dateOf(at: Instant): string {
  return new Date(at + shanghaiOffsetMs).toISOString().slice(0, 10)
}
