/** The book as a person reads it: asks why and who it was; with and without script. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import type { Looker, WrittenLook } from '../../src/kernel/book.ts'
import { minuteMs } from '../../src/kernel/clock.ts'
import type { PostId } from '../../src/kernel/ids.ts'
import { bookOf } from '../../src/ground/privacy/index.ts'
import { browse, pagesDir, type Browsing, type OpenPage } from '../rig/pages.ts'
import { openStreets, type Streets } from '../rig/streets.ts'

let town: Streets
let browsing: Browsing

beforeAll(async () => {
  await buildWeb({ outDir: pagesDir })
  town = await openStreets({ distDir: pagesDir })
  browsing = await browse(town)
}, 120_000)
afterAll(async () => {
  await browsing?.[Symbol.asyncDispose]()
  await town?.[Symbol.asyncDispose]()
})

/** Two minutes after the last one: each is a row with a time of its own. */
async function looked(label: string, more: Partial<WrittenLook> = {}): Promise<void> {
  const { street, elder, deputy, posts } = town.a
  town.clock.set({ at: town.clock.now() + 2 * minuteMs })
  const by: Looker = {
    ...{ kind: 'post', person: deputy.person, post: posts.deputy as PostId },
    ...{ title: '居委社工', unit: '十二村' },
  }
  await bookOf(town.program.given).write([
    {
      ...{ street, person: elder.person, fields: ['address', 'contacts'], how: 'page' },
      ...{ matter: { kind: 'operation', id: null, label }, why: 'task', by, at: town.clock.now() },
      ...more,
    },
  ])
}

const row = (page: Page, words: string) => page.locator('.looks-rows li', { hasText: words })
const bare = async (it: OpenPage) => it.said.filter((line) => !line.includes('favicon'))

test('a look appears by itself; why and who are asked on its row, and the answer comes by itself', async () => {
  const { elder, worker, deputy } = town.a
  await looked('home-visit')
  const it = await browsing.open(elder.name)
  await it.goto('/care/looks')
  const { page } = it
  await row(page, '上门走访').waitFor()
  await looked('device-page')
  const fresh = row(page, '查看传感器好不好用')
  await fresh.waitFor({ timeout: 15_000 })

  await fresh.getByRole('button', { name: '问为什么' }).click()
  await fresh.getByText('已问').waitFor()
  await fresh.getByText(/前答复您/).waitFor()
  expect(await fresh.getByRole('button', { name: '问为什么' }).count()).toBe(0)

  await fresh.locator('summary').click()
  await fresh.getByRole('button', { name: '问是谁看的' }).click()
  await fresh.getByText(`是${deputy.name}。`).waitFor()

  const desk = await browsing.open(worker.name, { width: 1440 })
  await desk.goto('/desk/questions')
  const asked = desk.page.locator('main li', { hasText: '查看传感器好不好用' })
  expect(await desk.page.locator('main').textContent()).not.toContain(elder.name)
  await asked.getByRole('button', { name: '答复' }).click()
  await asked.getByText('请至少写 4 个字。').waitFor()
  await asked.getByRole('textbox').fill('传感器两天没有信号，看是不是没电了。')
  await asked.getByRole('button', { name: '答复' }).click()
  await desk.page.getByText('已经答复').waitFor()
  await desk.page.getByText('没有等您答复的').waitFor()

  await fresh.getByText('已答复').waitFor({ timeout: 15_000 })
  // What was opened stays open.
  await fresh.getByText('传感器两天没有信号').waitFor()
  expect([await bare(it), await bare(desk)]).toEqual([[], []])
  await it.close()
  await desk.close()
})

test('without script both are plain forms', async () => {
  const { elder, deputy } = town.a
  await looked('own-home')
  const signedIn = await browsing.open(elder.name)
  const browser = signedIn.page.context().browser()!
  const storageState = await signedIn.page.context().storageState()
  const context = await browser.newContext({ storageState, javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${town.program.url}/care/looks`)
  const first = row(page, '住户看自家的登记')
  await first.locator('form[action="/care/looks/why"] button').click()
  await page.waitForURL(/\/care\/looks$/)
  expect(await row(page, '住户看自家的登记').textContent()).toContain('已问')
  await row(page, '住户看自家的登记').locator('summary').click()
  await row(page, '住户看自家的登记').locator('form[action="/care/looks/who"] button').click()
  await page.getByText(`是${deputy.name}。`).waitFor()
  expect(page.url()).not.toMatch(/[0-9a-f]{8}-/)
  await context.close()
  await signedIn.close()
})

test('whoever only works here reads the same page, and finds the way back to the desk', async () => {
  const it = await browsing.open(town.a.worker.name)
  expect(await it.goto('/care/looks')).toBe(200)
  await it.page.locator('a[href="/desk/me"]').waitFor()
  await it.goto('/desk/me')
  expect(await it.page.locator('a[href="/desk/questions"]').count()).toBe(1)
  expect(await it.page.locator('a[href="/care/looks"]').count()).toBe(1)
  await it.close()
})

test('with a voice of the device the list is read aloud; without one there is no button', async () => {
  const { elder } = town.a
  const without = await browsing.open(elder.name)
  // A voice that would send the words elsewhere is none.
  await without.page.addInitScript(voices, [{ lang: 'zh-CN', localService: false }])
  await without.goto('/care/looks')
  await without.page.getByText('最近 30 天', { exact: true }).waitFor()
  expect(await without.page.getByRole('button', { name: '读给我听' }).count()).toBe(0)
  await without.close()

  const it = await browsing.open(elder.name)
  await it.page.addInitScript(voices, [{ lang: 'zh-CN', localService: true }])
  await it.goto('/care/looks')
  await it.page.getByRole('button', { name: '读给我听' }).click()
  const said = await it.page.evaluate(() => (globalThis as any).heard as string[])
  expect(said[0]).toMatch(/^最近 30 天，您的数据被看了 \d+ 次。$/)
  expect(said.join('')).toContain('十二村 居委社工，看了：门牌、联系人。因为：')
  await it.page.getByRole('button', { name: '不听了' }).click()
  await it.page.getByRole('button', { name: '读给我听' }).waitFor()
  await it.close()
})

/** What no browser without a screen brings: voices, and an ear for what they say. */
function voices(known: { lang: string; localService: boolean }[]): void {
  const heard: string[] = []
  type Said = { text: string }
  function Said(this: Said, text: string): void {
    this.text = text
  }
  const speech = {
    getVoices: () => known,
    speak: (said: Said) => void heard.push(said.text),
    cancel: () => undefined,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }
  Object.defineProperty(globalThis, 'speechSynthesis', { value: speech, configurable: true })
  Object.defineProperty(globalThis, 'SpeechSynthesisUtterance', { value: Said, configurable: true })
  Object.assign(globalThis, { heard })
}
