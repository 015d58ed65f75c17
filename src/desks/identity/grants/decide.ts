import { dayMs, type Instant } from '../../../kernel/clock.ts'

export const grantCodeMs = dayMs
/** A person has so many open codes and so many who may act for them. */
export const grantsMax = 10
/** A clerk acts for a day; whoever was given longer is no clerk. */
export const clerkDaysMax = 1
/** A paper is entered within so many days after it was signed. */
export const signedWithinDays = 30
/** Ended grants stay readable in the person's own pages for so long; the book keeps its looks. */
export const grantKeptMs = 365 * dayMs

export function untilOf(days: number, now: Instant): Instant {
  return now + days * dayMs
}
