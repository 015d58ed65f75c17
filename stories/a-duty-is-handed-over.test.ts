import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startOfDay } from '../src/kernel/calendar.ts'
import { dayMs, hourMs, minuteMs } from '../src/kernel/clock.ts'
import type { SmallStreet } from '../tests/rig/streets.ts'
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
import { formatInstant, formatSpan } from '../web/words/format.ts'
import { languages } from '../web/words/index.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
}, 120_000)

afterAll(() => stage?.[Symbol.asyncDispose]())

test.each(languages)(
  'the officer of the day writes what is open, the one of the night takes over and reads it (%s)',
  async (language) => {
    const say = allWordsOf(language)
    const { town } = stage
    const street = streetOf(town, language)
    const { night, body } = await nightOfficer(street)
    const today = startOfDay(town.clock.now()) + dayMs
    const evening = today + 20 * hourMs
    const shifts = [
      { post: street.posts.officer, from: today + 8 * hourMs, to: evening },
      { post: night.post, from: evening, to: evening + 12 * hourMs },
    ]
    const covers = [{ days: 'every-day', from: '08:00', to: '08:00', people: 1 }]
    await asked(street, '/api/duties/covers', { body, covers })
    await asked(street, '/api/duties/shifts', { body, shifts })

    town.clock.set({ at: evening - 20 * minuteMs })
    const at = (moment: number) => formatInstant(moment, town.clock.now(), language)
    const until = (title: string) => say.centre.onDutyUntil(title, '20:00')
    const day = await stage.open(street.officer, '/centre', { language, width: 1440 })
    await day.getByText(until('值班长')).waitFor()
    await press(day, say.centre.noteWrite)
    const dialog = day.getByRole('dialog')
    const [own] = shifts
    const span = formatSpan(own!.from, own!.to, town.clock.now(), language)
    await dialog.getByText(say.centre.noteShift(span)).waitFor()
    await press(day, say.ui.save)
    await dialog.getByText(say.centre.noteMissing).waitFor()
    const words = '26号的门夜里关不上，锁匠八点来。'
    await dialog.getByLabel(say.centre.noteWords).fill(words)
    await press(day, say.ui.save)
    await day.getByText(say.centre.noteSaved).waitFor()
    const left = town.clock.now()

    // ten minutes before eight the next is there
    town.clock.set({ at: evening - 10 * minuteMs })
    const shift = await stage.open(night, '/desk/shift', { language })
    const note = shift.locator('.card', { hasText: words })
    const by = say.desk.who(street.officer.name, '值班长', '')
    await note.getByText(`${at(left)} · ${by}`).waitFor()
    await press(shift, say.desk.noteRead)
    await note.getByText(say.desk.noteReadAt(at(town.clock.now()))).waitFor()
    await press(shift, say.desk.takeOver)
    await shift.getByRole('button', { name: say.desk.takeOver }).waitFor({ state: 'detached' })

    town.clock.set({ at: evening + minuteMs })
    await shift.reload()
    await shift.getByText(say.desk.takenOverAt(at(evening - 10 * minuteMs))).waitFor()
    const centre = await stage.open(night, '/centre', { language, width: 1440 })
    const nextMorning = say.centre.onDutyUntil('夜班值班长', '08:00')
    await centre.getByText(nextMorning).waitFor()
    await day.reload()
    await day.getByText(nextMorning).waitFor()
    const read = say.centre.noteReadAt(at(evening - 10 * minuteMs))
    await day.getByText(read).waitFor()
    await press(day, say.centre.noteWrite)
    await dialog.getByText(say.centre.noteNoShift).waitFor()
    await press(day, say.ui.cancel)
    expect(await stage.close(language)).toEqual([])
  },
)

