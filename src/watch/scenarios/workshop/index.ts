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
export { addShadowFinding, judgedVersions, newestOutcomes } from './store.ts'
export type { Version } from './types.ts'
