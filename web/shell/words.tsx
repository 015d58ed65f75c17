import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Language, Words } from '../words/index.ts'
import type { EntryWords } from '../words/entry.ts'
import type { AnswerWords } from '../words/answer.ts'
import type { BookWords } from '../words/book.ts'
import type { ConsentWords } from '../words/consents.ts'
import type { OwnDataWords } from '../words/own-data.ts'
import type { ResidentWords } from '../words/resident.ts'
import type { WorkWords } from '../words/work.ts'
import type { centre } from '../words/zh-CN/centre.ts'
import type { desk } from '../words/zh-CN/desk.ts'
import type { devices } from '../words/zh-CN/devices.ts'
import type { register } from '../words/zh-CN/register.ts'
import type { scenarios } from '../words/zh-CN/scenarios.ts'
import type { work } from '../words/zh-CN/work.ts'

/** `work`, `resident`, `desk`, `devices`, `scenarios`, `centre`, `register`: only where their pages are drawn. */
export type Spoken = {
  language: Language
  words: Words
  work?: typeof work
  /** Those parts that this page needs. */
  resident?: Partial<ResidentWords>
  desk?: DeskWords
  devices?: DeviceWords
  scenarios?: ScenarioWords
  centre?: CentreWords
  register?: RegisterWords
  consents?: ConsentWords
  ownData?: OwnDataWords
  book?: BookWords
  entry?: EntryWords
  answer?: AnswerWords
  /** In the browser: those of the other language, where somebody wants to read both. */
  loadScenarios?: (language: Language) => Promise<ScenarioWords>
}
export type CareWords = Words['care'] & ResidentWords['caring']
export type DeskWords = typeof desk
export type DeviceWords = typeof devices
export type ScenarioWords = typeof scenarios
export type CentreWords = typeof centre
export type RegisterWords = typeof register

/** Which language a page speaks; the page's frame provides it. */
export const WordsContext = createContext<Spoken | null>(null)

export function useWords(): Words {
  return useSpoken().words
}

/** The common words and those of everybody who works here. */
export function useWorkWords(): WorkWords {
  const { words, work } = useSpoken()
  if (!work) throw new Error('this page was started without the words of those who work here')
  return { ...words, ...work }
}

/** One part of the words of residents’ pages: a page comes with those that it needs. */
export function useResidentWords<Part extends keyof ResidentWords>(
  part: Part,
): ResidentWords[Part] {
  const words = useSpoken().resident?.[part]
  if (!words) throw new Error(`this page was started without the words of ${part}`)
  return words
}

/** The common words of care and those of its page. */
export function useCareWords(): CareWords {
  return { ...useWords().care, ...useResidentWords('caring') }
}

export function useDeskWords(): DeskWords {
  const { desk } = useSpoken()
  if (!desk) throw new Error('this page was started without the words of a worker’s pages')
  return desk
}

export function useDeviceWords(): DeviceWords {
  const { devices } = useSpoken()
  if (!devices) throw new Error('this page was started without the words of the device pages')
  return devices
}

export function useScenarioWords(): ScenarioWords {
  const { scenarios } = useSpoken()
  if (!scenarios) throw new Error('this page was started without the words of the rules’ pages')
  return scenarios
}

export function useCentreWords(): CentreWords {
  const { centre } = useSpoken()
  if (!centre) throw new Error('this page was started without the words of the duty seat')
  return centre
}

export function useRegisterWords(): RegisterWords {
  const { register } = useSpoken()
  if (!register) throw new Error('this page was started without the words of the register')
  return register
}

export function useBookWords(): BookWords {
  const { book } = useSpoken()
  if (!book) throw new Error('this page was started without the words of the book of looks')
  return book
}

export function useConsentWords(): ConsentWords {
  const { consents } = useSpoken()
  if (!consents) throw new Error('this page was started without the words of agreements')
  return consents
}

export function useOwnDataWords(): OwnDataWords {
  const { ownData } = useSpoken()
  if (!ownData) throw new Error('this page was started without the words of everybody’s own data')
  return ownData
}

export function useEntryWords(): EntryWords {
  const { entry } = useSpoken()
  if (!entry) throw new Error('this page was drawn without the words of signing in')
  return entry
}

export function useAnswerWords(): AnswerWords {
  const { answer } = useSpoken()
  if (!answer) throw new Error('this page was drawn without the words for a contact')
  return answer
}

export function useLoadScenarios(): (language: Language) => Promise<ScenarioWords> {
  const { loadScenarios } = useSpoken()
  return loadScenarios ?? (() => Promise.reject(new Error('this page loads no other words')))
}

export function useLanguage(): Language {
  return useSpoken().language
}

function useSpoken(): Spoken {
  const spoken = useContext(WordsContext)
  if (!spoken) throw new Error('this part of a page stands outside WordsContext.Provider')
  return spoken
}
