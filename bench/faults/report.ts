import { median, print, round } from '../figure.ts'
import type { Tally } from './ledger.ts'

const bench = 'prove:faults'
const broken: string[] = []

/** What did not hold so far. */
export function brokenPromises(): readonly string[] {
  return broken
}

export function say(metric: string, value: number, n: number, unit = 'count'): void {
  print({ bench, metric, unit, median: round(value), n })
}

/** A figure that must be nothing, over `n` tries; without a try nothing is proved. */
export function promiseNone(metric: string, value: number, n: number): void {
  promise(metric, value, n, 0, value === 0 && n > 0)
}

export function promiseSome(metric: string, value: number, n: number): void {
  promise(metric, value, n, 1, value > 0)
}

function promise(metric: string, value: number, n: number, bound: number, holds: boolean): void {
  if (!holds) broken.push(metric)
  print({ bench, metric, unit: 'count', median: value, n, bound, holds })
}

/** Median and worst, in seconds. */
export function sayTimes(metric: string, ms: readonly number[], boundS?: number): void {
  const seconds = ms.map((one) => one / 1000)
  const worst = Math.max(...seconds)
  const holds = boundS === undefined || worst <= boundS
  if (!holds) broken.push(metric)
  const bound = boundS === undefined ? {} : { bound: boundS, holds }
  const times = { median: round(median(seconds)), p99: round(worst) }
  print({ bench, metric, unit: 's', ...times, n: seconds.length, ...bound })
}

/**
 * One figure for one fault: events lost or doubled among those acknowledged while it was on and
 * after it. `met`: how often the fault was there.
 */
export function sayFault(fault: string, met: number, found: Tally): void {
  say(`${fault}_tried`, met, found.acknowledged)
  promiseNone(`${fault}_events_lost`, found.lost, Math.min(met, found.acknowledged))
  promiseNone(`${fault}_events_doubled`, found.doubled, found.acknowledged)
}
