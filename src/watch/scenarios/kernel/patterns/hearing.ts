import { minuteMs, type Instant } from '../../../../kernel/clock.ts'
import { forgetGaps, heardBy, isNeeded, noteGap } from './covering.ts'
import { noteUse, roll, seeHabit } from './habits.ts'
import { packed } from './packing.ts'
import {
  header,
  type CountLeaf,
  type HabitLeaf,
  type LifeLeaf,
  type Role,
  type SilenceLeaf,
  type Touch,
} from './program.ts'
import {
  awaitsCover,
  awaitsLife,
  hasBegun,
  isChanged,
  markDirty,
  none,
  wake,
  type Run,
} from './run.ts'

/** A moment is so for a minute. */
export const momentMs = minuteMs

/** What a message says besides that its sensor is there. */
export type Facts = { code: number; value: number }

/** A subject begins with the first message of one of its sensors that is judged. */
export function begin(run: Run, row: number, at: Instant): void {
  if ((run.flags[row]! & hasBegun) !== 0) return
  run.flags[row]! |= hasBegun | isChanged
  markDirty(run, row)
  const from = row * run.program.rowSize
  for (const leaf of run.program.hearing) {
    if (leaf.is === 'life') continue
    if (leaf.is === 'habit') roll(run, row, leaf, at)
    const slot = from + leaf.row
    if (leaf.is === 'habit' && leaf.of !== 'gap') continue
    if (leaf.is !== 'silence' && leaf.is !== 'habit') continue
    if (Number.isNaN(run.rows[slot]!)) run.rows[slot] = clockAt(run, row, leaf, at)
    noteLateSensors(run, row, leaf)
    if (leaf.is === 'silence') startClock(run, row, leaf, run.rows[slot]!)
  }
}

/**
 * A message shows what its sensor covered since the one before. `to`: up to when it is known to
 * speak on; otherwise `at`. Called before `newest` is moved.
 */
export function hear(run: Run, row: number, sensor: number, at: Instant, to: Instant): void {
  const flags = run.flags[row]!
  if ((flags & (awaitsCover | awaitsLife)) !== 0) markDirty(run, row)
  const before = heardBy(run, row, sensor)
  const isGap = !(at - before <= run.stream.limitMs[sensor]!)
  const from = row * run.program.rowSize
  for (const leaf of run.program.hearing) {
    if (leaf.is !== 'silence' && leaf.is !== 'habit') continue
    if (isGap) noteHole(run, row, leaf, sensor, before, at)
    const looksAt = lookSlot(leaf)
    if (looksAt !== none && to >= run.rows[from + looksAt]!) markDirty(run, row)
  }
}

/** Nobody listened: a hole for every sensor of the subject. */
export function noteHole(
  run: Run,
  row: number,
  leaf: SilenceLeaf | HabitLeaf,
  sensor: number,
  before: Instant,
  at: Instant,
): void {
  run.flags[row]! |= isChanged
  if (leaf.is === 'habit') {
    const day = row * run.program.rowSize + leaf.row + dayEndSlot(leaf)
    if (!(at <= run.rows[day]! - 24 * 60 * minuteMs)) run.rows[day + 1] = 1
    if (leaf.of !== 'gap') return
  }
  if (isNeeded(run, leaf, sensor)) {
    noteGap(run, row, leaf, Number.isNaN(before) ? -Infinity : before, at)
  }
}

/** Where a habit keeps the end of its day; next to it, whether the day has a hole. */
export function dayEndSlot({ of }: HabitLeaf): number {
  return of === 'gap' ? 2 : 3
}

/** A fact that a rule cares for. `first` of a message is told before `then`. */
export function tell(run: Run, cell: number, touch: Touch, fact: Facts, at: Instant): void {
  const { leaf, role } = touch
  const row = run.cells.row[cell]!
  switch (leaf.is) {
    case 'state':
      return tellState(run, cell, leaf.cell, role, fact.code, at)
    case 'threshold':
      return tellValue(run, cell, leaf.cell, beyond(leaf, fact.value), fact.value, at)
    case 'count':
      return tellCount(run, row, leaf, run.cells.sensor[cell]!, fact.code, at)
    case 'sequence':
      return tellSequence(run, cell, leaf.at, leaf.row, { role, code: fact.code, at })
    case 'silence':
      return seeSign(run, row, leaf, at)
    case 'habit':
      if (leaf.of === 'use') return noteUse(run, row, cell, leaf, fact, at)
      return seeHabit(run, row, leaf, at)
    case 'health':
    case 'life':
      return undefined
    default:
      return leaf satisfies never
  }
}

export function seeLife(run: Run, row: number, at: Instant): void {
  for (const leaf of run.program.lifeLeaves) {
    if (leaf.is === 'habit') seeHabit(run, row, leaf, at)
    else if (leaf.is === 'life') restartLeaf(run, row, leaf, at)
  }
}

/** The clock of silence of life starts anew; its judge looks again when it may be due. */
export function restartLife(run: Run, row: number, at: Instant): void {
  for (const leaf of run.program.lives) restartLeaf(run, row, leaf, at)
}

