/**
 * tasks: one task, one responsible person, one clock. One open task per (rule, subject), kept by
 * the database. History and state change in one statement. Nobody else escalates or closes.
 * Keeps: tasks, one year after closing; a person's content goes at once when their consent ends.
 */
import { dayMs } from '../../kernel/clock.ts'
import type { Given } from '../../platform/given.ts'
import type { Keeps } from '../../ground/privacy/index.ts'
import { forgetOlder } from './store.ts'

export { openTask, openTaskOf, withdraw } from './actions.ts'
export { countOpen, forget, lastClosed, openTasks, tasksAbout } from './store.ts'
export { openRoutes } from './routes.ts'
export type { Asked, Facts, Task } from './types.ts'

export function keeps(given: Given): Keeps[] {
  return [
    {
      purpose: 'task',
      what: 'tasks a year after closing',
      expire: (now) => given.db.asOwner((tx) => forgetOlder(tx, now - 365 * dayMs)),
    },
  ]
}
