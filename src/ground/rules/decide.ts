import { dayMs, hourMs, minuteMs, type Instant } from '../../kernel/clock.ts'
import { dayOf, endOfDay, weekdayOf } from '../../kernel/calendar.ts'
import type { Calendar, Deadline, Duration } from './types.ts'

/**
 * When a period that begins at `start` ends, in Asia/Shanghai.
 * Hours count from the moment, the first day is not counted (民法典 201); a period in days ends at
 * 24:00 of its last day, and when that is a holiday, of the next working day (民法典 203).
 * A year without a table is never guessed: the answer is marked as an estimate.
 */
export function deadlineAfter(calendar: Calendar, start: Instant, duration: Duration): Deadline {
  const { count, kind } = duration
  switch (kind) {
    case 'minute':
      return { at: start + count * minuteMs, kind: 'hour' }
    case 'hour':
      return { at: start + count * hourMs, kind }
    case 'calendar_day':
      return onWorkingDay(calendar, start + count * dayMs, kind)
    case 'working_day':
      return afterWorkingDays(calendar, start, count)
    default:
      return kind satisfies never
  }
}

/** Undefined where the year's table is missing. */
export function isWorkingDay(calendar: Calendar, day: string): boolean | undefined {
  if (!calendar.years.has(Number(day.slice(0, 4)))) return undefined
  return calendar.days.get(day) ?? ![0, 6].includes(weekdayOf(day))
}

function afterWorkingDays(calendar: Calendar, start: Instant, count: number): Deadline {
  let at = start
  for (let left = count; left > 0;) {
    at += dayMs
    const isWorking = isWorkingDay(calendar, dayOf(at))
    if (isWorking === undefined) return estimate(at, left - 1)
    if (isWorking) left--
  }
  return { at: endOfDay(at), kind: 'working_day' }
}

function onWorkingDay(calendar: Calendar, from: Instant, kind: 'calendar_day'): Deadline {
  for (let at = from; ; at += dayMs) {
    const isWorking = isWorkingDay(calendar, dayOf(at))
    if (isWorking === undefined) return estimate(at, 0)
    if (isWorking) return { at: endOfDay(at), kind }
  }
}

function estimate(at: Instant, daysLeft: number): Deadline {
  const unknownYear = Number(dayOf(at).slice(0, 4))
  return { at: endOfDay(at + daysLeft * dayMs), kind: 'calendar_estimate', unknownYear }
}
