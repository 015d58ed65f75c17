/**
 * Sheets: tables as people keep them, .xlsx and CSV, read within bounds and written so that no
 * table program computes what stands in them.
 */
export { isUnread, readSheet, readXlsx } from './read.ts'
export type { Cell, Unread } from './types.ts'
export { writeCsv } from './written.ts'
export { writeXlsx } from './xlsx.ts'
