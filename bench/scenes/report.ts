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
): void {
  promise(metric, round(value), n, bound, unit, value <= bound && n > 0)
}

export function promiseAtLeast(metric: string, value: number, n: number, bound: number): void {
  promise(metric, value, n, bound, 'count', value >= bound)
}

function promise(
  metric: string,
  value: number,
  n: number,
  bound: number,
  unit: string,
  holds: boolean,
): void {
  if (!holds) broken.push(metric)
  print({ bench, metric, unit, median: value, n, bound, holds })
}
