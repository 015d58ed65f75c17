import './centre.css'
import { start } from '../shell/start.tsx'
import { loadCentreWords, loadWorkWords } from '../words/load.ts'
import { centrePages } from './pages.tsx'

void start(centrePages, async (language) => ({
  centre: await loadCentreWords(language),
  work: await loadWorkWords(language),
}))
