/** workshop: a street's versions of its rules, who made them and why, how often they were right. */
export {
  act,
  adoptShipped,
  checkRule,
  draftRule,
  exportRules,
  importRules,
  listRules,
  oneRule,
  stopRule,
} from './actions.ts'
export { thoseAllowed } from './allowed.ts'
export { isStreamed } from './decide.ts'
export { addShadowFinding, judgedVersions, newestOutcomes, versions } from './store.ts'
export type { Version } from './types.ts'
