/**
 * crowding: from the daily sums of homes to a ranked list of suggestions where two workers might
 * look, with the occupant's consent. Evidence of this kind is weak: no precision is published
 * anywhere, so each version's own hits are counted and a version below its floor stops. Homes,
 * never persons. Pure. The door of this folder.
 */
export { crowdingLeads, hitsOf, isStopped, keptUntil } from './leads.ts'
export type { DailySum, Lead, Peers, StopsBelow } from './leads.ts'
