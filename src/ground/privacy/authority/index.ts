/**
 * What authorities ask for: one person or one home a request, with the law and the paper that it
 * rests on, decided by a second officer, over after 30 days, shown to whom it told of after a term
 * that ends by itself, counted in public. Keeps: the requests, as
 * long as the looks that name them and a year more.
 */
export type { WhomItTells } from './authority.ts'
export { openAuthorityRoutes } from './routes.ts'
export { deleteAuthorityBefore } from './store.ts'
