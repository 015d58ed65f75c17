/** Words of what somebody agreed to: for that page alone, since no other page needs them. */
import { consents as english } from './en/consents.ts'
import type { Language } from './index.ts'
import { consents as chinese } from './zh-CN/consents.ts'

export type ConsentWords = typeof chinese

export function consentWordsOf(language: Language): ConsentWords {
  return language === 'en' ? english : chinese
}
