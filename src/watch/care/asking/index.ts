/**
 * asking: a rule that wants to know asks the person before anybody is sent. One tap answers all
 * that is open; what nobody answers is told when its time is over. The door of this folder.
 */
export { answerAll, askPerson, dropQuestion, expireQuestions, questionOf } from './asking.ts'
export { dropQuestions, forgetQuestions } from './store.ts'
export type { Question } from './types.ts'
