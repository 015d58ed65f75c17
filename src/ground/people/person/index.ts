/** person: one person's page, for a matter on record. The door of this folder. */
export { whoIs, type Above, type TaskAbout } from './person.ts'
export { openPersonRoutes } from './routes.ts'
