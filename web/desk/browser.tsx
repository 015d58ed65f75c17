import './desk.css'
import type { PageRequest } from '../shell/pages.ts'
import { keepShell } from '../shell/shelf.ts'
import { start } from '../shell/start.tsx'
import type { Language } from '../words/index.ts'
import {
  loadBookWords,
  loadDeskWords,
  loadDeviceWords,
  loadOwnDataWords,
  loadRegisterWords,
  loadScenarioWords,
  loadWorkWords,
} from '../words/load.ts'
import { startOffline } from './offline.tsx'
import { workPages } from './pages.tsx'

const deskWords = async (language: Language) => ({
  desk: await loadDeskWords(language),
  work: await loadWorkWords(language),
})

/** Whoever answers reads the look that is asked about, in the words of the book. */
const answeringWords = async (language: Language) => ({
  ...(await deskWords(language)),
  book: await loadBookWords(language),
})

/** The device pages come apart: whoever has a visit to make does not wait for them. */
async function startDevices(): Promise<void> {
  const { devicePages } = await import('./devices/pages.tsx')
  await start(devicePages, async (language) => ({
    ...(await deskWords(language)),
    devices: await loadDeviceWords(language),
  }))
}

async function startScenarios(): Promise<void> {
  const { scenarioPages } = await import('./scenarios/pages.tsx')
  await start(scenarioPages, async (language) => ({
    ...(await deskWords(language)),
    scenarios: await loadScenarioWords(language),
    loadScenarios: loadScenarioWords,
  }))
}

async function startRegister(): Promise<void> {
  const { registerPages } = await import('./register/pages.tsx')
  await start(registerPages, async (language) => ({
    ...(await deskWords(language)),
    register: await loadRegisterWords(language),
    book: await loadBookWords(language),
    ownData: await loadOwnDataWords(language),
  }))
}

const block = document.getElementById('first')?.textContent ?? '{}'
const request = JSON.parse(block) as PageRequest
const { pathname } = location
// what the server sent holds nobody's data: it was kept on this device for such a time
if (request.path === '/desk/offline') void startOffline(request)
else if (/^\/desk\/(devices|gateways)/.test(pathname)) void startDevices()
else if (/^\/desk\/scenarios/.test(pathname)) void startScenarios()
else if (/^\/desk\/(register|looks-review)/.test(pathname)) void startRegister()
else if (pathname === '/desk/questions') void start(workPages, answeringWords)
else void start(workPages, deskWords).then(keepShell)
