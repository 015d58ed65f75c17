/**
 * tasks: one task, one responsible person, one clock. One open task per (rule, subject), kept by
 * the database. History and state change in one statement. Nobody else escalates or closes.
 * Keeps: tasks, one year after closing; a person's content goes at once when their consent ends; of
 * a check of a home that confirmed nothing only the outcome, at once, at the latest after 14 days.
 */
import { dayMs } from '../../kernel/clock.ts'
import type { Given } from '../../platform/given.ts'
import type { Keeps } from '../../ground/privacy/index.ts'
import { expireChecks } from './actions.ts'
import { forgetOlder } from './store.ts'

export { joinTask, openTask, openTaskOf, withdraw, withdrawVisits } from './actions.ts'
export { countOpen, forget, lastClosed, openTasks, tasksAbout } from './store.ts'
export { openRoutes } from './routes.ts'
export { outcomesOf } from './decide.ts'
export type { Asked, Facts, Signal, Task, TaskKind } from './types.ts'

/** A lead that nobody verified (rules §8). */
const leadDays = 14

export function keeps(given: Given): Keeps[] {
  return [
    {
      purpose: 'crowding-check',
      what: 'leads of 14 days ago that nobody confirmed',
      expire: (now) => expireChecks(given, now - leadDays * dayMs),
    },
    {
      purpose: 'task',
      what: 'tasks a year after closing',
      expire: (now) => given.db.asOwner((tx) => forgetOlder(tx, now - 365 * dayMs)),
    },
  ]
}
