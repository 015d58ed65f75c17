import type { Language, Words } from './index.ts'
import type { devices } from './zh-CN/devices.ts'
import type { scenarios } from './zh-CN/scenarios.ts'

/** The words of one language alone: a phone need not load those it does not show. */
export async function loadWords(language: Language): Promise<Words> {
  return language === 'en'
    ? (await import('./en/index.ts')).english
    : (await import('./zh-CN/index.ts')).chinese
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
