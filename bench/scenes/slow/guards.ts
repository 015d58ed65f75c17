import { dayOf, timeOf } from '../../../src/kernel/calendar.ts'
import type { Instant } from '../../../src/kernel/clock.ts'
import type { Definition } from '../../../src/watch/scenarios/index.ts'
import type { DayKind } from '../scene.ts'

/** Whether a rule may judge at this instant: hours, kind of day, season. */
export function isTime(only: Definition['only'], at: Instant, dayKind: DayKind): boolean {
  const day = dayOf(at)
  if (only.hours && !isWithin(timeOf(at), only.hours.from, only.hours.to, false)) return false
  if (only.season && !isWithin(day.slice(5), only.season.from, only.season.to, true)) return false
  switch (only.days) {
    case 'every-day':
      return true
    case 'working-days':
      return dayKind(day) === 'working'
    case 'days-off':
      return dayKind(day) === 'off'
    default:
      return only.days satisfies never
  }
}

/** A stretch that ends before it begins goes over midnight, or over the year's end. */
function isWithin(now: string, from: string, to: string, isInclusive: boolean): boolean {
  const isBefore = isInclusive ? now <= to : now < to
  if (from < to || (isInclusive && from === to)) return from <= now && isBefore
  return from <= now || isBefore
}
