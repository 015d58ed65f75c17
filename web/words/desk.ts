/** Words of a worker's pages alone: apart from the others, since no resident's phone needs them. */
import { desk as english } from './en/desk.ts'
import type { Language } from './index.ts'
import { desk as chinese } from './zh-CN/desk.ts'

export function deskWordsOf(language: Language): typeof chinese {
  return language === 'en' ? english : chinese
}
