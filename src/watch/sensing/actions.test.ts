import { connect } from 'node:net'
import mqtt, { type MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dayMs, hourMs, minuteMs } from '../../kernel/clock.ts'
import { openStreets, type Streets } from '../../../tests/rig/streets.ts'
import { judge as judgeNow, settleMs } from '../scenarios/index.ts'

let town: Streets

beforeAll(async () => {
  town = await openStreets()
  await town.agrees(town.a.elder)
})
afterAll(() => town[Symbol.asyncDispose]())

type Gateway = { gateway: string; username: string; password: string; topic: string }
type Device = { device: string; topic: string }

const stair = () => town.a.homes[0]!.replace(/-[^-]+$/, '')

async function asked<Answer>(path: string, body: object): Promise<Answer> {
  const answer = await town.a.officer.post(path, body)
  expect(answer).toMatchObject({ status: 200 })
  return answer.body
}

async function newGateway(format: string, name: string): Promise<Gateway> {
  const made = await asked<Gateway>('/api/devices/gateways', { name, format, place: stair() })
  await town.settled()
  return made
}

const newDevice = (kind: string, more: object = {}) =>
  asked<Device & { username: string; password: string }>('/api/devices/add', {
    ...{ kind, place: stair(), ...more },
  })

const publish = (wire: MqttClient, topic: string, value: unknown) =>
  wire.publishAsync(topic, JSON.stringify(value), { qos: 1 })

const lasting = (device: string) =>
  town.owner<{ state: string; value: number | null; event_at: Date; sequence: number | null }>(
    `select state, value, event_at, sequence from sensing.lasting_reading
     where device = $1 order by position`,
    [device],
  )

const page = async (device: string) =>
  (await town.a.worker.get(`/api/sensing/device?device=${device}`)).body

const gatewayPage = async (gateway: string) =>
  (await town.a.officer.get('/api/sensing/gateways')).body.gateways.find(
    (one: Gateway) => one.gateway === gateway,
  )

describe('a zigbee2mqtt gateway', () => {
  test('its devices are read by the fields that their model declares', async () => {
    const gateway = await newGateway('zigbee2mqtt', 'z2m-1')
    const fields = [
      { path: 'smoke', reads: 'state', kind: 'smoke', values: { true: 'alarm', false: 'clear' } },
      { path: 'battery', reads: 'battery' },
      { path: 'tamper', reads: 'tampered', values: { true: true, false: false } },
    ]
    const model = await asked<{ id: string }>('/api/devices/models', {
      ...{
        vendor: '示例',
        model: 'SD-1',
        format: 'zigbee2mqtt',
        source: 'test',
        fields: JSON.stringify(fields),
      },
    })
    const smoke = await newDevice('smoke', {
      ...{ gateway: gateway.gateway, nameAtGateway: '26号/二楼', model: model.id },
    })
    await town.settled()
    const wire = await town.connect(gateway)
    const topic = `lilong/${town.a.street}/${gateway.gateway}/26号/二楼`
    await publish(wire, topic, { smoke: false, battery: 90, tamper: false, linkquality: 80 })
    await publish(wire, topic, { smoke: true, battery: 90, tamper: false })
    await publish(wire, topic, { smoke: true, battery: 89, tamper: false })
    await publish(wire, topic, { smoke: 'perhaps' })
    await publish(wire, topic, { smoke: true, faceId: 7 })
    await publish(wire, `lilong/${town.a.street}/${gateway.gateway}/not listed`, { smoke: true })
    expect((await lasting(smoke.device)).map((row) => row.state)).toEqual(['clear', 'alarm'])
    const shown = await page(smoke.device)
    expect(shown).toMatchObject({ state: 'alive', battery: 89, conditions: [] })
    const refused = shown.refusals.map((row: { reason: string }) => row.reason)
    expect(refused.toSorted()).toEqual(['biometric', 'undeclared'])
    const box = await gatewayPage(gateway.gateway)
    expect(box).toMatchObject({ devices: 1, heard: 1, isConnected: true, isCopied: false })
    expect(box.refusals.map((row: { reason: string }) => row.reason)).toEqual(['not-listed'])
  })
})

