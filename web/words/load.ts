import type { Language, Words } from './index.ts'
import type { book } from './zh-CN/book.ts'
import type { centre } from './zh-CN/centre.ts'
import type { desk } from './zh-CN/desk.ts'
import type { devices } from './zh-CN/devices.ts'
import type { resident } from './zh-CN/resident.ts'
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

export async function loadResidentWords(language: Language): Promise<typeof resident> {
  return language === 'en'
    ? (await import('./en/resident.ts')).resident
    : (await import('./zh-CN/resident.ts')).resident
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
