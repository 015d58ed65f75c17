import mqtt, { type MqttClient } from 'mqtt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayMs, hourMs, minuteMs } from '../src/kernel/clock.ts'
import { settleMs } from '../src/watch/scenarios/index.ts'
import { openStreets, type Streets, type WiredDevice } from './rig/streets.ts'

let town: Streets

beforeAll(async () => {
  town = await openStreets()
  await town.agrees(town.a.elder)
})
afterAll(() => town[Symbol.asyncDispose]())

let next = 1
const sequence = () => next++

function message(more: object = {}): string {
  return JSON.stringify({ seq: sequence(), at: town.clock.now(), state: 'open', ...more })
}

function closing(wire: MqttClient): Promise<void> {
  return new Promise((done) => wire.once('close', done))
}

const readings = (device: WiredDevice) =>
  town.owner<{ sequence: number; state: string; consent: string | null }>(
    'select sequence, state, consent from sensing.reading where device = $1 order by position',
    [device.device],
  )

/** What the device's page says was refused, by reason. */
async function refused(device: WiredDevice): Promise<Record<string, number>> {
  const page = await town.a.worker.get(`/api/sensing/device?device=${device.device}`)
  expect(page.status).toBe(200)
  return Object.fromEntries(page.body.refusals.map((row: any) => [row.reason, row.count]))
}

async function newDevice(home = town.a.homes[0]): Promise<WiredDevice> {
  const made = await town.a.officer.post('/api/devices/add', {
    ...{ kind: 'door-contact', place: home, perMinuteMax: 6_000 },
  })
  expect(made.status).toBe(200)
  return made.body
}

test('nobody signs in with a wrong password, an unknown name or a revoked device', async () => {
  const revoked = await newDevice()
  const wire = await town.connect(revoked)
  await town.says(wire, revoked, sequence(), 'open')
  const gone = closing(wire)
  const answer = await town.a.officer.post('/api/devices/revoke', { device: revoked.device })
  expect(answer.status).toBe(200)
  await town.settled()
  wire.publish(revoked.topic, message(), { qos: 1 })
  await gone
  expect(await readings(revoked)).toHaveLength(1)

  const { username } = town.a.door
  for (const wrong of [
    { username, password: 'wrong' },
    { username, password: town.a.motion.password },
    { username, password: '' },
    { username: 'nobody', password: town.a.door.password },
    { username: '', password: town.a.door.password },
    { username: revoked.username, password: revoked.password },
  ]) {
    await expect(town.connect(wrong)).rejects.toMatchObject({ code: 4 })
  }
})

test('a message is committed before it is acknowledged: fifty times of fifty', async () => {
  const device = await newDevice()
  const wire = await town.connect(device)
  for (let i = 1; i <= 50; i++) {
    await town.says(wire, device, i, i % 2 ? 'open' : 'closed')
    expect(await readings(device)).toHaveLength(i)
  }
})

test('a doubled message is one row, also when both copies fly at once', async () => {
  const device = await newDevice()
  const wire = await town.connect(device)
  const twin = await town.connect(device)
  const payload = message()
  await Promise.all(
    [wire, wire, twin, twin].map((each) => each.publishAsync(device.topic, payload, { qos: 1 })),
  )
  await wire.publishAsync(device.topic, payload, { qos: 1 })
  expect(await readings(device)).toHaveLength(1)
  expect(await refused(device)).toEqual({ duplicate: 4 })
})

const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

