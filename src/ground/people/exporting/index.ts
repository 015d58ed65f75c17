/**
 * exporting: the register as a file that imports again. Asked for with a reason of a closed list,
 * approved by two other officers above 500 rows, fetched within 72 hours by whoever asked, marked
 * with who fetched it and when. Numbers that the reason does not need are masked, and everybody in
 * the file has it in their book before it leaves. The door of this folder.
 */
export { openExportRoutes } from './routes.ts'
export { deleteExportsBefore } from './store.ts'
