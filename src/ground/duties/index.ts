/**
 * duties: bodies, posts, who holds them, beats, rosters, leave and deputies. One question is
 * answered here and nowhere else: who is responsible for this kind of matter at this place now, and
 * who next? Gaps in a roster are told a week ahead (`duties.gap-found`). Keeps: posts, while they
 * are held; shifts and leave a year, notes between shifts 90 days.
 */
import { dayMs } from '../../kernel/clock.ts'
import type { Given } from '../../platform/given.ts'
import type { Keeps } from '../privacy/index.ts'
import { expire } from './roster/index.ts'

export {
  foundStreet,
  isInCharge,
  ladderFor,
  onDuty,
  postNamed,
  postOf,
  responsibleFor,
} from './actions.ts'
export { isOnDuty, isOnLeave, ladderAmong, onDutyAmong } from './decide.ts'
export { keepsReporters } from './keeper/index.ts'
export {
  bodiesOf,
  inChargeOf,
  postsUnder,
  reviewerBodies,
  reviewerOf,
  rolesOf,
  wasOnDuty,
} from './reviewer/index.ts'
export { findGaps, gapsAhead, peopleOnShift, shiftNotesOf, unjudgedYear } from './roster/index.ts'
export { committeesOpen, heldPosts, knownOf, streetsOpen } from './store.ts'
export { openRoutes } from './routes.ts'
export { keeper } from './own/index.ts'
export { staffDoor } from './staffing/index.ts'
export type * from './types.ts'

export function keeps(given: Given): Keeps[] {
  return [
    {
      purpose: 'duty',
      what: 'notes between shifts after 90 days; shifts, leave and posts ended a year ago',
      expire: (now) =>
        given.db.asOwner((tx) => expire(tx, { notes: now - 90 * dayMs, rest: now - 365 * dayMs })),
    },
  ]
}
