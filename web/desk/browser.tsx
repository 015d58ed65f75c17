import './desk.css'
import { start } from '../shell/start.tsx'
import { deskPages } from './pages.tsx'

void start(deskPages)
