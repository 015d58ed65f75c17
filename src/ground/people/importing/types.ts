import type { Cell } from '../../../platform/sheets/index.ts'

export const importKinds = ['homes', 'residents', 'owners', 'staff'] as const
export type ImportKind = (typeof importKinds)[number]

export const linesMax = 20_000
/** Titles, a second line of titles, and what is left empty below. */
export const sheetLinesMax = linesMax + 1_000
export const fileBytesMax = 6 * 1024 * 1024
/** As base64, with the mapping around it. */
export const bodyBytesMax = 8_500_000
export const unfoldedBytesMax = 64 * 1024 * 1024

/** What happens to a row that is in the file or the register already. */
export const onDuplicates = ['refuse', 'leave-out'] as const
export type OnDuplicate = (typeof onDuplicates)[number]

/** An import is taken back within so many days. */
export const undoDays = 30

export type Column = {
  zh: string
  en: string
  /** Other titles under which tables in use have it. */
  also: readonly string[]
  width: number
  isNeeded?: true
  /** In a cell that computes it has lost digits: refused. */
  isCode?: true
  note: { zh: string; en: string }
}

/** The columns of one kind, in the order of the template. */
export type Columns = Readonly<Record<string, Column>>

export type CellFault = { line: number; column: string; 'zh-CN': string; en: string }

export const likenesses = ['id-number', 'phone-and-name', 'name-and-home', 'home', 'post'] as const
export type Likeness = (typeof likenesses)[number]
/** `other`: the line of the file that says it first; null: the register does. */
export type Duplicate = { line: number; like: Likeness; other: number | null }

/** One line of the file by column; a column that the file does not have is null. */
export type Line<Name extends string> = { line: number; cells: Readonly<Record<Name, Cell>> }

export const fileFormats = ['xlsx', 'csv'] as const
export type FileFormat = (typeof fileFormats)[number]
/** What is handed out: a name to save it under, and the bytes. */
export type MadeFile = { name: string; base64: string }
