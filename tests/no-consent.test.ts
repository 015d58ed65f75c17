import { expect, test } from 'vitest'
import { dayMs, hourMs } from '../src/kernel/clock.ts'
import { longHeartbeat, openStreets, type Streets, type WiredDevice } from './rig/streets.ts'

const rows = (town: Streets, device: WiredDevice) =>
  town.owner('select sequence from sensing.reading where device = $1', [device.device])

async function refusedOf(town: Streets, device: WiredDevice): Promise<object> {
  const { body } = await town.a.worker.get(`/api/sensing/device?device=${device.device}`)
  return Object.fromEntries(body.refusals.map((row: any) => [row.reason, row.count]))
}

test('a home without consent: whatever its sensors say, no reading is ever kept and nobody judged', async () => {
  await using town = await openStreets(longHeartbeat)
  const { door, motion, elder } = town.a
  const [one, two] = [await town.connect(door), await town.connect(motion)]
  for (let i = 1; i <= 20; i++) {
    await town.says(one, door, i, i % 2 ? 'open' : 'closed')
    await town.says(two, motion, i, 'occupied')
  }
  expect([await rows(town, door), await rows(town, motion)]).toEqual([[], []])
  expect(await refusedOf(town, door)).toEqual({ 'no-consent': 20 })
  await elder.post('/api/care/refuse', {})
  await town.says(one, door, 21, 'open')
  await town.silent(town.a, 60)
  expect(await rows(town, door)).toEqual([])
  expect(await town.owner('select 1 from scenarios.watch')).toEqual([])
  expect(await town.owner("select 1 from tasks.task where rule = 'care-silence'")).toEqual([])
  expect(town.program.scenarios.plans.size).toBe(0)
  const looks = await town.owner(
    "select 1 from privacy.look where person = $1 and by_kind = 'rule'",
    [elder.person],
  )
  expect(looks).toEqual([])
})

test('what was before the consent is not taken under it', async () => {
  await using town = await openStreets()
  const { door } = town.a
  const wire = await town.connect(door)
  const before = town.clock.now()
  town.clock.set({ at: before + hourMs })
  await town.agrees(town.a.elder)
  const late = JSON.stringify({ seq: 1, at: before, state: 'open' })
  await wire.publishAsync(door.topic, late, { qos: 1 })
  expect(await rows(town, door)).toEqual([])
  expect(await refusedOf(town, door)).toEqual({ 'no-consent': 1 })
  await town.says(wire, door, 2, 'open')
  expect(await rows(town, door)).toHaveLength(1)
})

test('after it ends: readings are gone, the next is refused, and nothing is judged', async () => {
  await using town = await openStreets(longHeartbeat)
  const { door, elder } = town.a
  const wire = await town.connect(door)
  await town.agrees(elder)
  await town.says(wire, door, 1, 'open')
  expect(await rows(town, door)).toHaveLength(1)

  expect((await elder.post('/api/care/end', {})).status).toBe(200)
  // While the news is on its way, readings still come.
  for (const seq of [2, 3, 4]) await town.says(wire, door, seq, 'open')
  await town.settled()
  expect(await rows(town, door)).toEqual([])
  const before = ((await refusedOf(town, door)) as any)['no-consent'] ?? 0
  await town.says(wire, door, 5, 'open')
  expect(await refusedOf(town, door)).toEqual({ 'no-consent': before + 1 })
  expect(await rows(town, door)).toEqual([])

  await town.silent(town.a, 60)
  expect(town.program.scenarios.plans.size).toBe(0)
  expect(await town.owner("select 1 from tasks.task where rule = 'care-silence'")).toEqual([])
  await town.restart()
  expect(town.program.scenarios.plans.size).toBe(0)
  const again = await town.connect(door)
  await town.says(again, door, 6, 'open')
  expect(await rows(town, door)).toEqual([])
})

test('a consent past its date takes nothing in, also before anybody has ended it', async () => {
  await using town = await openStreets(longHeartbeat)
  const { door, elder } = town.a
  await town.agrees(elder)
  town.clock.set({ at: town.clock.now() + 365 * dayMs - 1 })
  const wire = await town.connect(door)
  await town.says(wire, door, 1, 'open')
  expect(await rows(town, door)).toHaveLength(1)
  town.clock.set({ at: town.clock.now() + 1 })
  await town.says(wire, door, 2, 'open')
  expect(await rows(town, door)).toHaveLength(1)
  await town.program.letGo()
  await town.settled()
  expect(await rows(town, door)).toEqual([])
})
