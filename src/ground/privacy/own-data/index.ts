/**
 * My data: each room says what it has of one person, and this folder reads it to them, copies it
 * out, has it put right and has it erased, or says at once why not yet. Every request has a clock;
 * at the station somebody takes it down for whoever has no telephone.
 * Keeps: requests, three years after they were answered.
 */
export { closeAgain } from './ending.ts'
export { partOf } from './facts.ts'
export { forgetAgain, forgetWhoLeft } from './forgetting.ts'
export { own as ownKeeper, type PagesOf, type PersonOf, type Taken } from './reading.ts'
export { openOwnDataRoutes } from './routes.ts'
export { deleteOwnRequestsBefore } from './store.ts'
export {
  fieldKeys,
  fields,
  partKeys,
  parts,
  type About,
  type Fact,
  type FieldKey,
  type Hold,
  type Keeper,
  type Part,
  type PartKey,
} from './types.ts'