const unwelcome: { what: string; reason: string; payload: () => string | Buffer }[] = [
  { what: 'no JSON', reason: 'malformed', payload: () => '{"seq": 1,' },
  { what: 'nothing', reason: 'malformed', payload: () => '' },
  { what: 'bytes', reason: 'malformed', payload: () => Buffer.from([0xff, 0, 0xfe, 0x80]) },
  { what: 'a list', reason: 'malformed', payload: () => '[1]' },
  { what: 'an unknown field', reason: 'malformed', payload: () => message({ room: 501 }) },
  { what: '__proto__', reason: 'malformed', payload: () => '{"__proto__": {"seq": 1}}' },
  {
    what: 'the same key twice',
    reason: 'malformed',
    payload: () => message().replace('{', '{"seq":9,'),
  },
  {
    what: 'NaN',
    reason: 'malformed',
    payload: () => message().replace('"seq":', '"seq":NaN,"x":'),
  },
  { what: '1e400', reason: 'malformed', payload: () => message({ seq: 0 }).replace('0', '1e400') },
  {
    what: 'a time without a zone',
    reason: 'malformed',
    payload: () => message({ at: '2026-07-07T08:00:00' }),
  },
  { what: 'text for a number', reason: 'malformed', payload: () => message({ seq: '7' }) },
  { what: '70 KB', reason: 'too-large', payload: () => message({ state: 'x'.repeat(70_000) }) },
  { what: '10 MB', reason: 'too-large', payload: () => Buffer.alloc(10 * 1024 * 1024, 'x') },
  { what: 'depth 10,000', reason: 'too-deep', payload: () => deep(10_000) },
  { what: 'a face', reason: 'biometric', payload: () => message({ face: 'AAECAw==' }) },
  {
    what: 'a face inside',
    reason: 'biometric',
    payload: () => message({ battery: { faceVector: [1] } }),
  },
  { what: 'tomorrow', reason: 'future', payload: () => message({ at: town.clock.now() + dayMs }) },
  {
    what: '73 hours ago',
    reason: 'too-old',
    payload: () => message({ at: town.clock.now() - 73 * hourMs }),
  },
  {
    what: 'what another kind says',
    reason: 'wrong-kind',
    payload: () => message({ state: 'occupied' }),
  },
]

test.each(unwelcome)(
  '$what is acknowledged and counted as $reason',
  async ({ reason, payload }) => {
    const device = await newDevice()
    const wire = await town.connect(device)
    const other = await town.connect(town.a.motion)
    let closes = 0
    for (const each of [wire, other]) each.on('close', () => closes++)
    await wire.publishAsync(device.topic, payload(), { qos: 1 })
    expect(await readings(device)).toEqual([])
    expect(await refused(device)).toEqual({ [reason]: 1 })

    await town.says(wire, device, sequence(), 'open')
    await town.says(other, town.a.motion, sequence(), 'occupied')
    expect(await readings(device)).toHaveLength(1)
    expect(closes).toBe(0)
  },
)

test('whoever has not agreed: acknowledged, counted, and not one row', async () => {
  const { neighbourDoor } = town.a
  const wire = await town.connect(neighbourDoor)
  await town.says(wire, neighbourDoor, sequence(), 'open')
  await town.says(wire, neighbourDoor, sequence(), 'heartbeat')
  expect(await readings(neighbourDoor)).toEqual([])
  expect(await refused(neighbourDoor)).toEqual({ 'no-consent': 1 })
})

test('another device’s topic disconnects, is counted, and stores nothing', async () => {
  for (const topic of [
    town.a.motion.topic,
    town.b.door.topic,
    `lilong/${town.b.street}/${town.a.door.device}/event`,
    '$SYS/lilong',
    'lilong',
  ]) {
    const before = (await town.owner('select count(*)::int as n from sensing.reading'))[0].n
    const device = await newDevice()
    const wire = await town.connect(device)
    const closed = closing(wire)
    wire.publish(topic, message(), { qos: 1 })
    await closed
    expect(await refused(device)).toEqual({ 'foreign-topic': 1 })
    const after = (await town.owner('select count(*)::int as n from sensing.reading'))[0].n
    expect(after).toBe(before)
  }
})

test('nobody can listen: every subscription is refused and hears nothing', async () => {
  const wire = await town.connect(town.a.motion)
  const heard: string[] = []
  wire.on('message', (topic) => heard.push(topic))
  for (const topic of ['#', '$SYS/#', 'lilong/+/+/event', town.a.motion.topic]) {
    await expect(wire.subscribeAsync(topic)).rejects.toThrow()
  }
  const speaker = await town.connect(town.a.motion)
  await town.says(speaker, town.a.motion, sequence(), 'occupied')
  expect(heard).toEqual([])
})

test('a commit that fails gives no PUBACK, and the message comes again', async () => {
  await using own = await openStreets()
  await own.agrees(own.a.elder)
  const { door } = own.a
  const wire = await persistent(own, door)
  try {
    await own.owner('alter table sensing.reading rename to hidden')
    const payload = JSON.stringify({ seq: 1, at: own.clock.now(), state: 'open' })
    let isAcknowledged = false
    const sent = wire.publishAsync(door.topic, payload, { qos: 1 }).then(() => {
      isAcknowledged = true
    })
    await closing(wire)
    await closing(wire)
    expect(isAcknowledged).toBe(false)
    await own.owner('alter table sensing.hidden rename to reading')
    await sent
    const rows = await own.owner('select sequence from sensing.reading')
    expect(rows).toEqual([{ sequence: 1 }])
    const [count] = await own.owner('select count(*)::int as n from sensing.refusal')
    expect(count.n).toBe(0)
  } finally {
    await wire.endAsync(true)
  }
})

