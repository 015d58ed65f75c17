import { stringify } from 'csv-stringify/sync'

/**
 * What a table program would take for a formula (OWASP, CSV injection), full-width signs too. Any
 * number of apostrophes before it, so that taking one off is always what putting one on undid.
 */
const computed = /^'*[=+\-@\t\r\n＝＋－＠]/

/** A cell as a CSV holds it: an apostrophe keeps a table program from computing it. */
export function spokenPlain(cell: string): string {
  return computed.test(cell) ? `'${cell}` : cell
}

/** The cell again. */
export function plainFrom(written: string): string {
  return written.startsWith("'") && computed.test(written) ? written.slice(1) : written
}

/** With a byte order mark, by which a table program knows UTF-8; every cell in quotes. */
export function csvOf(rows: readonly (readonly string[])[]): Buffer {
  const plain = rows.map((row) => row.map(spokenPlain))
  const format = { bom: true, quoted: true, quoted_empty: true, record_delimiter: '\r\n' }
  return Buffer.from(stringify(plain, format))
}
