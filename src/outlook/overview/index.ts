/**
 * overview: the centre's picture of a street, made only from the others' doors. It stops at the
 * neighbourhood: no stair, no home, nobody's name. Whoever has to know more opens the task itself,
 * if they are concerned in it.
 * Keeps: how much was heard each minute, 36 days, so that a day can be called usual.
 */
import { dayMs } from '../../kernel/clock.ts'
import type { Given } from '../../platform/given.ts'
import type { Keeps } from '../../ground/privacy/index.ts'
import { deleteMinutesBefore } from './store.ts'

export { openPulse, type Pulse } from './pulse/index.ts'
export { openRoutes } from './routes.ts'
export type { OverviewGiven } from './actions.ts'

const keptDays = 36

export function keeps(given: Given): Keeps[] {
  return [
    {
      purpose: 'operation',
      what: 'minutes of the pulse older than 36 days',
      expire: (now) => given.db.asOwner((tx) => deleteMinutesBefore(tx, now - keptDays * dayMs)),
    },
  ]
}
