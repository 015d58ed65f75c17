/** Who reported something is opened by one named post, with a reason; then it is told. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import { browse, pagesDir, type Browsing } from '../rig/pages.ts'
import { canary, openReporting } from '../rig/reporting.ts'

const opened = await openReporting({ distDir: await built() })
const { town, reporter, report, taskOf } = opened
let browsing: Browsing
let task = ''

async function built(): Promise<string> {
  await buildWeb({ outDir: pagesDir })
  return pagesDir
}

beforeAll(async () => {
  browsing = await browse(town)
  expect((await report(reporter, { what: 'crowding' })).status).toBe(200)
  task = (await taskOf('crowding')).id
}, 120_000)
afterAll(async () => {
  await browsing?.[Symbol.asyncDispose]()
  await town[Symbol.asyncDispose]()
})

test('an officer names another one and reads since when; nobody may name themself', async () => {
  const it = await browsing.open(town.a.officer.name)
  await it.goto('/desk/register/keeper')
  const { page } = it
  await page.getByText('现在还没有指定谁').waitFor()
  expect(await page.getByRole('button', { name: `指定${town.a.officer.name}` }).count()).toBe(0)
  await page.getByRole('button', { name: '指定长官二' }).click()
  await page.getByRole('dialog').getByText('马上收到通知').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: '指定' }).click()
  await page.getByText('能打开', { exact: true }).waitFor()
  expect(await page.locator('main').textContent()).toMatch(/副?接件员 · .*起/)
  await it.goto(`/desk/register/reporter/${task}`)
  await page.getByText('不归您的岗位打开').waitFor()
  expect(it.said).toEqual([])
  await it.close()
})

const said = {
  'zh-CN': {
    ...{ before: '反映人马上在“谁看过我的数据”里看到', reason: '有人有生命危险' },
    ...{ open: '打开', shown: '只显示这一次', close: '看完了，收起来' },
  },
  en: {
    ...{ before: 'which post opened it, and why', reason: 'A threat to life' },
    ...{ open: 'Open', shown: 'Shown this once', close: 'Read; put it away' },
  },
} as const

test.each(['zh-CN', 'en'] as const)(
  'the keeper opens it from the duty seat: %s',
  async (language) => {
    const words = said[language]
    const it = await browsing.open('长官二', { language })
    await it.goto(`/desk/register/reporter/${task}`)
    const { page } = it
    await page.getByText(words.before).waitFor()
    const open = page.getByRole('button', { name: words.open, exact: true })
    expect(await open.isDisabled()).toBe(true)
    expect((await it.data()).join()).not.toContain(canary.name)
    await page.getByLabel(words.reason).check()
    await open.click()
    await page.getByText(words.shown).waitFor()
    expect(await page.locator('main').textContent()).toContain(canary.name)
    expect(await page.locator('main').textContent()).toContain(canary.phone)
    expect(page.url()).not.toContain(canary.phone)
    await page.getByRole('button', { name: words.close }).click()
    expect(await page.locator('main').textContent()).not.toContain(canary.name)
    // Nothing of it is kept: neither for the next drawing, nor on the device.
    await it.goto(`/desk/register/reporter/${task}`)
    expect(await page.content()).not.toContain(canary.name)
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).toBe(
      '{}',
    )
    expect(it.said).toEqual([])
    await it.close()
  },
)

test('the reporter reads it in their own book, with the reason', async () => {
  const it = await browsing.open(canary.name)
  await it.goto('/care/looks')
  await it.page.getByText('打开了您反映问题时封存的身份').first().waitFor()
  expect(await it.page.locator('main').textContent()).toContain('接件员')
  await it.close()
})

test('the duty seat leads its keeper there, and no other officer', async () => {
  for (const [name, links] of [
    ['长官二', 1],
    [town.a.officer.name, 0],
  ] as const) {
    const it = await browsing.open(name, { width: 1440 })
    await it.goto('/centre')
    await it.page.getByText('反映：疑似群租').first().click()
    await it.page.getByText('谁能去').waitFor()
    await it.quiet()
    expect(await it.page.getByRole('link', { name: '打开反映人身份' }).count()).toBe(links)
    await it.close()
  }
})
