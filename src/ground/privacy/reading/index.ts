/**
 * The book as the person reads it: each look with what came of it, when everything was copied, and
 * the name behind a post. Another person never appears in it. Keeps nothing.
 */
export { openReadingRoutes } from './routes.ts'
export { lookAt } from './store.ts'
export { tellWhomItIsAbout } from './telling.ts'
export type { NameOf, Result, TaskEnds } from './types.ts'
