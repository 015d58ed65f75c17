import type { Instant } from '../../../../kernel/clock.ts'
import type { Gaps } from '../gaps.ts'
import { createSlots, freeSlot, takeSlot, type Slots } from '../slots.ts'
import type { Silence, StreetFinding } from '../street-types.ts'
import type { Gap, Judgement } from '../types.ts'
import type { Codes } from './codes.ts'
import type { DayKind } from './only.ts'
import { header, partsOfDay, type Program } from './program.ts'
import { setTimer, type Timers } from './timers.ts'

/**
 * A rule in use and everything that it remembers: per subject a row of numbers (`rows`), the truth
 * of its leaves and some flags; per bound sensor a cell. NaN means "not". No strings, no history.
 */
export type Run = {
  key: string
  street: string
  program: Program
  /** Its number among the rules, for timers. */
  number: number
  isPrompt: boolean
  stream: Stream
  subjects: Slots
  rows: Float64Array
  truth: Uint8Array
  flags: Uint8Array
  /** The first bound sensor of each subject. */
  first: Int32Array
  cells: Cells
  /** Stretches that no sensor covered, by row × leaves + leaf. Rare. */
  gaps: Map<number, Gaps>
}

/** Bound sensors of all subjects. `own`: which leaves each of them makes true by itself. */
export type Cells = {
  numbers: Float64Array
  own: Uint8Array
  sensor: Int32Array
  row: Int32Array
  next: Int32Array
  free: number[]
  size: number
}

export const isDirty = 1
export const isTrue = 2
export const isRaised = 4
export const isChanged = 8
/** The rule would be true if all its sensors were alive: the next message of one matters. */
export const awaitsCover = 16
/** Silence of life is due and not confirmed: the next message matters. */
export const awaitsLife = 32
/** The first message of a bound sensor was judged. */
export const hasBegun = 64

/**
 * Rules judged in one order of time: either in the order of events, or as messages arrive. Sensors
 * by dense id; `newest`: the newest message, NaN before the first.
 */
export type Stream = {
  timers: Timers
  newest: Float64Array
  limitMs: Float64Array
  /** The last message before the first that was taken here, as given with the sensor. */
  heardBefore: Float64Array
  /** The newest message that the core knows, also of those that were too late for the rules. */
  heardAt: Float64Array
  nameOf(sensor: number): string
  /** -1: no such sensor. */
  idOf(name: string): number
  kindOf(sensor: number): string
  judgeLife(run: Run, row: number, at: Instant): Judgement | undefined
  /** How a silence of life came to be that was judged so, though it may be unknown by now. */
  silenceOf(run: Run, row: number, at: Instant): Silence | null
  codes: Codes
  dayKind: DayKind
  /** When nobody listened. */
  holes: Gap[]
  dirtyRuns: Run[]
  dirtyRows: number[]
  found: StreetFinding[]
}

const firstRows = 8
export const none = -1

export function createRun(
  { key, street }: { key: string; street: string },
  program: Program,
  stream: Stream,
  { number, isPrompt }: { number: number; isPrompt: boolean },
): Run {
  return {
    ...{ key, street, program, number, isPrompt, stream, subjects: createSlots() },
    rows: new Float64Array(firstRows * program.rowSize),
    truth: new Uint8Array(firstRows * program.leaves.length),
    flags: new Uint8Array(firstRows),
    first: new Int32Array(firstRows).fill(none),
    cells: {
      numbers: new Float64Array(firstRows * program.cellSize),
      own: new Uint8Array(firstRows * program.ownSize),
      sensor: new Int32Array(firstRows),
      row: new Int32Array(firstRows),
      next: new Int32Array(firstRows),
      free: [],
      size: 0,
    },
    gaps: new Map(),
  }
}

/** A new subject: nothing is so, and nothing was heard. */
export function addRow(
  run: Run,
  subject: string,
  { began, heardFrom }: { began: Instant; heardFrom: Instant },
): number {
  const { program, subjects } = run
  const row = takeSlot(subjects, subject)
  if (row >= run.flags.length) growRows(run)
  const from = row * program.rowSize
  run.rows.fill(Number.NaN, from, from + program.rowSize)
  run.rows[from + header.due] = Infinity
  run.rows[from + header.began] = began
  run.rows[from + header.heardFrom] = heardFrom
  run.truth.fill(0, row * program.leaves.length, (row + 1) * program.leaves.length)
  // To be saved: one of the same name that went may still be kept as it was.
  run.flags[row] = isChanged
  run.first[row] = none
  for (const leaf of program.leaves) prepareLeaf(run, row, leaf.at)
  return row
}

