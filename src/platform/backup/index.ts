/**
 * backup: all rows of a database as of one moment in one file, and back again. Knows no table by
 * name: what there is, in which order it can be filled, and which partitions exist is asked of the
 * catalogue. The file is read to its last byte before anything is touched; rows go into a new
 * database beside the one in use, are read back and compared, and only then names are swapped.
 */
export { databaseOf } from './connection.ts'
export {
  dropBeside,
  dropReplaced,
  makeBeside,
  othersConnected,
  replacedDaysMax,
  swapDatabases,
} from './databases.ts'
export { loadBackup } from './load.ts'
export type { Manifest } from './manifest.ts'
export { BackupRefusalError } from './refusal.ts'
export { serverAt } from './running.ts'
export { takeBackup } from './take.ts'
export { verifyBackup } from './verify.ts'
