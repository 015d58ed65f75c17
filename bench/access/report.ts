import { print, round } from '../figure.ts'

const bench = 'prove:access'
const broken: string[] = []

/** What did not hold so far. */
export function brokenPromises(): readonly string[] {
  return broken
}

/** `says`: what a reader has to know beside the number. */
export function say(metric: string, value: number, n: number, unit = 'count', says?: string): void {
  const told = says === undefined ? {} : { says }
  print({ bench, metric, unit, median: round(value), n, ...told })
}

/** Over `n` tries; without a try nothing is proved. */
export function promiseNone(
  metric: string,
  found: readonly string[],
  n: number,
  says: string,
): void {
  const holds = found.length === 0 && n > 0
  if (!holds) broken.push(metric)
  for (const one of found.slice(0, 20)) console.error(`${metric}: ${one}`)
  print({ bench, metric, unit: 'count', median: found.length, n, bound: 0, holds, says })
}

export function promiseAtLeast(metric: string, value: number, bound: number, says: string): void {
  const holds = value >= bound
  if (!holds) broken.push(metric)
  print({ bench, metric, unit: 'count', median: value, n: value, bound, holds, says })
}
