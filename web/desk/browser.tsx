import './desk.css'
import { start } from '../shell/start.tsx'
import { loadDeviceWords } from '../words/load.ts'
import { workPages } from './pages.tsx'

/** The device pages come apart: whoever has a visit to make does not wait for them. */
async function startDevices(): Promise<void> {
  const { devicePages } = await import('./devices/pages.tsx')
  await start(devicePages, loadDeviceWords)
}

void (/^\/desk\/(devices|gateways)/.test(location.pathname) ? startDevices() : start(workPages))
