import { print, round } from '../../figure.ts'

const bench = 'prove:dispatch'
const broken: string[] = []

/** What did not hold so far. */
export function brokenPromises(): readonly string[] {
  return broken
}

/** `says`: what a reader has to know beside the number. */
export function say(metric: string, value: number, n: number, unit = 'count', says?: string): void {
  print({ bench, metric, unit, median: value, n, ...(says === undefined ? {} : { says }) })
}

/** Over `n` tries; without a try nothing is proved. */
export function promiseAtMost(
  metric: string,
  value: number,
  n: number,
  bound: number,
  unit: string,
  says?: string,
): void {
  const holds = value <= bound && n > 0
  if (!holds) broken.push(metric)
  const told = says === undefined ? {} : { says }
  print({ bench, metric, unit, median: round(value, 6), n, bound, holds, ...told })
}

export type Four = {
  alarms: number
  unowned: number
  unescalated: number
  doubled: number
  late: number
  lateMsMax: number
}

export const lateShareMax = 0.0001

/** The four figures of the promise, of one way to look at it. */
export function promiseFour(prefix: string, four: Four, alarmsMin: number): void {
  const { alarms, unowned, unescalated, doubled, late, lateMsMax } = four
  const isEnough = alarms >= alarmsMin
  if (!isEnough) broken.push(`${prefix}alarms`)
  print({
    ...{ bench, metric: `${prefix}alarms`, unit: 'count', median: alarms, n: alarms },
    ...{ bound: alarmsMin, holds: isEnough },
  })
  const none = (what: string, value: number, says: string) =>
    promiseAtMost(`${prefix}${what}`, value, alarms, 0, 'count', says)
  none('unowned', unowned, 'open without one responsible, or with one gone for over a minute')
  none(
    'unescalated',
    unescalated,
    'nobody told by the look of the minute after, no duty officer, or never come back',
  )
  none('doubled', doubled, 'opened twice, two responsible, or one step taken twice')
  const share = alarms === 0 ? 1 : late / alarms
  const says = 'of alarms, some step of which was late; counted while the program runs'
  promiseAtMost(`${prefix}late_over_10s_share`, share, alarms, lateShareMax, 'share', says)
  say(`${prefix}lateness_s_max`, round(lateMsMax / 1_000), alarms, 's', 'while the program runs')
}
