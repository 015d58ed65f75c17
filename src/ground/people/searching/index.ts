/**
 * searching: the words by which people are found, and finding them, within the asker's own scope.
 * The door of this folder.
 */
export { indexPeople, indexTheRest, wordsFor } from './indexing.ts'
export { openSearchRoutes } from './routes.ts'
