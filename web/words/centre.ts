/** Words of the duty seat: apart from the others, since no worker's phone needs them. */
import { centre as english } from './en/centre.ts'
import type { Language } from './index.ts'
import { centre as chinese } from './zh-CN/centre.ts'

export function centreWordsOf(language: Language): typeof chinese {
  return language === 'en' ? english : chinese
}
