/**
 * Importing: many devices from one Excel file. The file is read within bounds, each row is told
 * what is wrong with it in plain words, and either every row becomes a device or none.
 */
export { dryRun, importDevices } from './import.ts'
export { template } from './files.ts'
