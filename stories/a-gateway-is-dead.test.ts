import { afterAll, beforeAll, expect, test } from 'vitest'
import { hourMs, minuteMs } from '../src/kernel/clock.ts'
import type { SmallStreet, WiredDevice } from '../tests/rig/streets.ts'
import {
  allWordsOf,
  asked,
  openStage,
  press,
  stairOf,
  streetOf,
  type Stage,
} from '../tests/rig/stage.ts'
import { languages } from '../web/words/index.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
}, 120_000)

afterAll(() => stage?.[Symbol.asyncDispose]())

test.each(languages)(
  'a dead gateway, in %s: one repair for all behind it, nobody is visited, and it lives again',
  async (language) => {
    const say = allWordsOf(language)
    const { town } = stage
    const street = streetOf(town, language)
    const { box, devices, elder } = await behindOneBox(street)
    const kind = say.tasks.badge('device-silence', 'device-repair')
    const gateway = say.tasks.gatewayTitle(say.places.stair('26'))
    const outcome = say.tasks.outcome('device-repair', 'sensor-fault')

    for (const other of [street.door, street.motion, street.neighbourDoor]) {
      await stage.says(other, {})
    }
    let wire = await town.connect(box)
    const beat = async () => {
      for (const device of devices) await stage.says(device, {}, wire)
    }
    await beat()
    town.clock.set({ at: town.clock.now() + minuteMs })
    await stage.says(devices[0]!, { state: 'open' }, wire)
    await stage.look()
    const home = await stage.open(elder, '/care', { language, view: 'elder' })
    await home.getByText(say.care.seenHead).waitFor()
    const boxes = await stage.open(street.officer, '/desk/gateways', { language, width: 1440 })
    await boxes.getByText(say.devices.heardOf('3', '3')).waitFor()
    const worker = await stage.open(street.worker, '/desk', { language })
    await worker.getByText(say.tasks.emptyTitle).waitFor()
    const centre = await stage.open(street.officer, '/centre', { language, width: 1440 })

    // its plug is pulled
    await wire.endAsync(true)
    town.clock.set({ at: town.clock.now() + 16 * minuteMs })
    await stage.look()
    const entry = worker.locator('.entry')
    await entry.filter({ hasText: gateway }).filter({ hasText: kind }).waitFor()
    await entry.getByText(say.tasks.gatewaySilent(3)).waitFor()
    expect(await entry.count()).toBe(1)
    await centre.getByText(say.centre.byWhom('居委社工', 'raised')).first().waitFor()
    await home.getByText(say.care.unknownHead).waitFor()
    await home.getByText(say.care.unknownLine).waitFor()
    await boxes.reload()
    await boxes.getByText(say.devices.heardOf('3', '0')).waitFor()
    await boxes.getByText(say.devices.disconnected).waitFor()

    await press(worker, say.tasks.actOn('acknowledge', gateway))
    await entry.getByRole('link').first().click()
    await worker.getByText(say.tasks.unknownNotFine).waitFor()
    await press(worker, say.tasks.act('set-out'))
    await press(worker, say.tasks.act('arrive'))
    await worker.getByLabel(outcome).check()
    await worker.getByLabel(say.tasks.foundWords).fill('电源坏了，等新的')
    await press(worker, say.tasks.foundSave)
    await worker
      .getByText(`${say.tasks.done('find')} · ${outcome}`)
      .first()
      .waitFor()

    // more than two days without a sign: it is not known, and so nobody knocks
    town.clock.set({ at: town.clock.now() + 50 * hourMs })
    await stage.look()
    await worker.getByRole('link', { name: say.tasks.door }).first().click()
    await entry.waitFor()
    expect(await entry.filter({ hasText: gateway }).count()).toBe(1)
    expect(await entry.count()).toBe(1)
    await home.reload()
    await home.getByText(say.care.unknownHead).waitFor()
    const visits = "select * from tasks.task where kind = 'care-visit' and street = $1"
    expect(await town.owner(visits, [street.street])).toEqual([])

    // a new plug
    wire = await town.connect(box)
    await beat()
    await stage.look()
    await worker.getByText(say.tasks.emptyTitle).waitFor()
    await centre.getByText(say.centre.noMatters).waitFor()
    await home.getByText(say.care.unknownHead).waitFor({ state: 'detached' })
    await boxes.reload()
    await boxes.getByText(say.devices.heardOf('3', '3')).waitFor()
    await boxes.getByText(say.devices.connected, { exact: true }).waitFor()
    expect(await town.owner(visits, [street.street])).toEqual([])

    await worker.getByRole('link', { name: say.desk.viewClosed }).click()
    await worker.locator('.entry a').first().click()
    await worker.getByText(say.tasks.done('withdraw')).waitFor()
    await stage.says(devices[0]!, { state: 'closed' }, wire)
    await stage.look()
    await home.getByText(say.care.seenHead).waitFor()
    await wire.endAsync()
    expect(await stage.close(language)).toEqual([])
  },
)

/** An elder of the second floor, whose door and room speak through the stair's box. */
async function behindOneBox(street: SmallStreet) {
  const { town } = stage
  const home = street.homes[2]!
  const stair = stairOf(street)
  const name = `楼上${street.street}`
  const register = { bornOn: '1940-05-01', phone: '13800000009', livesAlone: true }
  await asked(street, '/api/people', { name, home, ...register })
  const named = { name: 'gw-26', format: 'canonical', place: stair }
  const box = await asked(street, '/api/devices/gateways', named)
  const { gateway } = box
  const devices: WiredDevice[] = []
  for (const [kind, place] of [
    ['door-contact', home],
    ['motion', home],
    ['smoke', stair],
  ]) {
    const one = { kind, place, gateway, heartbeatSeconds: 300 }
    devices.push(await asked(street, '/api/devices/add', one))
  }
  await town.settled()
  const token = await town.tokenOf(name)
  await town.ask(token, 'POST', '/api/care/agree', { textVersion: 2, contacts: [] })
  await town.settled()
  return { box, devices, elder: { name } }
}
