/** Words of the rules' pages: apart from the others, since no resident's phone needs them. */
import { scenarios as english } from './en/scenarios.ts'
import type { Language } from './index.ts'
import { scenarios as chinese } from './zh-CN/scenarios.ts'

export function scenarioWordsOf(language: Language): typeof chinese {
  return language === 'en' ? english : chinese
}
