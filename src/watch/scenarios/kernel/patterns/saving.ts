import type { Instant } from '../../../../kernel/clock.ts'
import type { DeviceKind } from '../../../devices/index.ts'
import type { Gaps } from '../gaps.ts'
import { codeOf } from './codes.ts'
import { packed, unpackedSensor } from './packing.ts'
import { header, type Program } from './program.ts'
import { gapKey, hasBegun, isRaised, isTrue, none, wake, type Run } from './run.ts'

/**
 * A subject as it lasts over a restart: the numbers of its rows, and sensors and what they said by
 * name, since dense ids are another's after a restart. null stands for "not", '-' for a time before
 * all others and '+' for one after.
 */
type Saved = number | '-' | '+' | readonly string[] | null
/** `inTime`: the newest message that was in time, where the core knows of a `later` one. */
type SavedCell = { numbers: Saved[]; own: string; inTime?: { at: Saved; later: Instant } }
type RowState = {
  flags: number
  truth: string
  row: Saved[]
  cells: Record<string, SavedCell>
  gaps?: Record<string, Gaps>
}

const kept = isTrue | isRaised | hasBegun

export function rowState(run: Run, row: number): RowState {
  const { program, cells, truth, rows } = run
  const said = saidSlots(program)
  const numbers = rows.subarray(row * program.rowSize, (row + 1) * program.rowSize)
  const state: RowState = {
    flags: run.flags[row]! & kept,
    truth: bitsOf(truth, row * program.leaves.length, program.leaves.length),
    row: Array.from(numbers, (one, slot) => (said.has(slot) ? whoSaid(run, one) : savedOf(one))),
    cells: {},
  }
  state.row[header.due] = null
  for (let cell = run.first[row]!; cell !== none; cell = cells.next[cell]!) {
    state.cells[run.stream.nameOf(cells.sensor[cell]!)] = cellState(run, cell)
  }
  const gaps = program.leaves.flatMap(({ at }) => {
    const some = run.gaps.get(gapKey(run, row, at))
    return some ? [[String(at), some] as const] : []
  })
  return gaps.length === 0 ? state : { ...state, gaps: Object.fromEntries(gaps) }
}

/** Gives back what `rowState` said of the same version; what fits no more is left as new. */
export function readRow(run: Run, row: number, state: unknown, settledAt: Instant): void {
  const { program, rows, cells } = run
  const saved = state as RowState
  if (saved.row.length !== program.rowSize || saved.truth.length !== program.leaves.length) return
  run.flags[row] = saved.flags
  readBits(run.truth, row * program.leaves.length, saved.truth)
  const from = row * program.rowSize
  for (const [slot, one] of saved.row.entries()) rows[from + slot] = numberOf(run, one)
  rows[from + header.due] = Infinity
  for (let cell = run.first[row]!; cell !== none; cell = cells.next[cell]!) {
    const one = saved.cells[run.stream.nameOf(cells.sensor[cell]!)]
    if (one?.numbers.length === program.cellSize) readCell(run, cell, one)
  }
  for (const [leaf, gaps] of Object.entries(saved.gaps ?? {})) {
    run.gaps.set(gapKey(run, row, Number(leaf)), gaps)
  }
  // Looked at once more as of then, which finds nothing new and sets its timers.
  const judgedAt = rows[from + header.judgedAt]!
  wake(run, row, run.isPrompt && judgedAt > 0 ? judgedAt : settledAt)
}

/** Whether something is raised and not ended. */
export function isMatter(state: unknown): boolean {
  return ((state as RowState).flags & isRaised) !== 0
}

function cellState(run: Run, cell: number): SavedCell {
  const { program, cells, stream } = run
  const codes = codeSlots(program)
  const { kinds, states } = stream.codes
  const from = cell * program.cellSize
  const numbers = cells.numbers.subarray(from, from + program.cellSize)
  const sensor = cells.sensor[cell]!
  const newest = stream.newest[sensor]!
  const later = stream.heardAt[sensor]!
  const isLate = !run.isPrompt && !Number.isNaN(later) && newest !== later
  return {
    ...(isLate ? { inTime: { at: savedOf(newest), later } } : {}),
    numbers: Array.from(numbers, (one, slot) =>
      codes.has(slot) && !Number.isNaN(one) ? [kinds[one]!, states[one]!] : savedOf(one),
    ),
    own: bitsOf(cells.own, cell * program.ownSize, program.ownSize),
  }
}

function readCell(run: Run, cell: number, { numbers, own, inTime }: SavedCell): void {
  const { program, cells, stream } = run
  const sensor = cells.sensor[cell]!
  // Of a sensor that spoke in time since then, this is old.
  if (inTime && inTime.later === stream.heardAt[sensor])
    stream.newest[sensor] = numberOf(run, inTime.at)
  const from = cell * program.cellSize
  for (const [slot, one] of numbers.entries()) cells.numbers[from + slot] = numberOf(run, one)
  readBits(cells.own, cell * program.ownSize, own)
}

/** Slots of a row that hold who said what. */
export function saidSlots({ leaves }: Program): Set<number> {
  const slots = new Set<number>()
  for (const leaf of leaves) {
    if (leaf.is === 'sequence') slots.add(leaf.row + 1)
    if (leaf.is !== 'count') continue
    for (let fact = 0; fact < leaf.atLeast; fact++) slots.add(leaf.row + 2 + 2 * fact)
  }
  return slots
}

/** Slots of a cell that hold what was said. */
function codeSlots({ leaves }: Program): Set<number> {
  return new Set(
    leaves.flatMap((leaf) => (leaf.is === 'state' ? [leaf.cell + 1, leaf.cell + 3] : [])),
  )
}

function whoSaid({ stream }: Run, pack: number): Saved {
  if (Number.isNaN(pack)) return null
  const { sensor, code } = unpackedSensor(pack)
  return [stream.nameOf(sensor), stream.codes.kinds[code]!, stream.codes.states[code]!]
}

function savedOf(number: number): Saved {
  if (Number.isNaN(number)) return null
  if (number === -Infinity) return '-'
  return number === Infinity ? '+' : number
}

function numberOf({ stream }: Run, saved: Saved): number {
  if (saved === null) return Number.NaN
  if (saved === '-') return -Infinity
  if (saved === '+') return Infinity
  if (typeof saved === 'number') return saved
  const [state = '', kind = '', sensor] = saved.toReversed()
  const code = codeOf(stream.codes, kind as DeviceKind, state)
  return sensor === undefined ? code : packed(stream.idOf(sensor), code)
}

function bitsOf(column: Uint8Array, from: number, length: number): string {
  return Array.from(column.subarray(from, from + length)).join('')
}

function readBits(column: Uint8Array, from: number, bits: string): void {
  for (let at = 0; at < bits.length; at++) column[from + at] = bits[at] === '1' ? 1 : 0
}
