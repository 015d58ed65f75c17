import { CsvError, parse } from 'csv-parse/sync'
import { cellLettersMax, columnsMax, unread, type Cell, type Unread } from './types.ts'
import { plainFrom } from './written.ts'

/**
 * The cells of a CSV, all of them text. Lines beyond `linesMax` are not read: the file is refused.
 * Commas, semicolons or tabs, whichever the first line has most of.
 */
export function readCsv(bytes: Buffer, linesMax: number): Cell[][] | Unread {
  const text = decodedText(bytes)
  if (text === undefined) return unread('no-text')
  if (looksLikeOther(text)) return unread('no-table')
  const { delimiter, body } = delimited(text)
  try {
    const rows = parse(body, {
      ...{ delimiter, relax_column_count: true, skip_empty_lines: false, to: linesMax + 1 },
      ...{ max_record_size: columnsMax * cellLettersMax },
      cast: (cell: string) => (cell === '' ? null : plainFrom(cell)),
    }) as (string | null)[][]
    if (rows.length > linesMax) return unread('too-large')
    return rows.some((row) => row.length > columnsMax) ? unread('too-large') : rows
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const { lines } = error as CsvError & { lines?: number }
    const isSize = error.code === 'CSV_MAX_RECORD_SIZE'
    return isSize ? unread('too-large') : unread('quotes', lines ?? null)
  }
}

/**
 * UTF-8 where the bytes are, else GB18030, which holds GBK and GB 2312: what table programs in
 * China write. Undefined: neither, or no text at all.
 */
export function decodedText(bytes: Buffer): string | undefined {
  const mark = bytes.subarray(0, 2).toString('hex')
  const wide = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : undefined
  for (const encoding of wide ? [wide] : ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
    }
  }
  return undefined
}

/** Pages, pictures and documents under a table's name. */
function looksLikeOther(text: string): boolean {
  return text.trim() === '' || text.includes('\0') || /^\s*(<|%PDF|\{\\rtf)/.test(text)
}

const delimiters = [',', ';', '\t'] as const

/** A table program may say its separator in a line of its own: `sep=;`. */
function delimited(text: string): { delimiter: string; body: string } {
  const said = /^sep=([,;\t])\r?\n/i.exec(text)
  if (said?.[1]) return { delimiter: said[1], body: text.slice(said[0].length) }
  const counts = new Map<string, number>(delimiters.map((each) => [each, 0]))
  let isQuoted = false
  for (const char of text.slice(0, 20_000)) {
    if (char === '"') isQuoted = !isQuoted
    else if (!isQuoted && char === '\n') break
    else if (!isQuoted && counts.has(char)) counts.set(char, (counts.get(char) ?? 0) + 1)
  }
  const [first] = [...counts].toSorted(([, a], [, b]) => b - a)
  return { delimiter: first?.[0] ?? ',', body: text }
}
