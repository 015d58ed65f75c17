import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tellPages } from '../../src/desks/delivery/index.ts'
import { buildWeb } from '../../scripts/build-web.ts'
import { browse, pagesDir, type Browsing } from '../rig/pages.ts'
import { operatorKey } from '../rig/program.ts'
import { longHeartbeat, openStreets, type Streets } from '../rig/streets.ts'

let town: Streets
let browsing: Browsing

beforeAll(async () => {
  await buildWeb({ outDir: pagesDir })
  town = await openStreets({ distDir: pagesDir, ...longHeartbeat })
  browsing = await browse(town)
}, 120_000)

afterAll(async () => {
  await browsing?.[Symbol.asyncDispose]()
  await town?.[Symbol.asyncDispose]()
})

/** As long as a busy machine may take; what is right is right at once. */
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 15_000 })

const streams = async () =>
  (await town.ask(operatorKey, 'GET', '/api/demo/status')).pagesConnected as number

function nudge(): Promise<void> {
  const { given } = town.program
  const { street, worker } = town.a
  return given.db.inStreet({ street }, (tx) => tellPages(tx, worker.person, 'tasks'))
}

/** How often a page asked for its list since it was drawn. */
function counted(page: Page): { asked: number } {
  const count = { asked: 0 }
  page.on('request', (request) => {
    if (request.url().endsWith('/api/tasks/mine')) count.asked++
  })
  return count
}

async function openDesk(page: Page): Promise<{ page: Page; count: { asked: number } }> {
  const count = counted(page)
  await page.goto(`${town.program.url}/desk`)
  await page.locator('main').waitFor()
  return { page, count }
}

test('all pages of one browser share one stream, and each is told', async () => {
  const it = await browsing.open(town.a.worker.name)
  const first = await openDesk(it.page)
  await soon(streams).toBe(1)
  const more = [
    await openDesk(await it.page.context().newPage()),
    await openDesk(await it.page.context().newPage()),
  ]
  const all = [first, ...more]
  const areTold = async (pages: typeof all, act: () => Promise<unknown>) => {
    for (const { count } of pages) count.asked = 0
    await act()
    for (const { count } of pages) await soon(() => count.asked).toBeGreaterThan(0)
    await soon(streams).toBe(1)
  }
  await areTold(all, nudge)
  // The one that holds it goes; another takes it, and all ask again for what they missed.
  await areTold(more, () => first.page.close())
  await areTold(more, nudge)
  await it.close()
  await soon(streams).toBe(0)
})

test('who signs in as somebody else in the same browser ends what was there before', async () => {
  // A browser of its own: the others keep what they signed in with.
  const it = await browsing.open(null)
  const enter = async (page: Page, name: string) => {
    await page.goto(await browsing.linkOf(name))
    await Promise.all([page.waitForURL('**/desk'), page.locator('form button').click()])
  }
  await enter(it.page, town.a.worker.name)
  const worker = await openDesk(it.page)
  await soon(streams).toBe(1)
  const other = await it.page.context().newPage()
  await enter(other, town.a.deputy.name)
  const deputy = counted(other)
  // The stream of the one before ends with the session; the page comes back as who is there now.
  await soon(() => worker.count.asked).toBeGreaterThan(0)
  await soon(streams).toBe(2)
  const asked = await worker.page.evaluate(async () => (await fetch('/api/identity/me')).json())
  expect(asked.name).toBe(town.a.deputy.name)
  const { given } = town.program
  const { street, deputy: who } = town.a
  await given.db.inStreet({ street }, (tx) => tellPages(tx, who.person, 'tasks'))
  await soon(() => deputy.asked).toBeGreaterThan(0)
  await it.close()
  await soon(streams).toBe(0)
})

test.each(['alone', 'beside another page'])(
  'what changed before a page came to life is on it, %s',
  async (where) => {
    const it = await browsing.open(town.a.worker.name)
    if (where === 'beside another page') {
      await openDesk(it.page)
      await soon(streams).toBe(1)
    }
    const page = await it.page.context().newPage()
    // Drawn by the server, while its script is still on the way.
    const arrives = Promise.withResolvers<void>()
    await page.route(/\.js$/, async (route) => {
      await arrives.promise
      await route.continue()
    })
    const count = counted(page)
    await page.goto(`${town.program.url}/desk`, { waitUntil: 'commit' })
    await page.locator('main').waitFor()
    await nudge()
    expect(count.asked).toBe(0)
    arrives.resolve()
    await soon(() => count.asked).toBeGreaterThan(0)
    await it.close()
    await soon(streams).toBe(0)
  },
)

test('a page whose stream breaks says so, and asks again when it is there', async () => {
  const it = await browsing.open(town.a.worker.name)
  const { page, count } = await openDesk(it.page)
  await soon(streams).toBe(1)
  await page.context().setOffline(true)
  await page.getByText('看到的可能不是最新的').waitFor()
  count.asked = 0
  await page.context().setOffline(false)
  await soon(() => count.asked).toBeGreaterThan(0)
  await soon(() => page.getByText('看到的可能不是最新的').count()).toBe(0)
  await it.close()
})

test('who goes back while a task is still being drawn finds a list that was asked anew', async () => {
  const { elder, worker, door, motion } = town.a
  await town.agrees(elder, [])
  for (const device of [door, motion]) {
    const wire = await town.connect(device)
    await town.says(wire, device, 1, device === door ? 'open' : 'occupied')
    await wire.endAsync()
  }
  await town.silent(town.a, 49)
  const it = await browsing.open(worker.name, { width: 390 })
  const { page } = it
  const count = counted(page)
  await it.goto('/desk')
  const row = page.locator('.entry').first()
  await row.waitFor()
  count.asked = 0
  // The frames of a busy telephone are late, and with them what a drawing does afterwards.
  await page.evaluate(() => {
    const frame = globalThis.requestAnimationFrame
    globalThis.requestAnimationFrame = () => 0
    const seen = new MutationObserver(() => {
      if (!document.querySelector('.task h1.head')) return
      seen.disconnect()
      document.querySelector<HTMLAnchorElement>('.task a[href="/desk"]')?.click()
      globalThis.requestAnimationFrame = frame
    })
    seen.observe(document, { childList: true, subtree: true })
    document.querySelector<HTMLAnchorElement>('.entry a[href^="/desk/tasks/"]')?.click()
  })
  await page.waitForURL(/\/desk$/)
  await row.waitFor()
  await soon(() => count.asked).toBeGreaterThan(0)
  await it.close()
})
