/** definition: a rule as data: its shape, what is refused and why, and the rules that ship. */
export { checkDefinition, type Checked } from './check.ts'
export { ruleSchemaNow } from './json-schema.ts'
export { differenceOf, type Change } from './difference.ts'
export { checkText, exportRules, readRules } from './exchange.ts'
export { leavesOf } from './leaves.ts'
export { definition } from './schema.ts'
export type {
  CheckContext,
  CheckedDefinition,
  Definition,
  Leaf,
  Only,
  Problem,
  ProblemWord,
  Signal,
  Step,
  Tell,
  When,
} from './types.ts'
export { shippedRules, type ShippedRule } from './shipped/index.ts'
