/** How somebody wishes to be looked after: asked at eighty by a visit, or chosen by a tap. */
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { offerVisits } from '../../src/watch/care/index.ts'
import { openPages, type Pages } from '../rig/pages.ts'

let town: Pages
let asked: string

beforeAll(async () => {
  town = await openPages()
  asked = town.map.elders.find(({ plan }) => plan === 'offered')!.name
  const owner = new pg.Client({ connectionString: town.rig.ownerUrl })
  await owner.connect()
  await owner.query('update people.person set born_on = $1 where name = $2', [
    ...['1920-01-01', asked],
  ])
  await owner.end()
  await offerVisits(town.rig.program)
}, 120_000)

afterAll(() => town?.[Symbol.asyncDispose]())

/** The visit that is to ask this person, and whoever has it. */
async function visitTo(name: string): Promise<{ worker: string; task: string }> {
  for (const { name: worker } of town.map.workers) {
    const token = await town.rig.tokenOf(worker)
    const ask = (method: 'GET' | 'POST', path: string, body?: object) =>
      town.rig.call(token, method, path, body)
    const { tasks } = (await ask('GET', '/api/tasks/mine')).body
    for (const { kind, task } of tasks) {
      if (kind !== 'care-offer') continue
      await ask('POST', '/api/tasks/act', { task, act: 'acknowledge', from: 'raised' })
      const card = (await ask('GET', `/api/care/offer?task=${task}`)).body
      if (card.name === name) return { worker, task }
    }
  }
  throw new Error('nobody was sent to ask')
}

test('a worker opens whom to ask by a tap, writes down the paper, and the person sees it', async () => {
  const { worker, task } = await visitTo(asked)
  const it = await town.open(worker)
  await it.goto(`/desk/tasks/${task}`)
  const { page } = it
  expect(await page.locator('main').textContent()).not.toContain(asked)
  await page.getByRole('button', { name: '看要问的是谁' }).click()
  await page.getByText('因本任务打开，住户会看到您看过').waitFor()
  expect(await page.locator('main').textContent()).toContain(asked)

  const save = page.getByRole('button', { name: '记下纸面同意' })
  await save.click()
  await page.getByText('请选本人同意的那一种').waitFor()
  await page.getByLabel('传感器，另有人保管钥匙').check()
  await page.getByLabel('纸上印的是第几版').fill('1')
  await save.click()
  await page.getByText('现在用第 2 版，别的版不算').waitFor()
  await page.getByText('有人保管钥匙的，请写上这一位').waitFor()
  await page.getByLabel('纸上印的是第几版').fill('2')
  await page.getByLabel('姓名').fill('王晓明')
  await page.getByLabel('和本人的关系').fill('儿子')
  await page.getByLabel('电话', { exact: true }).fill('13900000001')
  await page.getByLabel('有钥匙').check()
  await save.click()
  await page.getByText('已经同意，住户看得到').waitFor()
  expect(await save.count()).toBe(0)
  expect(it.said).toEqual([])
  await it.close()

  const home = await town.open(asked)
  await home.goto('/care')
  const care = await home.page.locator('main').textContent()
  expect(care).toContain('传感器，另有人保管钥匙')
  expect(care).toMatch(/签字，由.*记下，和自己点的一样有效/)
  await home.close()
})

test('whoever ends it can choose calls alone, and no sensor is looked at then', async () => {
  await town.rig.call(await town.rig.tokenOf(asked), 'POST', '/api/care/end', {})
  const it = await town.open(asked, { view: 'elder' })
  await it.goto('/care')
  const { page } = it
  await page.getByText('也可以只打电话').click()
  await page.getByRole('button', { name: '同意只打电话' }).click()
  await page.getByText('约好了').waitFor()
  expect(await page.locator('main').textContent()).toContain('也没有规则在判断')
  expect(await page.locator('main').textContent()).not.toContain('最近一次动静')
  expect(it.said).toEqual([])
  await it.close()
})
