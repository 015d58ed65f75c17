import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { buildWeb } from '../../scripts/build-web.ts'
import { opened } from '../../src/desks/tasks/testing/open.ts'
import { lookOver } from '../../src/desks/tasks/index.ts'
import { faultsOf, sidewaysOf, unseenFocus, untranslatedIn } from '../rig/page-checks.ts'
import { browse, pagesDir, type Browsing, type Look } from '../rig/pages.ts'
import { openStreets, type Streets } from '../rig/streets.ts'

let town: Streets
let browsing: Browsing
/** A visit that nobody has answered, and an alarm. */
let visit: string
let alarm: string

beforeAll(async () => {
  await buildWeb({ outDir: pagesDir })
  town = await openStreets({ distDir: pagesDir })
  browsing = await browse(town)
  visit = await opened(town)
  alarm = await opened(town, { kind: 'hazard', rule: 'gas', person: null, urgency: 'emergency' })
  await opened(town, { kind: 'device-repair', rule: 'device-silence', person: null })
  await lookOver(town.program.given)
}, 120_000)

afterAll(async () => {
  await browsing?.[Symbol.asyncDispose]()
  await town?.[Symbol.asyncDispose]()
})

const paths = {
  seat: () => '/centre',
  'a matter': () => `/centre/matters/${visit}`,
  wall: () => '/centre/wall',
  month: () => '/centre/month',
  'what is open': () => '/centre/list/open',
  unowned: () => '/centre/list/unowned',
  'closed today': () => '/centre/list/closed-today',
}
type What = keyof typeof paths
const names = Object.keys(paths) as What[]
const languages = ['zh-CN', 'en'] as const
/** The phone's is tall: what lies below would count as too small to press. */
const sizes = [
  { width: 390, height: 6_000 },
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
]

test.each(names.flatMap((what) => languages.map((language) => ({ what, language }))))(
  '$what, $language: an officer can read it and reach all of it',
  async ({ what, language }) => {
    const it = await see(what, { language })
    for (const size of sizes) {
      await it.page.setViewportSize(size)
      await it.quiet()
      expect((await faultsOf(it)).filter((fault) => !isOfMouse(fault, size))).toEqual([])
      if (language === 'en') expect(await untranslatedIn(it)).toEqual([])
    }
    expect(it.said).toEqual([])
    await it.close()
  },
)

/** Eleven kinds on a third of a screen: with a mouse a number may be 24 px high, not on a phone. */
function isOfMouse(fault: string, { width }: { width: number }): boolean {
  return width >= 1200 && fault.includes('small target') && fault.includes('health-door')
}

test.each(names)('%s: at twice the size on a phone nothing is lost sideways', async (what) => {
  const it = await see(what, { language: 'en', width: 195 })
  expect(await sidewaysOf(it.page)).toEqual([])
  await it.close()
})

test('whoever goes by the keyboard sees where they are', async () => {
  for (const what of ['seat', 'month', 'what is open'] as const) {
    const it = await see(what, { width: 1440 })
    expect(await unseenFocus(it.page, 40)).toEqual([])
    await it.close()
  }
})

test('only a duty officer comes in; the desk shows only them the door', async () => {
  const officer = await browsing.open(town.a.officer.name, { width: 1440 })
  await officer.goto('/desk')
  expect(await officer.page.locator('a[href="/centre"]').count()).toBe(1)
  await officer.close()
  const worker = await browsing.open(town.a.worker.name, { width: 1440 })
  await worker.goto('/desk')
  expect(await worker.page.locator('a[href="/centre"]').count()).toBe(0)
  expect(await worker.goto('/centre')).toBe(403)
  await worker.close()
})

test('keys lead through the matters to sending somebody, and are silent while one writes', async () => {
  const it = await see('seat', { width: 1440 })
  const { page } = it
  expect(await chosen(page)).toBe(alarm)
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  await page.keyboard.press('Enter')
  await expect.poll(() => chosen(page)).not.toBe(alarm)
  expect(new URL(page.url()).pathname).toMatch(/^\/centre\/matters\//)
  await page.locator('#matter .dispatch').waitFor()
  await page.keyboard.press('d')
  expect(await focused(page)).toContain('派去')
  await page.keyboard.press('?')
  await page.getByRole('dialog').getByText('上一件、下一件').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '写交班话' }).click()
  await page.getByLabel('要交代的').fill('')
  await page.keyboard.type('jd?')
  expect(await page.getByLabel('要交代的').inputValue()).toBe('jd?')
  expect(await page.getByRole('dialog').count()).toBe(1)
  await page.keyboard.press('Escape')
  expect(it.said).toEqual([])
  await it.close()
})