describe('a chirpstack server', () => {
  test('an uplink that was delayed keeps its own time, and its copy is known', async () => {
    const server = await newGateway('chirpstack', 'lora-1')
    const fields = [
      {
        ...{ path: 'object.leakage_status', reads: 'state', kind: 'water-leak' },
        values: { '"normal"': 'dry', '"leak"': 'wet' },
      },
      { path: 'object.battery', reads: 'battery' },
    ]
    const model = await asked<{ id: string }>('/api/devices/models', {
      ...{
        vendor: '示例',
        model: 'LK-1',
        format: 'chirpstack',
        source: 'test',
        fields: JSON.stringify(fields),
      },
    })
    const eui = '24e124136b502217'
    const leak = await newDevice('water-leak', {
      ...{ gateway: server.gateway, nameAtGateway: eui, model: model.id },
    })
    await town.settled()
    const wire = await town.connect(server)
    const topic = `lilong/${town.a.street}/${server.gateway}/${eui}/event/up`
    const past = town.clock.now() - 5 * hourMs
    const uplink = {
      ...{ deduplicationId: 'x', time: new Date(past).toISOString(), fCnt: 7, fPort: 85 },
      ...{ deviceInfo: { devEui: eui }, object: { leakage_status: 'leak', battery: '77' } },
    }
    await publish(wire, topic, uplink)
    await publish(wire, topic, uplink)
    expect(await lasting(leak.device)).toMatchObject([
      { state: 'wet', event_at: new Date(past), sequence: 7 },
    ])
    const shown = await page(leak.device)
    expect(shown.battery).toBe(77)
    expect(shown.remarks.length + shown.refusals.length).toBeGreaterThan(0)
  })
})

describe('what is wrong with a device becomes a task', () => {
  const open = (device: string) =>
    town.owner<{ rule: string; state: string }>(
      "select rule, state from tasks.task where subject = $1 and state <> 'closed' order by rule",
      [device],
    )

  test('a low battery and an opened case, each once, and gone when it is right again', async () => {
    const smoke = await newDevice('smoke')
    const wire = await town.connect(smoke)
    let seq = 1
    const says = (more: object) =>
      publish(wire, smoke.topic, { seq: seq++, at: town.clock.now(), state: 'clear', ...more })
    await says({ battery: 80 })
    await town.program.scenarios.tick()
    expect(await open(smoke.device)).toEqual([])
    await says({ battery: 15, tampered: true })
    for (let i = 0; i < 3; i++) await town.program.scenarios.tick()
    const rules = (await open(smoke.device)).map((row) => row.rule)
    expect(rules).toEqual(['device-battery-low', 'device-tampered'])
    await says({ battery: 20 })
    await town.program.scenarios.tick()
    expect(await open(smoke.device)).toHaveLength(2)
    await says({ battery: 100, tampered: false })
    await town.program.scenarios.tick()
    expect(await open(smoke.device)).toEqual([])
  })

  test('a task that somebody closed does not come back while the battery is still low', async () => {
    const smoke = await newDevice('smoke')
    const wire = await town.connect(smoke)
    const said = { seq: 1, at: town.clock.now(), state: 'clear', battery: 3 }
    await publish(wire, smoke.topic, said)
    await town.program.scenarios.tick()
    const [task] = await town.owner('select id from tasks.task where subject = $1', [smoke.device])
    const closing = "update tasks.task set state = 'closed', next_at = null where id = $1"
    await town.owner(closing, [task.id])
    await publish(wire, smoke.topic, { ...said, seq: 2, battery: 2 })
    await town.program.scenarios.tick()
    await town.restart()
    await town.program.scenarios.tick()
    expect(await open(smoke.device)).toEqual([])
  })
})

test('coverage is kept as facts, and the time that nobody listened is not in it', async () => {
  const smoke = await newDevice('smoke')
  const say = async (seq: number) => {
    const wire = await town.connect(smoke)
    const heartbeat = { seq, at: town.clock.now(), state: 'heartbeat' }
    await publish(wire, smoke.topic, heartbeat)
    await wire.endAsync()
  }
  const began = town.clock.now()
  await say(1)
  town.clock.set({ at: began + 5 * minuteMs })
  await say(2)
  await town.program.scenarios.tick()
  await town.restart(2 * minuteMs)
  await say(3)
  town.clock.set({ at: began + dayMs })
  await say(4)
  const at = (minutes: number) => began + minutes * minuteMs
  expect((await page(smoke.device)).coverage).toEqual([
    { from: began, to: at(5) },
    { from: at(7), to: at(7) },
    { from: began + dayMs, to: began + dayMs },
  ])
})

