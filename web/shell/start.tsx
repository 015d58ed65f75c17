import { hydrate, render } from 'preact'
import type { Language } from '../words/index.ts'
import { loadWords } from '../words/load.ts'
import { findPage, type Page, type PageRequest } from './pages.ts'
import { makeShell, ShellProvider } from './shell.tsx'
import type { Spoken } from './words.tsx'

type LoadMore = (language: Language) => Promise<Partial<Spoken>>

/** Brings the server's page to life: the first drawing is the same as the server's. */
export async function start(pages: readonly Page[], loadMore?: LoadMore): Promise<void> {
  const block = document.getElementById('first')?.textContent
  if (!block) return
  await startFrom(JSON.parse(block) as PageRequest, pages, loadMore)
}

/** The page of a request; one that the server has not drawn is drawn anew. */
export async function startFrom(
  request: PageRequest,
  pages: readonly Page[],
  loadMore?: LoadMore,
): Promise<void> {
  const app = document.getElementById('app')
  const found = findPage(pages, request.path)
  if (!app || !found || request.status) return
  const { show: Show } = found.page
  const { language } = request
  const [words, more] = await Promise.all([loadWords(language), loadMore?.(language)])
  const spoken: Spoken = { language, words, ...more }
  const page = (
    <ShellProvider spoken={spoken} shell={makeShell(request)}>
      <Show params={request.params} />
    </ShellProvider>
  )
  if (request.keptAt === undefined) return hydrate(page, app)
  app.replaceChildren()
  render(page, app)
}
