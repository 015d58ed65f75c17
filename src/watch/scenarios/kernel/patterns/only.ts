import { dayOf, startOfDay } from '../../../../kernel/calendar.ts'
import { dayMs, minuteMs, type Instant } from '../../../../kernel/clock.ts'
import type { Only } from '../../definition/index.ts'

/** 'working' or 'off' as the year's calendar says; undefined where no calendar was published. */
export type DayKind = (day: string) => 'working' | 'off' | undefined

/**
 * Hours are milliseconds of the day in Shanghai, [from, to); `to` ≤ `from` goes over midnight.
 * Whether a day or a season fits is asked of the calendar day of the instant itself, also in the
 * hours after midnight.
 */
export type OnlyTimes = {
  hours: { from: number; to: number } | null
  days: Only['days']
  season: { from: string; to: string } | null
}

/** null: at any time. */
export function compileOnly({ hours, days, season }: Only): OnlyTimes | null {
  if (hours === null && days === 'every-day' && season === null) return null
  const times = hours && { from: msOf(hours.from), to: msOf(hours.to) }
  return { hours: times, days, season }
}

export function isTime({ hours, days, season }: OnlyTimes, at: Instant, dayKind: DayKind): boolean {
  const now = at - startOfDay(at)
  if (hours) {
    const { from, to } = hours
    if (!(from < to ? now >= from && now < to : now >= from || now < to)) return false
  }
  if (days === 'every-day' && season === null) return true
  const day = dayOf(at)
  if (days !== 'every-day' && dayKind(day) !== (days === 'working-days' ? 'working' : 'off')) {
    return false
  }
  return season === null || isInSeason(day.slice(5), season)
}

/** The next instant at which it may be another than now. */
export function nextBoundary({ hours }: OnlyTimes, at: Instant): Instant {
  const day = startOfDay(at)
  const times = hours ? [hours.from, hours.to] : []
  return Math.min(day + dayMs, ...times.map((ms) => day + ms).filter((time) => time > at))
}

function isInSeason(day: string, { from, to }: { from: string; to: string }): boolean {
  return from <= to ? day >= from && day <= to : day >= from || day <= to
}

function msOf(time: string): number {
  return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * minuteMs
}
