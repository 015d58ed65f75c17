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
export { addNumbers, numberOf, peopleByNumber, phoneIn } from './numbers/index.ts'
export { openRoutes } from './routes.ts'
