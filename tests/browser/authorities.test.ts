/** How often authorities asked is public; the station is told which homes need another letter. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { minuteMs } from '../../src/kernel/clock.ts'
import { buildWeb } from '../../scripts/build-web.ts'
import { browse, pagesDir, type Browsing } from '../rig/pages.ts'
import { openStreets, type Streets } from '../rig/streets.ts'
import { registered } from '../rig/reporting.ts'

let town: Streets
let browsing: Browsing

beforeAll(async () => {
  await buildWeb({ outDir: pagesDir })
  town = await openStreets({ distDir: pagesDir })
  browsing = await browse(town)
  const [{ id: body }] = await town.owner(
    "select id from duties.body where kind = 'street' and street = $1",
    [town.a.street],
  )
  const person = await registered(town, { name: '长官二', phone: '13811110000', home: null })
  await town.a.officer.post('/api/duties/posts', { body, title: '副值班长', person, rank: 2 })
}, 120_000)
afterAll(async () => {
  await browsing?.[Symbol.asyncDispose]()
  await town?.[Symbol.asyncDispose]()
})

test('before anybody asked it says so, in both languages and to nobody in particular', async () => {
  for (const [language, none] of [
    ['zh-CN', '到现在一次也没有'],
    ['en', 'Not once so far'],
  ] as const) {
    const it = await browsing.open(null, { language })
    expect(await it.goto('/authorities')).toBe(200)
    await it.page.getByText(none).waitFor()
    await it.page.goto(`${town.program.url}/sign-in`)
    expect(await it.page.locator('a[href="/authorities"]').count()).toBe(1)
    await it.close()
  }
})

test('two officers: one records, the other sees which home and decides; then it is counted', async () => {
  const first = await browsing.open(town.a.officer.name)
  await first.goto('/desk/register/reviews')
  const { page } = first
  await page.getByText('登记一次调取').click()
  const fill = (name: string, said: string) => page.locator(`[name=${name}]`).fill(said)
  await fill('authority', '派')
  await fill('legalBasis', '刑事诉讼法第五十四条')
  await fill('document', '调证字〔2026〕12号')
  await fill('asks', '核实受害人的联系方式')
  await fill('home', town.a.homes[0]!)
  await page.getByLabel('姓名').check()
  const record = page.getByRole('button', { name: '登记，等另一位负责人同意' })
  await record.click()
  await page.getByText('请检查这一项').waitFor()
  expect(await page.locator('[name=authority]').getAttribute('aria-invalid')).toBe('true')
  await fill('authority', '派出所')
  await record.click()
  await page.locator('li', { hasText: '调证字' }).waitFor()
  expect(await page.getByRole('button', { name: '同意', exact: true }).count()).toBe(0)
  await first.close()

  const second = await browsing.open('长官二')
  await second.goto('/desk/register/reviews')
  const place = await second.page.locator('li', { hasText: '调证字' }).textContent()
  expect(place).toMatch(/新村甲.*101/)
  expect(place).not.toContain(town.a.elder.name)
  await second.page.getByRole('button', { name: '同意', exact: true }).click()
  await second.page.getByRole('button', { name: '记为已提供' }).click()
  await second.page.getByText('告知本人').waitFor()
  await second.close()

  const anybody = await browsing.open(null)
  await anybody.goto('/authorities')
  await anybody.page.getByText('调取 1 次').waitFor()
  const said = await anybody.page.locator('main').textContent()
  expect(said).toContain('同意 1，不同意 0，给出 1，还没有告诉本人 1')
  for (const hidden of ['派出所', '调证字', town.a.elder.name]) expect(said).not.toContain(hidden)
  await anybody.close()
})

test('letters that ended with their key are listed for the station until there is another', async () => {
  const { worker, homes } = town.a
  const letter = () => worker.post('/api/identity/letters', { homes: [homes[1]] })
  expect((await letter()).status).toBe(200)
  const { keys } = town.program
  keys.begin()
  for (let n = 0; n < 40 && (await keys.step()) !== 'waiting'; n++);
  town.clock.set({ at: town.clock.now() + 10 * minuteMs })
  expect(await keys.step()).toBe('settled')
  const it = await browsing.open(worker.name)
  await it.goto('/desk/register/proofs')
  await it.page.getByText('1 户要重印').waitFor()
  expect(await it.page.locator('main').textContent()).toContain(homes[1])
  await letter()
  await it.goto('/desk/register/proofs')
  expect(await it.page.getByText('户要重印').count()).toBe(0)
  await it.close()
})