test('the time that nobody listened stops the clock of silence, however short', async () => {
  const plans = [...town.program.scenarios.plans.values()]
  const plan = plans.find((watch) => watch.person === town.a.elder.person)!.subject
  const judge = () => judgeNow(town.program.scenarios, plan)
  let seq = 1_000
  const beat = async (state = 'heartbeat') => {
    for (const device of [town.a.door, town.a.motion]) {
      const wire = await town.connect(device)
      await publish(wire, device.topic, { seq: seq++, at: town.clock.now(), state })
      await wire.endAsync()
    }
  }
  await beat()
  await beat('occupied')
  await town.program.scenarios.tick()
  const before = judge()
  await town.restart(10 * minuteMs)
  await beat()
  expect(before).toMatchObject({ kind: 'seen', silentMs: 0 })
  expect(judge()).toMatchObject({ kind: 'seen', silentMs: 0 })
  town.clock.set({ at: town.clock.now() + 4 * minuteMs })
  await beat()
  expect(judge()).toMatchObject({ kind: 'seen', silentMs: 4 * minuteMs })
})

describe('who sees which devices', () => {
  test('a list names none that is in a home, and a worker sees their own neighbourhood', async () => {
    const door = await newDevice('door-access', { label: '26号门' })
    const { body } = await town.a.worker.get('/api/sensing/devices?kind=door-access')
    expect(body.devices.map((row: Device) => row.device)).toEqual([door.device])
    const all = (await town.a.officer.get('/api/sensing/devices')).body
    expect(all.devices.every((row: any) => row.place.room === null)).toBe(true)
    const motion = all.counts.find((cell: any) => cell.kind === 'motion')
    expect(motion.alive + motion.quiet + motion.unknown + motion.neverReported).toBe(1)
    const other = (await town.b.worker.get(`/api/sensing/device?device=${door.device}`)).status
    expect(other).toBe(404)
  })

  test('a credential in two places is shown, and its readings are still heard', async () => {
    const smoke = await newDevice('smoke')
    const { username, password } = smoke
    const from = (localAddress: string) =>
      new Promise<MqttClient>((resolve, reject) => {
        const port = town.program.mqttPort
        const client = new mqtt.MqttClient(
          () => connect({ host: '127.0.0.1', port, localAddress }),
          { username, password, protocolVersion: 4, reconnectPeriod: 0 },
        )
        client.once('connect', () => resolve(client))
        client.once('error', reject)
      })
    const alarm = (seq: number) => ({ seq, at: town.clock.now(), state: 'alarm' })
    const here = await from('127.0.0.1')
    const there = await from('127.0.0.2')
    await publish(there, smoke.topic, alarm(1))
    await publish(there, smoke.topic, alarm(2))
    // Whoever moved leaves the old line to die; only when that one speaks there are two.
    expect((await page(smoke.device)).conditions).toEqual([])
    await publish(here, smoke.topic, alarm(3))
    await expect
      .poll(async () => (await page(smoke.device)).conditions)
      .toMatchObject([{ condition: 'copied' }])
    expect(await lasting(smoke.device)).toHaveLength(3)
    await Promise.all([here.endAsync(), there.endAsync()])
    const old = await town.connect(smoke)
    const renewed = await asked<{ password: string }>('/api/devices/credential', {
      source: smoke.device,
    })
    await town.settled()
    expect((await page(smoke.device)).conditions).toEqual([])
    await expect(town.connect(smoke)).rejects.toMatchObject({ code: 4 })
    const gone = new Promise<void>((done) => old.once('close', () => done()))
    old.publish(smoke.topic, JSON.stringify(alarm(4)), { qos: 1 })
    await gone
    expect(await lasting(smoke.device)).toHaveLength(3)
    await town.connect({ ...smoke, ...renewed })
  })
})

