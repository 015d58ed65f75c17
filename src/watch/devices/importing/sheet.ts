import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { readSheet } from 'read-excel-file/universal'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { Cell } from './rows.ts'

const inflate = promisify(inflateRaw)

/** Bounds of what a file may unfold to: far above 5,000 rows, far below what hurts. */
const inflatedBytesMax = 24 * 1024 * 1024
const entriesMax = 200
const rowNumberMax = 6_000

const unread = fault('not-a-spreadsheet', 'base64')
const tooLarge = fault('too-large', 'base64')

/**
 * The cells of the first sheet. An .xlsx file is a ZIP of XML: every entry is unfolded once within
 * bounds, and addresses are looked at, before the reader sees it. The reader fills gaps up to
 * whatever address a cell claims to have.
 */
export async function cellsOf(file: Buffer): Promise<Cell[][] | Fault> {
  const entries = entriesOf(file)
  if (isRefused(entries)) return entries
  let left = inflatedBytesMax
  for (const entry of entries) {
    if (!/\.xml(\.rels)?$/.test(entry.name)) continue
    const text = await unfolded(entry, left)
    if (typeof text !== 'string') return text
    left -= text.length
    if (isRowBeyond(text)) return tooLarge
  }
  try {
    const { buffer, byteOffset, byteLength } = file
    const own = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer
    return (await readSheet(own)) as Cell[][]
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return unread
  }
}

type Entry = { name: string; method: number; packed: Buffer; size: number }

const endMark = 0x06054b50
const entryMark = 0x02014b50
const packedMark = 0x04034b50

/** The central directory; what a reader goes by. ZIP64 and encrypted files are not taken. */
function entriesOf(file: Buffer): Entry[] | Fault {
  let end = file.length - 22
  while (end >= 0 && file.readUInt32LE(end) !== endMark) end--
  if (end < 0 || file.readUInt32LE(0) !== packedMark) return unread
  const count = file.readUInt16LE(end + 10)
  if (count > entriesMax) return tooLarge
  let at = file.readUInt32LE(end + 16)
  const entries: Entry[] = []
  for (let seen = 0; seen < count; seen++) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== entryMark) return unread
    const flags = file.readUInt16LE(at + 8)
    const size = file.readUInt32LE(at + 24)
    const nameEnd = at + 46 + file.readUInt16LE(at + 28)
    const packed = packedOf(file, file.readUInt32LE(at + 42), file.readUInt32LE(at + 20))
    if (!packed || (flags & 1) !== 0) return unread
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
async function unfolded(entry: Entry, bytesMax: number): Promise<string | Fault> {
  const { method, packed, size } = entry
  if (size > bytesMax || packed.length > bytesMax) return tooLarge
  if (method === 0) return packed.length === size ? packed.toString('latin1') : unread
  if (method !== 8) return unread
  try {
    const whole = await inflate(packed, { maxOutputLength: Math.max(1, bytesMax) })
    return whole.length === size ? whole.toString('latin1') : unread
  } catch (error) {
    const { code } = error as { code?: string }
    return code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge : unread
  }
}

/** A row or cell beyond the bounds, or an address that is none: `r="B17"`, `r="17"`. */
function isRowBeyond(xml: string): boolean {
  if (!xml.includes('sheetData')) return false
  for (const [, address = ''] of xml.matchAll(/\sr\s*=\s*["']([^"']*)["']/g)) {
    const row = /^[A-Z]{0,2}([1-9][0-9]{0,6})$/.exec(address)?.[1]
    if (row === undefined || Number(row) > rowNumberMax) return true
  }
  return false
}

function isRefused(entries: Entry[] | Fault): entries is Fault {
  return !Array.isArray(entries)
}
