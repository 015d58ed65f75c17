import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { dayMs } from '../../kernel/clock.ts'
import { isFault } from '../../kernel/fault.ts'
import type { DeviceId, PlaceCode } from '../../kernel/ids.ts'
import { digest } from '../../platform/secrets.ts'
import * as actions from './actions.ts'
import { saveModels } from './models/store.ts'
import * as store from './store.ts'
import {
  committee,
  home,
  neighbours,
  openRegistry,
  otherHome,
  secondHome,
  stair,
  street,
  type Registry,
} from './testing/index.ts'

let town: Registry
beforeAll(async () => {
  town = await openRegistry()
})
afterAll(() => town[Symbol.asyncDispose]())
beforeEach(() => void town.events.splice(0))

const missing = '01890000-0000-7000-8000-00000000dead'
let boxes = 0

type AddInput = Parameters<typeof actions.addDevice>[2]
const add = (input: Partial<AddInput> = {}, asker = town.officer) =>
  actions.addDevice(town.given, asker, { kind: 'door-contact', place: home, ...input })

async function added(input: Partial<AddInput> = {}) {
  const answer = await add(input)
  if (isFault(answer)) throw new Error(JSON.stringify(answer))
  return answer
}

async function box(format: 'canonical' | 'zigbee2mqtt' | 'chirpstack', asker = town.officer) {
  const input = { name: `box-${++boxes}`, format, place: stair }
  const answer = await actions.addGateway(town.given, asker, input, 'mqtt://town.example:1883')
  if (isFault(answer)) throw new Error(JSON.stringify(answer))
  return answer
}

async function row(device: string) {
  const [found] = await town.rows<any>('select * from devices.device where id = $1', [device])
  return found
}

const story = (source: DeviceId) =>
  town.given.db.inStreet({ street }, (tx) => store.stepsOf(tx, source))

describe('a device', () => {
  test('is added with a password that only its holder has, and its kind’s bounds', async () => {
    const answer = await added({ kind: 'electrical', place: stair, label: '二楼楼道' })
    expect(answer.username).toBe(answer.device)
    expect(answer.password).toMatch(/^[\w-]{43}$/)
    const found = await row(answer.device)
    expect(found.password_sha256.equals(digest(answer.password ?? ''))).toBe(true)
    expect(found).toMatchObject({
      ...{ purpose: 'home-safety', per_minute_max: 600, heartbeat_seconds: 300 },
      ...{ label: '二楼楼道', street, place: stair, lent_until: null, replaces: null },
    })
    expect(answer.topic).toBe(`lilong/${street}/${answer.device}/event`)
    expect(town.events).toEqual([
      { name: 'devices.changed', street, source: answer.device, place: stair, before: null },
    ])
    const [step] = await story(answer.device)
    expect(step).toMatchObject({ act: 'installed', place: stair, title: '岗位', unit: '单位' })
  })

  test('stands only where there is a place, and only in the asker’s street', async () => {
    const nowhere = `${committee}-01-27-101` as PlaceCode
    expect(await add({ place: nowhere })).toEqual({ fault: 'not-found', field: 'place' })
    expect(await add({ place: otherHome })).toEqual({ fault: 'not-found', field: 'place' })
    expect(await add({ place: otherHome }, town.operator)).toHaveProperty('device')
    expect(await add({ place: home }, town.otherOfficer)).toHaveProperty('fault')
    expect(town.events).toHaveLength(1)
  })

  test('has a purpose that fits its place', async () => {
    const care = await added()
    expect((await row(care.device)).purpose).toBe('agreed-care')
    expect(await add({ purpose: 'door-security' })).toEqual({
      ...{ fault: 'bad-input', field: 'purpose' },
    })
    expect(await add({ kind: 'camera-event' })).toEqual({ fault: 'bad-input', field: 'place' })
    expect(await add({ kind: 'camera-event', place: stair })).toHaveProperty('device')
  })

  test('counts sums of a home only while the rule that needs them is in force', async () => {
    const input = { kind: 'water-meter', place: home, purpose: 'crowding-check' } as const
    const on = async (_tx: unknown, of: string) => of === street
    const off = { fault: 'rule-off', field: 'purpose' }
    expect(await add(input)).toEqual(off)
    expect(await actions.addDevice(town.given, town.officer, input, async () => false)).toEqual(off)
    const meter = await actions.addDevice(town.given, town.officer, input, on)
    if (isFault(meter)) throw new Error(JSON.stringify(meter))
    expect((await row(meter.device)).purpose).toBe('crowding-check')
    const there = { ...input, place: otherHome }
    expect(await actions.addDevice(town.given, town.operator, there, on)).toEqual(off)
    const move = { device: meter.device, place: secondHome }
    expect(await actions.moveDevice(town.given, town.officer, move)).toEqual(off)
    expect(await actions.moveDevice(town.given, town.officer, move, on)).toEqual({
      device: meter.device,
    })
    expect((await row(meter.device)).purpose).toBe('crowding-check')
  })

  test('is read by a model of its own kind that is there', async () => {
    const model = { id: 'zigbee2mqtt/V/M', vendor: 'V', model: 'M', source: 'test', fields: [] }
    await town.given.db.asOwner((tx) =>
      saveModels(tx, [{ ...model, format: 'zigbee2mqtt', kinds: ['smoke'] }], 0),
    )
    expect(await add({ model: 'none' })).toEqual({ fault: 'not-found', field: 'model' })
    expect(await add({ model: model.id })).toEqual({ fault: 'bad-input', field: 'model' })
    expect(await add({ kind: 'smoke', model: model.id })).toHaveProperty('device')
  })
})

