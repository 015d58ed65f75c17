import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { columnsMax, type SheetLimits } from './types.ts'

const inflate = promisify(inflateRaw)

const entriesMax = 200

type Trouble = 'no-table' | 'too-large'

/** Why an .xlsx file is not given to the reader; undefined: it may have it. */
export async function findTrouble(
  file: Buffer,
  { linesMax, unfoldedBytesMax }: SheetLimits,
): Promise<Trouble | undefined> {
  const entries = entriesOf(file)
  if (!Array.isArray(entries)) return entries
  let left = unfoldedBytesMax
  for (const entry of entries) {
    // Pictures and whatever else lies beside: the reader unfolds every part, and so is each bound.
    const text = await unfolded(entry, left)
    if (typeof text === 'string') return text
    left -= text.length
    if (text.includes('sheetData') && isBeyond(text.toString('latin1'), linesMax)) {
      return 'too-large'
    }
  }
  return undefined
}

type Entry = { name: string; method: number; packed: Buffer; size: number }

const endMark = 0x06054b50
const entryMark = 0x02014b50
const packedMark = 0x04034b50

/** The central directory; what a reader goes by. ZIP64 and encrypted files are not taken. */
function entriesOf(file: Buffer): Entry[] | Trouble {
  let end = file.length - 22
  while (end >= 0 && file.readUInt32LE(end) !== endMark) end--
  if (end < 0) return 'no-table'
  const count = file.readUInt16LE(end + 10)
  if (count > entriesMax) return 'too-large'
  let at = file.readUInt32LE(end + 16)
  const entries: Entry[] = []
  for (let seen = 0; seen < count; seen++) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== entryMark) return 'no-table'
    const flags = file.readUInt16LE(at + 8)
    const size = file.readUInt32LE(at + 24)
    const nameEnd = at + 46 + file.readUInt16LE(at + 28)
    const packed = packedOf(file, file.readUInt32LE(at + 42), file.readUInt32LE(at + 20))
    if (!packed || (flags & 1) !== 0) return 'no-table'
    const name = file.toString('utf8', at + 46, nameEnd)
    entries.push({ name, method: file.readUInt16LE(at + 10), packed, size })
    at = nameEnd + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
  }
  return entries
}

function packedOf(file: Buffer, at: number, length: number): Buffer | undefined {
  if (at + 30 > file.length || file.readUInt32LE(at) !== packedMark) return undefined
  const from = at + 30 + file.readUInt16LE(at + 26) + file.readUInt16LE(at + 28)
  return from + length > file.length ? undefined : file.subarray(from, from + length)
}

/** Sizes in the directory are only claims; the true one must be the same. */
async function unfolded(entry: Entry, bytesMax: number): Promise<Buffer | Trouble> {
  const { method, packed, size } = entry
  if (size > bytesMax || packed.length > bytesMax) return 'too-large'
  if (method === 0) return packed.length === size ? packed : 'no-table'
  if (method !== 8) return 'no-table'
  try {
    const whole = await inflate(packed, { maxOutputLength: Math.max(1, bytesMax) })
    return whole.length === size ? whole : 'no-table'
  } catch (error) {
    const { code } = error as { code?: string }
    return code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'no-table'
  }
}

/** A row or cell beyond the bounds, or an address that is none: `r="B17"`, `r="17"`. */
function isBeyond(xml: string, linesMax: number): boolean {
  for (const [, address = ''] of xml.matchAll(/\sr\s*=\s*["']([^"']*)["']/g)) {
    const [, column = '', row] = /^([A-Z]{0,2})([1-9][0-9]{0,6})$/.exec(address) ?? []
    if (row === undefined || Number(row) > linesMax || columnNumber(column) > columnsMax)
      return true
  }
  return false
}

function columnNumber(letters: string): number {
  let number = 0
  for (const letter of letters) number = number * 26 + letter.charCodeAt(0) - 64
  return number
}
