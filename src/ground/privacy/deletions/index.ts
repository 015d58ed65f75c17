/** That something was deleted, why and how much: all that stays of it. */
export { recordDeletion, recordEnded } from './deletions.ts'
export { deleteDeletionsBefore } from './store.ts'
