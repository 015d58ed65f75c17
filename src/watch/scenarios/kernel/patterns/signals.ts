import type { Instant } from '../../../../kernel/clock.ts'
import type { Signalled } from '../street-types.ts'
import { momentMs } from './hearing.ts'
import { unpackedSensor } from './packing.ts'
import type { CountLeaf, PatternLeaf } from './program.ts'
import { none, type Run } from './run.ts'

const signalsMax = 20

/**
 * What makes a rule true now, oldest first: of a state or a number the fact by which each sensor
 * came to be so, of a count the facts counted, of a sequence its first, of a device's health when
 * it began. Nothing else is kept, so a finding can name no more: of silence and of habits nothing,
 * and of leaves under *not* neither. `cells`: the sensors that are so by themselves.
 */
export function signalsOf(
  run: Run,
  row: number,
  at: Instant,
): { signals: Signalled[]; cells: number[] } {
  const found: Signalled[] = []
  const cells = new Set<number>()
  for (const leaf of run.program.leaves) {
    if (!leaf.isPositive || run.truth[row * run.program.leaves.length + leaf.at] === 0) continue
    if (leaf.is === 'count') found.push(...countedBy(run, row, leaf, at))
    else if (leaf.is === 'sequence') {
      const from = row * run.program.rowSize + leaf.row
      found.push(unpacked(run, run.rows[from + 1]!, run.rows[from]!))
    } else {
      for (const cell of cellsBy(run, row, leaf)) {
        cells.add(cell)
        found.push(ownSignal(run, cell, leaf, at))
      }
    }
  }
  return { signals: inOrder(found), cells: [...cells] }
}

export function signalsOfCells(
  run: Run,
  row: number,
  cells: readonly number[],
  at: Instant,
): Signalled[] {
  const found: Signalled[] = []
  for (const leaf of run.program.leaves) {
    if (!leaf.isPositive) continue
    const ours = cellsBy(run, row, leaf).filter((cell) => cells.includes(cell))
    found.push(...ours.map((cell) => ownSignal(run, cell, leaf, at)))
  }
  return inOrder(found)
}

/** Sensors of which a leaf is so by themselves. */
function cellsBy(run: Run, row: number, leaf: PatternLeaf): number[] {
  if (leaf.is !== 'state' && leaf.is !== 'threshold' && leaf.is !== 'health') return []
  const found: number[] = []
  for (let cell = run.first[row]!; cell !== none; cell = run.cells.next[cell]!) {
    if (run.cells.own[cell * run.program.ownSize + leaf.own] === 1) found.push(cell)
  }
  return found
}

function ownSignal(run: Run, cell: number, leaf: PatternLeaf, at: Instant): Signalled {
  const { numbers, sensor: sensors } = run.cells
  const from = cell * run.program.cellSize + leaf.cell
  const sensor = sensors[cell]!
  const since = numbers[from]!
  const { stream } = run
  if (leaf.is === 'health') {
    const kind = stream.kindOf(sensor) as Signalled['kind']
    const { condition: state } = leaf
    return { sensor: stream.nameOf(sensor), kind, state, value: null, at: since }
  }
  if (leaf.is === 'threshold') {
    const code = run.program.touches.findIndex((some) => some?.some((one) => one.leaf === leaf))
    return { ...unpackedBy(run, sensor, code, since), value: numbers[from + 1]! }
  }
  const isMoment = numbers[from + 2]! > at
  if (isMoment) return unpackedBy(run, sensor, numbers[from + 3]!, numbers[from + 2]! - momentMs)
  return unpackedBy(run, sensor, numbers[from + 1]!, since)
}

function countedBy(run: Run, row: number, leaf: CountLeaf, at: Instant): Signalled[] {
  const from = row * run.program.rowSize + leaf.row + 1
  const found: Signalled[] = []
  for (let slot = from; slot < from + 2 * leaf.atLeast; slot += 2) {
    const said = run.rows[slot]!
    if (said > at - leaf.ms) found.push(unpacked(run, run.rows[slot + 1]!, said))
  }
  return found
}

function unpacked(run: Run, pack: number, at: Instant): Signalled {
  const { sensor, code } = unpackedSensor(pack)
  return unpackedBy(run, sensor, code, at)
}

function unpackedBy({ stream }: Run, sensor: number, code: number, at: Instant): Signalled {
  const { codes } = stream
  const [kind, state] = [codes.kinds[code]!, codes.states[code]!]
  return { sensor: stream.nameOf(sensor), kind, state, value: null, at }
}

/** By time, then sensor and word; each once, the newest of them. */
function inOrder(found: Signalled[]): Signalled[] {
  const sorted = found.toSorted(
    (a, b) => a.at - b.at || compare(a.sensor, b.sensor) || compare(a.state, b.state),
  )
  const once = sorted.filter((one, i) => {
    const before = sorted[i - 1]
    return !(before?.at === one.at && before.sensor === one.sensor && before.state === one.state)
  })
  return once.slice(-signalsMax)
}

/** By code unit, so that the order does not depend on a locale. */
export function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
