/**
 * first-run: from an empty town to the first officer, and from one officer to the next. No password
 * exists and nobody is listed: the first way in is one link, made at random, good for a day and one
 * use; every further one is made by an officer for whoever holds a post.
 */
export { isOpening, openOpening, type Finding } from './links.ts'
export { openFirstRunRoutes } from './routes.ts'
export { deleteOpenings } from './store.ts'
