/** Words of everybody who works here: apart from the others, since no resident’s phone needs them. */
import { work as english } from './en/work.ts'
import type { Language, Words } from './index.ts'
import { work as chinese } from './zh-CN/work.ts'

export type WorkWords = Words & typeof chinese

export function workWordsOf(language: Language): typeof chinese {
  return language === 'en' ? english : chinese
}
