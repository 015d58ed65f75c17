import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { buildWeb } from '../../scripts/build-web.ts'
import { faultsOf, sidewaysOf, unseenFocus, untranslatedIn } from '../rig/page-checks.ts'
import { browse, pagesDir, type Browsing, type Look } from '../rig/pages.ts'
import { openStreets, type Streets } from '../rig/streets.ts'

let streets: Streets
let browsing: Browsing
/** Another duty officer of the same street: nobody approves what they wrote themselves. */
const second = '第二值班长'

beforeAll(async () => {
  await buildWeb({ outDir: pagesDir })
  streets = await openStreets({ distDir: pagesDir })
  browsing = await browse(streets)
  const { officer, posts } = streets.a
  const [own] = await streets.owner<{ body: string }>(
    'select body from duties.post where id = $1',
    [posts.officer],
  )
  const register = { bornOn: '1980-02-01', phone: '13800000001', livesAlone: false }
  const made = await officer.post('/api/people', { name: second, home: null, ...register })
  await officer.post('/api/duties/posts', {
    ...{ body: own?.body, title: '副值班长', person: made.body.person, rank: 2 },
  })
  await streets.settled()
}, 120_000)

afterAll(async () => {
  await browsing?.[Symbol.asyncDispose]()
  await streets?.[Symbol.asyncDispose]()
})

const paths = {
  'all rules': '/desk/scenarios',
  'a new rule': '/desk/scenarios/new',
  'a rule of care': '/desk/scenarios/care-silence',
  'a joined rule': '/desk/scenarios/wandering-night',
  'a rule of the building': '/desk/scenarios/overcrowding',
  'a history': '/desk/scenarios/care-silence/history',
}
const names = Object.keys(paths) as (keyof typeof paths)[]
const languages = ['zh-CN', 'en'] as const
/** The phone's is tall: what lies under the doors at the foot would count as too small to press. */
const sizes = [
  { width: 390, height: 5_000 },
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
]

test.each(names.flatMap((what) => languages.map((language) => ({ what, language }))))(
  '$what, $language: the street can read it and reach all of it, the worker can read it',
  async ({ what, language }) => {
    for (const who of [streets.a.officer.name, streets.a.worker.name]) {
      const it = await see(paths[what], who, { language })
      for (const size of sizes) {
        await it.page.setViewportSize(size)
        await it.quiet()
        expect(await faultsOf(it)).toEqual([])
        if (language === 'en') expect(await untranslatedIn(it)).toEqual([])
      }
      expect(it.said).toEqual([])
      await it.close()
    }
  },
)

test.each(names)('%s: in the elder view and at twice the size nothing is lost', async (what) => {
  const elder = await see(paths[what], streets.a.officer.name, { view: 'elder' })
  await elder.page.setViewportSize({ width: 390, height: 5_000 })
  expect(await faultsOf(elder)).toEqual([])
  await elder.close()
  const large = await see(paths[what], streets.a.officer.name, { language: 'en', width: 195 })
  expect(await sidewaysOf(large.page)).toEqual([])
  await large.close()
})

test.each([390, 1440])('by the keyboard one sees where one is, at %i px', async (width) => {
  const it = await see(paths['a rule of care'], streets.a.officer.name, { width })
  expect(await unseenFocus(it.page, 40)).toEqual([])
  await it.close()
})

test('a word of the sentence is pressed, changed, refused with its reason, and mended', async () => {
  const it = await see(paths['a rule of care'], streets.a.officer.name, { width: 1440 })
  const { page } = it
  await setLength(page, '48 小时', '12')
  await page.getByText('不到 48 小时，只能问本人').waitFor()
  expect(await page.getByRole('button', { name: '存成草稿' }).isDisabled()).toBe(true)
  expect(await page.getByRole('button', { name: '试跑', exact: true }).isDisabled()).toBe(true)
  await setLength(page, '12 小时', '')
  await page.getByRole('dialog').getByText('请写 1 以上的整数').waitFor()
  await page.keyboard.press('Escape')
  await setLength(page, '12 小时', '96')
  await page.getByText('这句话说得通').waitFor()
  expect(await page.getByText('不到 48 小时，只能问本人').count()).toBe(0)
  expect(it.said).toEqual([])
  await it.close()
})