describe('behind a gateway', () => {
  test('that decodes, a device has no credential, and its gateway’s topic', async () => {
    const { gateway } = await box('zigbee2mqtt')
    const answer = await added({ gateway, nameAtGateway: 'stair/door' })
    expect(answer).toMatchObject({ username: null, password: null })
    expect(answer.topic).toBe(`lilong/${street}/${gateway}/stair/door`)
    expect(await renew(answer.device)).toEqual({ fault: 'bad-input', field: 'source' })
  })

  test('that is canonical, a device has its own', async () => {
    const { gateway } = await box('canonical')
    const answer = await added({ gateway })
    expect(answer.username).toBe(answer.device)
    const renewed = await renew(answer.device)
    expect(renewed).toMatchObject({ username: answer.device })
    expect(renewed).not.toMatchObject({ password: answer.password })
  })

  test('a name is there once, until its device is revoked', async () => {
    const { gateway } = await box('zigbee2mqtt')
    const other = await box('zigbee2mqtt')
    const first = await added({ gateway, nameAtGateway: 'door' })
    expect(await add({ gateway, nameAtGateway: 'door' })).toEqual({
      ...{ fault: 'already-so', field: 'nameAtGateway' },
    })
    expect(await add({ gateway: other.gateway, nameAtGateway: 'door' })).toHaveProperty('device')
    await actions.revokeDevice(town.given, town.officer, { device: first.device })
    expect(await add({ gateway, nameAtGateway: 'door' })).toHaveProperty('device')
  })

  test('a gateway of another street, or a revoked one, is none', async () => {
    const input = { name: 'theirs', format: 'canonical' as const, place: otherHome }
    const theirs = await actions.addGateway(town.given, town.otherOfficer, input, 'mqtt://x:1')
    if (isFault(theirs)) throw new Error('no gateway')
    const none = { fault: 'not-found', field: 'gateway' }
    expect(await add({ gateway: theirs.gateway })).toEqual(none)
    const { gateway } = await box('canonical')
    await actions.revokeGateway(town.given, town.officer, { gateway })
    expect(await add({ gateway })).toEqual(none)
  })
})

const renew = (source: DeviceId) => actions.renewCredential(town.given, town.officer, { source })

