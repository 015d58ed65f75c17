import type { Cell } from '../../../platform/sheets/index.ts'
import type { Read } from './cells.ts'
import { inBatches } from './plan.ts'
import { cellFault, type Mistake } from './sentences.ts'
import type { CellFault, Columns, Line } from './types.ts'

/** One line while it is read: what is wrong with it is noted by column. */
export type LineReader<Name extends string> = {
  line: number
  faults: CellFault[]
  /** Null: empty, or wrong and noted. */
  take<T>(name: Name, read: (cell: Cell) => Read<T>): T | null
  note(name: Name, mistake: Mistake): void
  isWrong(name: Name): boolean
}

function readerOf<Name extends string>(
  columns: Columns & Readonly<Record<Name, Columns[string]>>,
  { line, cells }: Line<Name>,
): LineReader<Name> {
  const faults: CellFault[] = []
  const wrong = new Set<Name>()
  const note = (name: Name, mistake: Mistake) => {
    wrong.add(name)
    faults.push(cellFault(line, columns[name].zh, mistake))
  }
  return {
    ...{ line, faults, note },
    isWrong: (name) => wrong.has(name),
    take(name, read) {
      const found = read(cells[name])
      if ('wrong' in found) {
        note(name, found.wrong)
        return null
      }
      if (found.value === null && columns[name].isNeeded) note(name, 'missing')
      return found.value
    },
  }
}

/** What the lines say, as far as nothing in them is wrong; what is wrong, cell by cell. */
export async function readRows<Name extends string, Row>(
  columns: Columns & Readonly<Record<Name, Columns[string]>>,
  lines: readonly Line<Name>[],
  rowOf: (reader: LineReader<Name>) => Row | undefined,
): Promise<{ rows: Row[]; faults: CellFault[] }> {
  const rows: Row[] = []
  const faults: CellFault[] = []
  await inBatches(lines, (batch) => {
    for (const line of batch) {
      const reader = readerOf(columns, line)
      const row = rowOf(reader)
      if (row && reader.faults.length === 0) rows.push(row)
      faults.push(...reader.faults)
    }
  })
  return { rows, faults }
}
