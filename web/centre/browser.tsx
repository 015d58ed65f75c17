import './centre.css'
import { start } from '../shell/start.tsx'
import { loadCentreWords } from '../words/load.ts'
import { centrePages } from './pages.tsx'

void start(centrePages, async (language) => ({ centre: await loadCentreWords(language) }))
