/** Words of a worker's pages alone: apart from the others, since no resident's phone needs them. */
import { resident as english } from './en/resident.ts'
import type { Language } from './index.ts'
import { resident as chinese } from './zh-CN/resident.ts'

export function residentWordsOf(language: Language): typeof chinese {
  return language === 'en' ? english : chinese
}
