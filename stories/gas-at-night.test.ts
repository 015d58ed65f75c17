import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startOfDay } from '../src/kernel/calendar.ts'
import { hourMs, minuteMs } from '../src/kernel/clock.ts'
import { longHeartbeat } from '../tests/rig/streets.ts'
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
import { formatInstant } from '../web/words/format.ts'
import { languages } from '../web/words/index.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
}, 120_000)

afterAll(() => stage?.[Symbol.asyncDispose]())

test.each(languages)(
  'gas at two in the night, in %s: told at once, another is sent, found, and in the month',
  async (language) => {
    const say = allWordsOf(language)
    const { town } = stage
    const street = streetOf(town, language)
    const title = '居委社工'
    const stair = stairOf(street)
    const place = stairSaid(say)
    const probe = { kind: 'gas', place: stair, ...longHeartbeat }
    const kitchen = await asked(street, '/api/devices/add', probe)
    const cellar = await asked(street, '/api/devices/add', probe)
    await town.settled()

    // by day somebody sticks a tag on the stair's door
    const worker = await stage.open(street.worker, `/desk/tags/${stair}`, { language })
    const tag = await tagFrom(worker, say.desk.tagsMake(1))
    const night = startOfDay(town.clock.now()) + 26 * hourMs
    town.clock.set({ at: night })
    await worker.goto(`${town.program.url}/desk`)
    const deputy = await stage.open(street.deputy, '/desk', { language })
    const centre = await stage.open(street.officer, '/centre', { language, width: 1440 })
    await centre.getByText(say.centre.noMatters).waitFor()

    // nobody looks: it is told as it arrives
    await stage.says(kitchen, { state: 'alarm' })
    const gas = say.tasks.badge('gas', 'hazard')
    await worker.getByRole('button', { name: say.desk.goNowOn(place) }).waitFor()
    await worker.locator('.entry', { hasText: gas }).waitFor()
    await centre.getByText(say.centre.group('emergency')).first().waitFor()
    await centre.getByText(say.centre.byWhom(title, 'raised')).first().waitFor()
    expect(await deputy.locator('.entry').count()).toBe(0)
    // a second probe of the stair is the same matter, and nobody has answered for a minute
    await stage.says(cellar, { state: 'alarm' })
    town.clock.set({ at: night + minuteMs })
    await town.settled()
    await town.program.sending.tick()
    await town.program.sending.idle()

    const outbox = await stage.open(street.officer, '/desk/outbox', { language, width: 1440 })
    const at = formatInstant(night + minuteMs, night, language)
    const told = [at, say.delivery.channels.sms, '138••••00', say.delivery.urgent].join(' · ')
    await outbox.getByText(told, { exact: true }).waitFor()

    const { unit } = (await street.deputy.get('/api/duties/my-shift')).body
    await press(centre, say.centre.dispatchTo(unit, title))
    await centre.getByText(say.centre.dispatched(unit, title)).waitFor()
    await press(deputy, say.desk.goNowOn(place))
    const stages = centre.locator('.stages .now')
    await stages.filter({ hasText: say.centre.stage('on-the-way') }).waitFor()
    // who was asked first wakes up, sees who goes, and stays
    const onIt = say.desk.who(street.deputy.name, title, unit)
    await worker.getByText(say.desk.whoDoes(onIt, 'on-the-way')).first().waitFor()
    await worker.locator('.entry a').first().click()
    await press(worker, say.tasks.act('take'))
    const going = say.desk.onTheWay(`${unit} ${title}`)
    await worker.getByRole('dialog').getByText(going).waitFor()
    await press(worker, say.desk.stay)

    await deputy.goto(tag)
    await deputy.getByText(say.desk.tagArrived(place)).waitFor()
    await stages.filter({ hasText: say.centre.stage('at-the-door') }).waitFor()
    await deputy.getByRole('link', { name: say.desk.tagFill }).click()
    await deputy.getByText(say.tasks.probes(2)).waitFor()
    const outcome = say.tasks.outcome('hazard', 'hazard-real')
    await deputy.getByLabel(outcome).check()
    await press(deputy, say.tasks.foundSave)
    await press(deputy, say.tasks.act('close'))
    await deputy.getByText(say.tasks.closedWith(outcome)).waitFor()
    await deputy.getByText(say.desk.byTag).waitFor()
    await centre.getByText(say.centre.noMatters).waitFor()

    await centre.getByRole('link', { name: say.centre.monthTitle }).click()
    const row = centre.getByRole('row', { name: gas })
    await row.getByText(say.centre.outcomeCount(outcome, 1)).waitFor()
    expect(await stage.close(language)).toEqual([])
  },
)

/** What the code on the paper says to a phone's camera. */
async function tagFrom(page: Page, make: string): Promise<string> {
  const made = page.waitForResponse('**/api/places/tags')
  await press(page, make)
  return (await (await made).json()).url
}
