import type { Instant } from '../../../kernel/clock.ts'
import type { Gap } from './types.ts'

/** Lists of gaps here are sorted, do not touch each other, and are never changed in place. */
export type Gaps = readonly Gap[]

const gapsMax = 64

/**
 * The union of a list and one more gap. A list of more than 64 joins its two nearest: the time
 * between them then counts as uncovered, which makes the clock later, never earlier.
 */
export function withGap(gaps: Gaps, { from, to }: Gap): Gaps {
  if (!(to > from)) return gaps
  const before = gaps.filter((gap) => gap.to < from)
  const after = gaps.filter((gap) => gap.from > to)
  const joined = gaps.filter((gap) => gap.to >= from && gap.from <= to)
  const whole = {
    from: Math.min(from, joined[0]?.from ?? from),
    to: Math.max(to, joined.at(-1)?.to ?? to),
  }
  return bounded([...before, whole, ...after])
}

/** The parts of the gaps inside (from, to). */
export function within(gaps: Gaps, from: Instant, to: Instant): Gap[] {
  const parts: Gap[] = []
  for (const gap of gaps) {
    const part = { from: Math.max(gap.from, from), to: Math.min(gap.to, to) }
    if (part.to > part.from) parts.push(part)
  }
  return parts
}

/** Milliseconds of all gaps together. */
export function lengthOf(gaps: Gaps): number {
  let sum = 0
  for (const gap of gaps) sum += gap.to - gap.from
  return sum
}

/** The first instant at which `silentMs` outside the gaps have passed since `since`. */
export function whenSilent(gaps: Gaps, since: Instant, silentMs: number): Instant {
  let due = since + silentMs
  for (const gap of gaps) {
    const from = Math.max(gap.from, since)
    if (from < due && gap.to > from) due += gap.to - from
  }
  return due
}

function bounded(gaps: Gap[]): Gaps {
  if (gaps.length <= gapsMax) return gaps
  let nearest = 1
  for (let i = 2; i < gaps.length; i++) {
    if (distance(gaps, i) < distance(gaps, nearest)) nearest = i
  }
  const joined = { from: gaps[nearest - 1]!.from, to: gaps[nearest]!.to }
  return [...gaps.slice(0, nearest - 1), joined, ...gaps.slice(nearest + 1)]
}

function distance(gaps: Gaps, i: number): number {
  return gaps[i]!.from - gaps[i - 1]!.to
}
