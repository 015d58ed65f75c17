/**
 * homes: households, who lives in a home and how, who owns it, and its area by source. All of it
 * is dated: what ended stays with its day. The door of this folder.
 */
export { moveIn, type MovedIn } from './moving.ts'
export {
  addHouseholds,
  addShares,
  areasOf,
  homesOf,
  homesOfMany,
  isInScope,
  openHouseholds,
  ownersOf,
  ownsIn,
  residentsOf,
} from './store.ts'
export { areaIn, areaText, areaThatCounts, isWithin, isWithinWhole } from './decide.ts'
export type { AreaSource, HomeOf, OwnerKind, Relation, Share, Tenure } from './types.ts'
