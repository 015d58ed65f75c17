import type { Language, Words } from './index.ts'
import type { ResidentWords } from './resident.ts'
import type { book } from './zh-CN/book.ts'
import type { centre } from './zh-CN/centre.ts'
import type { desk } from './zh-CN/desk.ts'
import type { devices } from './zh-CN/devices.ts'
import type { consents } from './zh-CN/consents.ts'
import type { ownData } from './zh-CN/own-data.ts'
import type { register } from './zh-CN/register.ts'
import type { scenarios } from './zh-CN/scenarios.ts'
import type { work } from './zh-CN/work.ts'

/** The words of one language alone: a phone need not load those it does not show. */
export async function loadWords(language: Language): Promise<Words> {
  return language === 'en'
    ? (await import('./en/index.ts')).english
    : (await import('./zh-CN/index.ts')).chinese
}

type Parts = Record<Language, () => Promise<Partial<ResidentWords>>>

const passes: Parts = {
  'zh-CN': () => import('./zh-CN/passes.ts'),
  en: () => import('./en/passes.ts'),
}

/** What one page of residents says and the others do not, under its path. */
const own: Readonly<Record<string, Parts>> = {
  '/visitors': {
    'zh-CN': () => import('./zh-CN/visitors.ts'),
    en: () => import('./en/visitors.ts'),
  },
  '/report': {
    'zh-CN': () => import('./zh-CN/reporting.ts'),
    en: () => import('./en/reporting.ts'),
  },
  '/helpers': {
    'zh-CN': () => import('./zh-CN/acting-for.ts'),
    en: () => import('./en/acting-for.ts'),
  },
  '/my-home': {
    'zh-CN': () => import('./zh-CN/my-home.ts'),
    en: () => import('./en/my-home.ts'),
  },
  '/care': {
    'zh-CN': () => import('./zh-CN/caring.ts'),
    en: () => import('./en/caring.ts'),
  },
  '/consents': {
    'zh-CN': () => import('./zh-CN/terms.ts'),
    en: () => import('./en/terms.ts'),
  },
  '/pass': passes,
  '/desk/door': passes,
}

/** What every page of residents may say, and what the one at this path says for itself. */
export async function loadResidentWords(
  language: Language,
  path: string,
): Promise<Partial<ResidentWords>> {
  const common = language === 'en' ? import('./en/resident.ts') : import('./zh-CN/resident.ts')
  const [{ resident }, more] = await Promise.all([common, own[path]?.[language]()])
  return { ...resident, ...more }
}

export async function loadBookWords(language: Language): Promise<typeof book> {
  return language === 'en'
    ? (await import('./en/book.ts')).book
    : (await import('./zh-CN/book.ts')).book
}

export async function loadDeskWords(language: Language): Promise<typeof desk> {
  return language === 'en'
    ? (await import('./en/desk.ts')).desk
    : (await import('./zh-CN/desk.ts')).desk
}

export async function loadDeviceWords(language: Language): Promise<typeof devices> {
  return language === 'en'
    ? (await import('./en/devices.ts')).devices
    : (await import('./zh-CN/devices.ts')).devices
}

export async function loadScenarioWords(language: Language): Promise<typeof scenarios> {
  return language === 'en'
    ? (await import('./en/scenarios.ts')).scenarios
    : (await import('./zh-CN/scenarios.ts')).scenarios
}

export async function loadRegisterWords(language: Language): Promise<typeof register> {
  return language === 'en'
    ? (await import('./en/register.ts')).register
    : (await import('./zh-CN/register.ts')).register
}

export async function loadCentreWords(language: Language): Promise<typeof centre> {
  return language === 'en'
    ? (await import('./en/centre.ts')).centre
    : (await import('./zh-CN/centre.ts')).centre
}

/** Of the pages that show somebody all that is kept of them. */
export async function loadConsentWords(language: Language): Promise<typeof consents> {
  return language === 'en'
    ? (await import('./en/consents.ts')).consents
    : (await import('./zh-CN/consents.ts')).consents
}

export async function loadOwnDataWords(language: Language): Promise<typeof ownData> {
  return language === 'en'
    ? (await import('./en/own-data.ts')).ownData
    : (await import('./zh-CN/own-data.ts')).ownData
}

/** Those of everybody who works here, beside the common ones. */
export async function loadWorkWords(language: Language): Promise<typeof work> {
  return language === 'en'
    ? (await import('./en/work.ts')).work
    : (await import('./zh-CN/work.ts')).work
}
