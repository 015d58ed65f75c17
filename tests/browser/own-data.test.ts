import { readFile } from 'node:fs/promises'
import { strFromU8, unzipSync } from 'fflate'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownDataWordsOf } from '../../web/words/own-data.ts'
import { registerWordsOf } from '../../web/words/register.ts'
import { openPages, type Pages } from '../rig/pages.ts'

const own = ownDataWordsOf('zh-CN')
const register = registerWordsOf('zh-CN')
let town: Pages
let elder = ''

beforeAll(async () => {
  town = await openPages()
  elder = town.map.planted.silent[0]!.name
}, 120_000)
afterAll(() => town?.[Symbol.asyncDispose]())

test('the person takes a copy along, asks for a correction and sees its clock', async () => {
  const it = await town.open(elder, { width: 390 })
  await it.goto('/my-data')
  const loading = it.page.waitForEvent('download')
  await it.page.getByRole('button', { name: own.copyDo }).click()
  const file = await (await loading).path()
  const files = unzipSync(await readFile(file))
  expect(strFromU8(files['index.html']!)).toContain(elder)
  const fold = it.page.locator('details.fold').first()
  await fold.locator('summary').first().click()
  await fold.getByText(own.correctDo, { exact: true }).click()
  await fold.locator('textarea').fill('名字里的字写错了')
  await fold.getByRole('button', { name: own.correctSend }).click()
  const asked = it.page.getByRole('region', { name: own.requestsHead })
  await asked.getByText('名字里的字写错了').waitFor()
  expect(await asked.textContent()).toContain(own.daysLeft(30))
  expect(it.said).toEqual([])
  await it.close()
}, 60_000)

test('at the station a clerk reads all of it out on one sheet, and the book says so', async () => {
  const it = await town.open(town.worker, { width: 1440 })
  await showsAnew()
  await it.goto('/desk/register')
  await it.page.getByRole('button', { name: register.reasons['at-the-counter'] }).click()
  await it.page.locator('input[name=words]').fill(elder)
  await it.page.locator('form button[type=submit]').click()
  await it.page.getByRole('button', { name: `${register.open} ${elder}` }).click()
  await it.page.getByRole('button', { name: own.desk.personOpen }).click()
  const sheet = it.page.locator('article.paper')
  await sheet.waitFor()
  expect(await sheet.textContent()).toContain(own.parts.homes.title)
  expect(await sheet.textContent()).toContain(elder)
  expect(it.said).toEqual([])
  await it.close()
  const { rig } = town
  const { looks } = await rig.ask(await rig.tokenOf(elder), 'GET', '/api/privacy/looks')
  expect(looks.filter((look: any) => look.how === 'print')).toHaveLength(1)
}, 60_000)

async function showsAnew(): Promise<void> {
  const owner = new pg.Client({ connectionString: town.rig.program.given.db.ownerUrl })
  await owner.connect()
  await owner.query("update identity.session set stepped_up_until = now() + interval '20 years'")
  await owner.end()
}
