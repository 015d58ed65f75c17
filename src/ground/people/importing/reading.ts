import type { Cell } from '../../../platform/sheets/index.ts'
import type { Read } from './cells.ts'
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

export function readerOf<Name extends string>(
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
