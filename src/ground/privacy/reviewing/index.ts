/**
 * Looks that are unusual, and one in a hundred drawn by lot, are looked at again: by a post outside
 * the line of command, never of the looker's own body. Whoever reviews is in the book too. What was
 * not right is said to the person, and to whoever is in charge. Keeps: reviews, as long as the
 * looks (3 y); they hold nobody.
 */
export { judgeLooks, type Around } from './judging.ts'
export type { ReviewDuties } from './reviewing.ts'
export { openReviewRoutes } from './routes.ts'
export { deleteReviewsBefore, wrongAmong } from './store.ts'
