import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSheet } from 'read-excel-file/universal'
import type { Page } from 'playwright-core'
import writeExcelFile, { type Cell } from 'write-excel-file/node'
import { buildWeb } from '../../scripts/build-web.ts'
import { minuteMs } from '../../src/kernel/clock.ts'
import { faultsOf, sidewaysOf, unseenFocus, untranslatedIn } from '../rig/page-checks.ts'
import { browse, pagesDir, type Browsing } from '../rig/pages.ts'
import { openStreets, type Streets, type WiredDevice } from '../rig/streets.ts'

let streets: Streets
let browsing: Browsing
let smoke: WiredDevice
let meter: WiredDevice
let stair: string

beforeAll(async () => {
  await buildWeb({ outDir: pagesDir })
  streets = await openStreets({ distDir: pagesDir })
  browsing = await browse(streets)
  const { a } = streets
  stair = `${a.compound}-26`
  const add = async (shape: object) => (await a.officer.post('/api/devices/add', shape)).body
  smoke = await add({ kind: 'smoke', place: stair, label: '二楼楼道', heartbeatSeconds: 60 })
  meter = await add({ kind: 'water-meter', place: a.committee, label: '泵房' })
  await a.officer.post('/api/devices/gateways', {
    ...{ name: 'gw-26', format: 'zigbee2mqtt', place: stair, maker: '小盒子' },
  })
  await a.officer.post('/api/devices/lend', {
    ...{ device: meter.device, home: a.homes[1], until: '2026-08-01' },
  })
  await streets.settled()
  for (const [device, state] of [
    [smoke, 'clear'],
    [streets.a.door, 'heartbeat'],
  ] as const) {
    const wire = await streets.connect(device)
    await streets.says(wire, device, 1, state)
    await streets.says(wire, device, 1, state)
    await wire.publishAsync(device.topic, '{"no', { qos: 1 })
    await wire.endAsync()
  }
  await streets.settled()
  // the smoke detector misses three of its heartbeats
  streets.clock.set({ at: streets.clock.now() + 5 * minuteMs })
}, 120_000)

afterAll(async () => {
  await browsing?.[Symbol.asyncDispose]()
  await streets?.[Symbol.asyncDispose]()
})

const places: Record<string, { who: 'officer' | 'worker'; path: () => string }> = {
  'the street’s devices': { who: 'officer', path: () => '/desk/devices' },
  'one kind': { who: 'officer', path: () => '/desk/devices/of/all/smoke/all' },
  'a neighbourhood’s devices': { who: 'worker', path: () => '/desk/devices' },
  'a smoke detector': { who: 'worker', path: () => `/desk/devices/${smoke.device}` },
  'a lent meter': { who: 'officer', path: () => `/desk/devices/${meter.device}` },
  'a door in a home': { who: 'worker', path: () => `/desk/devices/${streets.a.door.device}` },
  gateways: { who: 'officer', path: () => '/desk/gateways' },
  adding: { who: 'officer', path: () => '/desk/devices/add' },
  labels: { who: 'worker', path: () => `/desk/devices/labels?device=${smoke.device}` },
}
const names = Object.keys(places)
const languages = ['zh-CN', 'en'] as const
/** The phone's is tall: what lies under the doors at the foot would count as too small to press. */
const sizes = [
  { width: 390, height: 5_000 },
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
]

test.each(names.flatMap((what) => languages.map((language) => ({ what, language }))))(
  '$what, $language: everybody can read it and reach all of it',
  async ({ what, language }) => {
    const it = await see(what, { language })
    for (const size of sizes) {
      await it.page.setViewportSize(size)
      await it.quiet()
      expect(await faultsOf(it)).toEqual([])
      if (language === 'en') expect(await untranslatedIn(it)).toEqual([])
    }
    expect(it.said).toEqual([])
    await it.close()
  },
)

test.each(names)('%s: in the elder view and at twice the size nothing is lost', async (what) => {
  const elder = await see(what, { view: 'elder' })
  await elder.page.setViewportSize(sizes[0]!)
  expect(await faultsOf(elder)).toEqual([])
  await elder.close()
  const large = await see(what, { language: 'en', width: 195 })
  expect(await sidewaysOf(large.page)).toEqual([])
  await large.close()
})

test.each(['the street’s devices', 'a lent meter', 'adding'])(
  '%s: whoever goes by the keyboard sees where they are',
  async (what) => {
    for (const width of [390, 1440]) {
      const it = await see(what, { width })
      expect(await unseenFocus(it.page, 25)).toEqual([])
      await it.close()
    }
  },
)

