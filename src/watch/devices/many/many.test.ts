import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { isFault } from '../../../kernel/fault.ts'
import { addGateway } from '../actions.ts'
import { saveModels } from '../models/store.ts'
import {
  home,
  openRegistry,
  otherHome,
  secondHome,
  stair,
  type Registry,
} from '../testing/index.ts'
import { addDevices } from './index.ts'

let town: Registry
let gateway: { gateway: string }
let z2m: { gateway: string }
beforeAll(async () => {
  town = await openRegistry()
  gateway = await box('canonical')
  z2m = await box('zigbee2mqtt')
  const model = { vendor: 'a', model: 'door', source: 'a test', fields: [] }
  await town.given.db.asOwner((tx) =>
    saveModels(
      tx,
      [{ ...model, id: 'z/a/door', format: 'zigbee2mqtt', kinds: ['door-contact'] }],
      0,
    ),
  )
})
afterAll(() => town[Symbol.asyncDispose]())
beforeEach(() => void town.events.splice(0))

async function box(format: 'canonical' | 'zigbee2mqtt'): Promise<any> {
  const input = { name: `box-${format}`, format, place: stair }
  return addGateway(town.given, town.officer, input, 'mqtt://town.example:1883')
}

type Asked = Parameters<typeof addDevices>[2]['devices'][number]
const add = (devices: Asked[], ...more: [] | [() => Promise<boolean>]) =>
  addDevices(town.given, town.officer, { devices }, ...more)
const count = async () =>
  (await town.rows<any>('select count(*)::int as n from devices.device'))[0].n

test('come in one call, each with its password, and each gateway is told of once', async () => {
  const behind = { kind: 'motion', gateway: gateway.gateway } as Asked
  const answer = await add([
    { ...behind, place: home },
    { ...behind, place: secondHome, heartbeatSeconds: 900, label: '客厅' },
    { kind: 'smoke', place: stair },
    { kind: 'door-contact', place: home, gateway: z2m.gateway, nameAtGateway: '一' } as Asked,
  ])
  if (isFault(answer)) throw new Error(JSON.stringify(answer))
  const rows = await town.rows<any>('select * from devices.device order by id')
  expect(answer.devices.map(({ device }) => device)).toEqual(rows.map(({ id }) => id))
  expect(rows[1]).toMatchObject({ place: secondHome, heartbeat_seconds: 900, label: '客厅' })
  const passwords = answer.devices.map(({ password }) => password)
  expect(new Set(passwords).size).toBe(4)
  expect(passwords[3]).toBeNull()
  const sources = town.events.map((event) => 'source' in event && event.source)
  expect(sources).toEqual([gateway.gateway, rows[2].id, z2m.gateway])
  const steps = await town.rows<any>(`select act from devices.step where device = any($1)`, [
    rows.map(({ id }) => id),
  ])
  expect(steps.map(({ act }) => act)).toEqual(['installed', 'installed', 'installed', 'installed'])
})

test.each<[string, Asked, string, string]>([
  [
    'a place that is not there',
    { kind: 'motion', place: `${stair}-999` } as Asked,
    'not-found',
    'place',
  ],
  ['another street', { kind: 'motion', place: otherHome }, 'not-found', 'place'],
  ['a camera in a home', { kind: 'camera-event', place: home }, 'bad-input', 'place'],
  [
    'a purpose that does not fit',
    { kind: 'motion', place: home, purpose: 'public-space' },
    'bad-input',
    'purpose',
  ],
  [
    'an unknown gateway',
    { kind: 'motion', place: home, gateway: home as never },
    'not-found',
    'gateway',
  ],
  ['an unknown model', { kind: 'motion', place: home, model: 'nobody’s' }, 'not-found', 'model'],
  [
    'a model of another kind',
    { kind: 'motion', place: home, model: 'z/a/door' },
    'bad-input',
    'model',
  ],
  [
    'a sum of days while its rule is off',
    { kind: 'water-meter', place: home, purpose: 'crowding-check' },
    'rule-off',
    'purpose',
  ],
])('all or none: %s', async (_, wrong, fault, field) => {
  const before = await count()
  const good: Asked = { kind: 'smoke', place: stair }
  expect(await add([good, wrong, good])).toEqual({ fault, field: `devices.1.${field}` })
  expect(await count()).toBe(before)
  expect(town.events).toEqual([])
})

test('a name at a gateway is there once: in the list, and in the registry', async () => {
  const named = (nameAtGateway: string): Asked => ({
    ...{ kind: 'door-contact', place: home, gateway: z2m.gateway as never, nameAtGateway },
  })
  const taken = { fault: 'already-so', field: 'devices.1.nameAtGateway' }
  expect(await add([named('二'), named('二')])).toEqual(taken)
  expect(await add([named('三'), named('一')])).toEqual(taken)
  expect(isFault(await add([named('二'), named('三')]))).toBe(false)
})

test('while its rule is on, a sum of days has its purpose', async () => {
  const meter: Asked = { kind: 'water-meter', place: home, purpose: 'crowding-check' }
  expect(isFault(await add([meter], async () => true))).toBe(false)
})
