import './css/gallery.css'
import { hydrate } from 'preact'
import { speak } from '../shell/speak.ts'
import { WordsContext } from '../shell/words.tsx'
import type { View } from '../shell/page.ts'
import type { Language } from '../words/index.ts'
import { Gallery, type GalleryPage } from './gallery.tsx'

const app = document.getElementById('app')
const block = document.getElementById('first')?.textContent
if (app && block) {
  const first = JSON.parse(block) as { language: Language; view: View; page: GalleryPage }
  hydrate(
    <WordsContext.Provider value={speak(first.language)}>
      <Gallery view={first.view} page={first.page} />
    </WordsContext.Provider>,
    app,
  )
}
