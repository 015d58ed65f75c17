import { dayMs, type Instant } from '../../../kernel/clock.ts'

export type Body = Record<string, unknown>

export function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Undefined where it is not there. Only own fields: a message has no nature. */
export function valueAt(body: unknown, path: readonly string[]): unknown {
  let value = body
  for (const part of path) {
    if (!isBody(value) || !Object.hasOwn(value, part)) return undefined
    value = value[part]
  }
  return value
}

const plainNumber = /^-?\d{1,15}(\.\d{1,12})?$/

/** A number, or one in a text: network servers mix the two in one message. */
export function numberIn(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  return typeof value === 'string' && plainNumber.test(value) ? Number(value) : undefined
}

/** What a declared value stands for; undefined where this value is not declared. */
export function declared<T>(values: Readonly<Record<string, T>>, value: unknown): T | undefined {
  for (const name of namesOf(value)) if (Object.hasOwn(values, name)) return values[name]
  return undefined
}

function namesOf(value: unknown): string[] {
  switch (typeof value) {
    case 'boolean':
      return [JSON.stringify(value)]
    case 'number':
      return [JSON.stringify(value), JSON.stringify(String(value))]
    case 'string':
      return plainNumber.test(value)
        ? [JSON.stringify(value), JSON.stringify(Number(value))]
        : [JSON.stringify(value)]
    default:
      return []
  }
}

/** Whole per cent. 255 and -1 are makers' words for unknown; no other number is one either. */
export function percentIn(value: unknown): number | null {
  const number = numberIn(value)
  return number !== undefined && number >= 0 && number <= 100 ? Math.round(number) : null
}

/** A whole number of the measure's unit. */
export function wholeIn(value: unknown, per: number): number | undefined {
  const number = numberIn(value)
  if (number === undefined) return undefined
  const whole = Math.round(number * per)
  // Never minus zero: it is another value to whoever compares.
  return Number.isSafeInteger(whole) ? whole + 0 : undefined
}

export function sequenceIn(value: unknown): number | undefined {
  const number = numberIn(value)
  return Number.isSafeInteger(number) && (number as number) >= 0 ? number : undefined
}

const isoWithZone = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/
/** A clock that was never set counts from 1970 or from its maker's year. */
const clockSetSince = 45 * 365 * dayMs

/** A moment; null where the clock was never set, undefined where it is none. */
export function momentIn(
  value: unknown,
  as: 'iso' | 'unix-seconds' | 'unix-ms',
): Instant | null | undefined {
  const at = as === 'iso' ? isoIn(value) : (numberIn(value) ?? NaN) * (as === 'unix-ms' ? 1 : 1000)
  if (Number.isNaN(at) || at < 0 || !Number.isSafeInteger(Math.floor(at))) return undefined
  return at < clockSetSince ? null : Math.floor(at)
}

function isoIn(value: unknown): number {
  return typeof value === 'string' && isoWithZone.test(value) ? Date.parse(value) : NaN
}
