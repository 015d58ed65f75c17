/**
 * Climbing: an open task has a time at which the program looks at it again, whoever has it and
 * whatever they do. `climb` takes the step that is due, `lookOver` proves that nothing fell through.
 */
export { climb, rosterFor, rosterNow } from './climb.ts'
export { decideClimb, decideMove, decideOpening } from './decide.ts'
export { hurryTask } from './hurry.ts'
export { lookOver, openClimbing } from './over.ts'
export { rosterOf, type Roster } from './roster.ts'
export { nextLook } from './store.ts'
export type { Candidate, Ladders, Owner } from './types.ts'
