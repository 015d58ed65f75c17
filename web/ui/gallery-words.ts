/** Example texts of the gallery: made up, in both languages; no page but the gallery loads them. */

import type { Language } from '../words/index.ts'
import { english } from './gallery-words.en.ts'
import { chinese } from './gallery-words.zh.ts'

export type GalleryWords = typeof chinese

export function galleryWords(language: Language): GalleryWords {
  return language === 'en' ? english : chinese
}
