import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStreets, type Streets, type WiredDevice } from '../../../tests/rig/streets.ts'

let town: Streets

beforeAll(async () => {
  town = await openStreets()
})
afterAll(() => town[Symbol.asyncDispose]())

async function button(street = town.a): Promise<WiredDevice> {
  const wish = { kind: 'sos-button', place: street.homes[1], heartbeatSeconds: 86_400 }
  const { body } = await street.officer.post('/api/devices/add', wish)
  await town.settled()
  return body
}

async function press(device: WiredDevice, seq = 1): Promise<void> {
  const wire = await town.connect(device)
  await town.says(wire, device, seq, 'pressed')
  await wire.endAsync()
}

const openFor = async ({ device }: WiredDevice) =>
  town.owner('select id from tasks.task where subject = $1', [device])

test('an emergency is told as it arrives: nobody waits for the next look', async () => {
  const device = await button()
  const prompt = town.program.scenarios.beginAtOnce()
  await press(device)
  await prompt[Symbol.asyncDispose]()
  expect(await openFor(device)).toHaveLength(1)
})

test('what does not hurt waits for the look', async () => {
  const prompt = town.program.scenarios.beginAtOnce()
  const wire = await town.connect(town.a.door)
  await town.says(wire, town.a.door, 1, 'open')
  await wire.endAsync()
  const before = await town.owner('select fed from scenarios.street_progress')
  await prompt[Symbol.asyncDispose]()
  expect(await town.owner('select fed from scenarios.street_progress')).toEqual(before)
})

test('many at the same moment are each told once, in their own streets', async () => {
  const devices = [await button(), await button(), await button(town.b), await button()]
  const prompt = town.program.scenarios.beginAtOnce()
  await Promise.all([...devices.map((each) => press(each)), town.program.scenarios.tick()])
  await prompt[Symbol.asyncDispose]()
  await town.program.scenarios.tick()
  for (const device of devices) expect(await openFor(device)).toHaveLength(1)
})

test('what was told at once is not told again after a restart', async () => {
  const device = await button()
  const prompt = town.program.scenarios.beginAtOnce()
  await press(device)
  await prompt[Symbol.asyncDispose]()
  await town.restart(60_000)
  await town.program.scenarios.tick()
  expect(await openFor(device)).toHaveLength(1)
  const steps = await town.owner('select act from tasks.task_log where task = $1', [
    (await openFor(device))[0].id,
  ])
  expect(steps.map(({ act }) => act)).toEqual(['raised'])
})
