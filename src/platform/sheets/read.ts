import { readSheet as readFirstSheet } from 'read-excel-file/universal'
import { readCsv } from './csv.ts'
import { unread, type Cell, type SheetLimits, type Unread } from './types.ts'
import { findTrouble } from './unfold.ts'

const zipMark = 0x04034b50

/** The cells of the first sheet of an .xlsx file, or of a CSV, line by line. */
export async function cellsOf(bytes: Buffer, limits: SheetLimits): Promise<Cell[][] | Unread> {
  return isZip(bytes) ? cellsOfXlsx(bytes, limits) : readCsv(bytes, limits.linesMax)
}

/**
 * An .xlsx file is a ZIP of XML: every entry is unfolded once within bounds, and addresses are
 * looked at, before the reader sees it. The reader fills gaps up to whatever address a cell claims
 * to have.
 */
export async function cellsOfXlsx(bytes: Buffer, limits: SheetLimits): Promise<Cell[][] | Unread> {
  if (!isZip(bytes)) return unread('no-table')
  const trouble = await findTrouble(bytes, limits)
  if (trouble) return unread(trouble)
  const { buffer, byteOffset, byteLength } = bytes
  const own = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer
  try {
    const rows = (await readFirstSheet(own)) as Cell[][]
    return rows.length > limits.linesMax ? unread('too-large') : rows
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return unread('no-table')
  }
}

export function isZip(bytes: Buffer): boolean {
  return bytes.length >= 4 && bytes.readUInt32LE(0) === zipMark
}

export function isUnread(read: Cell[][] | Unread): read is Unread {
  return !Array.isArray(read)
}
