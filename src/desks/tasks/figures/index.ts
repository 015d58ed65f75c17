/** Figures of tasks for who looks at a whole street: counts and clocks, no home and no person. */
export {
  countClosedIn,
  fellThroughByStreet,
  figuresOf,
  firstOpened,
  historyOf,
  inHand,
  lastProof,
  mattersIn,
  mattersMax,
  openByStreet,
  openMatters,
  type Within,
} from './store.ts'
export type { KindFigures, OpenMatter, Proof, Took, Urgency } from './types.ts'
