import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hourMs } from '../src/kernel/clock.ts'
import { climb } from '../src/desks/tasks/index.ts'
import { cameraPicture, keptForLater } from '../tests/rig/no-network.ts'
import {
  allWordsOf,
  asked,
  openStage,
  press,
  stairOf,
  stairSaid,
  streetOf,
  type Stage,
} from '../tests/rig/stage.ts'
import { longHeartbeat } from '../tests/rig/streets.ts'
import { languages, type Language } from '../web/words/index.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
}, 120_000)

afterAll(() => stage?.[Symbol.asyncDispose]())

const shut = 'Cover screwed on again'
const lens = 'The cover, before'
const gone = 'The cover is broken'

/** The browser's own words about the network, a lost answer, and what is a colleague's by now. */
const isMeant = /net::ERR_(INTERNET_DISCONNECTED|FAILED)|status of 40[39] /

test.each(languages)(
  'a shift without a network: done below ground, heard once, and what a colleague took is said (%s)',
  async (language) => {
    const { town } = stage
    const street = streetOf(town, language)
    const { tasks, desk, places } = allWordsOf(language)
    const below = stairSaid(allWordsOf(language))
    const above = places.spot({ committee: '', compound: null, stair: '26', room: '101' })
    const kind = { kind: 'gas', place: stairOf(street), ...longHeartbeat }
    const probe = await asked(street, '/api/devices/add', kind)
    const worker = await stage.open(street.worker, '/desk', { language })
    const deputy = await stage.open(street.deputy, '/desk', { language })

    // the morning: two covers are open, and the first one is the worker's way
    await stage.says(probe, { tampered: true })
    await stage.says(street.door, { tampered: true })
    await stage.look()
    await press(worker, tasks.actOn('acknowledge', below))
    await press(worker, tasks.actOn('set-out', below))
    await readAndKept(worker, language, [above, below])
    expect(await deputy.locator('.entry').count()).toBe(0)

    await worker.context().setOffline(true)
    await worker.goto(`${town.program.url}/desk`)
    await openTask(worker, below)
    await press(worker, tasks.act('arrive'))
    await takesPicture(worker, language)
    await finds(worker, language, 'fine', shut)
    await worker.getByText(desk.outboxWaiting(3)).waitFor()
    await worker.goto(`${town.program.url}/desk`)
    await press(worker, tasks.actOn('acknowledge', above))
    await openTask(worker, above)
    await press(worker, tasks.act('set-out'))
    await press(worker, tasks.act('arrive'))
    await finds(worker, language, 'sensor-fault', gone)
    await worker.getByText(desk.outboxWaiting(7)).waitFor()

    // nobody has heard of any of it, so the second one went on to a colleague
    town.clock.set({ at: town.clock.now() + 5 * hourMs })
    await climb(town.program.given)
    await town.settled()
    await press(deputy, tasks.actOn('acknowledge', above))
    await press(deputy, tasks.actOn('set-out', above))
    await deputy.getByText(tasks.state('on-the-way')).first().waitFor()

    const sent = await loseAnAnswer(worker)
    await worker.context().setOffline(false)
    await expect.poll(sent).toBeGreaterThan(0)
    await worker.context().setOffline(true)
    await worker.context().setOffline(false)
    await worker.getByText(desk.outboxRefused(4)).waitFor()
    await worker.getByText(desk.outboxWaiting(1)).waitFor({ state: 'detached' })
    expect(sent()).toBeGreaterThan(1)

    await worker.goto(`${town.program.url}/desk`)
    await conflictSaid(worker, language, above)
    const onIt = desk.who(street.deputy.name, '居委社工', '')
    const row = worker.locator('.entry', { hasText: above })
    await row.getByText(desk.whoDoes(onIt, 'on-the-way')).waitFor()
    expect(await worker.getByRole('link', { name: below, exact: true }).count()).toBe(0)
    await heardOnce(worker, language)
    const said = await stage.close(language)
    expect(said.filter((line) => !isMeant.test(line))).toEqual([])
  },
)

