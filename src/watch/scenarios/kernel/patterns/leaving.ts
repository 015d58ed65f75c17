import { unpackedSensor } from './packing.ts'
import type { CountLeaf, SequenceLeaf } from './program.ts'
import { dropCell, isChanged, markDirty, type Run } from './run.ts'

/** A sensor is no more: what it made so is so no more. */
export function dropSensor(run: Run, cell: number): void {
  const row = run.cells.row[cell]!
  const sensor = run.cells.sensor[cell]!
  for (const leaf of run.program.leaves) {
    if (leaf.is === 'count') forgetCounted(run, row, leaf, sensor)
    if (leaf.is === 'sequence') forgetFirst(run, row, leaf, sensor)
  }
  dropCell(run, cell)
  run.flags[row]! |= isChanged
  markDirty(run, row)
}

function forgetCounted(run: Run, row: number, leaf: CountLeaf, gone: number): void {
  const from = row * run.program.rowSize + leaf.row
  const count = run.rows[from]!
  const stays: [number, number][] = []
  for (let fact = Math.max(0, count - leaf.atLeast); fact < count; fact++) {
    const slot = from + 1 + 2 * (fact % leaf.atLeast)
    const pack = run.rows[slot + 1]!
    if (unpackedSensor(pack).sensor !== gone) stays.push([run.rows[slot]!, pack])
  }
  run.rows.fill(Number.NaN, from + 1, from + 1 + 2 * leaf.atLeast)
  for (const [fact, [at, pack]] of stays.entries()) {
    run.rows[from + 1 + 2 * fact] = at
    run.rows[from + 2 + 2 * fact] = pack
  }
  run.rows[from] = stays.length
}

function forgetFirst(run: Run, row: number, leaf: SequenceLeaf, gone: number): void {
  const from = row * run.program.rowSize + leaf.row
  if (Number.isNaN(run.rows[from]!)) return
  if (unpackedSensor(run.rows[from + 1]!).sensor !== gone) return
  run.rows[from] = Number.NaN
  run.truth[row * run.program.leaves.length + leaf.at] = 0
}
