/** All words of the pages, by room, in both languages. A missing translation does not compile. */

import { english } from './en/index.ts'
import { chinese } from './zh-CN/index.ts'

export type Language = 'zh-CN' | 'en'

export const languages: readonly Language[] = ['zh-CN', 'en']

export type Words = typeof chinese

/** The words of one language; `words.care.…` are those of the room `care`. */
export function wordsOf(language: Language): Words {
  return language === 'en' ? english : chinese
}
