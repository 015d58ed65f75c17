/**
 * people: who there is and who lives where, from when to when. Others ask for one person or one
 * resident by id; there is no list of people for a screen. Names keep their characters (NFC).
 * Keeps: the register, while the person lives here.
 */
export { ageOn } from './decide.ts'
export {
  addPerson,
  countResidents,
  everybody,
  namesOf,
  peopleNamed,
  personOf,
  residentOf,
  residentsBornBy,
} from './store.ts'
export { homesOf, moveIn, moveOut, ownsIn, residentsOf } from './homes/index.ts'
export {
  addNumbers,
  bornOnIn,
  idNumberIn,
  masked,
  numberOf,
  peopleByNumber,
  phoneIn,
} from './numbers/index.ts'
export { registerPeople, type NewPerson } from './registering/index.ts'
export { openRoutes } from './routes.ts'
export { indexPeople } from './searching/index.ts'