describe('what is done to a device', () => {
  const move = (device: DeviceId, place: PlaceCode, asker = town.officer) =>
    actions.moveDevice(town.given, asker, { device, place, words: '换地方' })

  test('moving keeps it in its street, changes the purpose with the place, and is told', async () => {
    const { device } = await added()
    town.events.splice(0)
    expect(await move(device, stair)).toEqual({ device })
    expect(await row(device)).toMatchObject({ place: stair, purpose: 'door-security' })
    expect(town.events).toEqual([
      { name: 'devices.changed', street, source: device, place: stair, before: home },
    ])
    const [step] = await story(device)
    expect(step).toMatchObject({ act: 'moved', place: stair, words: '换地方' })
    expect(await move(device, stair)).toEqual({ fault: 'already-so', field: 'place' })
    expect(await move(device, otherHome)).toEqual({ fault: 'not-found', field: 'place' })
    expect(await move(device, secondHome, town.otherOfficer)).toEqual({
      ...{ fault: 'not-found', field: 'device' },
    })
    expect(await move(missing as DeviceId, stair)).toHaveProperty('fault', 'not-found')
    expect(await row(device)).toMatchObject({ place: stair })
    expect(await move(device, secondHome, town.operator)).toEqual({ device })
  })

  test('a camera is not moved into a home', async () => {
    const { device } = await added({ kind: 'camera-event', place: stair })
    expect(await move(device, home)).toEqual({ fault: 'bad-input', field: 'place' })
    expect(await row(device)).toMatchObject({ place: stair, purpose: 'public-space' })
  })

  test('a new one takes place, purpose and gateway of the old, which is revoked', async () => {
    const { gateway } = await box('zigbee2mqtt')
    const old = await added({
      ...{ kind: 'water-leak', place: stair, purpose: 'public-space', gateway },
      ...{ nameAtGateway: 'sump', label: '水泵房', keeper: '水务公司', heartbeatSeconds: 60 },
    })
    town.events.splice(0)
    const input = { device: old.device, nameAtGateway: 'sump-2', words: '进水了' }
    const answer = await actions.replaceDevice(town.given, town.officer, input)
    if (isFault(answer)) throw new Error('not replaced')
    const [before, after] = [await row(old.device), await row(answer.device)]
    expect(before.revoked_at).not.toBeNull()
    expect(after).toMatchObject({
      ...{ kind: 'water-leak', place: stair, purpose: 'public-space', gateway },
      ...{ name_at_gateway: 'sump-2', label: '水泵房', keeper: '水务公司' },
      ...{ heartbeat_seconds: 60, replaces: old.device, revoked_at: null },
    })
    expect(after.password_sha256.equals(before.password_sha256)).toBe(false)
    expect(town.events.map((event: any) => event.source)).toEqual([old.device, answer.device])
    expect((await story(old.device))[0]).toMatchObject({ act: 'replaced', words: '进水了' })
    const next = await town.given.db.inStreet({ street }, (tx) =>
      store.replacementOf(tx, old.device),
    )
    expect(next).toBe(answer.device)
    const again = await actions.replaceDevice(town.given, town.officer, input)
    expect(again).toEqual({ fault: 'revoked', field: 'device' })
  })

  test('a new one may keep the name at the gateway, but not take a third’s', async () => {
    const { gateway } = await box('zigbee2mqtt')
    const old = await added({ gateway, nameAtGateway: 'a' })
    await added({ gateway, nameAtGateway: 'b' })
    const replace = (nameAtGateway?: string) =>
      actions.replaceDevice(town.given, town.officer, {
        ...{ device: old.device, ...(nameAtGateway ? { nameAtGateway } : {}) },
      })
    expect(await replace('b')).toEqual({ fault: 'already-so', field: 'nameAtGateway' })
    expect((await row(old.device)).revoked_at).toBeNull()
    const answer = await replace()
    expect(await row((answer as any).device)).toMatchObject({ name_at_gateway: 'a' })
  })

  test('lent until a day, and returned; twice is once', async () => {
    const { device } = await added({ place: stair })
    const lend = (to = home, until = '2026-08-01', asker = town.officer) =>
      actions.lendDevice(town.given, asker, { device, home: to, until })
    const back = () => actions.returnDevice(town.given, town.officer, { device, place: stair })
    expect(await back()).toEqual({ fault: 'already-so', field: 'device' })
    expect(await lend(home, '2026-07-06')).toEqual({ fault: 'bad-input', field: 'until' })
    expect(await lend(otherHome)).toEqual({ fault: 'not-found', field: 'home' })
    expect(await lend()).toEqual({ device })
    expect(await row(device)).toMatchObject({
      ...{ place: home, purpose: 'agreed-care', lent_until: '2026-08-01' },
    })
    expect(await lend(secondHome)).toEqual({ fault: 'already-so', field: 'device' })
    expect(await lend(home, '2026-09-01')).toEqual({ device })
    expect((await row(device)).lent_until).toBe('2026-09-01')
    expect(await back()).toEqual({ device })
    expect(await row(device)).toMatchObject({
      ...{ place: stair, purpose: 'door-security', lent_until: null },
    })
    expect((await story(device)).map(({ act }) => act)).toEqual([
      'returned',
      'lent',
      'lent',
      'installed',
    ])
  })

  test('moving a lent one ends the loan', async () => {
    const { device } = await added({ place: stair })
    await actions.lendDevice(town.given, town.officer, { device, home, until: '2026-08-01' })
    expect(await move(device, secondHome)).toEqual({ device })
    expect(await row(device)).toMatchObject({ place: secondHome, lent_until: null })
  })

  test('what may not stand in a home is not lent to one', async () => {
    const { device } = await added({ kind: 'ground', place: stair })
    const input = { device, home, until: '2026-08-01' }
    expect(await actions.lendDevice(town.given, town.officer, input)).toEqual({
      ...{ fault: 'bad-input', field: 'home' },
    })
  })

  test('revoked once, and then nothing more is done to it', async () => {
    const { device } = await added()
    const revoke = (asker = town.officer) => actions.revokeDevice(town.given, asker, { device })
    expect(await revoke(town.otherOfficer)).toEqual({ fault: 'not-found', field: 'device' })
    expect(await revoke()).toEqual({ device })
    expect(await revoke()).toEqual({ fault: 'already-so', field: 'device' })
    expect(await move(device, stair)).toEqual({ fault: 'revoked', field: 'device' })
    expect(await renew(device)).toEqual({ fault: 'revoked', field: 'source' })
    const there = await town.given.db.inStreet({ street }, (tx) => store.devicesAt(tx, home))
    expect(there.map((one) => one.device)).not.toContain(device)
  })

  test('a renewed password ends the old one', async () => {
    const { device, password } = await added()
    const answer = await renew(device)
    if (isFault(answer)) throw new Error('not renewed')
    const kept = (await row(device)).password_sha256
    expect(kept.equals(digest(answer.password))).toBe(true)
    expect(kept.equals(digest(password ?? ''))).toBe(false)
    expect((await story(device))[0]).toMatchObject({ act: 'credential-renewed' })
  })
})

