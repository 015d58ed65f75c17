/** Words of the pages by which one comes in: drawn on the server alone, so no phone loads them. */
import { entry as english } from './en/entry.ts'
import type { Language } from './index.ts'
import { entry as chinese } from './zh-CN/entry.ts'

export type EntryWords = typeof chinese

export function entryWordsOf(language: Language): EntryWords {
  return language === 'en' ? english : chinese
}
