import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWeb } from '../scripts/build-web.ts'
import { startOfDay } from '../src/kernel/calendar.ts'
import { hourMs, minuteMs } from '../src/kernel/clock.ts'
import { browse, pagesDir, type Browsing, type Look } from '../tests/rig/pages.ts'
import { allWordsOf, goOut, streetOf } from '../tests/rig/stage.ts'
import {
  longHeartbeat,
  openStreets,
  type SmallStreet,
  type Streets,
  type WiredDevice,
} from '../tests/rig/streets.ts'
import { formatInstant } from '../web/words/format.ts'
import { languages } from '../web/words/index.ts'

let town: Streets
let browsing: Browsing
let atOnce: AsyncDisposable
const folder = mkdtempSync(join(tmpdir(), 'lilong-night-'))

beforeAll(async () => {
  await buildWeb({ outDir: pagesDir })
  town = await openStreets({
    ...{ ...longHeartbeat, distDir: pagesDir },
    ways: {
      ...{ pushSecret: randomBytes(32).toString('base64url'), isPushRehearsed: true },
      ...{ pushContact: 'mailto:street@lilong.example', sms: null, wecom: null, voice: null },
      ...{ outboxFile: join(folder, 'outbox.jsonl'), quiet: { from: '21:00', to: '07:00' } },
    },
  })
  browsing = await browse(town)
  atOnce = town.program.scenarios.beginAtOnce()
}, 120_000)

afterAll(async () => {
  await browsing?.[Symbol.asyncDispose]()
  await atOnce?.[Symbol.asyncDispose]()
  await town?.[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

test.each(languages)(
  'gas at two in the night, in %s: told at once, another is sent, found, and in the month',
  async (language) => {
    const say = allWordsOf(language)
    const street = streetOf(town, language)
    const title = '居委社工'
    const stair = street.homes[0]!.split('-').slice(0, 3).join('-')
    const place = say.places.spot({ committee: '', compound: null, stair: '26', room: null })
    const [kitchen, cellar] = [await probe(street, stair), await probe(street, stair)]
    const open = (who: { name: string }, path: string, look: Look = {}) =>
      pageAt(who.name, path, { language, ...look })

    // by day somebody sticks a tag on the stair's door
    const worker = await open(street.worker, `/desk/tags/${stair}`)
    const tag = await tagFrom(worker, say.desk.tagsMake(1))
    const night = startOfDay(town.clock.now()) + 26 * hourMs
    town.clock.set({ at: night })
    await worker.goto(`${town.program.url}/desk`)
    const deputy = await open(street.deputy, '/desk')
    const centre = await open(street.officer, '/centre', { width: 1440 })
    await centre.getByText(say.centre.noMatters).waitFor()

    await alarm(kitchen, 1)
    const gas = say.tasks.badge('gas', 'hazard')
    const press = (page: Page, name: string) =>
      page.getByRole('button', { name, exact: true }).click()
    await worker.getByRole('button', { name: say.desk.goNowOn(place) }).waitFor()
    await worker.locator('.entry', { hasText: gas }).waitFor()
    await centre.getByText(say.centre.group('emergency')).first().waitFor()
    await centre.getByText(say.centre.byWhom(title, 'raised')).first().waitFor()
    expect(await deputy.locator('.entry').count()).toBe(0)
    // a second probe of the stair is the same matter, and nobody has answered for a minute
    await alarm(cellar, 1)
    town.clock.set({ at: night + minuteMs })
    await goOut(town)

    const outbox = await open(street.officer, '/desk/outbox', { width: 1440 })
    const at = formatInstant(night + minuteMs, night, language)
    const told = [at, say.delivery.channels.sms, '138••••00', say.delivery.urgent].join(' · ')
    await outbox.getByText(told, { exact: true }).waitFor()

    const unit = (await street.deputy.get('/api/duties/my-shift')).body.unit
    await press(centre, say.centre.dispatchTo(unit, title))
    await centre.getByText(say.centre.dispatched(unit, title)).waitFor()
    await press(deputy, say.desk.goNowOn(place))
    await centre
      .locator('.stages .now', { hasText: say.centre.stage('on-the-way') })
      .waitFor()
    // who was asked first wakes up, sees who goes, and stays
    const onIt = say.desk.who(street.deputy.name, title, unit)
    await worker.getByText(say.desk.whoDoes(onIt, 'on-the-way')).first().waitFor()
    await worker.locator('.entry a').first().click()
    await press(worker, say.tasks.act('set-out'))
    await worker.getByRole('dialog').getByText(say.desk.onTheWay(onIt)).waitFor()
    await press(worker, say.desk.stay)

    await deputy.goto(tag)
    await deputy.getByText(say.desk.tagArrived(place)).waitFor()
    await deputy.getByRole('link', { name: say.desk.tagFill }).click()
    await deputy.getByText(say.tasks.probes(2)).waitFor()
    await deputy.getByLabel(say.tasks.outcome('hazard', 'hazard-real')).check()
    await press(deputy, say.tasks.foundSave)
    await press(deputy, say.tasks.act('close'))
    const outcome = say.tasks.outcome('hazard', 'hazard-real')
    await deputy.getByText(say.tasks.closedWith(outcome)).waitFor()
    await deputy.getByText(say.desk.byTag).waitFor()
    await centre.getByText(say.centre.noMatters).waitFor()

    await centre.getByRole('link', { name: say.centre.monthTitle }).click()
    const row = centre.getByRole('row', { name: gas })
    await row.getByText(say.centre.outcomeCount(outcome, 1)).waitFor()
    for (const page of [worker, deputy, centre, outbox]) await page.context().close()
  },
)

/** A probe on the stair, in nobody's home. */
async function probe({ officer }: SmallStreet, place: string): Promise<WiredDevice> {
  const asked = { kind: 'gas', place, ...longHeartbeat }
  const { status, body } = await officer.post('/api/devices/add', asked)
  expect(status).toBe(200)
  await town.settled()
  return body
}

async function alarm(device: WiredDevice, seq: number): Promise<void> {
  const wire = await town.connect(device)
  await town.says(wire, device, seq, 'alarm')
  await wire.endAsync()
}

async function pageAt(name: string, path: string, look: Look): Promise<Page> {
  const it = await browsing.open(name, look)
  expect(await it.goto(path)).toBe(200)
  it.page.setDefaultTimeout(15_000)
  return it.page
}

/** What the code on the paper says to a phone's camera. */
async function tagFrom(page: Page, make: string): Promise<string> {
  const made = page.waitForResponse('**/api/places/tags')
  await page.getByRole('button', { name: make }).click()
  return (await (await made).json()).url
}
