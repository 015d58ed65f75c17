import type { Instant } from '../../../../kernel/clock.ts'
import { begin, header, isChanged, markDirty } from '../patterns/index.ts'
import type { Street } from './state.ts'

/** A device's condition began or ended; answers the subjects that hear of it. */
export function turn(
  street: Street,
  stream: 'settled' | 'prompt',
  name: string,
  condition: string,
  isSo: boolean,
  at: Instant,
): void {
  const id = street.sensors.slots.idOf.get(name)
  if (id === undefined) return
  for (const { run, row, cell } of street.sensors[stream][id] ?? []) {
    const leaves = run.program.health.filter((leaf) => leaf.condition === condition)
    if (leaves.length === 0 || at < run.rows[row * run.program.rowSize + header.heardFrom]!)
      continue
    begin(run, row, at)
    for (const leaf of leaves) {
      const slot = cell * run.program.cellSize + leaf.cell
      if (!isSo) run.cells.numbers[slot] = Number.NaN
      else if (Number.isNaN(run.cells.numbers[slot]!)) run.cells.numbers[slot] = at
    }
    run.flags[row]! |= isChanged
    markDirty(run, row)
  }
}
