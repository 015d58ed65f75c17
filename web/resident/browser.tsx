import './resident.css'
import { start } from '../shell/start.tsx'
import { residentPages } from './pages.tsx'

void start(residentPages)
