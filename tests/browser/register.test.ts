import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenPage, Pages } from '../rig/pages.ts'
import { openPages } from '../rig/pages.ts'
import { faultsOf, untranslatedIn } from '../rig/page-checks.ts'
import { register as english } from '../../web/words/en/register.ts'
import { register as chinese } from '../../web/words/zh-CN/register.ts'

let town: Pages
let worker: string
let deputy: string
/** Whose homes change in a test: one a language. */
let ownHomes: { name: string; home: string }[]
let elder: { name: string; home: string; person: string }
const spoken = { 'zh-CN': chinese, en: english } as const
const languages = ['zh-CN', 'en'] as const

beforeAll(async () => {
  town = await openPages()
  worker = town.worker
  deputy = town.map.workers.toSorted((a, b) => a.rank - b.rank)[1]!.name
  const one = town.map.elders.find(({ plan }) => plan === 'offered')!
  const [row] = await rows('select id from people.person where name = $1', [one.name])
  ownHomes = town.map.elders.filter(({ plan }) => plan !== 'offered')
  elder = { name: one.name, home: one.home, person: row.id }
}, 120_000)
afterAll(() => town?.[Symbol.asyncDispose]())

async function rows(statement: string, values: unknown[]): Promise<any[]> {
  return (await town.rig.program.given.db.ownerPool.query(statement, values)).rows
}

/** As somebody's own program. */
async function does(name: string, method: 'GET' | 'POST', path: string, body?: object) {
  return town.rig.ask(await town.rig.tokenOf(name), method, path, body)
}

async function readable(it: OpenPage, language: (typeof languages)[number]): Promise<void> {
  // So tall that the tabs at the foot stand over nothing that is to be pressed.
  await it.page.setViewportSize({ width: 390, height: 6_000 })
  await it.quiet()
  expect(await faultsOf(it)).toEqual([])
  if (language === 'en') expect(await untranslatedIn(it)).toEqual([])
  await it.page.setViewportSize({ width: 390, height: 844 })
}

const press = async (it: OpenPage, name: string | RegExp) => {
  it.page.setDefaultTimeout(10_000)
  await it.page
    .getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) })
    .first()
    .click()
  await it.quiet()
}
const unfold = (it: OpenPage, words: string) =>
  it.page.locator('summary', { hasText: words }).first().click()

/** Says why, and looks for somebody. */
async function finds(it: OpenPage, words: typeof chinese, name: string): Promise<void> {
  await it.goto('/desk/register')
  await press(it, words.reasons['at-the-counter'])
  await it.page.fill('input[name=words]', name)
  await press(it, words.find)
}

/** From now on the worker's browser is one of an account, as an invited one's is. */
async function withAccount(name: string): Promise<void> {
  const account = randomUUID()
  const [{ id: person, street }] = await rows(
    'select id, street from people.person where name = $1',
    [name],
  )
  await rows('insert into identity.account (id, made_at, seen_at) values ($1, now(), now())', [
    account,
  ])
  await rows(
    `insert into identity.standing (street, id, account, person, capacity, proof, at)
     values ($1, $2, $3, $4, 'staff', 'invitation', now())`,
    [street, randomUUID(), account, person],
  )
  await rows(`update identity.session set account = $2 where person = $1 and kind = 'page'`, [
    person,
    account,
  ])
}

