import { packed, unpacked, type Packed } from './packing.ts'
import { cellsOf, cellsOfXlsx, isUnread } from './read.ts'
import type { Book, Sheet, SheetLimits, Unread } from './types.ts'
import { csvOf } from './written.ts'
import { bookOf } from './xlsx.ts'

type PackedSheet = Omit<Sheet, 'rows'> & { rows: Packed }

/** What a thread is given, and answers; of bytes nobody else has a copy. */
export type SheetWork =
  | { does: 'read'; bytes: Uint8Array<ArrayBuffer>; limits: SheetLimits; isXlsxOnly: boolean }
  | { does: 'write-csv'; rows: Packed }
  | { does: 'write-xlsx'; sheets: readonly PackedSheet[] }

export type SheetAnswer =
  | { cells: Packed }
  | { unread: Unread }
  | { bytes: Uint8Array<ArrayBuffer> }

export async function workOn(work: SheetWork): Promise<SheetAnswer> {
  switch (work.does) {
    case 'read': {
      const bytes = Buffer.from(work.bytes.buffer)
      const read = work.isXlsxOnly ? cellsOfXlsx : cellsOf
      const cells = await read(bytes, work.limits)
      return isUnread(cells) ? { unread: cells } : { cells: packed(cells) }
    }
    case 'write-csv':
      return { bytes: Uint8Array.from(csvOf(textsOf(work.rows))) }
    case 'write-xlsx': {
      const sheets = work.sheets.map((sheet) => ({ ...sheet, rows: textsOf(sheet.rows) }))
      return { bytes: Uint8Array.from(await bookOf({ sheets } satisfies Book)) }
    }
    default:
      return work satisfies never
  }
}

function textsOf(rows: Packed): string[][] {
  return unpacked(rows) as string[][]
}
