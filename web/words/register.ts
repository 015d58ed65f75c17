/** Words of the register's pages: apart from the others, since no resident's phone needs them. */
import { register as english } from './en/register.ts'
import type { Language } from './index.ts'
import { register as chinese } from './zh-CN/register.ts'

export function registerWordsOf(language: Language): typeof chinese {
  return language === 'en' ? english : chinese
}
