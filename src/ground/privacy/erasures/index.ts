/**
 * erasures: a line for each erasure, in a file outside the database, so that whoever loses the
 * database and restores an older copy still knows what must not come back. Append only, synced to
 * disk; a line holds ids and a time, and nothing of what was erased.
 */
export { appendErasures, readErasures } from './file.ts'
