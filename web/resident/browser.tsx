import './resident.css'
import type { Page } from '../shell/pages.ts'
import { start } from '../shell/start.tsx'
import {
  loadBookWords,
  loadConsentWords,
  loadOwnDataWords,
  loadResidentWords,
} from '../words/load.ts'
import { partOf } from './parts.ts'

/** A telephone loads the page that it opens, and none of the others. */
async function open(): Promise<void> {
  // Drawn in answer to a form it stands at the form's address.
  const first = document.getElementById('first')?.textContent ?? '{}'
  const { path = location.pathname } = JSON.parse(first) as { path?: string }
  const show = await partOf(path)
  if (!show) return
  const page: Page = { path, front: 'resident', needs: () => [], title: () => '', show }
  await start([page], async (language) => ({
    resident: await loadResidentWords(language, path),
    ...(path === '/care/looks' ? { book: await loadBookWords(language) } : {}),
    ...(path === '/consents' ? { consents: await loadConsentWords(language) } : {}),
    ...(path === '/my-data' ? { ownData: await loadOwnDataWords(language) } : {}),
  }))
}

void open()
