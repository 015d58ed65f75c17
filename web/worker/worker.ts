/**
 * Wakes the telephone: what it shows is a sentence of the closed list in the person's language, and
 * a press opens Lilong. Without a network it opens the desk's own page, which holds nobody's data.
 */
import { sayings, type Says } from '../../src/kernel/saying.ts'

type Language = 'zh-CN' | 'en'
type Payload = { note: string; says: Says; urgency: 'emergency' | 'usual'; language: Language }

/** As much of a service worker as is used here; the browser's own types are another library. */
type Scope = {
  addEventListener(name: string, heard: (event: WorkerEvent) => void): void
  skipWaiting(): Promise<void>
  clients: {
    claim(): Promise<void>
    matchAll(which: { type: 'window'; includeUncontrolled: boolean }): Promise<Client[]>
    openWindow(url: string): Promise<unknown>
  }
  registration: ServiceWorkerRegistration
  location: { origin: string }
}
type Client = { url: string; focus(): Promise<Client>; navigate(url: string): Promise<unknown> }
type WorkerEvent = {
  waitUntil(work: Promise<unknown>): void
  data?: { json(): unknown } | null
  notification?: Notification
  oldSubscription?: PushSubscription | null
  request?: Request
  respondWith?(answer: Promise<Response>): void
}

const scope = globalThis as unknown as Scope

scope.addEventListener('install', (event) => event.waitUntil(scope.skipWaiting()))
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()))
scope.addEventListener('push', (event) => event.waitUntil(show(payloadOf(event))))
scope.addEventListener('notificationclick', (event) => {
  event.notification?.close()
  event.waitUntil(openLilong())
})

scope.addEventListener('fetch', (event) => {
  const { request } = event
  if (!request || request.method !== 'GET') return
  const { origin, pathname } = new URL(request.url)
  if (origin !== scope.location.origin) return
  if (pathname.startsWith('/assets/')) event.respondWith?.(fromShelf(request))
  else if (request.mode === 'navigate' && /^\/desk(\/|$)/.test(pathname)) {
    event.respondWith?.(desk(request))
  }
})

const shellPath = '/desk/offline'
/** A network that does not answer is none. */
const patienceMs = 8_000

/** The files of a build never change: what a page has kept of them is as good. */
async function fromShelf(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request)
}

async function desk(request: Request): Promise<Response> {
  const online = fetch(request)
  const late = new Promise<null>((done) => setTimeout(() => done(null), patienceMs))
  const answer = await Promise.race([online, late]).catch(() => null)
  if (answer) return answer
  return (await caches.match(shellPath)) ?? online
}

const titles = {
  'zh-CN': { usual: '里弄', emergency: '里弄 · 紧急' },
  en: { usual: 'Lilong', emergency: 'Lilong · urgent' },
}

/** A push that cannot be read is shown all the same: browsers take back what wakes in silence. */
function payloadOf(event: WorkerEvent): Payload {
  const usual: Payload = { note: '', says: 'task-again', urgency: 'usual', language: 'zh-CN' }
  try {
    const said = event.data?.json() as Partial<Payload> | undefined
    const says = said?.says && said.says in sayings ? said.says : usual.says
    const language = said?.language === 'en' ? 'en' : 'zh-CN'
    const urgency = said?.urgency === 'emergency' ? 'emergency' : 'usual'
    return { note: String(said?.note ?? ''), says, urgency, language }
  } catch {
    return usual
  }
}

async function show({ note, says, urgency, language }: Payload): Promise<void> {
  await scope.registration.showNotification(titles[language][urgency], {
    body: sayings[says][language],
    lang: language,
    icon: '/icon.svg',
    // The same note again takes the place of the first, and is heard again.
    tag: note || 'lilong',
    requireInteraction: urgency === 'emergency',
    ...{ renotify: true },
  })
  if (note === '') return
  // Shown is a fact of its own. Without a network, or signed out, it stays unsaid.
  await fetch('/api/delivery/shown', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ notes: [note], by: 'push' }),
  }).catch(() => undefined)
}

/** `/` leads everybody to where they belong. */
async function openLilong(): Promise<void> {
  const open = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const desk = open.find(({ url }) => /^\/(desk|care|home)/.test(new URL(url).pathname))
  if (!desk) return void (await scope.clients.openWindow('/'))
  const focused = await desk.focus()
  await focused.navigate('/').catch(() => undefined)
}
