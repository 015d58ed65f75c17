/** Who reviews looks is named, reviews, and is in the book; the public reads numbers alone. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import { judgeLooks, openLinker } from '../../src/ground/privacy/index.ts'
import { around } from '../../src/reviewing.ts'
import { browse, pagesDir, type Browsing } from '../rig/pages.ts'
import { openStreets, type OtherStaff, type Streets } from '../rig/streets.ts'

let town: Streets
let browsing: Browsing
let volunteer: OtherStaff

beforeAll(async () => {
  await buildWeb({ outDir: pagesDir })
  town = await openStreets({ distDir: pagesDir, everyRole: true })
  browsing = await browse(town)
  volunteer = town.a.others.find(({ role }) => role === 'volunteer')!
  await town.owner("update identity.session set stepped_up_until = now() + interval '20 years'")
}, 120_000)
afterAll(async () => {
  await browsing?.[Symbol.asyncDispose]()
  await town?.[Symbol.asyncDispose]()
})

/** The worker opens the page of somebody of their own home, and it is judged. */
async function looksAtKin(): Promise<void> {
  const { worker, elder, street, homes } = town.a
  await town.owner(
    `insert into people.residence (street, person, home, from_at, lives_alone)
     values ($1, $2, $3, '2020-01-01', false)`,
    [street, worker.person, homes[0]],
  )
  const { request } = (await worker.post('/api/privacy/requests', { reason: 'on-the-phone' })).body
  await worker.get(`/api/people/person?person=${elder.person}&request=${request}`)
  const { given } = town.program
  await using linker = openLinker(given, null)
  await linker.link()
  await judgeLooks(given, around)
}

test('an officer names somebody of another body, and sees when nobody is named', async () => {
  const it = await browsing.open(town.a.officer.name)
  await it.goto('/desk/register/keeper')
  const { page } = it
  await page.getByText('还没有指定。不寻常的查看').waitFor()
  await town.owner("update identity.session set stepped_up_until = now() + interval '20 years'")
  await page.getByRole('button', { name: `指定${volunteer.actor.name}来复核` }).click()
  await page.getByRole('dialog').getByRole('button', { name: '指定', exact: true }).click()
  await page.getByText('只有一个单位在复核').waitFor()
  await it.close()
})

test('a reviewer sees whom it was about by a press of its own, and says that it was not right', async () => {
  const { elder } = town.a
  await looksAtKin()
  const it = await browsing.open(volunteer.actor.name)
  await it.goto('/desk/me')
  await it.page.getByRole('link', { name: '复核查看' }).click()
  const { page } = it
  // Others may be there, drawn by lot.
  const row = page
    .locator('li', { hasText: '居委社工' })
    .filter({ hasText: '看的是自己的家里人、一起住过或一起有房的人' })
  await row.waitFor()
  expect(await page.locator('main').textContent()).not.toContain(elder.name)
  await row.getByRole('button', { name: /看是关于谁/ }).click()
  await row.getByText(elder.name).waitFor()
  await row.getByRole('button', { name: '不妥', exact: true }).click()
  await row.getByText('请写明理由').waitFor()
  await row.locator('textarea').fill('没有要办的事情')
  await row.getByRole('button', { name: '不妥', exact: true }).click()
  await page.getByText('已记下').waitFor()
  await it.close()

  const theirs = await browsing.open(elder.name)
  await theirs.goto('/care/looks')
  await theirs.page.getByText('复核过：不应该看').first().waitFor()
  expect(await theirs.page.locator('main').textContent()).toContain('复核别人看您的记录')
  await theirs.close()

  await town.settled()
  const first = await browsing.open(town.a.officer.name)
  await first.goto('/desk/looks-review')
  await first.page.getByText('您的岗位不做复核').waitFor()
  await first.page.getByText('没有要办的事情').waitFor()
  expect(await first.page.locator('main').textContent()).not.toContain(elder.name)
  await first.close()
})

test('everybody reads the numbers of a street, in both languages, and nobody in them', async () => {
  for (const [language, title, wrong] of [
    ['zh-CN', '这里存了什么、谁看过多少次', '不妥 1'],
    ['en', 'What is kept here, and who looked how often', 'not right 1'],
  ] as const) {
    const it = await browsing.open(null, { language })
    expect(await it.goto('/numbers')).toBe(200)
    await it.page.locator(`a[href="/numbers/${town.a.street}"]`).click()
    await it.page.getByRole('heading', { name: title }).waitFor()
    const said = (await it.page.locator('main').textContent()) ?? ''
    expect(said).toContain(wrong)
    for (const { name } of [town.a.elder, town.a.worker, volunteer.actor]) {
      expect(said).not.toContain(name)
    }
    await it.page.goto(`${town.program.url}/sign-in`)
    expect(await it.page.locator('a[href="/numbers"]').count()).toBe(1)
    await it.close()
  }
})
