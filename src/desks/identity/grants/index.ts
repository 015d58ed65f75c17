/**
 * Grants: somebody acts for another, for a time, by a one-time code or a signature at the station.
 * All that they see and do is in the person's book; either side ends it by one tap.
 * Keeps: codes 24 hours, grants one year after their end.
 */
export { actingBy, endAllGrants } from './actions.ts'
export { grantKeptMs } from './decide.ts'
export { openGrantRoutes } from './routes.ts'
export { deleteCodesBut, deleteGrantsBefore, grantedWith } from './store.ts'
