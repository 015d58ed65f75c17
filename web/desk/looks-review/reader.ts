import type { looksToReview } from '../../../src/ground/privacy/reviewing/api.ts'
import type { Output } from '../../../src/kernel/endpoint.ts'
import { readLook } from '../../shell/look.ts'
import { useBookWords, useLanguage, useRegisterWords } from '../../shell/words.tsx'

type Look = Omit<Output<typeof looksToReview>['reviews'][number], 'dueAt' | 'openedAt'>

/** A look in the words of the book, said to somebody whom it was not about. */
export function useLookReader(): (look: Look) => ReturnType<typeof readLook> {
  const own = useRegisterWords().reviewing
  const book = useBookWords()
  const language = useLanguage()
  const words = { ...book, fields: { ...book.fields, ...own.fields } }
  return (look) => readLook({ ...look, rule: null, ruleVersion: null }, { words, language })
}
