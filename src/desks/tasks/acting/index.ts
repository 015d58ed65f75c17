/** Acting: what a person does with a task, one step at a time, and what each may do next. */
export { act, acknowledgeAll, arriveByTag } from './act.ts'
export { believedDoneAt, decideAct, nextActs, otherActs } from './decide.ts'
