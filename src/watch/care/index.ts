/**
 * care: agreed care. The person agrees, chooses contacts, says when away, ends it with one tap.
 * Where a rule wants to know of the person, they are asked here first and answer with one tap. The
 * wandering guard is a second, separate agreement beside it. A worker sees the person's card only
 * from an open visit of their own, and the person sees that.
 * Keeps: the plan and its contacts while the consent lives, questions three days after they ended;
 * nothing after.
 */
import { dayMs } from '../../kernel/clock.ts'
import type { Given } from '../../platform/given.ts'
import type { Keeps } from '../../ground/privacy/index.ts'
import { forgetQuestions } from './asking/index.ts'

export { expireQuestions } from './asking/index.ts'
export { listens } from './listens.ts'
export { openRoutes } from './routes.ts'
export type { CareGiven } from './actions.ts'

const endedDays = 3

export function keeps(given: Given): Keeps[] {
  return [
    {
      purpose: 'agreed-care',
      what: 'questions that ended three days ago',
      expire: (now) => given.db.asOwner((tx) => forgetQuestions(tx, now - endedDays * dayMs)),
    },
  ]
}
