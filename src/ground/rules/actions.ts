import type { Instant } from '../../kernel/clock.ts'
import type { Given } from '../../platform/given.ts'
import type { Tx } from '../../platform/sql.ts'
import { deadlineAfter, isWorkingDay } from './decide.ts'
import * as store from './store.ts'
import type { Deadline, Duration } from './types.ts'

type Published = { source: string; years: number[]; days: Record<string, string> }

/** Takes a published table of holidays and make-up days into use. */
export async function importCalendar(given: Given, published: Published): Promise<void> {
  const days = Object.entries(published.days).map(([day, kind]) => [day, kind === 'work'] as const)
  const calendar = { years: new Set(published.years), days: new Map(days) }
  await given.db.asOwner((tx) => store.saveCalendar(tx, calendar, published.source))
}

/** Minutes and hours run on every day alike. */
const noCalendar = { years: new Set<number>(), days: new Map<string, boolean>() }

/** The one place that computes a deadline. */
export async function deadline(tx: Tx, start: Instant, duration: Duration): Promise<Deadline> {
  const isByClock = duration.kind === 'minute' || duration.kind === 'hour'
  return deadlineAfter(isByClock ? noCalendar : await store.loadCalendar(tx), start, duration)
}

/** A working day, a day off, or undefined where the year's table is missing. */
export async function dayKinds(tx: Tx): Promise<(day: string) => 'working' | 'off' | undefined> {
  const calendar = await store.loadCalendar(tx)
  return (day) => {
    const isWorking = isWorkingDay(calendar, day)
    if (isWorking === undefined) return undefined
    return isWorking ? 'working' : 'off'
  }
}
