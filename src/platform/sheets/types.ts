/** A number or a date stands in a cell that the table program computes with; codes are text. */
export type Cell = string | number | boolean | Date | null

export type SheetLimits = {
  /** With the lines of titles. */
  linesMax: number
  /** What an .xlsx file may unfold to. */
  unfoldedBytesMax: number
}

/**
 * `no-table`: neither .xlsx nor CSV. `no-text`: bytes of no encoding that we know. `quotes`: a CSV
 * whose quotes do not close, from that line on. `busy`: other tables are being worked on, and
 * enough wait already. `stopped`: its thread took too long or ended.
 */
export type Unread = {
  unread: 'no-table' | 'too-large' | 'no-text' | 'quotes' | 'busy' | 'stopped'
  line: number | null
}

/** What is written stands there as text: nothing computes, and codes keep their digits. */
export type Sheet = {
  name: string
  rows: readonly (readonly string[])[]
  /** In letters; as many as there are columns. */
  widths: readonly number[]
  /** So many lines from the top are bold and stay in sight. */
  titleLines?: number
  /** So many empty lines below are text from the start, to be filled in. */
  readyLines?: number
}

export type Book = { sheets: readonly Sheet[] }

export const columnsMax = 200
export const cellLettersMax = 4_000

export function unread(why: Unread['unread'], line: number | null = null): Unread {
  return { unread: why, line }
}
