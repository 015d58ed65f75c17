/**
 * demo: the example town's clock, its list, the one simulator that may live its days, and the
 * operator's status. Only the operator's key opens it. Keeps nothing personal.
 */
export { markTownOpen, saveAhead, savedAheadMs, townIsOpen } from './actions.ts'
export { openRoutes } from './routes.ts'
export type { Running } from './actions.ts'
