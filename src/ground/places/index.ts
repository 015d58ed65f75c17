/**
 * places: where everything is. City › district › street › committee come from the national register
 * (codes are keys, names repeat); compound › building › stair › home belong to a street.
 * Others ask for a home's place and its committee, and which door a tag stands at. Keeps nothing
 * personal.
 */
export { committeeOf, placeOf } from './actions.ts'
export { buildingsOf, compoundsIn, divisionNamed, divisionsUnder, placesOf } from './store.ts'
export {
  addPlaces,
  lockPlaces,
  registerOf,
  takenFrom,
  type PlaceRegister,
} from './importing/index.ts'
export { openRoutes } from './routes.ts'
export { placeOfTag } from './tags/index.ts'
export type { Place } from './types.ts'
