import { renderToString } from 'preact-render-to-string'
import { centrePages } from './centre/pages.tsx'
import { devicePages } from './desk/devices/pages.tsx'
import { workPages } from './desk/pages.tsx'
import { registerPages } from './desk/register/pages.tsx'
import { scenarioPages } from './desk/scenarios/pages.tsx'
import { entryPages } from './entry/pages.ts'
import { residentPages } from './resident/pages.tsx'
import { openPages, statusPages } from './shell/open-pages.tsx'
import { renderPage, type Assets, type View } from './shell/page.ts'
import { findPage, type Front, type Page, type PageRequest } from './shell/pages.ts'
import { makeShell, ShellProvider } from './shell/shell.tsx'
import { speak } from './shell/speak.ts'
import { WordsContext } from './shell/words.tsx'
import { Gallery, type GalleryPage } from './ui/gallery.tsx'
import { answerWordsOf } from './words/answer.ts'
import { centreWordsOf } from './words/centre.ts'
import { entryWordsOf } from './words/entry.ts'
import { deskWordsOf } from './words/desk.ts'
import { deviceWordsOf } from './words/devices.ts'
import type { Language } from './words/index.ts'
import { bookWordsOf } from './words/book.ts'
import { consentWordsOf } from './words/consents.ts'
import { ownDataWordsOf } from './words/own-data.ts'
import { registerWordsOf } from './words/register.ts'
import { residentWordsOf } from './words/resident.ts'
import { scenarioWordsOf } from './words/scenarios.ts'
import { workWordsOf } from './words/work.ts'

/** The page of all widgets as a whole document. `assets`: those of `web/ui/browser.tsx`. */
export function renderGallery(page: {
  language: Language
  view: View
  page?: GalleryPage | undefined
  assets: Assets
}): string {
  const spoken = speak(page.language)
  const body = renderToString(
    <WordsContext.Provider value={spoken}>
      <Gallery view={page.view} page={page.page} />
    </WordsContext.Provider>,
  )
  return renderPage({
    ...page,
    title: `${spoken.words.ui.gallery} · ${spoken.words.ui.product}`,
    body,
    first: { language: page.language, view: page.view, page: page.page ?? 'parts' },
  })
}

/** Every page with the API addresses it needs: what the server asks for, in the asker's name. */
export const pages: readonly Page[] = [
  ...openPages,
  ...entryPages,
  ...residentPages,
  ...workPages,
  ...devicePages,
  ...registerPages,
  ...scenarioPages,
  ...centrePages,
]

export function pageAt(path: string): Page | undefined {
  return findPage(pages, path)?.page
}

/** Where each front door's files are in the build. */
export const entries: Readonly<Record<Front, string>> = {
  open: 'web/shell/browser.tsx',
  desk: 'web/desk/browser.tsx',
  centre: 'web/centre/browser.tsx',
  resident: 'web/resident/browser.tsx',
}

/** One page as HTML for `<div id="app">`. `status` stands in for the page asked for. */
export function render(request: PageRequest): { title: string; html: string; front: Front } {
  const found = request.status ? undefined : findPage(pages, request.path)?.page
  const page = found ?? statusPages[request.status ?? 'not-found']
  const { language } = request
  const spoken = {
    ...speak(language),
    resident: residentWordsOf(language),
    work: workWordsOf(language),
    desk: deskWordsOf(language),
    devices: deviceWordsOf(language),
    scenarios: scenarioWordsOf(language),
    centre: centreWordsOf(language),
    register: registerWordsOf(language),
    consents: consentWordsOf(language),
    ownData: ownDataWordsOf(language),
    book: bookWordsOf(language),
    entry: entryWordsOf(language),
    answer: answerWordsOf(language),
  }
  const words = { ...spoken.words, ...spoken.work }
  const { show: Show } = page
  const html = renderToString(
    <ShellProvider spoken={spoken} shell={makeShell(request)}>
      <Show params={request.params} />
    </ShellProvider>,
  )
  return {
    title: `${page.title(words)} · ${words.ui.product}`,
    html,
    front: found?.front ?? 'open',
  }
}

/** For the server's own document. */
export { assetsOf, renderPage } from './shell/page.ts'
