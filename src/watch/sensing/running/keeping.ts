import { hourMs, type Instant } from '../../../kernel/clock.ts'
import type { Given } from '../../../platform/given.ts'
import { dayShelfMs } from '../decide.ts'
import * as shelves from '../shelves/index.ts'

/** Kept at the very latest for so long after arrival, judged or not (product: ≤ 72 h + 1 h). */
const keptMsMax = 72 * hourMs

/**
 * The partitions that are there, and their end. Marks are saved before a partition goes: it holds
 * the numbers of what was taken.
 */
export async function openKeeping(given: Given) {
  const { ownerPool: pool } = given.db
  const hours = new Set<Instant>(await shelves.hoursKept(pool))
  const days = new Set<Instant>(await shelves.daysKept(pool))
  return {
    isKept: (shelf: 'hour' | 'day', from: Instant) => (shelf === 'hour' ? hours : days).has(from),
    note(rows: { hours: readonly Instant[]; days: readonly Instant[] }): void {
      for (const hour of rows.hours) hours.add(hour)
      for (const day of rows.days) days.add(day)
    },
    /** Drops every hour that is over and judged, or over its term. Answers how many went. */
    async dropHours(
      now: Instant,
      judgedThrough: number,
      saveMarks: () => Promise<void>,
    ): Promise<number> {
      let gone = 0
      for (const hour of hours) {
        if (hour + hourMs > now) continue
        await saveMarks()
        const isJudged = (await shelves.lastPositionIn(pool, hour)) <= judgedThrough
        if (!isJudged && now < hour + keptMsMax) continue
        await shelves.dropHour(pool, hour)
        hours.delete(hour)
        gone++
      }
      return gone
    },
    /** Drops every day whose first row has reached the term. */
    async dropDays(now: Instant, saveMarks: () => Promise<void>): Promise<number> {
      let gone = 0
      for (const day of days) {
        if (day + dayShelfMs > now) continue
        await saveMarks()
        await shelves.dropDay(pool, day)
        days.delete(day)
        gone++
      }
      return gone
    },
  }
}
