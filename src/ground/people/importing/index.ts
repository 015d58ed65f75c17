/**
 * importing: homes, residents, owners and staff from one .xlsx or CSV file. The file is read within
 * bounds, every line is told what is wrong with it in plain words, what is there already is shown,
 * and either every line comes in or none. Of the file only its digest is kept; for 30 days it is
 * known which rows came of it, so that the whole can be taken back. The door of this folder.
 */
import { dayMs } from '../../../kernel/clock.ts'
import type { Given } from '../../../platform/given.ts'
import type { Keeps } from '../../privacy/index.ts'
import { deleteImportsBefore, deleteRowsBefore } from './store.ts'
import { undoDays } from './types.ts'

export { columnsOf, kindWords, watermarkTitle } from './columns.ts'
export type { NewBody, NewPost, StaffDoor } from './doors.ts'
export { openImportRoutes } from './routes.ts'
export type { Columns, FileFormat, ImportKind, MadeFile } from './types.ts'
export * as words from './words.ts'

const recordDays = 3 * 366

export function importsKept(given: Given): Keeps[] {
  return [
    {
      purpose: 'register',
      what: 'which rows an import brought in, after 30 days',
      expire: (now) => given.db.asOwner((tx) => deleteRowsBefore(tx, now - undoDays * dayMs)),
    },
    {
      purpose: 'access-record',
      what: 'records of files that were brought in, three years after',
      expire: (now) => given.db.asOwner((tx) => deleteImportsBefore(tx, now - recordDays * dayMs)),
    },
  ]
}
