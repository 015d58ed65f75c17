/**
 * proving: which person of a home an account is. By a code on a letter to the home, at the station,
 * or by an adult of the household. What is taken already, or not in the register, becomes a claim
 * that a person decides; nobody is merged in silence.
 */
export { accountByStationCode } from './station.ts'
export { openProvingRoutes } from './routes.ts'
export { deleteProofsOver, endLettersBut } from './store.ts'
