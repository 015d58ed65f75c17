import type { Instant } from '../../../../kernel/clock.ts'
import { lengthOf, whenSilent, within, withGap, type Gaps } from '../gaps.ts'
import { header, type HabitLeaf, type SilenceLeaf } from './program.ts'
import { gapKey, none, type Run } from './run.ts'

/**
 * What was covered, for silence with signs and for habits. Between two messages of a sensor no
 * further apart than its limit it covered; otherwise that whole stretch is a gap. After its newest
 * message nothing is covered yet, so a subject is known up to the oldest of those newest messages.
 */
type Covered = SilenceLeaf | HabitLeaf

const noGaps: Gaps = []

/** Up to when every sensor that the leaf needs has spoken; -Infinity where one never did. */
export function knownUntil(run: Run, row: number, leaf: Covered): Instant {
  const { cells } = run
  let until = Infinity
  for (let cell = run.first[row]!; cell !== none; cell = cells.next[cell]!) {
    const sensor = cells.sensor[cell]!
    if (!isNeeded(run, leaf, sensor)) continue
    const heardAt = heardBy(run, row, sensor)
    if (!(heardAt >= until)) until = heardAt
    if (Number.isNaN(heardAt)) return -Infinity
  }
  return until === Infinity ? -Infinity : until
}

export function isNeeded(run: Run, leaf: Covered, sensor: number): boolean {
  if (leaf.is !== 'silence') return true
  return (leaf.kinds as ReadonlySet<string>).has(run.stream.kindOf(sensor))
}

/** The newest message that this subject may know of: none from before an agreement. NaN: none. */
export function heardBy(run: Run, row: number, sensor: number): Instant {
  const at = run.stream.newest[sensor]!
  return at >= run.rows[row * run.program.rowSize + header.heardFrom]! ? at : Number.NaN
}

/** The instant at which `ms` covered milliseconds have passed since `clock`, if nothing is lost. */
export function dueAt(run: Run, row: number, leaf: Covered, clock: Instant, ms: number): Instant {
  const gaps = gapsOf(run, row, leaf)
  return gaps.length === 0 ? clock + ms : whenSilent(gaps, clock, ms)
}

/** Covered milliseconds between two instants, as far as is known. */
export function coveredMs(
  run: Run,
  row: number,
  leaf: Covered,
  from: Instant,
  to: Instant,
): number {
  const until = Math.min(to, knownUntil(run, row, leaf))
  if (!(until > from)) return 0
  return until - from - lengthOf(within(gapsOf(run, row, leaf), from, until))
}

export function noteGap(run: Run, row: number, leaf: Covered, from: Instant, to: Instant): void {
  const clock = run.rows[row * run.program.rowSize + leaf.row]!
  const begins = from > clock ? from : clock
  if (!(to > begins)) return
  run.gaps.set(gapKey(run, row, leaf.at), withGap(gapsOf(run, row, leaf), { from: begins, to }))
}

/** What lies before the clock does not matter any more. */
export function forgetGaps(run: Run, row: number, leaf: Covered, clock: Instant): void {
  const gaps = gapsOf(run, row, leaf)
  if (gaps.length === 0) return
  const left = within(gaps, clock, Infinity)
  if (left.length > 0) run.gaps.set(gapKey(run, row, leaf.at), left)
  else run.gaps.delete(gapKey(run, row, leaf.at))
}

/**
 * Until when all bound sensors are alive, as they were heard up to now: -Infinity where one is not.
 */
export function aliveUntil(run: Run, row: number, now: Instant): Instant {
  const { cells, stream } = run
  let until = Infinity
  for (let cell = run.first[row]!; cell !== none; cell = cells.next[cell]!) {
    const sensor = cells.sensor[cell]!
    const end = heardBy(run, row, sensor) + stream.limitMs[sensor]!
    if (!(end >= now)) return -Infinity
    if (end < until) until = end
  }
  return until
}

function gapsOf(run: Run, row: number, leaf: Covered): Gaps {
  if (run.gaps.size === 0) return noGaps
  return run.gaps.get(gapKey(run, row, leaf.at)) ?? noGaps
}