test.each(languages)(
  'a worker offers two tasks to a colleague, who takes the one and returns the other (%s)',
  async (language) => {
    const say = allWordsOf(language)
    const { town } = stage
    const street = streetOf(town, language)
    const stair = stairOf(street)
    const place = stairSaid(say)
    const opened = say.tasks.badge('device-tampered', 'device-repair')
    const weak = say.tasks.badge('device-battery-low', 'device-repair')
    const title = '居委社工'
    const { unit } = (await street.worker.get('/api/duties/my-shift')).body
    const worker = await stage.open(street.worker, '/desk', { language })
    const deputy = await stage.open(street.deputy, '/desk', { language })
    await worker.getByText(say.tasks.emptyTitle).waitFor()

    const smoke = { kind: 'smoke', place: stair, heartbeatSeconds: 86_400 }
    const moved = await asked(street, '/api/devices/add', smoke)
    const empty = await asked(street, '/api/devices/add', smoke)
    await town.settled()
    await stage.says(moved, { tampered: true })
    await stage.says(empty, { batteryLow: true })
    await stage.look()
    const rows = (page: Page) => page.locator('.entry')
    await rows(worker).filter({ hasText: opened }).waitFor()
    await rows(worker).filter({ hasText: weak }).waitFor()
    expect(await rows(deputy).count()).toBe(0)

    for (const [what, why] of [
      [opened, '我要去医院陪老人'],
      [weak, '电池在你那里'],
    ] as const) {
      await worker.goto(`${town.program.url}/desk`)
      const row = rows(worker).filter({ hasText: what })
      await press(row, say.tasks.actOn('acknowledge', place))
      await row.getByRole('button', { name: say.tasks.actOn('set-out', place) }).waitFor()
      await row.getByRole('link').first().click()
      await press(worker, say.tasks.act('hand-over'))
      const dialog = worker.getByRole('dialog')
      await press(dialog, say.desk.sendHandOver)
      await dialog.getByText(say.desk.colleagueMissing).waitFor()
      await dialog.getByText(say.desk.reasonMissing).waitFor()
      await dialog.getByLabel(say.desk.who(street.deputy.name, title, unit)).check()
      await dialog.getByLabel(say.desk.reason).fill(why)
      await press(dialog, say.desk.sendHandOver)
      await dialog.waitFor({ state: 'detached' })
      await worker.getByText(`${say.desk.mineNow} · ${say.tasks.state('acknowledged')}`).waitFor()
      await worker.getByText(say.tasks.doneTo('hand-over', unit, title)).waitFor()
    }

    // taken over: the first sees no more of it than that it was theirs
    const taken = rows(deputy).filter({ hasText: opened })
    await press(taken, say.tasks.actOn('accept', place))
    await taken.getByRole('button', { name: say.tasks.actOn('set-out', place) }).waitFor()
    const offered = rows(deputy).filter({ hasText: weak })
    await offered.getByRole('link').first().click()
    await deputy.getByText(say.desk.offerReason('电池在你那里')).waitFor()
    await press(deputy, say.tasks.act('return'))
    const dialog = deputy.getByRole('dialog')
    await press(dialog, say.desk.returnTitle)
    await dialog.getByText(say.desk.reasonMissing).waitFor()
    await dialog.getByLabel(say.desk.reason).fill('今天我只到五点')
    await press(dialog, say.desk.returnTitle)
    await dialog.waitFor({ state: 'detached' })
    await deputy.getByText(say.desk.notHere).waitFor()
    await deputy.getByRole('link', { name: say.tasks.backToList }).click()
    await taken.waitFor()
    await offered.waitFor({ state: 'detached' })

    // returned: it is where it was, and says why
    await worker.getByText(say.tasks.done('return')).waitFor()
    await worker.getByText('今天我只到五点').waitFor()
    await worker.getByRole('link', { name: say.tasks.door }).first().click()
    await rows(worker).filter({ hasText: weak }).waitFor()
    await rows(worker).filter({ hasText: opened }).waitFor({ state: 'detached' })
    await worker.getByRole('link', { name: say.desk.viewColleagues }).click()
    const busy = say.desk.busyWith(say.tasks.kindName('device-repair'), 'acknowledged')
    await worker.getByText(busy).first().waitFor()

    const outcome = say.tasks.outcome('device-repair', 'fine')
    for (const [page, what] of [
      [deputy, opened],
      [worker, weak],
    ] as const) {
      await page.goto(`${town.program.url}/desk`)
      const row = rows(page).filter({ hasText: what })
      await press(row, say.tasks.actOn('set-out', place))
      await press(row, say.tasks.actOn('arrive', place))
      await row.getByRole('link').first().click()
      await page.getByLabel(outcome).check()
      await press(page, say.tasks.foundSave)
      await page.getByText(say.tasks.closedWith(outcome)).waitFor()
    }
    expect(await stage.close(language)).toEqual([])
  },
)

/** A second officer of the street, and the body that both are of. */
async function nightOfficer(street: SmallStreet) {
  const { bodies } = (await street.officer.get('/api/duties/bodies')).body
  const { body } = bodies.find(({ kind }: { kind: string }) => kind === 'street')
  const name = `夜班${street.street}`
  const someone = { name, bornOn: null, phone: null, home: null, livesAlone: false }
  const { person } = await asked(street, '/api/people', someone)
  const held = { body, title: '夜班值班长', person, rank: 2 }
  const { post } = await asked(street, '/api/duties/posts', held)
  return { body, night: { name, post } }
}
