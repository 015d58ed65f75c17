/** person: one person's page, for a matter on record. The door of this folder. */
export { openPerson, showNumber, type Above, type TaskAbout } from './person.ts'
