/**
 * importing: a street's places as a whole, and many new ones at once. What a file says of them is
 * read where the register is imported; here they are listed, added and counted on. The door of this
 * folder.
 */
export { addPlaces, lockPlaces, registerOf, takenFrom } from './store.ts'
export type { NewPlaces, PlaceRegister } from './types.ts'
