/**
 * care: agreed care. The person agrees, chooses contacts, says when away, ends it with one tap.
 * A worker sees the person's card only from an open visit of their own, and the person sees that.
 * Keeps: the plan and its contacts while the consent lives; nothing after.
 */
export { listens } from './listens.ts'
export { openRoutes } from './routes.ts'
export type { CareGiven } from './actions.ts'
