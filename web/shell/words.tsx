import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Language, Words } from '../words/index.ts'

export type Spoken = { language: Language; words: Words }

/** Which language a page speaks; the page's frame provides it. */
export const WordsContext = createContext<Spoken | null>(null)

export function useWords(): Words {
  return useSpoken().words
}

export function useLanguage(): Language {
  return useSpoken().language
}

function useSpoken(): Spoken {
  const spoken = useContext(WordsContext)
  if (!spoken) throw new Error('this part of a page stands outside WordsContext.Provider')
  return spoken
}
