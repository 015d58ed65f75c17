import type { Instant } from '../../../kernel/clock.ts'

/**
 * Rows in COPY's binary form (PostgreSQL 18, "COPY", Binary Format): twice as fast as text to
 * write here and to read there.
 */
const signature = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
/** PostgreSQL counts microseconds from 2000-01-01. */
const epochMs = Date.UTC(2000, 0, 1)
const high = 2 ** 32

export type CopyRows = {
  /** A row's number of columns, then its ready-made first columns. */
  begin(prefix: Buffer): void
  bytes(ready: Buffer): void
  bigint(value: number | null): void
  instant(at: Instant): void
  nothing(): void
  count(): number
  /** Everything written, with header and end. */
  whole(): Buffer
}

export function copyRows(rowsExpected: number): CopyRows {
  let buffer = Buffer.allocUnsafe(signature.length + 2 + rowsExpected * 192)
  let at = signature.copy(buffer, 0)
  let rows = 0

  const room = (bytes: number) => {
    if (at + bytes <= buffer.length - 2) return
    const larger = Buffer.allocUnsafe(buffer.length * 2 + bytes)
    buffer.copy(larger, 0, 0, at)
    buffer = larger
  }
  const int64 = (value: number) => {
    room(12)
    buffer.writeInt32BE(8, at)
    buffer.writeInt32BE(Math.floor(value / high), at + 4)
    buffer.writeUInt32BE(value >= 0 ? value % high : ((value % high) + high) % high, at + 8)
    at += 12
  }
  const ready = (bytes: Buffer) => {
    room(bytes.length)
    bytes.copy(buffer, at)
    at += bytes.length
  }
  const nothing = () => {
    room(4)
    buffer.writeInt32BE(-1, at)
    at += 4
  }
  return {
    begin(prefix) {
      rows++
      ready(prefix)
    },
    bytes: ready,
    bigint: (value) => (value === null ? nothing() : int64(value)),
    instant: (moment) => int64((moment - epochMs) * 1000),
    nothing,
    count: () => rows,
    whole() {
      buffer.writeInt16BE(-1, at)
      return buffer.subarray(0, at + 2)
    },
  }
}

/** Text as a column. */
export function textColumn(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8')
  return Buffer.concat([lengthOf(bytes.length), bytes])
}

export function uuidColumn(id: string): Buffer {
  return Buffer.concat([lengthOf(16), Buffer.from(id.replaceAll('-', ''), 'hex')])
}

/** How a row begins. */
export function rowPrefix(columns: number, ...ready: Buffer[]): Buffer {
  const count = Buffer.alloc(2)
  count.writeInt16BE(columns)
  return Buffer.concat([count, ...ready])
}

function lengthOf(bytes: number): Buffer {
  const made = Buffer.alloc(4)
  made.writeInt32BE(bytes)
  return made
}