test('a draft is written, sent, approved by another person, and rolled back; all of it is kept', async () => {
  const { officer } = streets.a
  const it = await see(paths['a rule of care'], officer.name, { width: 1440 })
  const { page } = it
  await setLength(page, '48 小时', '72')
  await page.getByText('这句话说得通').waitFor()
  await page.getByRole('button', { name: '存成草稿' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '存成草稿' }).click()
  await dialog.getByText('请写一句为什么').waitFor()
  await because(page, '天热，老人白天少出门。', '存成草稿')
  await page.getByText('存好了：第 2 版草稿').waitFor()
  await page.getByRole('button', { name: '送另一人复核' }).click()
  await dialog.getByText('从「48 小时」改成「3 天」').waitFor()
  await because(page, '请看一看。', '送另一人复核')
  await page.getByText('您写的，要另一位值班长批准').waitFor()
  expect(await page.getByRole('button', { name: '批准，开始用' }).count()).toBe(0)
  await it.close()

  const other = await see(paths['a rule of care'], second, { width: 1440 })
  await other.page.getByRole('button', { name: '批准，开始用' }).click()
  await because(other.page, '看过，同意。', '批准，开始用')
  await other.page.getByText('第 2 版 在用').first().waitFor()
  await other.goto(paths['a history'])
  const history = other.page.locator('.column-main')
  await history.getByText('从「48 小时」改成「3 天」').waitFor()
  await history.getByText('为什么：天热，老人白天少出门。').waitFor()
  expect(await history.textContent()).not.toContain(officer.name)
  await history.getByRole('button', { name: '退回到这一版' }).click()
  await because(other.page, '太长了。', '退回到这一版')
  const first = history.getByRole('region', { name: '第 1 版', exact: true })
  await first.getByText('在用', { exact: true }).waitFor()
  expect(other.said).toEqual([])
  await other.close()
})

