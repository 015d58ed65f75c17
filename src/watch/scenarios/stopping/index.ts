/**
 * stopping: a street has switched a purpose off, and what its rules found goes with the tasks. The
 * door of this folder.
 */
export { stopPurpose } from './stopping.ts'
