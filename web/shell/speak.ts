import { wordsOf, type Language } from '../words/index.ts'
import type { Spoken } from './words.tsx'

/** The value for `WordsContext` where both languages are at hand: on the server. */
export function speak(language: Language): Spoken {
  return { language, words: wordsOf(language) }
}
