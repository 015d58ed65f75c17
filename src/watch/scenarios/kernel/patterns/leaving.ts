import type { Instant } from '../../../../kernel/clock.ts'
import { unpackedSensor } from './packing.ts'
import { header, type CountLeaf, type SequenceLeaf } from './program.ts'
import { dropCell, gapKey, isChanged, markDirty, none, prepareLeaf, type Run } from './run.ts'

/** A sensor is no more: what it made so is so no more. */
export function dropSensor(run: Run, cell: number, settledAt: Instant): void {
  const row = run.cells.row[cell]!
  const sensor = run.cells.sensor[cell]!
  for (const leaf of run.program.leaves) {
    if (leaf.is === 'count') forgetCounted(run, row, leaf, sensor)
    if (leaf.is === 'sequence') forgetFirst(run, row, leaf, sensor)
  }
  dropCell(run, cell)
  if (run.first[row] === none) forgetAll(run, row, settledAt)
  run.flags[row]! |= isChanged
  markDirty(run, row)
}

/** Nobody is left to say anything: whoever comes begins anew. What was raised stays raised. */
function forgetAll(run: Run, row: number, settledAt: Instant): void {
  const { program } = run
  const from = row * program.rowSize
  const edges = program.times > 1 ? program.times : 0
  run.truth.fill(0, row * program.leaves.length, (row + 1) * program.leaves.length)
  run.rows.fill(Number.NaN, from + header.edges + edges, from + program.rowSize)
  for (const leaf of program.leaves) {
    prepareLeaf(run, row, leaf.at)
    run.gaps.delete(gapKey(run, row, leaf.at))
    const isClock = leaf.is === 'silence' || leaf.is === 'life' || leaf.is === 'habit'
    if (!isClock || (leaf.is === 'habit' && leaf.of !== 'gap')) continue
    run.rows[from + leaf.row] = settledAt
    if (leaf.is === 'silence') run.rows[from + leaf.row + 1] = settledAt + leaf.ms
  }
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