test.each(languages)('a home is found by its address and changed there: %s', async (language) => {
  const words = spoken[language]
  const { name, home } = ownHomes[language === 'en' ? 1 : 0]!
  const it = await town.open(worker, { language })
  await it.goto('/desk/register')
  await press(it, words.reasons['in-writing'])
  await unfold(it, words.homeFind)
  await it.quiet()
  const pick = (name: string) => it.page.locator(`select[name="home ${name}"]`)
  await pick('compound').selectOption({ index: 1 })
  await it.quiet()
  await pick('stair').selectOption(home.split('-').slice(0, 3).join('-'))
  await it.quiet()
  await readable(it, language)
  await press(it, home.split('-')[3]!)
  await it.page.getByRole('heading', { name: words.livesHere }).waitFor()
  const newcomer = language === 'en' ? '张新来' : '李新来'
  await unfold(it, words.moveIn)
  await it.page.getByText(words.moveInWhos.new).click()
  await it.page.fill('input[name="new name"]', newcomer)
  await readable(it, language)
  await press(it, words.newDo)
  await it.page.getByText(words.moveInDone(newcomer)).waitFor()

  await unfold(it, words.ownersChange)
  const owner = (n: number, field: string) => it.page.locator(`[name="owner ${n} ${field}"]`)
  await press(it, words.ownerAdd)
  await owner(1, 'person').selectOption({ label: name })
  await owner(2, 'person').selectOption({ label: newcomer })
  for (const n of [1, 2]) await owner(n, 'whole').fill('3')
  expect(await it.page.getByText(words.sharesLess('1/3')).isVisible()).toBe(true)
  expect(await it.page.getByRole('button', { name: words.ownersDo }).isDisabled()).toBe(true)
  await owner(2, 'part').fill('3')
  expect(await it.page.getByText(words.sharesMore('1/3')).isVisible()).toBe(true)
  await owner(2, 'part').fill('2')
  await readable(it, language)
  await press(it, words.ownersDo)
  await it.page.getByText(words.ownersDone).waitFor()

  await unfold(it, words.areaChange)
  await it.page.fill('input[name=area]', '98.505')
  await press(it, words.areaDo)
  await it.page.getByText(words.areaProblem).waitFor()
  await it.page.fill('input[name=area]', language === 'en' ? '98.5' : '98.4')
  await press(it, words.areaDo)
  await it.page
    .getByText(/98\.[45]0/)
    .first()
    .waitFor()

  const row = it.page.locator('li', { hasText: newcomer }).first()
  await row.locator('summary').click()
  await row.getByText(words.moves['moved-out'], { exact: true }).click()
  await readable(it, language)
  await row.getByRole('button', { name: words.moveDo }).click()
  await it.page.getByText(words.moved(newcomer, words.moves['moved-out'])).waitFor()
  await it.quiet()
  const [{ left_why: why }] = await rows('select left_why from people.person where name = $1', [
    newcomer,
  ])
  // They own a part of it still: so they have not left the register.
  expect(why).toBe(null)
  const shares = await rows(
    `select part, whole from people.ownership where home = $1 and to_on is null order by part`,
    [home],
  )
  expect(shares).toEqual([
    { part: 1, whole: 3 },
    { part: 2, whole: 3 },
  ])
  const [area] = await rows(
    `select area from people.home_area where home = $1 and source = 'register'`,
    [home],
  )
  expect(area.area).toBe(language === 'en' ? 9850 : 9840)
  expect(it.said).toEqual([])
  await it.close()
})

test.each(languages)(
  'whoever decides on a child sees which one, and says why: %s',
  async (language) => {
    const words = spoken[language]
    const child = language === 'en' ? '小苗甲' : '小苗乙'
    const born = { name: child, home: elder.home, bornOn: '2016-05-01', phone: null }
    const { person } = await does(worker, 'POST', '/api/people', { ...born, livesAlone: false })
    const asks = await town.open(deputy, { language })
    await finds(asks, words, child)
    await press(asks, `${words.open} ${child}`)
    await asks.page.getByText(words.minorWaits).waitFor()
    const it = await town.open(worker, { language })
    await it.goto('/desk/register/reviews')
    const row = it.page.locator('li', { hasText: child }).first()
    expect(await row.textContent()).toContain(words.years(10))
    await readable(it, language)
    const looks = await rows(
      'select how, fields from privacy.look where person = $1 and how = $2',
      [...[person, 'list']],
    )
    expect(looks[0]).toMatchObject({ fields: ['name', 'age', 'address'] })
    await row.getByRole('button', { name: words.minorBecause['parent-here'] }).click()
    await it.page.getByText(words.minorDone.yes).waitFor()
    await press(asks, words.minorAgain)
    await asks.page.getByRole('heading', { name: words.grants }).waitFor()
    await readable(asks, language)
    await it.close()
    await asks.close()
  },
)

/** An account that has proven a telephone, and says by a letter to be somebody of a home. */
async function claims(name: string, reason: string, person: string | null): Promise<string> {
  const [account, claim] = [randomUUID(), randomUUID()]
  await rows('insert into identity.account (id, made_at, seen_at) values ($1, $2, $2)', [
    ...[account, new Date(town.rig.clock.now())],
  ])
  await rows(
    `insert into identity.claim (street, id, home, account, name_said, reason, person, proof,
      made_at) values (left($1::text, 9), $2, $1, $3, $4, $5, $6, 'letter', $7)`,
    [elder.home, claim, account, name, reason, person, new Date(town.rig.clock.now())],
  )
  return account
}

