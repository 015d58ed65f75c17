/**
 * Whoever reads in the book that somebody looked may ask why. Whoever is in charge of the body that
 * looked answers within five working days; how many wait is public. An answer is for the one who
 * asked. Keeps: questions with their answers, as long as the look that they are about.
 */
export { openAskingRoutes } from './routes.ts'
export { countAsked } from './store.ts'
export type { PostsHeld } from './types.ts'
