/** Words of the book of looks: apart from the others, since most pages do not open it. */
import { book as english } from './en/book.ts'
import type { Language } from './index.ts'
import { book as chinese } from './zh-CN/book.ts'

export type BookWords = typeof chinese

export function bookWordsOf(language: Language): BookWords {
  return language === 'en' ? english : chinese
}
