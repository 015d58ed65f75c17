import writeExcelFile, { type Cell, type SheetData } from 'write-excel-file/node'
import type { Book } from './types.ts'

export async function bookOf({ sheets }: Book): Promise<Buffer> {
  const made = writeExcelFile(
    sheets.map(({ name, rows, widths, titleLines = 0, readyLines = 0 }) => {
      const ready = Array.from({ length: readyLines }, () => widths.map(() => emptyText))
      return {
        data: [...rows.map((row, at) => lineOf(row, at < titleLines)), ...ready] as SheetData,
        sheet: name.slice(0, 31),
        columns: widths.map((width) => ({ width })),
        ...(titleLines > 0 ? { stickyRowsCount: titleLines } : {}),
      }
    }),
  )
  return made.toBuffer()
}

const emptyText: Cell = { type: String, format: '@' }

function lineOf(row: readonly string[], isBold: boolean): Cell[] {
  const look = isBold ? { fontWeight: 'bold' as const } : {}
  return row.map((cell) =>
    cell === '' ? null : { value: cell, type: String, format: '@', ...look },
  )
}
