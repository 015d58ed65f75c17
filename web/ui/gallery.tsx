import type { Theme, View } from '../shell/page.ts'
import { useLanguage } from '../shell/words.tsx'
import { DeskExample, PhoneExample } from './gallery-frames.tsx'
import { ChartGroups, StateGroups } from './gallery-states.tsx'
import { PartGroups } from './gallery-parts.tsx'
import { galleryWords, type GalleryWords } from './gallery-words.ts'

export type GalleryPage = 'parts' | 'phone' | 'desk'

/**
 * Every widget in every state. In the normal view both views stand side by side; in the elder view
 * only that one. `phone` and `desk` show the two frames filled as on a working day.
 */
export function Gallery(props: { view: View; page?: GalleryPage | undefined }) {
  const words = galleryWords(useLanguage())
  if (props.page === 'phone') return <PhoneExample words={words} view={props.view} />
  if (props.page === 'desk') return <DeskExample words={words} />
  const views: View[] = props.view === 'elder' ? ['elder'] : ['normal', 'elder']
  return (
    <main class="gallery">
      <h1 class="visually-hidden">{words.title}</h1>
      {(['light', 'dark'] as const).map((theme) => (
        <div key={theme} class="gallery-pair">
          {views.map((view) => (
            <Sheet key={view} theme={theme} view={view} words={words} />
          ))}
        </div>
      ))}
    </main>
  )
}

function Sheet(props: { theme: Theme; view: View; words: GalleryWords }) {
  const { sheets } = props.words
  const name = `${sheets[props.theme]} · ${sheets[props.view]}`
  const words = named(props.words, name)
  return (
    <section class="sheet" data-theme={props.theme} data-view={props.view} aria-label={name}>
      <h2 class="head brass-rule under-4">{name}</h2>
      <div class="sheet-groups">
        <PartGroups words={words} sheet={`${props.theme}-${props.view}`} />
        <ChartGroups words={words} />
        <StateGroups words={words} />
      </div>
    </section>
  )
}

/** Each sheet has the same landmarks; they get the sheet's name, since names may not repeat. */
function named(words: GalleryWords, name: string): GalleryWords {
  const add = (label: string) => `${label}, ${name}`
  return {
    ...words,
    keysLabel: add(words.keysLabel),
    gridLabel: add(words.gridLabel),
    cardLabel: add(words.cardLabel),
    navigation: add(words.navigation),
    viewsLabel: add(words.viewsLabel),
  }
}
