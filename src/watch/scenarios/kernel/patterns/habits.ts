import { endOfDay, startOfDay } from '../../../../kernel/calendar.ts'
import { dayMs, hourMs, type Instant } from '../../../../kernel/clock.ts'
import { aliveUntil, coveredMs, dueAt, forgetGaps, knownUntil } from './covering.ts'
import { header, partsOfDay, type HabitLeaf } from './program.ts'
import { isChanged, markDirty, none, wake, type Run } from './run.ts'

/**
 * What is usual for this very place: a few numbers, never a trail.
 * `count`, `use`: [amount today, mean, days learned, end of the day, whether it has a hole].
 * `gap`: [last sign, from when a message matters, end of the day, whether it has a hole], then per
 * part of the day the mean, the days learned and the longest gap of today.
 */
const partMs = 6 * hourMs
/** The newest day weighs a sixteenth; means are in thousandths, in whole numbers. */
const weight = 16
const thousand = 1000

export function seeHabit(run: Run, row: number, leaf: HabitLeaf, at: Instant): void {
  roll(run, row, leaf, at)
  const { rows, program } = run
  const from = row * program.rowSize + leaf.row
  run.flags[row]! |= isChanged
  if (leaf.of === 'count') {
    rows[from]! += 1
    return
  }
  if (leaf.of !== 'gap') return
  const longest = from + 4 + 2 * partsOfDay + partOf(at)
  const ms = coveredMs(run, row, leaf, rows[from]!, at)
  if (!(rows[longest]! >= ms)) rows[longest] = ms
  rows[from] = at
  forgetGaps(run, row, leaf, at)
  const needed = neededMs(run, row, leaf, at)
  rows[from + 1] = at + needed
  if (needed < Infinity) wake(run, row, at + needed)
  const truth = row * program.leaves.length + leaf.at
  if (run.truth[truth] === 0) return
  run.truth[truth] = 0
  markDirty(run, row)
}

/** How far a counter went today; one that fell was restarted. */
export function noteUse(
  run: Run,
  row: number,
  cell: number,
  leaf: HabitLeaf,
  { code, value }: { code: number; value: number },
  at: Instant,
): void {
  if (Number.isNaN(value)) return
  roll(run, row, leaf, at)
  const { numbers } = run.cells
  const slot = cell * run.program.cellSize + leaf.cell + leaf.counters.indexOf(code)
  const before = numbers[slot]!
  if (!Number.isNaN(before)) {
    run.rows[row * run.program.rowSize + leaf.row]! += value >= before ? value - before : value
  }
  numbers[slot] = value
  run.flags[row]! |= isChanged
}

/** Midnight: the day is judged against what was usual, and then learned. */
export function roll(run: Run, row: number, leaf: HabitLeaf, at: Instant): void {
  const slot = row * run.program.rowSize + leaf.row + (leaf.of === 'gap' ? 2 : 3)
  if (Number.isNaN(run.rows[slot]!)) openDay(run, row, leaf, at)
  while (at >= run.rows[slot]!) {
    closeDay(run, row, leaf, run.rows[slot]!)
    run.rows[slot]! += dayMs
    run.rows[slot + 1] = 0
    run.flags[row]! |= isChanged
    markDirty(run, row)
  }
}

/** The truth at `at`, and when it may be another by time alone. */
export function lookHabit(run: Run, row: number, leaf: HabitLeaf, at: Instant): Instant {
  const { rows, program } = run
  roll(run, row, leaf, at)
  const from = row * program.rowSize + leaf.row
  if (leaf.of !== 'gap') return rows[from + 3]!
  const truth = row * program.leaves.length + leaf.at
  const next = startOfDay(at) + (partOf(at) + 1) * partMs
  const needed = neededMs(run, row, leaf, at)
  run.truth[truth] = 0
  rows[from + 1] = Infinity
  if (needed === Infinity) return next
  const due = dueAt(run, row, leaf, rows[from]!, needed)
  const until = knownUntil(run, row, leaf)
  if (due <= at && until >= due) {
    run.truth[truth] = 1
    return next
  }
  rows[from + 1] = due
  return until >= due ? Math.min(due, next) : next
}

