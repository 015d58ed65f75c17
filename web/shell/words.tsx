import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Language, Words } from '../words/index.ts'
import type { centre } from '../words/zh-CN/centre.ts'
import type { desk } from '../words/zh-CN/desk.ts'
import type { devices } from '../words/zh-CN/devices.ts'
import type { scenarios } from '../words/zh-CN/scenarios.ts'

/** `desk`, `devices`, `scenarios`, `centre`: only where their pages are drawn. */
export type Spoken = {
  language: Language
  words: Words
  desk?: DeskWords
  devices?: DeviceWords
  scenarios?: ScenarioWords
  centre?: CentreWords
  /** In the browser: those of the other language, where somebody wants to read both. */
  loadScenarios?: (language: Language) => Promise<ScenarioWords>
}
export type DeskWords = typeof desk
export type DeviceWords = typeof devices
export type ScenarioWords = typeof scenarios
export type CentreWords = typeof centre

/** Which language a page speaks; the page's frame provides it. */
export const WordsContext = createContext<Spoken | null>(null)

export function useWords(): Words {
  return useSpoken().words
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
