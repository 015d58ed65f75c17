/**
 * changes: another person's number is changed by two. A worker asks; a second worker approves, or
 * the person themself says that it is right. Until then the old number stands.
 */
export { cellOfChange, ownChanges } from './changes.ts'
export { openChangeRoutes } from './routes.ts'
export { deleteChangesBefore, lapseChanges } from './store.ts'