function restartLeaf(run: Run, row: number, leaf: LifeLeaf, at: Instant): void {
  const slot = row * run.program.rowSize + leaf.row
  if (!(at <= run.rows[slot]!)) run.rows[slot] = at
  const truth = row * run.program.leaves.length + leaf.at
  if (run.truth[truth] === 1) {
    run.truth[truth] = 0
    markDirty(run, row)
  }
  run.flags[row] = (run.flags[row]! | isChanged) & ~awaitsLife
  wake(run, row, run.rows[slot]! + leaf.ms)
}

function clockAt(run: Run, row: number, leaf: SilenceLeaf | HabitLeaf, at: Instant): Instant {
  const { cells, stream, rows, program } = run
  let earliest = at
  for (let cell = run.first[row]!; cell !== none; cell = cells.next[cell]!) {
    const sensor = cells.sensor[cell]!
    const before = stream.heardBefore[sensor]!
    if (isNeeded(run, leaf, sensor) && before < earliest) earliest = before
  }
  return Math.max(earliest, rows[row * program.rowSize + header.began]!)
}

/** A sensor that was first heard later than the clock began covered nothing until then. */
function noteLateSensors(run: Run, row: number, leaf: SilenceLeaf | HabitLeaf): void {
  const { cells, stream } = run
  for (let cell = run.first[row]!; cell !== none; cell = cells.next[cell]!) {
    const sensor = cells.sensor[cell]!
    const before = stream.heardBefore[sensor]!
    if (isNeeded(run, leaf, sensor)) noteGap(run, row, leaf, -Infinity, before)
  }
}

function tellState(
  run: Run,
  cell: number,
  slot: number,
  role: Role,
  code: number,
  at: Instant,
): void {
  const { numbers } = run.cells
  const from = cell * run.program.cellSize + slot
  if (role === 'happens') {
    const isNew = !(numbers[from + 2]! > at)
    numbers[from + 2] = at + momentMs
    numbers[from + 3] = code
    // Another one within the minute changes no truth, but has to be saved.
    run.flags[run.cells.row[cell]!]! |= isChanged
    return isNew ? change(run, cell) : undefined
  }
  if (role === 'enters') {
    if (!Number.isNaN(numbers[from]!)) return
    numbers[from] = at
    numbers[from + 1] = code
    return change(run, cell)
  }
  if (Number.isNaN(numbers[from]!)) return
  numbers[from] = Number.NaN
  change(run, cell)
}

function beyond({ isAbove, number }: { isAbove: boolean; number: number }, value: number): boolean {
  return isAbove ? value > number : value < number
}

function tellValue(
  run: Run,
  cell: number,
  slot: number,
  isBeyond: boolean,
  value: number,
  at: Instant,
): void {
  if (Number.isNaN(value)) return
  const { numbers } = run.cells
  const from = cell * run.program.cellSize + slot
  if (isBeyond === !Number.isNaN(numbers[from]!)) return
  numbers[from] = isBeyond ? at : Number.NaN
  numbers[from + 1] = value
  change(run, cell)
}

/** A ring of the newest `atLeast` facts: how many ever came, then (when, who said what) each. */
function tellCount(
  run: Run,
  row: number,
  leaf: CountLeaf,
  sensor: number,
  code: number,
  at: Instant,
): void {
  const from = row * run.program.rowSize + leaf.row
  const count = run.rows[from]!
  const slot = from + 1 + 2 * (count % leaf.atLeast)
  run.rows[slot] = at
  run.rows[slot + 1] = packed(sensor, code)
  run.rows[from] = count + 1
  run.flags[row]! |= isChanged
  const isSo = run.truth[row * run.program.leaves.length + leaf.at] === 1
  if (!isSo && count + 1 >= leaf.atLeast) markDirty(run, row)
}

function tellSequence(
  run: Run,
  cell: number,
  leafAt: number,
  slot: number,
  { role, code, at }: { role: Role; code: number; at: Instant },
): void {
  const row = run.cells.row[cell]!
  const from = row * run.program.rowSize + slot
  const isIdle = Number.isNaN(run.rows[from]!)
  if (role === 'first') {
    if (!isIdle) return
    run.rows[from] = at
    run.rows[from + 1] = packed(run.cells.sensor[cell]!, code)
  } else {
    if (isIdle) return
    run.rows[from] = Number.NaN
    run.truth[row * run.program.leaves.length + leafAt] = 0
  }
  change(run, cell)
}

function seeSign(run: Run, row: number, leaf: SilenceLeaf, at: Instant): void {
  const truth = row * run.program.leaves.length + leaf.at
  run.rows[row * run.program.rowSize + leaf.row] = at
  run.flags[row]! |= isChanged
  forgetGaps(run, row, leaf, at)
  startClock(run, row, leaf, at)
  if (run.truth[truth] === 0) return
  run.truth[truth] = 0
  markDirty(run, row)
}

/** Looked at by a message at or after its due time, or by time where sensors speak ahead of it. */
function startClock(run: Run, row: number, leaf: SilenceLeaf, clock: Instant): void {
  run.rows[row * run.program.rowSize + leaf.row + 1] = clock + leaf.ms
  wake(run, row, clock + leaf.ms)
}

/** Where a leaf keeps the instant from which a message makes it worth a look. */
function lookSlot(leaf: SilenceLeaf | HabitLeaf): number {
  if (leaf.is === 'silence' || leaf.of === 'gap') return leaf.row + 1
  return none
}

function change(run: Run, cell: number): void {
  const row = run.cells.row[cell]!
  run.flags[row]! |= isChanged
  markDirty(run, row)
}
