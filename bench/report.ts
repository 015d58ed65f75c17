import { print, round } from './figure.ts'

/** What one proof says, and what it found broken so far. */
export function openReport(bench: string) {
  const broken: string[] = []
  const promise = (
    figure: { metric: string; unit: string; median: number; n: number; bound: number },
    holds: boolean,
    says: string,
  ) => {
    if (!holds) broken.push(figure.metric)
    print({ bench, ...figure, holds, says })
  }
  return {
    /** What did not hold so far. */
    brokenPromises: (): readonly string[] => broken,
    /** `says`: what a reader has to know beside the number. */
    say(metric: string, value: number, n: number, unit = 'count', says?: string): void {
      const told = says === undefined ? {} : { says }
      print({ bench, metric, unit, median: round(value), n, ...told })
    },
    /** Over `n` tries; without a try nothing is proved. */
    promiseNone(metric: string, found: readonly string[], n: number, says: string): void {
      for (const one of found.slice(0, 20)) console.error(`${metric}: ${one}`)
      const figure = { metric, unit: 'count', median: found.length, n, bound: 0 }
      promise(figure, found.length === 0 && n > 0, says)
    },
    promiseAtLeast(metric: string, value: number, bound: number, says: string): void {
      promise({ metric, unit: 'count', median: value, n: value, bound }, value >= bound, says)
    },
    /** The longest of several times, in seconds. */
    promiseWithin(metric: string, ms: readonly number[], boundS: number, says: string): void {
      const longest = Math.max(...ms) / 1000
      const figure = { metric, unit: 's', median: round(longest, 3), n: ms.length, bound: boundS }
      promise(figure, ms.length > 0 && longest <= boundS, says)
    },
  }
}

export type Report = ReturnType<typeof openReport>