/** Covered milliseconds since the last sign from which it is unusual now. */
function neededMs(run: Run, row: number, leaf: HabitLeaf, at: Instant): number {
  const { rows, program } = run
  const from = row * program.rowSize + leaf.row
  const part = partOf(at)
  if (!leaf.isAbove || rows[from + 4 + partsOfDay + part]! < leaf.days) return Infinity
  return Math.floor((rows[from + 4 + part]! * leaf.percent) / (thousand * 100)) + 1
}

function openDay(run: Run, row: number, leaf: HabitLeaf, at: Instant): void {
  const slot = row * run.program.rowSize + leaf.row + (leaf.of === 'gap' ? 2 : 3)
  run.rows[slot] = endOfDay(at)
  run.rows[slot + 1] = isHeardFrom(run, row, startOfDay(at)) ? 0 : 1
  wake(run, row, endOfDay(at))
}

/** Whether every sensor was known to speak when the day began. */
function isHeardFrom(run: Run, row: number, from: Instant): boolean {
  const { cells, stream, rows, program } = run
  if (rows[row * program.rowSize + header.began]! > from) return false
  for (let cell = run.first[row]!; cell !== none; cell = cells.next[cell]!) {
    const before = stream.heardBefore[cells.sensor[cell]!]!
    if (Number.isNaN(before)) continue
    if (before > from) return false
  }
  return true
}

/** A day with a hole is neither judged nor learned. */
function closeDay(run: Run, row: number, leaf: HabitLeaf, end: Instant): void {
  const { rows, program } = run
  const from = row * program.rowSize + leaf.row
  const hole = from + (leaf.of === 'gap' ? 3 : 4)
  const isListenedTo = !run.stream.holes.some(({ from: a, to }) => a < end && to > end - dayMs)
  // Where nothing stands, nothing is usual.
  const isThere = run.first[row] !== none
  const isWhole = isThere && rows[hole] === 0 && isListenedTo && aliveUntil(run, row, end) >= end
  if (leaf.of === 'gap') return closeGaps(run, row, leaf, isWhole)
  const truth = row * program.leaves.length + leaf.at
  run.truth[truth] = 0
  if (isWhole) {
    const amount = rows[from]!
    const isSo = isUnusual(leaf, amount, rows[from + 1]!)
    if (rows[from + 2]! >= leaf.days && isSo) run.truth[truth] = 1
    learn(rows, from + 1, from + 2, amount)
  }
  rows[from] = 0
  if (leaf.of === 'use') forgetValues(run, row, leaf)
}

function closeGaps({ rows, program }: Run, row: number, leaf: HabitLeaf, isWhole: boolean): void {
  const from = row * program.rowSize + leaf.row + 4
  for (let part = 0; part < partsOfDay; part++) {
    const longest = from + 2 * partsOfDay + part
    if (isWhole && !Number.isNaN(rows[longest]!)) {
      learn(rows, from + part, from + partsOfDay + part, rows[longest]!)
    }
    rows[longest] = Number.NaN
  }
}

function isUnusual({ isAbove, percent }: HabitLeaf, amount: number, mean: number): boolean {
  const ours = amount * thousand * 100
  return isAbove ? ours > mean * percent : ours < mean * percent
}

function learn(rows: Float64Array, mean: number, days: number, amount: number): void {
  const now = amount * thousand
  const old = rows[mean]!
  rows[mean] = rows[days] === 0 ? now : old + Math.floor((now - old) / weight)
  rows[days]! += 1
}

function forgetValues(run: Run, row: number, leaf: HabitLeaf): void {
  const { cells, program } = run
  for (let cell = run.first[row]!; cell !== none; cell = cells.next[cell]!) {
    const from = cell * program.cellSize + leaf.cell
    cells.numbers.fill(Number.NaN, from, from + leaf.counters.length)
  }
}

function partOf(at: Instant): number {
  return Math.floor((at - startOfDay(at)) / partMs)
}
