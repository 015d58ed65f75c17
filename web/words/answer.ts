/** Words for a chosen contact, who signs in nowhere: drawn on the server alone. */
import { answer as english } from './en/answer.ts'
import type { Language } from './index.ts'
import { answer as chinese } from './zh-CN/answer.ts'

export type AnswerWords = typeof chinese

export function answerWordsOf(language: Language): AnswerWords {
  return language === 'en' ? english : chinese
}