describe('what tells of a person is gone with their consent, whatever its device is there for', () => {
  test('a current measured in a home, and the times that marks could tell', async () => {
    const [home] = town.a.homes
    const meter = await newDevice('electrical', { place: home })
    const door = await newDevice('door-contact', { place: home })
    await town.settled()
    const wire = await town.connect(meter)
    const said = { seq: 1, at: town.clock.now(), state: 'current-ma', value: 1_200 }
    await publish(wire, meter.topic, said)
    await publish(wire, meter.topic, { ...said, seq: 2, state: 'overload', value: undefined })
    const other = await town.connect(door)
    await publish(other, door.topic, { at: town.clock.now(), state: 'open' })
    await town.program.sensing.intake.saveMarks()
    const marks = () =>
      town.owner<{ taken: string; timed: string; newest_at: Date | null; last_states: unknown }>(
        `select taken::text, taken_timed::text as timed, newest_at, last_states
         from sensing.mark where device = any($1)`,
        [[meter.device, door.device]],
      )
    expect((await lasting(meter.device)).map((row) => row.state)).toEqual(['overload'])
    expect((await page(meter.device)).newest.map((row: any) => row.state)).toEqual(['overload'])
    expect((await marks()).some(({ timed }) => timed !== '{}')).toBe(true)
    expect((await town.a.elder.post('/api/care/end', {})).status).toBe(200)
    await town.settled()
    const rows = await town.owner('select state from sensing.reading where device = any($1)', [
      [meter.device, door.device],
    ])
    expect(rows).toEqual([])
    for (const mark of await marks()) {
      expect(mark).toEqual({ taken: '{}', timed: '{}', newest_at: null, last_states: null })
    }
    await town.agrees(town.a.elder)
  })

  test('marks of readings older than their term are one range, and times are gone', async () => {
    const door = await newDevice('door-contact')
    const { memory, intake } = town.program.sensing
    const wire = await town.connect(door)
    const began = town.clock.now()
    for (const [hours, state] of [
      [0, 'open'],
      [2, 'closed'],
      [4, 'open'],
    ] as const) {
      town.clock.set({ at: began + hours * hourMs })
      const at = town.clock.now()
      await publish(wire, door.topic, { seq: at, at, state })
      await publish(wire, door.topic, { at, state })
      await intake.saveMarks()
    }
    const { stream } = memory.get(door.device)!
    expect(stream.marks.ranges).toHaveLength(6)
    expect(stream.timed.ranges.length).toBeGreaterThan(0)
    town.clock.set({ at: began + 77 * hourMs })
    const at = town.clock.now()
    await publish(wire, door.topic, { seq: at, at, state: 'open' })
    await intake.saveMarks()
    expect(stream.marks.ranges).toEqual([began, began + 4 * hourMs, at, at])
    expect(stream.timed.ranges).toEqual([])
  })
})

test('a refused copy tells nobody that its device lives', async () => {
  const smoke = await newDevice('smoke')
  await town.settled()
  const wire = await town.connect(smoke)
  const said = { seq: 1, at: town.clock.now(), state: 'clear' }
  await publish(wire, smoke.topic, said)
  town.clock.set({ at: town.clock.now() + 20 * minuteMs })
  const tasks = () =>
    town.owner('select id, state from tasks.task where subject = $1', [smoke.device])
  await town.program.scenarios.tick()
  const lost = await tasks()
  expect(lost).toMatchObject([{ state: 'raised' }])
  await publish(wire, smoke.topic, said)
  await town.program.scenarios.tick()
  expect(await tasks()).toEqual(lost)
})

test('two homes that swap their sensors: each sign of life is the right elder’s', async () => {
  await town.agrees(town.a.neighbour)
  const [here, there] = [town.a.homes[0]!, town.a.homes[1]!]
  const mine = await newDevice('motion', { place: here })
  const theirs = await newDevice('motion', { place: there })
  await town.settled()
  await asked('/api/devices/move', { device: mine.device, place: there })
  await asked('/api/devices/move', { device: theirs.device, place: here })
  await town.settled()
  const signs: string[] = []
  for (const [device, home] of [
    [mine, there],
    [theirs, here],
  ] as const) {
    const wire = await town.connect(device)
    town.clock.set({ at: town.clock.now() + minuteMs })
    const at = town.clock.now()
    await publish(wire, device.topic, { seq: 1, at, state: 'occupied' })
    town.clock.set({ at: town.clock.now() + settleMs })
    await town.program.scenarios.tick()
    const [row] = await town.owner(
      `select (state -> 'life' ->> 'since')::float8 as since from scenarios.subject
       where rule = 'care-silence' and subject = $1`,
      [home],
    )
    signs.push(`${row.since === at}`)
  }
  expect(signs).toEqual(['true', 'true'])
})
