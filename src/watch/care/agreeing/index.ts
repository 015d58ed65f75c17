/**
 * agreeing: how an agreement begins, in the person's own words or on paper: the consent, the plan,
 * and for whoever agreed to sensors the judge. The door of this folder.
 */
export { beginPlan, purposeOf, type Wish } from './agreeing.ts'