test('a new rule is begun from another, said in both languages, and kept as a draft', async () => {
  const it = await see(paths['a new rule'], streets.a.officer.name, { width: 1440 })
  const { page } = it
  const name = page.getByLabel('短名字')
  await name.fill('smoke')
  await page.getByRole('button', { name: '写起来' }).click()
  await page.getByText('已经有一条叫这个名字').waitFor()
  await name.fill('garage-water')
  await page.getByLabel('从哪里写起').selectOption('water-leak')
  await page.getByRole('button', { name: '写起来' }).click()
  await page.locator('[lang="en"]').getByText('water was found').waitFor()
  await page.getByText('有 1 处要改').waitFor()
  expect(await page.getByRole('button', { name: '存成草稿' }).isDisabled()).toBe(true)
  expect(await faultsOf(it)).toEqual([])
  await page.getByRole('button', { name: '请写一句为什么要有它' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('为什么').fill('地下车库去年淹过一次。')
  await dialog.getByRole('button', { name: '就这样' }).click()
  await page.getByText('这句话说得通').waitFor()
  await name.fill('person-water')
  await page.getByText('规则里不写人').waitFor()
  await name.fill('garage-water')
  await page.getByText('这句话说得通').waitFor()
  await page.getByRole('button', { name: '存成草稿' }).click()
  await page.waitForURL('**/desk/scenarios/garage-water')
  await page.getByText('第 1 版 草稿').first().waitFor()
  await page.getByText('地下车库去年淹过一次。').first().waitFor()
  expect(it.said).toEqual([])
  await it.close()
})

test('a trial that is stopped, or cut off, leaves nothing and can be begun again', async () => {
  const it = await see(paths['a rule of care'], streets.a.officer.name, { width: 1440 })
  const { page } = it
  const underWay = Promise.withResolvers<void>()
  await page.route('**/api/scenarios/try', async (route) => {
    await underWay.promise
    await route.abort().catch(() => undefined)
  })
  const tryIt = page.getByRole('button', { name: '试跑', exact: true })
  await tryIt.click()
  await page.getByText('请留在这一页').waitFor()
  await page.getByRole('button', { name: '停下' }).click()
  await page.getByText('停下了。这次试跑没有结果，也没有留下什么。').waitFor()
  await tryIt.click()
  await page.getByText('请留在这一页').waitFor()
  expect(await page.getByText('停下了。').count()).toBe(0)
  underWay.resolve()
  await page.getByText('连接断了，这次试跑也就停了').waitFor()
  await page.unroute('**/api/scenarios/try')
  await page.getByLabel('多少天').selectOption('14')
  await tryIt.click()
  await page.getByRole('heading', { name: '每天上门次数' }).waitFor({ timeout: 90_000 })
  await it.close()
}, 120_000)

test('a trial says what of it is simulated, and that a changed sentence needs another', async () => {
  const it = await see(paths['a rule of care'], streets.a.officer.name, { width: 1440 })
  const { page } = it
  await page.getByLabel('多少天').selectOption('14')
  await page.getByRole('button', { name: '试跑', exact: true }).click()
  await page.getByRole('heading', { name: '每天上门次数' }).waitFor({ timeout: 90_000 })
  await page.getByText(/输入 \d+% 是模拟/).waitFor()
  expect(await faultsOf(it)).toEqual([])
  await page.locator('details', { hasText: '看成表格' }).first().locator('summary').click()
  expect(await page.locator('.ledger').first().locator('tbody tr').count()).toBe(14)
  await setLength(page, '48 小时', '60')
  await page.getByText('下面是改动以前的结果').waitFor()
  await it.close()
}, 120_000)

test('rules go out as JSON and come back; one fault, and none is taken', async () => {
  const it = await see(paths['all rules'], streets.a.officer.name, { width: 1440 })
  const { page } = it
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出 JSON' }).click()
  const text = await readFile(await (await coming).path(), 'utf8')
  expect(text).toContain('"care-silence"')
  const wrong = text.replace('"rule": "smoke"', '"rule": "smoke", "watchlist": true')
  expect(wrong === text).toBe(false)
  await readIn(page, wrong)
  await page.getByRole('dialog').getByText('一条也没有收').waitFor()
  await page.getByRole('dialog').getByText('格式里没有这一项').first().waitFor()
  await it.close()
})

test('a worker finds nothing to press in a rule', async () => {
  const it = await see(paths['a rule of care'], streets.a.worker.name, { width: 1440 })
  await it.page.getByText('这里只能看').waitFor()
  expect(await it.page.locator('.token, .workshop-acts').count()).toBe(0)
  await it.close()
})

/** Changes a length of time in the sentence, in hours; nothing is set where the form says no. */
async function setLength(page: Page, from: string, hours: string): Promise<void> {
  await page.getByRole('button', { name: from, exact: true }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('单位').selectOption('hour')
  await dialog.getByLabel('多少', { exact: true }).fill(hours)
  await dialog.getByRole('button', { name: '就这样' }).click()
}

/** Says why in the open dialog, and does it. */
async function because(page: Page, why: string, act: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('为什么改').fill(why)
  await dialog.getByRole('button', { name: act }).click()
  await dialog.waitFor({ state: 'hidden' })
}

async function readIn(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: '读入 JSON' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('规则文件').setInputFiles({
    ...{ name: 'rules.json', mimeType: 'application/json', buffer: Buffer.from(text) },
  })
  await dialog.getByLabel('为什么改').fill('从别的街道抄来。')
  await dialog.getByRole('button', { name: '读入 JSON' }).click()
}

async function see(path: string, who: string, look: Look) {
  const it = await browsing.open(who, look)
  expect(await it.goto(path)).toBe(200)
  return it
}
