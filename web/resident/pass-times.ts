/** When a pass begins, from a time of today as it is written. */

import { dayMs, hourMs, minuteMs, type Instant } from '../../src/kernel/clock.ts'

const shanghaiOffsetMs = 8 * hourMs

/** "14:30" of today in Shanghai; null where it is none, or would be over already. */
export function beginOf(time: string, hours: number, now: Instant): Instant | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time)
  if (!match) return null
  const day = Math.floor((now + shanghaiOffsetMs) / dayMs)
  const within = Number(match[1]) * hourMs + Number(match[2]) * minuteMs
  const from = day * dayMs - shanghaiOffsetMs + within
  return from + hours * hourMs > now ? from : null
}
