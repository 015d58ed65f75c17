/**
 * people: who there is and who lives where, from when to when. Others ask for one person or one
 * resident by id; there is no list of people for a screen. Names keep their characters (NFC).
 * Keeps: the register, while the person lives or owns here, and a year more; what was decided on
 * a number, 90 days; that files came in and left, three years and more.
 */
import { dayMs } from '../../kernel/clock.ts'
import type { Given } from '../../platform/given.ts'
import type { Keeps } from '../privacy/index.ts'
import { deleteChangesBefore, lapseChanges } from './changes/index.ts'
import { deleteExportsBefore } from './exporting/index.ts'

export { ageOn } from './decide.ts'
export {
  addPerson,
  countResidents,
  everybody,
  leftBefore,
  namesOf,
  peopleNamed,
  personOf,
  residentOf,
  residentsBornBy,
} from './store.ts'
export { homesOf, ownsIn, residentsOf } from './homes/index.ts'
export { countPeople, kinOf } from './kin/index.ts'
export { addNumbers, alikeBy, isNumberDoubled, masked, numberOf, phoneIn } from './numbers/index.ts'
export {
  importsKept,
  openImportRoutes,
  type NewBody,
  type NewPost,
  type StaffDoor,
} from './importing/index.ts'
export { openExportRoutes } from './exporting/index.ts'
export { whoIs } from './person/index.ts'
export { registerPeople, type NewPerson } from './registering/index.ts'
export { openRoutes } from './routes.ts'
export { sealedParts, sealWhatIsClear } from './sealing/index.ts'
export { keeper } from './own/index.ts'
export { indexPeople, wordsFor } from './searching/index.ts'

const changeKeptMs = 90 * dayMs
/** The looks at whom a file told of are kept three years; their record a year more. */
const exportKeptMs = 4 * 366 * dayMs

export function keeps({ db }: Given): Keeps[] {
  return [
    {
      purpose: 'register',
      what: 'numbers that waited for a second worker past their term',
      expire: (now) => db.asOwner((tx) => lapseChanges(tx, now)),
    },
    {
      purpose: 'register',
      what: 'who decided on a number, older than 90 days',
      expire: (now) => db.asOwner((tx) => deleteChangesBefore(tx, now - changeKeptMs)),
    },
    {
      purpose: 'access-record',
      what: 'records of exports older than the looks that name them',
      expire: (now) => db.asOwner((tx) => deleteExportsBefore(tx, now - exportKeptMs)),
    },
  ]
}