test('the seat hears of the whole street; who is sent has it, and a reason opens the task', async () => {
  const task = await opened(town)
  const { worker, deputy, officer } = town.a
  const it = await browsing.open(officer.name, { width: 1440 })
  await it.goto(`/centre/matters/${task}`)
  const { page } = it
  await page.getByText('等居委社工收到').first().waitFor()
  await worker.post('/api/tasks/act', { task, act: 'acknowledge', from: 'raised' })
  await page.locator('.stages .now', { hasText: '已收到' }).waitFor()

  await page.locator('.dispatch-row', { hasText: '居委社工' }).getByRole('button').click()
  await page.getByText('已经通知').waitFor()
  const { body } = await deputy.get(`/api/tasks/one?task=${task}`)
  expect(body).toMatchObject({ part: 'responsible', state: 'raised' })

  expect(await page.locator(`a[href="/desk/tasks/${task}"]`).count()).toBe(0)
  await page.getByRole('button', { name: '我来过问' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '我来过问' }).click()
  await dialog.getByText('请写一句为什么').waitFor()
  await dialog.getByLabel('为什么要过问').fill('家属打来电话')
  await dialog.getByRole('button', { name: '我来过问' }).click()
  await page.locator(`a[href="/desk/tasks/${task}"]`).waitFor()
  expect(it.said).toEqual([])
  await it.close()
})

test('officers’ pages are told of the whole street, a worker’s only of their own', async () => {
  const { officer, worker, deputy } = town.a
  const streams = await Promise.all([officer, deputy].map((who) => streamOf(who.token)))
  const task = await opened(town)
  await worker.post('/api/tasks/act', { task, act: 'acknowledge', from: 'raised' })
  await streams[0]?.until('"street"')
  expect(streams[1]?.heard()).not.toContain('street')
  for (const stream of streams) stream.end()
})

test('where somebody is on the way, another one goes only on a second word', async () => {
  const task = await opened(town)
  const { worker } = town.a
  await worker.post('/api/tasks/act', { task, act: 'acknowledge', from: 'raised' })
  await worker.post('/api/tasks/act', { task, act: 'set-out', from: 'acknowledged' })
  const it = await browsing.open(town.a.officer.name, { width: 1440 })
  await it.goto(`/centre/matters/${task}`)
  const { page } = it
  await page.locator('.dispatch-row', { hasText: '居委社工' }).getByRole('button').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('正在去').waitFor()
  await dialog.getByRole('button', { name: '再派一个' }).click()
  await page.getByText('已经通知').waitFor()
  const { body } = await worker.get(`/api/tasks/one?task=${task}`)
  expect(body).toMatchObject({ part: 'responsible', state: 'on-the-way' })
  await it.close()
})

test('a note for the next shift is left, read, and said to be read', async () => {
  const it = await see('seat', { width: 1440 })
  const { page } = it
  await page.getByRole('button', { name: '写交班话' }).click()
  await page.getByLabel('要交代的').fill('十一村的门夜里关不上。')
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await page.getByText('已留给下一班').waitFor()
  await page.getByText('十一村的门夜里关不上。').waitFor()
  await it.close()
})

test('the wall never opens a matter, and says since when it hears nothing', async () => {
  const it = await browsing.open(town.a.officer.name, { width: 1920 })
  const asked: string[] = []
  it.page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await it.goto('/centre/wall')
  await it.page.locator('.chart-fill svg').waitFor()
  await it.page.context().setOffline(true)
  await it.page.getByText('连接断了，画面停在').waitFor()
  expect(asked.filter((path) => path.includes('matter'))).toEqual([])
  await it.close()
})

async function see(what: What, look: Look = {}) {
  const it = await browsing.open(town.a.officer.name, { width: 1440, ...look })
  expect(await it.goto(paths[what]())).toBe(200)
  // A refusal is a page too: what is looked at is the one that has something to say.
  expect(await it.page.locator('.zone').count()).toBeGreaterThan(0)
  return it
}

/** The stream of nudges as it comes over the wire. */
async function streamOf(token: string) {
  const ending = new AbortController()
  const { body } = await fetch(`${town.program.url}/live`, {
    headers: { authorization: `Bearer ${token}` },
    signal: ending.signal,
  })
  const reader = body!.pipeThrough(new TextDecoderStream()).getReader()
  let heard = ''
  return {
    heard: () => heard,
    end: () => ending.abort(),
    async until(words: string) {
      while (!heard.includes(words)) {
        const { value, done } = await reader.read()
        if (done) throw new Error('the stream ended')
        heard += value
      }
    },
  }
}

function chosen(page: Page): Promise<string | null> {
  return page.locator('.matter[aria-current]').getAttribute('data-task')
}

function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent ?? '')
}
