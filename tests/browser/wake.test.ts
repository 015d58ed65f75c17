import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { put } from '../../src/desks/delivery/index.ts'
import { buildWeb } from '../../scripts/build-web.ts'
import { browse, pagesDir, type Browsing } from '../rig/pages.ts'
import { openWaker, type Waker, type RigBrowser } from '../rig/waker.ts'
import { openStreets, type Streets } from '../rig/streets.ts'

let town: Streets
let browsing: Browsing
let service: Waker
const folder = mkdtempSync(join(tmpdir(), 'lilong-wake-'))

beforeAll(async () => {
  await buildWeb({ outDir: pagesDir })
  service = await openWaker()
  town = await openStreets({
    distDir: pagesDir,
    ways: {
      ...{ pushSecret: randomBytes(32).toString('base64url'), isPushRehearsed: true },
      ...{ pushContact: 'mailto:street@lilong.example', sms: null, wecom: null, voice: null },
      ...{ outboxFile: join(folder, 'outbox.jsonl'), quiet: null },
    },
  })
  browsing = await browse(town)
}, 120_000)

afterAll(async () => {
  await browsing?.[Symbol.asyncDispose]()
  await town?.[Symbol.asyncDispose]()
  await service?.[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

/**
 * The test's browser has no push service to speak to and no drawer for notifications. What these
 * would answer is put in their place: keys and an address of the service on this machine; a yes of
 * the person. All else is the browser's own.
 */
async function lendWaker(page: Page, browser: RigBrowser): Promise<void> {
  await page.addInitScript((given) => {
    const bytes = (text: string) =>
      Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
        .buffer
    let made: object | null = null
    const subscription = {
      endpoint: given.endpoint,
      getKey: (name: 'p256dh' | 'auth') => bytes(given[name]),
      unsubscribe: async () => {
        made = null
        return true
      },
    }
    Object.assign(PushManager.prototype, {
      subscribe: async (how: { applicationServerKey: Uint8Array }) => {
        const applicationServerKey = how.applicationServerKey.buffer
        return (made = { ...subscription, options: { applicationServerKey } })
      },
      getSubscription: async () => made,
    })
    Object.defineProperty(Notification, 'permission', { get: () => 'granted' })
    Object.assign(Notification, { requestPermission: async () => 'granted' })
  }, browser.subscription)
}

/** What the worker asked the browser to show. */
async function lendDrawer(context: BrowserContext) {
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
  await worker.evaluate(() => {
    const scope = globalThis as unknown as { registration: object; drawer: object[] }
    scope.drawer = []
    Object.assign(scope.registration, {
      showNotification: async (title: string, how: NotificationOptions) => {
        const { body, lang, tag, requireInteraction } = how
        scope.drawer.push({ title, body, lang, tag, requireInteraction })
      },
    })
  })
  return () => worker.evaluate(() => (globalThis as unknown as { drawer: object[] }).drawer)
}

/** As long as a busy machine may take. */
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 15_000 })

async function keyOf(who: Streets['a']['worker']): Promise<string> {
  return (await who.get('/api/delivery/push')).body.key
}

/** What the browser does when a push arrives, decrypted. */
async function deliver(cdp: CDPSession, origin: string, payload: object): Promise<void> {
  const { registrationId } = await registrationOf(cdp)
  const data = JSON.stringify(payload)
  await cdp.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data })
}

async function registrationOf(cdp: CDPSession): Promise<{ registrationId: string }> {
  const found = new Promise<{ registrationId: string }>((done) => {
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations.filter(({ isDeleted }) => !isDeleted)
      if (first) done(first)
    })
  })
  await cdp.send('ServiceWorker.enable')
  return found
}

async function wakeable(language: 'zh-CN' | 'en') {
  const { worker } = town.a
  const it = await browsing.open(worker.name, { language })
  const context: BrowserContext = it.page.context()
  const browser = service.browser(await keyOf(worker))
  await lendWaker(it.page, browser)
  return { ...it, context, browser, worker }
}

test.each([
  [
    'zh-CN',
    '有事叫醒这台手机',
    '不再叫醒这台手机',
    '里弄 · 紧急',
    '有一项任务还在等人回应，请您看一下。',
  ],
  [
    'en',
    'Wake this phone',
    'Stop waking this phone',
    'Lilong · urgent',
    'A task is still waiting for somebody. Please have a look.',
  ],
] as const)('a phone is woken, in %s, and says so', async (language, on, off, title, body) => {
  const { page, goto, close, context, browser, worker } = await wakeable(language)
  await goto('/desk/me')
  await page.getByRole('button', { name: on }).click()
  await page.getByRole('button', { name: off }).waitFor()
  expect((await worker.get('/api/delivery/push')).body.browsers).toBeGreaterThan(0)

  const { given, sending } = town.program
  const { street } = town.a
  const note = await given.db.inStreet({ street }, (tx) =>
    put(given, tx, {
      ...{ street, person: worker.person, topic: 'tasks', matter: crypto.randomUUID() },
      ...{ urgency: 'emergency', says: 'task-again' },
    }),
  )
  // A round leaves out what somebody writes to just then; the next one comes a second later.
  const look = async () => {
    await sending.tick()
    await sending.idle()
    return browser.got.length
  }
  await soon(look).toBe(1)

  const shown = await lendDrawer(context)
  const cdp = await context.newCDPSession(page)
  await deliver(cdp, town.program.url, browser.got[0]?.payload)
  const notification = { title, body, lang: language, tag: note, requireInteraction: true }
  await soon(shown).toEqual([notification])
  const facts = async () =>
    (await town.owner('select * from delivery.note where id = $1', [note]))[0]
  await soon(async () => (await facts()).delivered_at).not.toBeNull()
  expect((await facts()).acknowledged_at).toBeNull()

  await page.getByRole('button', { name: off }).click()
  await page.getByRole('button', { name: on }).waitFor()
  expect((await worker.get('/api/delivery/push')).body.browsers).toBe(0)
  await close()
})

test('who signs out hands the phone on: it is woken no more', async () => {
  const { page, goto, close, worker } = await wakeable('zh-CN')
  await goto('/desk/me')
  await page.getByRole('button', { name: '有事叫醒这台手机' }).click()
  await page.getByRole('button', { name: '不再叫醒这台手机' }).waitFor()
  await page.getByRole('button', { name: '退出' }).click()
  await page.waitForURL('**/sign-in')
  const left = async () => (await worker.get('/api/delivery/push')).body.browsers
  await soon(left).toBe(0)
  await close()
})

test('who said no to the browser is not asked again, and told where to change it', async () => {
  const it = await browsing.open(town.a.deputy.name)
  await it.goto('/desk/me')
  // The test's browser says no by itself.
  await it.page.getByText('您在浏览器里关了通知').waitFor()
  expect(await it.page.getByRole('button', { name: '有事叫醒这台手机' }).count()).toBe(0)
  await it.close()
})

test('the officers of the example town see what would have been sent', async () => {
  const it = await browsing.open(town.a.officer.name, { width: 1280 })
  await it.goto('/desk/me')
  await it.page.getByRole('link', { name: '会发出去的消息' }).click()
  await it.page.getByRole('heading', { name: '会发出去的消息' }).waitFor()
  await it.close()
})
