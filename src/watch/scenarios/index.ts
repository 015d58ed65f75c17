/**
 * scenarios: when these facts meet, tell that person. The kernel is the only judge of silence; it
 * cannot be given a plan without the proof of consent, and the consent's row is looked at once more
 * in the transaction that would send somebody. A finding, its task and the note to the worker are
 * one transaction. Outcomes score the rule's version.
 * Keeps: the newest sign of life per watched plan, gone when consent ends; findings one year, leads
 * 14 days, that a lead was looked at until the rule's pause is over.
 */
import { dayMs } from '../../kernel/clock.ts'
import type { Keeps } from '../../ground/privacy/index.ts'
import type { Scenarios } from './actions.ts'
import { deleteFindingsBefore } from './found/index.ts'

export {
  isInForce,
  judge,
  letGo,
  openScenarios,
  setAway,
  silenceRuleOf,
  watchPlan,
} from './actions.ts'
export { listens } from './listens.ts'
export { openRoutes } from './routes.ts'
export type { Scenarios } from './actions.ts'
export { goOn, sendHelp, settleMs } from './judging/index.ts'
export { careSilence, overcrowding } from './types.ts'
export * from './kernel/index.ts'
export * from './definition/index.ts'
export * from './trial/index.ts'
export { addEnded, endFindings, findingsWithoutTask, waitingAbout } from './found/index.ts'
export { stopPurpose } from './stopping/index.ts'
export { keeper } from './own/index.ts'
export { judgedPosition } from './store.ts'

export function keeps(scenarios: Scenarios): Keeps[] {
  return [
    {
      purpose: 'task',
      what: 'findings older than a year',
      expire: (now) =>
        scenarios.given.db.asOwner((tx) => deleteFindingsBefore(tx, now - 365 * dayMs)),
    },
  ]
}
