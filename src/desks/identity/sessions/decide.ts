import { dayMs, hourMs, minuteMs, type Instant } from '../../../kernel/clock.ts'

export const deviceNames = [
  'iphone',
  'ipad',
  'android',
  'harmony',
  'windows',
  'mac',
  'linux',
  'wechat',
  'other',
] as const
export type DeviceName = (typeof deviceNames)[number]

/** What a browser calls itself, as one of a closed list of words: nothing else of it is kept. */
export function deviceNameOf(userAgent: string): DeviceName {
  const says = (pattern: RegExp) => pattern.test(userAgent)
  if (says(/MicroMessenger/i)) return 'wechat'
  if (says(/HarmonyOS|OpenHarmony/i)) return 'harmony'
  if (says(/iPad/)) return 'ipad'
  if (says(/iPhone|iPod/)) return 'iphone'
  if (says(/Android/)) return 'android'
  if (says(/Windows/)) return 'windows'
  if (says(/Macintosh|Mac OS X/)) return 'mac'
  return says(/Linux|X11|CrOS/) ? 'linux' : 'other'
}

type Limits = { absoluteMs: number; idleMs: number }

export const residentsMs: Limits = { absoluteMs: 30 * dayMs, idleMs: 30 * dayMs }
/** Whoever holds a post. An open page's live stream counts as use. */
export const staffMs: Limits = { absoluteMs: 12 * hourMs, idleMs: hourMs }

/** An account is signed in on so many browsers; the one used the longest ago goes first. */
export const pagesMax = 20

/** For so long after signing in, or showing it again, somebody counts as having just shown it. */
export const steppedUpMs = 10 * minuteMs

/** That it was used is written at most so often. */
export const seenEveryMs = minuteMs

export function isOver(
  { madeAt, seenAt }: { madeAt: Instant; seenAt: Instant },
  { absoluteMs, idleMs }: Limits,
  now: Instant,
): boolean {
  return now - madeAt >= absoluteMs || now - seenAt >= idleMs
}