test('a square lists its devices; a home is counted and never listed; a number finds its device', async () => {
  const it = await see('the street’s devices', { width: 1440 })
  await it.page.getByRole('link', { name: /门磁/ }).first().click()
  await it.page.getByText('这里没有这样的设备').waitFor()
  expect(await it.page.locator('.device-rows').count()).toBe(0)
  await it.page.getByText('另有 2 个装在住户家里').waitFor()
  expect(new URL(it.page.url()).pathname).toBe('/desk/devices/of/all/door-contact/all')
  await it.page.getByRole('link', { name: '看全部种类' }).click()
  await it.page.getByRole('searchbox').fill(smoke.device.slice(-6))
  await it.page.locator('.device-rows a').click()
  await it.page.getByRole('heading', { name: '烟感' }).waitFor()
  expect(it.said).toEqual([])
  await it.close()
})

test('what was refused stands on the device’s page with what to do', async () => {
  const it = await see('a smoke detector', {})
  await it.page.getByText('内容看不懂').waitFor()
  await it.page.getByText('看设备或网关的消息格式选对没有').waitFor()
  await it.page.getByText('连着三次没按时报到').waitFor()
  await it.close()
})

test('a password is shown once: it is there to copy, Escape does not lose it, then it is gone', async () => {
  const it = await browsing.open(streets.a.officer.name)
  await it.goto(`/desk/devices/${smoke.device}`)
  await it.page.getByRole('button', { name: '换新凭证' }).click()
  const dialog = it.page.getByRole('dialog')
  await dialog.getByText('旧密码马上作废').waitFor()
  await dialog.getByRole('button', { name: '换新凭证' }).click()
  await dialog.getByText('只显示这一次').waitFor()
  const password = await dialog.locator('code').nth(1).textContent()
  await it.page.keyboard.press('Escape')
  await dialog.getByText('只显示这一次').waitFor()
  await dialog.getByRole('button', { name: '我已经抄下了' }).click()
  await it.page.getByText('换了凭证').waitFor()
  expect(await it.page.content()).not.toContain(password)
  const wire = await streets.connect({ username: smoke.username, password: password ?? '' })
  await wire.endAsync()
  await it.close()
})

test('a replaced device’s page ends while the new password still stands there to be read', async () => {
  const { a } = streets
  const shape = { kind: 'gas', place: stair, label: '四楼' }
  const { device } = (await a.officer.post('/api/devices/add', shape)).body
  const it = await browsing.open(a.officer.name)
  await it.goto(`/desk/devices/${device}`)
  await it.page.getByRole('button', { name: '换新设备' }).click()
  const dialog = it.page.getByRole('dialog')
  await dialog.getByRole('button', { name: /换上|换新/ }).click()
  await dialog.getByText('只显示这一次').waitFor()
  await it.page.getByText('已停用').first().waitFor()
  const username = (await dialog.locator('code').nth(0).textContent()) ?? ''
  const password = (await dialog.locator('code').nth(1).textContent()) ?? ''
  expect(username).not.toBe(device)
  const wire = await streets.connect({ username, password })
  await wire.endAsync()
  await dialog.getByRole('button', { name: '我已经抄下了' }).click()
  await it.close()
})

test('a device is moved and switched off only after what follows was said', async () => {
  const { a } = streets
  const shape = { kind: 'gas', place: stair, label: '三楼' }
  const { device } = (await a.officer.post('/api/devices/add', shape)).body
  const it = await browsing.open(a.officer.name)
  await it.goto(`/desk/devices/${device}`)
  const dialog = it.page.getByRole('dialog')
  await it.page.getByRole('button', { name: '换地方' }).click()
  await dialog.getByLabel('搬到哪里').fill('26号')
  await dialog.getByRole('button', { name: '搬过去' }).click()
  await dialog.getByText('编号不对').waitFor()
  await dialog.getByLabel('搬到哪里').fill(`${a.compound}-99`)
  await dialog.getByRole('button', { name: '搬过去' }).click()
  await dialog.getByText('没有这个地方').waitFor()
  await dialog.getByLabel('搬到哪里').fill(a.compound)
  await dialog.getByRole('button', { name: '搬过去' }).click()
  await it.page.locator('.timeline').getByText('换了地方').waitFor()

  await it.page.getByRole('button', { name: '停用' }).click()
  const revoke = dialog.getByRole('button', { name: '停用' })
  expect(await revoke.isDisabled()).toBe(true)
  await dialog.getByRole('checkbox').check()
  await revoke.click()
  await it.page.locator('.badge', { hasText: '已停用' }).waitFor()
  expect(await it.page.getByRole('button', { name: '换地方' }).count()).toBe(0)
  expect(it.said.filter((line) => !line.includes('404'))).toEqual([])
  await it.close()
})