describe('a gateway', () => {
  test('has a name of its own in its street, and a credential that is kept as a digest', async () => {
    const answer = await box('zigbee2mqtt')
    const [found] = await town.rows<any>('select * from devices.gateway where id = $1', [
      answer.gateway,
    ])
    expect(found.password_sha256.equals(digest(answer.password))).toBe(true)
    expect(answer.topic).toBe(`lilong/${street}/${answer.gateway}`)
    expect(answer.settings).not.toContain(answer.password)
    const again = { name: found.name, format: 'canonical' as const, place: stair }
    const twice = await actions.addGateway(town.given, town.officer, again, 'mqtt://x:1')
    expect(twice).toEqual({ fault: 'already-so', field: 'name' })
    const theirs = { ...again, place: otherHome }
    const elsewhere = await actions.addGateway(town.given, town.otherOfficer, theirs, 'mqtt://x:1')
    expect(elsewhere).toHaveProperty('gateway')
    const renewed = await actions.renewCredential(town.given, town.officer, {
      source: answer.gateway,
    })
    expect(renewed).toMatchObject({ username: answer.gateway })
  })

  test('revoked keeps its devices on the list', async () => {
    const { gateway } = await box('zigbee2mqtt')
    const { device } = await added({ gateway, nameAtGateway: 'door' })
    const revoke = () => actions.revokeGateway(town.given, town.officer, { gateway })
    expect(await revoke()).toEqual({ gateway })
    expect(await revoke()).toEqual({ fault: 'already-so', field: 'gateway' })
    const there = await town.given.db.inStreet({ street }, (tx) => store.devicesIn(tx, { street }))
    expect(there.map((one) => one.device)).toContain(device)
    const { gateways } = await actions.listGateways(town.given, town.officer)
    expect(gateways.map((one) => one.gateway)).not.toContain(gateway)
    expect(gateways.every((one) => one.street === street)).toBe(true)
  })
})

test('devices of a street, a neighbourhood, a kind', async () => {
  const there = `${neighbours}-01` as PlaceCode
  const { device } = await added({ kind: 'ground', place: there })
  const listed = async (where: Parameters<typeof store.devicesIn>[1]) =>
    (await town.given.db.inStreet({ street }, (tx) => store.devicesIn(tx, where))).map(
      (one) => one.device,
    )
  expect(await listed({ street, committee: neighbours })).toEqual([device])
  expect(await listed({ street, committee, kind: 'ground' })).not.toContain(device)
  expect(await listed({ street, kind: 'ground' })).toContain(device)
})

test('a worker reads the story of their own neighbourhood’s devices, and no other', async () => {
  const { device } = await added()
  town.clock.set({ at: town.clock.now() + dayMs })
  const read = (asker = town.worker) => actions.story(town.given, asker, { source: device })
  expect(await read()).toMatchObject({ steps: [{ act: 'installed', title: '岗位' }] })
  expect(await read(town.neighbourWorker)).toEqual({ fault: 'not-found', field: 'source' })
  expect(await read(town.otherOfficer)).toEqual({ fault: 'not-found', field: 'source' })
  expect(await read(town.officer)).toHaveProperty('steps')
})

test('everything with a secret digest leaves the room only by the two doors for it', async () => {
  const { device } = await added()
  const all = await town.given.db.asOwner((tx) => store.devicesWithDigests(tx, { device }))
  expect(all).toHaveLength(1)
  expect(all[0]?.device).not.toHaveProperty('passwordDigest')
})
