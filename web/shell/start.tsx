import { hydrate } from 'preact'
import type { Language } from '../words/index.ts'
import { loadWords } from '../words/load.ts'
import { findPage, type Page, type PageRequest } from './pages.ts'
import { makeShell, ShellProvider } from './shell.tsx'
import type { Spoken } from './words.tsx'

/** Brings the server's page to life: the first drawing is the same as the server's. */
export async function start(
  pages: readonly Page[],
  loadMore?: (language: Language) => Promise<Partial<Spoken>>,
): Promise<void> {
  const app = document.getElementById('app')
  const block = document.getElementById('first')?.textContent
  if (!app || !block) return
  const request = JSON.parse(block) as PageRequest
  const found = findPage(pages, request.path)
  if (!found || request.status) return
  const { show: Show } = found.page
  const { language } = request
  const [words, more] = await Promise.all([loadWords(language), loadMore?.(language)])
  const spoken: Spoken = { language, words, ...more }
  hydrate(
    <ShellProvider spoken={spoken} shell={makeShell(request)}>
      <Show params={request.params} />
    </ShellProvider>,
    app,
  )
}