/** Every task is opened once, so that the device keeps it; the list at last. */
async function readAndKept(page: Page, language: Language, all: string[]): Promise<void> {
  const { tasks } = allWordsOf(language)
  for (const place of all) {
    await openTask(page, place)
    await page.getByRole('list', { name: tasks.historyTitle }).waitFor()
    await page.getByRole('link', { name: tasks.door }).last().click()
  }
  await page.goto(new URL('/desk', page.url()).href)
  await keptForLater(page)
}

function openTask(page: Page, place: string): Promise<void> {
  return page.getByRole('link', { name: place, exact: true }).click()
}

async function takesPicture(page: Page, language: Language): Promise<void> {
  const { desk } = allWordsOf(language)
  await page.setInputFiles('input[type=file]', {
    ...{ name: 'IMG_1.jpg', mimeType: 'image/jpeg' },
    buffer: Buffer.from(await cameraPicture(page), 'base64'),
  })
  await page.getByLabel(desk.photoSays).fill(lens)
  await press(page, desk.photoSend)
  await page.locator('li', { hasText: lens }).getByText(desk.notSentYet).waitFor()
}

async function finds(
  page: Page,
  language: Language,
  outcome: 'fine' | 'sensor-fault',
  said: string,
) {
  const { tasks } = allWordsOf(language)
  await page.getByRole('radio', { name: tasks.outcome('device-repair', outcome) }).check()
  await page.getByLabel(tasks.foundWords).fill(said)
  await press(page, tasks.foundSave)
}

/** The server hears the picture, its answer is lost on the way. Answers how often it was sent. */
async function loseAnAnswer(page: Page): Promise<() => number> {
  let sent = 0
  await page.route('**/api/tasks/photo', async (route) => {
    const answer = await route.fetch()
    sent++
    await (sent === 1 ? route.abort() : route.fulfill({ response: answer }))
  })
  return () => sent
}

/** Nothing that was written is lost: where, when, what was found, and the words. */
async function conflictSaid(page: Page, language: Language, place: string): Promise<void> {
  const { tasks, desk } = allWordsOf(language)
  await page.getByText(desk.outboxRefused(4)).click()
  const found = `${tasks.done('find')} · ${tasks.outcome('device-repair', 'sensor-fault')}`
  const refused = page.locator('header details > ul > li')
  const lost = refused.filter({ hasText: found })
  expect(await lost.textContent()).toContain(place)
  expect(await lost.textContent()).toContain(gone)
  await lost.getByRole('button', { name: desk.outboxForget }).click()
  await refused.first().waitFor({ state: 'detached' })
}

/** The closed task: each act once, when it was done and when it was heard, and one picture. */
async function heardOnce(page: Page, language: Language): Promise<void> {
  const { tasks, desk } = allWordsOf(language)
  await page.getByRole('link', { name: desk.viewClosed }).click()
  await page.locator('a[href^="/desk/tasks/"]').first().click()
  const outcome = tasks.outcome('device-repair', 'fine')
  await page.getByText(tasks.closedWith(outcome)).first().waitFor()
  const history = page.getByRole('list', { name: tasks.historyTitle })
  const late = history.locator('li', { hasText: desk.heardAt('', '|').split('|')[0]!.trim() })
  const titles = (await late.locator('.timeline-title').allTextContents()).toReversed()
  expect(titles.map((title) => title.replace(/^\S+ /, ''))).toEqual([
    tasks.done('arrive'),
    `${tasks.done('find')} · ${outcome}`,
  ])
  await history.getByText(shut).waitFor()
  expect(await history.locator('li').count()).toBe(6)
  // Pressed again where the page was not alive yet.
  const show = page.getByRole('button', { name: `${desk.photoShow}: ${lens}` })
  const shown = async () => {
    if (await show.isVisible()) await show.click()
    return page.evaluate(() => document.querySelector<HTMLCanvasElement>('figure canvas')?.width)
  }
  await expect.poll(shown, { timeout: 15_000 }).toBe(1600)
}
