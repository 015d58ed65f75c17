import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allWords, askedInTurn, daughter, openAsking, type Asking } from '../tests/rig/asking.ts'
import { untranslatedIn } from '../tests/rig/page-checks.ts'
import { languages, type Language } from '../web/words/index.ts'

let street: Asking

beforeAll(async () => {
  street = await openAsking()
}, 120_000)

afterAll(() => street?.[Symbol.asyncDispose]())

const committee = { unit: '田林十二村居委会', title: '居委社工' }
const volunteers = { unit: '志愿者站', title: '志愿者' }
const notPickedUp = 'Nobody picks up'
const found = 'Slipped, sits up, the doctor comes'

test.each(languages)(
  'nobody answers: the elder, the daughter, a volunteer; a worker phones, goes, and helps (%s)',
  async (language) => {
    const { home, open } = street
    const { book, care, desk } = allWords(language)
    const elder = await open(home.elder.name, { language })
    const volunteer = await open(street.volunteer.name, { language })
    const worker = await open(home.worker.name, { language })
    const neighbours = visitOn(volunteer.page, language)
    await elder.goto('/care')
    await volunteer.goto('/desk')
    await worker.goto('/desk')

    await street.twoSilentDays()
    await elder.page.getByRole('heading', { name: care.askHead }).waitFor()
    await street.passes(askedInTurn.person)
    await elder.page.getByRole('heading', { name: care.askContactsHead }).waitFor()
    const link = street.links().at(-1)!
    expect(await neighbours.count()).toBe(0)

    // the daughter's telephone lies in a drawer
    await street.passes(askedInTurn.contact)
    await neighbours.waitFor()
    await elder.page.getByText(`${volunteers.unit} ${volunteers.title}`).waitFor()
    await elder.page.getByText(care.visitStates['raised']!).waitFor()
    const drawer = await open(null, { language })
    await drawer.page.goto(link)
    await drawer.page.getByRole('heading', { name: care.contactGone }).waitFor()
    expect(await visitOn(worker.page, language).count()).toBe(0)

    // nobody else is a volunteer here, and this one has half of the time to answer
    await street.passes(askedInTurn.volunteer / 2 + 1)
    await visitOn(worker.page, language).getByText(desk.afterOthers(2)).waitFor()
    await goesThere(worker.page, language)
    await elder.page.getByText(care.visitStates['on-the-way']!).waitFor()
    const { name } = home.worker
    const whoGoes = desk.who(name, committee.title, committee.unit)
    await neighbours.getByText(desk.whoDoes(whoGoes, 'on-the-way')).waitFor()
    if (language === 'en') expect(await untranslatedIn(worker)).toEqual([])

    await street.passes(9)
    await helps(worker.page, language, async () => {
      await elder.page.getByText(care.visitStates['at-the-door']!).waitFor()
    })
    expect(await historyOn(worker.page, language)).toEqual(wholeHistory(language))
    await elder.page.getByText(care.outcomes['needed-help']).waitFor()
    await elder.page.getByText(found).waitFor()
    await neighbours.waitFor({ state: 'detached' })

    await elder.page.getByRole('link', { name: care.dataSeen }).click()
    const looks = elder.page.locator('li', { hasText: committee.title })
    await looks.filter({ hasText: book.fields.contacts }).first().waitFor()
    if (language === 'en') expect(await untranslatedIn(elder)).toEqual([])
    // the plan of a house is not for volunteers, and the link is over
    const refused = /status of (403|404|410)/
    expect(volunteer.said.every((line) => refused.test(line))).toBe(true)
    expect(drawer.said.every((line) => refused.test(line))).toBe(true)
    expect([...elder.said, ...worker.said]).toEqual([])
    for (const it of [elder, volunteer, worker, drawer]) {
      await it.close()
    }
  },
)

function visitOn(page: Page, language: Language) {
  const badge = allWords(language).tasks.badge('care-silence', 'care-visit')
  return page.locator('.entry', { hasText: badge })
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

/** Takes it, phones first, and sets out. */
async function goesThere(page: Page, language: Language): Promise<void> {
  const { tasks, places } = allWords(language)
  const place = places.spot({ committee: '', compound: null, stair: '26', room: '101' })
  await press(page, tasks.actOn('acknowledge', place))
  await visitOn(page, language).locator('a').first().click()
  await page.getByText(tasks.askedBefore(['person', 'contact'])).waitFor()
  await press(page, tasks.act('phoned'))
  await press(page, tasks.showNumberOf(daughter.relation))
  await page.getByRole('link', { name: tasks.dial(daughter.phone) }).waitFor()
  await page.getByLabel(tasks.phoneWords).fill(notPickedUp)
  await press(page, tasks.logPhone)
  await page.getByRole('list', { name: tasks.historyTitle }).getByText(notPickedUp).waitFor()
  await press(page, tasks.act('set-out'))
}

/** Whoever needed help is not done with by saying so: it is closed by itself. */
async function helps(page: Page, language: Language, atDoor: () => Promise<void>): Promise<void> {
  const { tasks } = allWords(language)
  const outcome = tasks.outcome('care-visit', 'needed-help')
  await press(page, tasks.act('arrive'))
  await atDoor()
  await page.getByRole('radio', { name: outcome }).check()
  await page.getByLabel(tasks.foundWords).fill(found)
  await press(page, tasks.foundSave)
  await page.getByRole('button', { name: tasks.act('close'), exact: true }).waitFor()
  await street.passes(20)
  await press(page, tasks.act('close'))
  await page.getByText(tasks.closedWith(outcome)).first().waitFor()
}

/** As it stands on the page, the oldest first. */
async function historyOn(page: Page, language: Language): Promise<string[]> {
  const { tasks } = allWords(language)
  const list = page.getByRole('list', { name: tasks.historyTitle })
  const titles = await list.locator('.timeline-title').allTextContents()
  return titles.toReversed()
}

function wholeHistory(language: Language): string[] {
  const { tasks } = allWords(language)
  const past = [
    tasks.doneTo('raised', volunteers.unit, volunteers.title),
    tasks.doneTo('climb', committee.unit, committee.title),
    ...(['acknowledge', 'phoned', 'set-out', 'arrive'] as const).map((act) => tasks.done(act)),
    `${tasks.done('find')} · ${tasks.outcome('care-visit', 'needed-help')}`,
  ]
  return [
    ...past.map((title) => `${tasks.spokenDone} ${title}`),
    `${tasks.spokenNow} ${tasks.done('close')}`,
  ]
}