export function dropRow(run: Run, row: number): void {
  const { program } = run
  for (let cell = run.first[row]!; cell !== none; cell = run.cells.next[cell]!) {
    run.cells.free.push(cell)
    run.cells.row[cell] = none
  }
  const from = row * program.rowSize
  run.rows.fill(Number.NaN, from, from + program.rowSize)
  run.flags[row] = 0
  run.first[row] = none
  for (const leaf of program.leaves) run.gaps.delete(gapKey(run, row, leaf.at))
  freeSlot(run.subjects, row)
}

export function addCell(run: Run, row: number, sensor: number): number {
  const { cells, program } = run
  const cell = cells.free.pop() ?? cells.size++
  if (cell >= cells.sensor.length) growCells(run)
  cells.numbers.fill(Number.NaN, cell * program.cellSize, (cell + 1) * program.cellSize)
  cells.own.fill(0, cell * program.ownSize, (cell + 1) * program.ownSize)
  cells.sensor[cell] = sensor
  cells.row[cell] = row
  cells.next[cell] = none
  // At the end of the list: the order of binding is the order of judging.
  let last = run.first[row]!
  if (last === none) run.first[row] = cell
  else {
    while (cells.next[last] !== none) last = cells.next[last]!
    cells.next[last] = cell
  }
  return cell
}

export function dropCell(run: Run, cell: number): void {
  const { cells } = run
  const row = cells.row[cell]!
  if (run.first[row] === cell) run.first[row] = cells.next[cell]!
  else {
    let before = run.first[row]!
    while (cells.next[before] !== cell) before = cells.next[before]!
    cells.next[before] = cells.next[cell]!
  }
  cells.row[cell] = none
  cells.free.push(cell)
}

/** The subject is looked at when everything of this instant was taken. */
export function markDirty(run: Run, row: number): void {
  const flags = run.flags[row]!
  if ((flags & isDirty) !== 0) return
  run.flags[row] = flags | isDirty
  run.stream.dirtyRuns.push(run)
  run.stream.dirtyRows.push(row)
}

/** Looked at no later than `due`; earlier does no harm. */
export function wake(run: Run, row: number, due: Instant): void {
  const at = row * run.program.rowSize + header.due
  if (!(due < run.rows[at]!)) return
  run.rows[at] = due
  setTimer(run.stream.timers, due, run.number, row)
}

export function gapKey({ program }: Run, row: number, leaf: number): number {
  return row * program.leaves.length + leaf
}

/** Bytes of typed arrays for one subject with its bound sensors, as they are now. */
export function bytesPerSubject(run: Run): number {
  const { program, cells, subjects } = run
  const inUse = subjects.size - subjects.free.length
  if (inUse === 0) return 0
  const perRow = program.rowSize * 8 + program.leaves.length + 1 + 4
  const perCell = program.cellSize * 8 + program.ownSize + 12
  return perRow + (perCell * (cells.size - cells.free.length)) / inUse
}

/** Counters begin at 0, not at "not". */
export function prepareLeaf({ rows, program }: Run, row: number, at: number): void {
  const leaf = program.leaves[at]!
  const from = row * program.rowSize + leaf.row
  if (leaf.is === 'count') rows[from] = 0
  if (leaf.is !== 'habit') return
  if (leaf.of !== 'gap') return void rows.fill(0, from, from + 3)
  rows.fill(0, from + 4, from + 4 + 2 * partsOfDay)
}

function growRows(run: Run): void {
  const { program } = run
  const length = run.flags.length * 2
  run.rows = longer(run.rows, length * program.rowSize)
  run.truth = longer(run.truth, length * program.leaves.length)
  run.flags = longer(run.flags, length)
  run.first = longer(run.first, length)
}

function growCells({ cells, program }: Run): void {
  const length = cells.sensor.length * 2
  cells.numbers = longer(cells.numbers, length * program.cellSize)
  cells.own = longer(cells.own, length * program.ownSize)
  cells.sensor = longer(cells.sensor, length)
  cells.row = longer(cells.row, length)
  cells.next = longer(cells.next, length)
}

function longer<C extends Float64Array | Int32Array | Uint8Array>(column: C, length: number): C {
  const Kind = column.constructor as new (length: number) => C
  const made = new Kind(length)
  made.set(column)
  return made
}
