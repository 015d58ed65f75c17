import { dayMs, minuteMs } from '../../../kernel/clock.ts'

export const codeMs = 5 * minuteMs
export const triesMax = 5
/** Until another one may be asked for. */
export const againMs = minuteMs

/**
 * A telephone that nobody signed in with for so long may be somebody else's by now: providers give
 * numbers away again.
 */
export const numberMovesMs = 90 * dayMs

/** A mobile number of the mainland, as codes are sent to; `plain` is what `phoneIn` reads. */
export function mobileIn(plain: string | undefined): string | undefined {
  const digits = plain?.replaceAll('-', '')
  return digits !== undefined && /^1[3-9][0-9]{9}$/.test(digits) ? digits : undefined
}
