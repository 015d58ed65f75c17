import { dayOf, endOfDay } from '../../../kernel/calendar.ts'
import { dayMs, type Instant } from '../../../kernel/clock.ts'
import { warmUpDays } from './matters.ts'
import type { Source, TrialInput } from './types.ts'

/** First day of the warm-up, first day judged, first real day, end. All 00:00 in Shanghai. */
export type Span = { warmFrom: Instant; from: Instant; storedFrom: Instant; until: Instant }

export function spanOf({ days, until, stored, draft, inForce }: TrialInput): Span {
  const from = until - days * dayMs
  const wholeDay = stored === null ? until : endOfDay(stored.from - 1)
  const storedFrom = Math.min(until, Math.max(from, wholeDay))
  const warm = Math.max(warmUpDays(draft), inForce === null ? 0 : warmUpDays(inForce))
  return { warmFrom: from - warm * dayMs, from, storedFrom, until }
}

/** Days of a span, with the source of each. */
export function daysOf({ from, storedFrom, until }: Span): { day: string; source: Source }[] {
  const days: { day: string; source: Source }[] = []
  for (let at = from; at < until; at += dayMs) {
    days.push({ day: dayOf(at), source: at < storedFrom ? 'simulated' : 'stored' })
  }
  return days
}
