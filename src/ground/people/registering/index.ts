/**
 * registering: many persons at once, with their numbers, homes and words. The door of this folder.
 */
export { registerPeople, type NewPerson } from './registering.ts'
