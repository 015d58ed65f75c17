import { readFile } from 'node:fs/promises'
import { strFromU8, unzipSync } from 'fflate'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { entryWordsOf } from '../../web/words/entry.ts'
import { ownDataWordsOf } from '../../web/words/own-data.ts'
import { registerWordsOf } from '../../web/words/register.ts'
import { browserOf, newAccount, standsAs } from '../rig/callers.ts'
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

test('without script the copy comes all the same, as a file that no cache keeps', async () => {
  const it = await town.open(elder, { width: 390 })
  const state = await it.page.context().storageState()
  await it.close()
  const context = await it.page
    .context()
    .browser()!
    .newContext({ javaScriptEnabled: false, storageState: state })
  const page = await context.newPage()
  const { url } = town.rig.program
  await page.goto(`${url}/my-data`)
  const loading = page.waitForEvent('download')
  await page.getByRole('button', { name: own.copyDo }).click()
  const download = await loading
  expect(download.suggestedFilename()).toMatch(/^lilong-\d{4}-\d\d-\d\d\.zip$/)
  const files = unzipSync(await readFile(await download.path()))
  expect(Object.keys(files).toSorted()).toEqual(['data.json', 'index.en.html', 'index.html'])
  const cookies = await context.cookies()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const press = (headers: object) =>
    fetch(`${url}/my-data/copy`, {
      ...{ method: 'POST', body: '' },
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie, ...headers },
    })
  const answer = await press({})
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/zip',
    'content-disposition': expect.stringMatching(/^attachment; filename="lilong-[\d-]+\.zip"$/),
    'cache-control': 'no-store',
  })
  expect((await press({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  await context.close()
}, 60_000)

test('who closes their account is asked once more, and is gone from every page', async () => {
  const { rig, map } = town
  const { name, home } = map.planted.silent[0]!
  const owner: any = async (text: string, values?: unknown[]) => {
    const client = new pg.Client({ connectionString: rig.program.given.db.ownerUrl })
    await client.connect()
    return (await client.query(text, values).finally(() => client.end())).rows
  }
  const theirs: any = { owner, clock: rig.clock }
  const [{ person, street }] = await owner(
    `select person.id as person, person.street from people.person
     join people.residence on residence.person = person.id
     where name = $1 and residence.home = $2`,
    [name, home],
  )
  const account = await newAccount(theirs)
  await standsAs(theirs, account, { street, person })
  const cookie = await browserOf(theirs, account, { street })
  const it = await town.open(null, { width: 390 })
  const { url } = rig.program
  await it.page.context().addCookies(
    cookie.split('; ').map((pair) => {
      const [key = '', value = ''] = pair.split('=')
      return { name: key, value, url }
    }),
  )
  await it.goto('/my-data')
  const fold = it.page.locator('details.fold', { hasText: own.parts.account.title })
  await fold.locator('summary').first().click()
  await fold.locator('summary', { hasText: own.closeDo }).click()
  await fold.getByText(own.closeEffect[0]!).waitFor()
  await fold.getByRole('button', { name: own.closeDo }).click()
  await it.page.getByRole('button', { name: own.closeKeep }).click()
  expect(await it.goto('/my-data')).toBe(200)
  await fold.locator('summary').first().click()
  await fold.locator('summary', { hasText: own.closeDo }).click()
  await fold.getByRole('button', { name: own.closeDo }).click()
  await it.page.getByRole('button', { name: own.closeSure }).click()
  await it.page.waitForURL(`${url}/goodbye`)
  await it.page.getByText(entryWordsOf('zh-CN').goodbyeTitle).waitFor()
  expect((await it.page.goto(`${url}/my-data`))?.status()).toBe(401)
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
  await it.page.getByRole('button', { name: register.ownData.personOpen }).click()
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
