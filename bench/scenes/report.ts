import { print, round } from '../figure.ts'

const bench = 'prove:scenarios'
const broken: string[] = []

/** What did not hold so far. */
export function brokenPromises(): readonly string[] {
  return broken
}

/** `says`: what a reader has to know beside the number. */
export function say(metric: string, value: number, n: number, unit = 'count', says?: string): void {
  print({ bench, metric, unit, median: round(value), n, ...(says === undefined ? {} : { says }) })
}

export function promiseAtMost(
  metric: string,
  value: number,
  n: number,
  bound: number,
  unit = 'count',
  says?: string,
): void {
  promise(metric, round(value), n, { bound, unit, holds: value <= bound && n > 0, says })
}

export function promiseAtLeast(metric: string, value: number, n: number, bound: number): void {
  promise(metric, value, n, { bound, unit: 'count', holds: value >= bound, says: undefined })
}

type Promised = { bound: number; unit: string; holds: boolean; says: string | undefined }

function promise(metric: string, median: number, n: number, promised: Promised): void {
  const { bound, unit, holds, says } = promised
  if (!holds) broken.push(metric)
  print({ bench, metric, unit, median, n, bound, holds, ...(says === undefined ? {} : { says }) })
}
