import { dayMs, hourMs, minuteMs, type Instant } from '../../../kernel/clock.ts'

type Limit = { most: number; inMs: number }

const codesSent: readonly Limit[] = [
  { most: 1, inMs: minuteMs },
  { most: 5, inMs: hourMs },
  { most: 10, inMs: dayMs },
]

/** So often within so long (product; numbers are small because guessing and flooding are cheap). */
export const limits = {
  /** Codes sent. */
  'code-phone': codesSent,
  /** Of a browser that has signed in with that telephone: a stranger's ten do not shut it out. */
  'code-known': codesSent,
  'code-address': [{ most: 20, inMs: hourMs }],
  'code-device': [{ most: 10, inMs: hourMs }],
  /** Codes entered: beside the five tries of each. A telephone’s are bounded by its codes. */
  'guess-address': [{ most: 60, inMs: hourMs }],
  /** Codes of letters entered. */
  'letter-account': [
    { most: 5, inMs: hourMs },
    { most: 10, inMs: dayMs },
  ],
  'letter-address': [{ most: 30, inMs: hourMs }],
  /** A new account is free: whoever makes many has one browser, or one address, for all. */
  'letter-device': [{ most: 10, inMs: dayMs }],
  /** Codes that a resident shows at the station, made; and those that a worker enters. */
  'show-code': [{ most: 10, inMs: hourMs }],
  station: [{ most: 20, inMs: hourMs }],
  /** A household asked. */
  'ask-account': [{ most: 3, inMs: dayMs }],
  'ask-home': [{ most: 5, inMs: dayMs }],
  /** Codes by which somebody may act for another, entered. */
  grant: [{ most: 10, inMs: hourMs }],
  /** Reports about places: of an account, or of a person without one. */
  report: [{ most: 5, inMs: dayMs }],
} as const satisfies Record<string, readonly Limit[]>

export type Kind = keyof typeof limits

export const rememberedMs = dayMs

/**
 * That a telephone signed in with a browser is known for so long after: as long as its number is
 * taken to be the same person's.
 */
export const knownMs = 90 * dayMs

export function countedMost(kind: Kind): number {
  return Math.max(...limits[kind].map(({ most }) => most))
}

/** How long to wait; 0: now. `tries`: those before, the newest first. */
export function waitOf(kind: Kind, tries: readonly Instant[], now: Instant): number {
  const waits = limits[kind].map(({ most, inMs }) => {
    const oldest = tries[most - 1]
    return oldest === undefined ? 0 : oldest + inMs - now
  })
  return Math.max(0, ...waits)
}
