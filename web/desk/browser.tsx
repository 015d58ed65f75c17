import './desk.css'
import { start } from '../shell/start.tsx'
import { loadDeviceWords, loadScenarioWords } from '../words/load.ts'
import { workPages } from './pages.tsx'

/** The device pages come apart: whoever has a visit to make does not wait for them. */
async function startDevices(): Promise<void> {
  const { devicePages } = await import('./devices/pages.tsx')
  await start(devicePages, async (language) => ({ devices: await loadDeviceWords(language) }))
}

async function startScenarios(): Promise<void> {
  const { scenarioPages } = await import('./scenarios/pages.tsx')
  await start(scenarioPages, async (language) => ({
    scenarios: await loadScenarioWords(language),
    loadScenarios: loadScenarioWords,
  }))
}

const { pathname } = location
if (/^\/desk\/(devices|gateways)/.test(pathname)) void startDevices()
else if (/^\/desk\/scenarios/.test(pathname)) void startScenarios()
else void start(workPages)
