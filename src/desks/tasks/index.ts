/**
 * tasks: one task, one responsible person, one clock. One open task per (rule, subject), kept by
 * the database. History and state change in one statement. A task climbs by itself until somebody
 * answers (`climb`), and each minute it is proven that none fell through (`lookOver`). Who was told
 * sees who is on it and may take it; nobody else sees anything. Nobody else escalates or closes.
 * What a resident reports about a place is such a task, and never says who reported it.
 * Keeps: tasks with their pictures, one year after closing; a person's content goes at once when
 * their consent ends; of a check of a home that confirmed nothing only the outcome, at once, at the
 * latest after 14 days; each minute's proof a week.
 */
import { dayMs, type Instant } from '../../kernel/clock.ts'
import type { Given } from '../../platform/given.ts'
import type { Tx } from '../../platform/sql.ts'
import type { Keeps } from '../../ground/privacy/index.ts'
import { expireChecks } from './actions.ts'
import { forgetOlder, forgetProofs } from './keeping/index.ts'
import { forgetReporters } from './reporting/index.ts'

export { joinTask, openTask, openTaskOf, taskAbout, withdraw, withdrawVisits } from './actions.ts'
export { bringIn, broughtMax, type Ended } from './bringing/index.ts'
export { decideAct } from './acting/index.ts'
export {
  climb,
  decideClimb,
  decideMove,
  decideOpening,
  hurryTask,
  lookOver,
  nextLook,
  openClimbing,
  rosterOf,
} from './climbing/index.ts'
export { forget } from './keeping/index.ts'
export { listens } from './listens.ts'
export { countOpen, endsFor, lastClosed, openTasks, taskNamed, tasksAbout } from './store.ts'
export * from './figures/index.ts'
export { openRoutes } from './routes.ts'
export { keeper } from './own/index.ts'
export { acknowledgeMs, outcomesOf } from './decide.ts'
export type {
  Act,
  Asked,
  Change,
  Concerned,
  Facts,
  Signal,
  Somebody,
  Task,
  TaskKind,
  Tier,
} from './types.ts'

/** A lead that nobody verified (rules §8). */
const leadDays = 14

/** In one transaction: no reporter outlives the matter. */
async function forgetAll(tx: Tx, before: Instant): Promise<number> {
  return (await forgetReporters(tx, before)) + (await forgetOlder(tx, before))
}

export function keeps(given: Given): Keeps[] {
  return [
    {
      purpose: 'crowding-check',
      what: 'leads of 14 days ago that nobody confirmed',
      expire: (now) => expireChecks(given, now - leadDays * dayMs),
    },
    {
      purpose: 'task',
      what: 'tasks, their pictures, reports and sealed reporters a year after closing',
      expire: (now) => given.db.asOwner((tx) => forgetAll(tx, now - 365 * dayMs)),
    },
    {
      purpose: 'operation',
      what: 'what the look of each minute said, after a week',
      expire: (now) => given.db.asOwner((tx) => forgetProofs(tx, now - 7 * dayMs)),
    },
  ]
}
