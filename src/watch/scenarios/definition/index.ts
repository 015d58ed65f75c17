/** definition: a rule as data: its shape, what is refused and why, and the rules that ship. */
export {
  actKinds,
  dayKinds,
  definition,
  leafKinds,
  tellKinds,
  type Definition,
  type Leaf,
  type Only,
  type Signal,
  type Step,
  type Tell,
  type When,
} from './schema.ts'