test.each(languages)('two of one name are told apart by a person: %s', async (language) => {
  const words = spoken[language]
  const name = language === 'en' ? '陈同名' : '林同名'
  const people: string[] = []
  for (const bornOn of ['1950-01-01', '1980-01-01']) {
    const made = { name, home: elder.home, bornOn, phone: null, livesAlone: false }
    people.push((await does(worker, 'POST', '/api/people', made)).person)
  }
  const account = await claims(name, 'two-of-that-name', null)
  const it = await town.open(worker, { language })
  await it.goto('/desk/register/proofs')
  await press(it, new RegExp(`^${words.claimOpen}.*${name}`))
  // Nobody is chosen by the machine: a yes waits for it.
  const yes = it.page.getByRole('button', { name: words.claimBecause['saw-id-card'] })
  expect(await yes.isDisabled()).toBe(true)
  await readable(it, language)
  await it.page.getByText(new RegExp(words.claimBorn(1950))).click()
  await yes.click()
  await it.page.getByText(words.claimTold).waitFor()
  const [held] = await rows(
    'select person from identity.standing where account = $1 and until is null',
    [account],
  )
  expect(held.person).toBe(people[0])
  expect(it.said).toEqual([])
  await it.close()
})

test('letters print one a page, with the code, the picture and what to do', async () => {
  const it = await town.open(worker)
  await it.goto('/desk/register/proofs')
  await it.page.locator('select[name="letters compound"]').selectOption({ index: 1 })
  await it.quiet()
  const stair = it.page.locator('select[name="letters stair"]')
  await stair.selectOption(elder.home.split('-').slice(0, 3).join('-'))
  await it.quiet()
  await readable(it, 'zh-CN')
  await press(it, /^整个门洞/)
  const letters = it.page.locator('.letter')
  const count = await letters.count()
  expect(count).toBeGreaterThan(1)
  await readable(it, 'zh-CN')
  await it.page.emulateMedia({ media: 'print' })
  expect(await it.page.locator('h1').isVisible()).toBe(false)
  expect(await letters.first().locator('.letter-code').textContent()).toMatch(/^\d{3} \d{3} \d{4}$/)
  expect(await letters.first().locator('.qr').isVisible()).toBe(true)
  for (const step of chinese.letterSteps) {
    expect(await letters.first().textContent()).toContain(step)
  }
  expect(await letters.first().textContent()).not.toContain(elder.name)
  const pdf = await it.page.pdf({ preferCSSPageSize: true })
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(count)
  await it.close()
})

// The last: whoever acts for another gets a new session, and the one before is over.
test('an elder without a telephone signs, the clerk does for them what they ask, and is back', async () => {
  const it = await town.open(worker)
  await withAccount(worker)
  await finds(it, chinese, elder.name)
  await press(it, `${chinese.open} ${elder.name}`)
  await press(it, chinese.grantPrint)
  const paper = it.page.locator('.paper')
  expect(await paper.textContent()).toContain(elder.name)
  await it.page.emulateMedia({ media: 'print' })
  expect(await it.page.locator('h1').isVisible()).toBe(false)
  expect(await paper.isVisible()).toBe(true)
  await it.page.emulateMedia({ media: 'screen' })
  await press(it, chinese.paperClose)
  await unfold(it, chinese.grantSign)
  await it.page.getByText(chinese.grantTos.me).click()
  await press(it, chinese.grantDo)
  await it.page.getByRole('button', { name: chinese.grantAct }).click()
  await it.page.waitForURL('**/home')
  await it.page.getByText(`替 ${elder.name} 办事`).waitFor()
  const book = await rows('select count(*)::int as n from privacy.look where person = $1', [
    elder.person,
  ])
  expect(book[0].n).toBeGreaterThan(0)
  await it.page.getByRole('button', { name: '回到自己' }).click()
  await it.page.waitForURL('**/desk')
  // Ended where it was written down, for whoever asks.
  await finds(it, chinese, elder.name)
  await press(it, `${chinese.open} ${elder.name}`)
  await press(it, chinese.grantEnd)
  await it.page.getByText(chinese.grantsNone).waitFor()
  const left = await rows(
    'select 1 from identity.grant where of_person = $1 and ended_at is null',
    [elder.person],
  )
  expect(left).toEqual([])
  expect(it.said).toEqual([])
  await it.close()
})
