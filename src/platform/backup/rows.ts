import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Client } from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import type { TableShape } from './catalogue.ts'
import { quoted } from './connection.ts'

const lineEnd = 0x0a

/** What goes by is measured: rows, bytes, checksum. In COPY's text form a line is a row. */
export function measure() {
  const hash = createHash('sha256')
  let rows = 0
  let bytes = 0
  return {
    add(chunk: Buffer): void {
      hash.update(chunk)
      bytes += chunk.length
      for (let at = chunk.indexOf(lineEnd); at !== -1; at = chunk.indexOf(lineEnd, at + 1)) rows++
    },
    sums: () => ({ rows, bytes, sha256: hash.digest('hex') }),
  }
}

export function rowsOut(client: Client, table: TableShape): AsyncIterable<Buffer> {
  return client.query(copyTo(`copy ${quoted(table.name)} (${columns(table)}) to stdout`))
}

export async function rowsIn(
  client: Client,
  table: TableShape,
  chunks: AsyncIterable<Buffer>,
): Promise<void> {
  const target = client.query(copyFrom(`copy ${quoted(table.name)} (${columns(table)}) from stdin`))
  await pipeline(Readable.from(chunks, { objectMode: false }), target)
}

function columns(table: TableShape): string {
  return table.columns.map(({ name }) => `"${name.replaceAll('"', '""')}"`).join(', ')
}
