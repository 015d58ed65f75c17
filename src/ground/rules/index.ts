/**
 * rules: what law and practice say, as versioned data. So far the working-day calendar and the
 * deadlines made of it; nobody else computes a deadline. A year without a table is an estimate
 * that says so, never a guess. Keeps nothing personal.
 */
export { dayKinds, deadline, importCalendar } from './actions.ts'
export type { Deadline, Duration } from './types.ts'
