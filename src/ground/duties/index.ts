/**
 * duties: bodies, posts, who holds them, leave. One question is answered here and nowhere else:
 * who is responsible for this home, now? Committee posts by rank, then the street's officers.
 * Shifts and rosters come with dispatch. Keeps: posts, while they are held.
 */
export { postNamed, postOf, responsibleFor } from './actions.ts'
export { heldPosts, streetsOpen } from './store.ts'
export { openRoutes } from './routes.ts'
export type { HeldPost, Responsible } from './types.ts'
