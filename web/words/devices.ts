/** Words of the device pages: apart from the others, since no resident's phone needs them. */
import { devices as english } from './en/devices.ts'
import type { Language } from './index.ts'
import { devices as chinese } from './zh-CN/devices.ts'

export function deviceWordsOf(language: Language): typeof chinese {
  return language === 'en' ? english : chinese
}
