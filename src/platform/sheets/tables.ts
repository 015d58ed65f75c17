/**
 * Tables read and written for everybody: what takes a moment at once, what takes longer in a thread
 * (a file of 20,000 rows held the whole program for two seconds before). A stranger's .xlsx is
 * always unfolded in a thread.
 */
import { fault, type Fault } from '../../kernel/fault.ts'
import { packedByTurns, unpackedByTurns } from './packing.ts'
import { cellsOf, isZip } from './read.ts'
import { SheetThreads } from './threads.ts'
import { unread, type Book, type Cell, type Sheet, type SheetLimits, type Unread } from './types.ts'
import { csvOf } from './written.ts'
import { bookOf } from './xlsx.ts'

/** Some ten milliseconds on one core. */
const csvBytesMax = 128 * 1024
const cellsMax = 4_000

const threads = new SheetThreads()

/** The cells of the first sheet of an .xlsx file, or of a CSV, line by line. */
export async function readSheet(bytes: Buffer, limits: SheetLimits): Promise<Cell[][] | Unread> {
  if (!isZip(bytes) && bytes.length <= csvBytesMax) return cellsOf(bytes, limits)
  return readBeside(bytes, limits, false)
}

export async function readXlsx(bytes: Buffer, limits: SheetLimits): Promise<Cell[][] | Unread> {
  if (!isZip(bytes)) return unread('no-table')
  return readBeside(bytes, limits, true)
}

export async function writeCsv(rows: readonly (readonly string[])[]): Promise<Buffer | Fault> {
  if (cellsIn({ rows }) <= cellsMax) return csvOf(rows)
  return writtenBeside({ does: 'write-csv', rows: await packedByTurns(rows) })
}

export async function writeXlsx(book: Book): Promise<Buffer | Fault> {
  const cells = book.sheets.reduce((sum, sheet) => sum + cellsIn(sheet), 0)
  if (cells <= cellsMax) return bookOf(book)
  const sheets = []
  for (const sheet of book.sheets) {
    sheets.push({ ...sheet, rows: await packedByTurns(sheet.rows) })
  }
  return writtenBeside({ does: 'write-xlsx', sheets })
}

async function readBeside(
  bytes: Buffer,
  limits: SheetLimits,
  isXlsxOnly: boolean,
): Promise<Cell[][] | Unread> {
  const own = new Uint8Array(bytes)
  const answer = await threads.workOn({ does: 'read', bytes: own, limits, isXlsxOnly })
  if ('refused' in answer) return unread(answer.refused)
  if ('unread' in answer) return answer.unread
  if ('cells' in answer) return unpackedByTurns(answer.cells)
  throw new Error('a table was read and came back as a file')
}

type Writing = Exclude<Parameters<SheetThreads['workOn']>[0], { does: 'read' }>

async function writtenBeside(work: Writing): Promise<Buffer | Fault> {
  const answer = await threads.workOn(work)
  if ('bytes' in answer) return Buffer.from(answer.bytes.buffer)
  if (!('refused' in answer)) throw new Error('a table was written and came back as cells')
  return fault(answer.refused === 'busy' ? 'table-busy' : 'table-stopped')
}

function cellsIn({ rows, widths = [], readyLines = 0 }: Pick<Sheet, 'rows'> & Partial<Sheet>) {
  return rows.reduce((sum, row) => sum + row.length, 0) + readyLines * widths.length
}
