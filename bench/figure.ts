import { cpus } from 'node:os'

/** One measured figure. `bound` is what it must hold; `atMost` says from which side. */
export type Figure = {
  bench: string
  metric: string
  unit: string
  median: number
  p99?: number | null
  n: number
  bound?: number | null
  holds?: boolean | null
  /** What a reader has to know beside the number, in one sentence. */
  says?: string
}

/** Prints one JSON object a line; whatever else is said goes to stderr. */
export function print(figure: Figure): void {
  const { bench, metric, unit, median, p99 = null, n, bound = null, holds = null, says } = figure
  const line = { bench, metric, unit, median, p99, n, bound, holds, machine: machine(), says }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

export function machine(): string {
  const all = cpus()
  return `${all.length} × ${all[0]?.model.trim() ?? 'unknown'}, Node ${process.versions.node}`
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const right = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? right : ((sorted[middle - 1] ?? right) + right) / 2
}

export function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits))
}