test('one device is added by the form, which says what is missing', async () => {
  const it = await see('adding', { width: 1440 })
  const add = it.page.getByRole('button', { name: '加上' })
  await add.click()
  await it.page.getByText('编号不对').waitFor()
  await it.page.getByLabel('种类').selectOption('smoke')
  await it.page.getByLabel('装在哪里').fill(stair)
  await it.page.getByText('读作：楼道').waitFor()
  await it.page.getByLabel('经哪个网关').selectOption({ label: 'gw-26 · zigbee2mqtt' })
  await add.click()
  await it.page.getByText('要写它在网关里的名字').waitFor()
  await it.page.getByLabel('在网关里的名字').fill('smoke-3f')
  await add.click()
  await it.page.getByText('它由网关代发').waitFor()
  await it.page.getByRole('link', { name: '看它的页面' }).click()
  await it.page.getByText('smoke-3f', { exact: true }).waitFor()
  await it.close()
})

test('many are added by a table: tried first, all or none, passwords once in a file', async () => {
  const it = await see('adding', { width: 1440 })
  const template = await downloaded(it.page, '下载模板')
  const [titles = []] = await readSheet(new Blob([new Uint8Array(template)]))
  const sheet = async (rows: Record<string, string>[]) => {
    const cells = rows.map((row) => titles.map((title): Cell => row[String(title)] ?? null))
    const made = writeExcelFile([titles as Cell[], ...cells])
    const buffer = await made.toBuffer()
    return { name: '设备.xlsx', mimeType: 'application/octet-stream', buffer }
  }
  const [kind, place] = titles.map(String)
  const file = it.page.getByLabel('填好的 Excel 文件')
  await file.setInputFiles(await sheet([{ [kind!]: '烟感', [place!]: '26号' }]))
  await it.page.getByRole('button', { name: '试读' }).click()
  await it.page.getByText('1 行要改').waitFor()
  await file.setInputFiles(await sheet([{ [kind!]: '烟感', [place!]: stair }]))
  await it.page.getByRole('button', { name: '试读' }).click()
  await it.page.getByText('1 行都对').waitFor()
  await it.page.getByRole('button', { name: '加这 1 个' }).click()
  await it.page.getByText('加好了 1 个').waitFor()
  const credentials = await downloaded(it.page, '下载凭证表')
  const rows = await readSheet(new Blob([new Uint8Array(credentials)]))
  expect(rows.length).toBeGreaterThan(1)
  expect(it.said).toEqual([])
  await it.close()
})

test('a file that is too large is not sent', async () => {
  const it = await see('adding', {})
  const buffer = Buffer.alloc(2_900_001)
  await it.page.getByLabel('填好的 Excel 文件').setInputFiles({
    ...{ name: 'large.xlsx', mimeType: 'application/octet-stream', buffer },
  })
  await it.page.getByText('超过 2.9 MB').waitFor()
  expect(await it.page.getByRole('button', { name: '试读' }).isDisabled()).toBe(true)
  await it.close()
})

test('a gateway is added with its settings to copy', async () => {
  const it = await see('gateways', { width: 1440 })
  await it.page.getByRole('button', { name: '加一个网关' }).click()
  const dialog = it.page.getByRole('dialog')
  await dialog.getByLabel('名字').fill('gw-26')
  await dialog.getByLabel('网关在哪里').fill(stair)
  await dialog.getByRole('button', { name: '加上' }).click()
  await dialog.getByText('已经有网关叫这个名字').waitFor()
  await dialog.getByLabel('名字').fill('gw-27')
  await dialog.getByRole('button', { name: '加上' }).click()
  await dialog.getByText('填进网关的设置').waitFor()
  await dialog.getByRole('button', { name: '我已经抄下了' }).click()
  await it.page.getByRole('heading', { name: 'gw-27' }).waitFor()
  await it.close()
})

test('a label’s code is drawn, and on paper 24 fit on a sheet', async () => {
  const it = await see('labels', { width: 1440 })
  expect(await it.page.locator('.qr path').getAttribute('d')).toMatch(/^M/)
  await it.page.emulateMedia({ media: 'print' })
  const label = await it.page.locator('.label').boundingBox()
  expect(Math.round((label?.height ?? 0) * 8)).toBeLessThanOrEqual(Math.round((297 / 25.4) * 96))
  expect(Math.round((label?.width ?? 0) * 3)).toBeLessThanOrEqual(Math.round((210 / 25.4) * 96) + 1)
  await it.close()
})

async function see(what: string, look: Parameters<Browsing['open']>[1]) {
  const { who, path } = places[what]!
  const it = await browsing.open(streets.a[who].name, look)
  expect(await it.goto(path())).toBe(200)
  return it
}

async function downloaded(page: Page, button: string): Promise<Buffer> {
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: button }).click()
  return readFile(await (await coming).path())
}