/** A client that comes back by itself and sends again what was not acknowledged. */
function persistent(own: Streets, { username, password }: WiredDevice): Promise<MqttClient> {
  const url = `mqtt://127.0.0.1:${own.program.mqttPort}`
  return mqtt.connectAsync(url, { username, password, reconnectPeriod: 50 })
}

test('raw readings are gone once judged, and after 73 hours though nobody judged', async () => {
  await using own = await openStreets()
  await own.agrees(own.a.elder)
  const { door } = own.a
  const wire = await own.connect(door)
  const kept = async () => (await own.owner('select 1 from sensing.reading')).length
  const start = own.clock.now()

  await own.says(wire, door, 1, 'open')
  own.clock.set({ at: start + settleMs })
  await own.program.scenarios.tick()
  own.clock.set({ at: start + 59 * minuteMs })
  await own.program.letGo()
  expect(await kept()).toBe(1)
  own.clock.set({ at: start + 2 * hourMs })
  await own.program.letGo()
  expect(await kept()).toBe(0)

  await own.says(wire, door, 2, 'open')
  own.clock.set({ at: start + 2 * hourMs + 71 * hourMs })
  await own.program.letGo()
  expect(await kept()).toBe(1)
  own.clock.set({ at: start + 2 * hourMs + 73 * hourMs })
  await own.program.letGo()
  expect(await kept()).toBe(0)
  const tables = await own.owner(
    "select 1 from pg_inherits where inhparent = 'sensing.reading'::regclass",
  )
  expect(tables).toEqual([])
})

test('after a restart copies are known, judged and dropped or not', async () => {
  await using own = await openStreets()
  await own.agrees(own.a.elder)
  const { door } = own.a
  const first = await own.connect(door)
  for (const seq of [1, 2, 3]) await own.says(first, door, seq, 'open')
  own.clock.set({ at: own.clock.now() + settleMs })
  await own.program.scenarios.tick()
  own.clock.set({ at: own.clock.now() + 2 * hourMs })
  await own.program.letGo()
  await own.says(first, door, 4, 'open')
  await own.restart()

  const again = await own.connect(door)
  for (const seq of [2, 4, 3]) await own.says(again, door, seq, 'open')
  expect(await own.owner('select sequence from sensing.reading')).toEqual([{ sequence: 4 }])
  await own.says(again, door, 5, 'open')
  const page = await own.a.worker.get(`/api/sensing/device?device=${door.device}`)
  expect(page.body.refusals).toMatchObject([{ reason: 'duplicate', count: 3 }])
})

test('over a restart the clock of silence goes on, and the time it was down does not count', async () => {
  await using own = await openStreets()
  await own.agrees(own.a.elder)
  const { door, motion, worker } = own.a
  const start = own.clock.now()
  let wires: MqttClient[] = []
  let seq = 1
  const connect = async () => (wires = [await own.connect(door), await own.connect(motion)])
  const beat = async () => {
    await own.says(wires[0]!, door, seq++, 'heartbeat')
    await own.says(wires[1]!, motion, seq++, 'heartbeat')
    await own.program.scenarios.tick()
  }
  const until = async (hours: number) => {
    while (own.clock.now() < start + hours * hourMs) {
      own.clock.set({ at: own.clock.now() + 12 * minuteMs })
      await beat()
    }
  }
  const visits = async () =>
    (await worker.get('/api/tasks/mine')).body.tasks.filter(
      (task: any) => task.kind === 'care-visit',
    )

  await connect()
  await own.says(wires[0]!, door, seq++, 'open')
  await beat()
  await until(10)
  own.clock.set({ at: start + 12 * hourMs })
  await beat()
  await until(24)
  await own.restart(5 * hourMs)
  await connect()
  await beat()
  await until(54.6)
  expect(await visits()).toEqual([])
  await until(55.4)
  const [visit, ...more] = await visits()
  expect(more).toEqual([])
  expect(visit.facts.since).toBe(start)
  expect(visit.facts.gapMs).toBe((2 + 5) * hourMs)
})
