import { dayMs, hourMs, type Instant } from './clock.ts'

/** Asia/Shanghai has been UTC+8 without summer time since 1991-09-15; every date here is later. */
const offsetMs = 8 * hourMs

/** From so many years on somebody is of age (民法典 17). */
export const adultAge = 18

/** The day in Shanghai, 'YYYY-MM-DD'. */
export function dayOf(at: Instant): string {
  return new Date(at + offsetMs).toISOString().slice(0, 10)
}

/** 00:00 in Shanghai of the day that holds the instant. */
export function startOfDay(at: Instant): Instant {
  return at - ((at + offsetMs) % dayMs)
}

/** 24:00 in Shanghai, which is 00:00 of the next day. */
export function endOfDay(at: Instant): Instant {
  return startOfDay(at) + dayMs
}

/** 0 is Sunday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay()
}

/** 'HH:MM' in Shanghai. */
export function timeOf(at: Instant): string {
  return new Date(at + offsetMs).toISOString().slice(11, 16)
}
