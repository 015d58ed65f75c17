import './resident.css'
import type { Page } from '../shell/pages.ts'
import { start } from '../shell/start.tsx'
import { loadResidentWords } from '../words/load.ts'
import { partOf } from './parts.ts'

/** A telephone loads the page that it opens, and none of the others. */
async function open(): Promise<void> {
  const path = location.pathname
  const show = await partOf(path)
  if (!show) return
  const page: Page = { path, front: 'resident', needs: () => [], title: () => '', show }
  await start([page], async (language) => ({ resident: await loadResidentWords(language) }))
}

void open()
