/**
 * Requests on record: who asked to see somebody, and why, before they saw anything. Half an hour,
 * one person. A child's waits for a second yes; whoever breaks the glass reaches the whole street,
 * is told of at once and reviewed. Keeps: requests, as long as the looks that name them (3 y).
 */
export type { InCharge, WhoIs } from './deciding.ts'
export { committeesFor, matterFor, matterForHome } from './requests.ts'
export { openRequestRoutes } from './routes.ts'
export { atStation } from './station.ts'
export { deleteRequestsBefore } from './store.ts'
