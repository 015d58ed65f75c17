/** Words of everybody’s own data: for their page, the station’s, and the copy they take along. */
import { ownData as english } from './en/own-data.ts'
import type { Language } from './index.ts'
import { ownData as chinese } from './zh-CN/own-data.ts'

export type OwnDataWords = typeof chinese

export function ownDataWordsOf(language: Language): OwnDataWords {
  return language === 'en' ? english : chinese
}
