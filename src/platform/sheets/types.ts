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
 * whose quotes do not close, from that line on.
 */
export type Unread = {
  unread: 'no-table' | 'too-large' | 'no-text' | 'quotes'
  line: number | null
}

export const columnsMax = 200
export const cellLettersMax = 4_000

export function unread(why: Unread['unread'], line: number | null = null): Unread {
  return { unread: why, line }
}
