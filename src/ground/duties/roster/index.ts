/**
 * When whom: covers, shifts, leave, what one shift leaves for the next, and the hours ahead that
 * nobody fills.
 */
export { gapsAhead, unjudgedYear } from './decide.ts'
export { findGaps, peopleOnShift, shiftNotesOf } from './look.ts'
export { holdersOf, looksAt, type Holder } from './names.ts'
export { openRosterRoutes } from './routes.ts'
export { endAllOf, expire } from './store.ts'
