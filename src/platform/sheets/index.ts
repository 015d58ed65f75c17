/**
 * Sheets: tables as people keep them, .xlsx and CSV, read within bounds and written so that no
 * table program computes what stands in them; large ones in threads of their own.
 */
export { isUnread } from './read.ts'
export { readSheet, readXlsx, writeCsv, writeXlsx } from './tables.ts'
export type { Cell, Unread } from './types.ts'
export { bookOf } from './xlsx.ts'
