import './resident.css'
import { start } from '../shell/start.tsx'
import { loadResidentWords } from '../words/load.ts'
import { residentPages } from './pages.tsx'

void start(residentPages, async (language) => ({ resident: await loadResidentWords(language) }))
