/**
 * asking: a rule that wants to know asks the person before anybody is sent. One tap answers all
 * that is open; what nobody answers is told when its time is over. A human answer, whoever gave it,
 * ends every step. The door of this folder.
 */
export { isNotBegun, saidFine, saidHelp } from './answering.ts'
export {
  askPerson,
  dropQuestion,
  dropQuestions,
  expireQuestions,
  mayTell,
  questionOf,
} from './asking.ts'
export {
  addQuestion,
  endOpen,
  forgetQuestions,
  openContactQuestion,
  openQuestions,
  peopleAsked,
} from './store.ts'
export type { AskedContact, Question } from './types.ts'
