/** keeper: which one post of a street may open who reported something, and who names it. */
export { keepsReporters, nameKeeper, reporterKeeper } from './keeper.ts'
