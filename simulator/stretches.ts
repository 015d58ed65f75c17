/** Stretches of the town's time, told day by day and cut as finely as anybody asks. */
import { dayOf as dateOf, startOfDay } from '../src/kernel/calendar.ts'
import { dayMs, type Instant } from '../src/kernel/clock.ts'

/** (from, to], and the days that it touches. */
export type Stretch = { from: Instant; to: Instant; dates: string[] }

export function stretchOf(from: Instant, to: Instant): Stretch {
  const dates: string[] = []
  for (let day = startOfDay(from); day <= to; day += dayMs) dates.push(dateOf(day))
  return { from, to, dates }
}

/** Of its days what lies within it. */
export function within<One extends { at: Instant }>(
  { from, to, dates }: Stretch,
  dayOfDate: (date: string) => One[],
): One[] {
  return dates.flatMap((date) => dayOfDate(date).filter(({ at }) => from < at && at <= to))
}

const daysKept = 3
/** The last days of each, so that a day is told once however finely time is cut. */
export function keptDays<Who extends object, One>(tell: (who: Who, date: string) => One[]) {
  const known = new WeakMap<Who, Map<string, One[]>>()
  return (who: Who, date: string): One[] => {
    const days = known.get(who) ?? new Map<string, One[]>()
    known.set(who, days)
    const told = days.get(date) ?? tell(who, date)
    if (days.size >= daysKept && !days.has(date)) days.clear()
    days.set(date, told)
    return told
  }
}

/** The date of an instant; thousands of them lie in the same day. */
export function keptDate() {
  let date = ''
  let from = -Infinity
  return (at: Instant): string => {
    if (at >= from && at < from + dayMs) return date
    from = startOfDay(at)
    date = dateOf(at)
    return date
  }
}
