import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { isFault } from '../../../kernel/fault.ts'
import type { DeviceId, GatewayId } from '../../../kernel/ids.ts'
import { addDevice, addGateway } from '../actions.ts'
import { deviceNamed } from '../store.ts'
import { openRegistry, stair, street, type Registry } from '../testing/index.ts'
import type { DeviceKind, Model } from '../types.ts'
import { addDeclaredModel, addModel, findModels, importModels, modelsNamed } from './index.ts'

let town: Registry
beforeAll(async () => {
  town = await openRegistry()
})
afterAll(() => town[Symbol.asyncDispose]())
beforeEach(() => void town.events.splice(0))

/** As zigbee2mqtt writes a binary contact. */
const contact = [
  { type: 'binary', name: 'contact', property: 'contact', value_on: false, value_off: true },
]

const shipped = (model: string, source = 'shipped'): Model => ({
  ...{ id: `zigbee2mqtt/Maker/${model}`, vendor: 'Maker', model, format: 'zigbee2mqtt', source },
  kinds: ['smoke'],
  fields: [{ path: 'smoke', reads: 'state', kind: 'smoke', values: { true: 'alarm' } }],
})

async function box(): Promise<GatewayId> {
  const input = { name: `box-${town.clock.now()}`, format: 'zigbee2mqtt' as const, place: stair }
  const made = await addGateway(town.given, town.officer, input, 'mqtt://x:1')
  if (isFault(made)) throw new Error('no gateway')
  return made.gateway
}

async function behind(gateway: GatewayId, nameAtGateway: string, kind: DeviceKind, model?: string) {
  const input = { kind, place: stair, gateway, nameAtGateway, ...(model ? { model } : {}) }
  const made = await addDevice(town.given, town.officer, input)
  if (isFault(made)) throw new Error(JSON.stringify(made))
  town.events.splice(0)
  return made.device
}

const modelOf = async (device: DeviceId) =>
  (await town.given.db.asOwner((tx) => deviceNamed(tx, device)))?.model

const known = (ids?: string[]) => town.given.db.asOwner((tx) => modelsNamed(tx, ids))

describe('models that ship', () => {
  test('are rows after the first start, and the second start writes nothing', async () => {
    const models = [shipped('S1'), shipped('S2')]
    expect(await importModels(town.given, models)).toBe(2)
    expect(await importModels(town.given, models)).toBe(0)
    expect(await known(['zigbee2mqtt/Maker/S1'])).toEqual([shipped('S1')])
  })

  test('are brought up to date, but not over what somebody wrote in their place', async () => {
    await importModels(town.given, [shipped('S3'), shipped('S4')])
    const newer: Model = { ...shipped('S3'), kinds: ['smoke', 'gas'] }
    expect(await importModels(town.given, [newer])).toBe(1)
    const input = { vendor: 'Maker', model: 'S4', format: 'zigbee2mqtt', source: 'ours' } as const
    await addModel(town.given, town.operator, {
      ...{ ...input, exposes: JSON.stringify(contact) },
    })
    expect(await importModels(town.given, [newer, shipped('S4')])).toBe(0)
    expect(await known(['zigbee2mqtt/Maker/S4'])).toMatchObject([{ kinds: ['door-contact'] }])
  })
})

describe('a model that a registrar adds', () => {
  const input = { vendor: 'Firm', format: 'zigbee2mqtt', source: 'data sheet' } as const
  const add = (model: string, more: object, asker = town.officer) =>
    addModel(town.given, asker, { ...input, model, ...written(more) })
  const written = (more: object) =>
    Object.fromEntries(Object.entries(more).map(([name, list]) => [name, JSON.stringify(list)]))
  const declared = (fields: object[]) =>
    fields.map((field) => ({ declared: JSON.stringify(field) }))

  test('is a row, by its fields or its exposes, and not by both or neither', async () => {
    const byExposes = await add('A1', { exposes: contact })
    expect(byExposes).toMatchObject({ id: 'zigbee2mqtt/Firm/A1', kinds: ['door-contact'] })
    const fields = [{ path: 'gas', reads: 'measure', measure: 'gas-ppm', per: 1 }]
    expect(await add('A2', { fields })).toMatchObject({
      ...{ kinds: ['gas'], fields: declared(fields) },
    })
    expect(await add('A3', { fields, exposes: contact })).toHaveProperty('fault', 'bad-input')
    expect(await add('A3', {})).toHaveProperty('fault', 'bad-input')
    expect(await add('A3', { fields: [{ path: 'x', reads: 'guess' }] })).toEqual({
      ...{ fault: 'bad-input', field: 'x' },
    })
    expect(await add('A3', { fields: [{ path: 'b', reads: 'battery' }] })).toEqual({
      ...{ fault: 'bad-input', field: 'fields' },
    })
    expect(await known(['zigbee2mqtt/Firm/A3'])).toEqual([])
  })

  test('is replaced by the operator alone; whoever is read by it hears', async () => {
    await add('B1', { exposes: contact })
    const gateway = await box()
    await behind(gateway, 'door', 'door-contact', 'zigbee2mqtt/Firm/B1')
    const fields = [{ path: 'tamper', reads: 'tampered', values: { true: true, false: false } }]
    const whole = [
      ...fields,
      { path: 'contact', reads: 'state', kind: 'door-contact', values: { false: 'open' } },
    ]
    expect(await add('B1', { fields: whole })).toEqual({ fault: 'already-so', field: 'model' })
    expect(await add('B1', { fields: whole }, town.operator)).toMatchObject({
      fields: declared(whole),
    })
    expect(town.events).toEqual([
      { name: 'devices.changed', street, source: gateway, place: stair, before: stair },
    ])
  })

  test('is found by a part of its name, in any case, with % and _ as letters', async () => {
    await add('Door_100%', { exposes: contact })
    const find = async (text?: string) =>
      (await findModels(town.given, text === undefined ? {} : { text })).models.map(
        ({ model }) => model,
      )
    expect(await find('firm door_100%')).toEqual(['Door_100%'])
    expect(await find('100_')).toEqual([])
    expect((await find()).length).toBeGreaterThan(1)
  })
})

describe('a model that a gateway declares', () => {
  const declared = (name: string, model: string, exposes: unknown[] = contact) => [
    { name, vendor: 'Box', model, exposes },
  ]

  test('counts behind that gateway, for a listed device that has none', async () => {
    const gateway = await box()
    const device = await behind(gateway, 'door', 'door-contact')
    const [model] = await addDeclaredModel(town.given, gateway, declared('door', 'D1'))
    expect(model).toMatchObject({ vendor: 'Box', model: 'D1', kinds: ['door-contact'] })
    expect(model?.id).toContain(gateway)
    expect(await modelOf(device)).toBe(model?.id)
    expect(town.events).toEqual([
      { name: 'devices.changed', street, source: gateway, place: stair, before: stair },
    ])
    town.events.splice(0)
    await addDeclaredModel(town.given, gateway, declared('door', 'D1'))
    expect(town.events).toEqual([])
  })

  test('is nothing for a device that is not listed, or is of another kind', async () => {
    const gateway = await box()
    const smoke = await behind(gateway, 'smoke', 'smoke')
    expect(await addDeclaredModel(town.given, gateway, declared('stranger', 'D2'))).toEqual([])
    await addDeclaredModel(town.given, gateway, declared('smoke', 'D2'))
    expect(await modelOf(smoke)).toBeNull()
  })

  test('does not change how another gateway’s devices are read, nor a known model', async () => {
    await importModels(town.given, [{ ...shipped('D3'), vendor: 'Box', id: 'zigbee2mqtt/Box/D3' }])
    const [one, two] = [await box(), await box()]
    const first = await behind(one, 'smoke', 'smoke')
    await addDeclaredModel(town.given, one, declared('smoke', 'D3', []))
    expect(await modelOf(first)).toBe('zigbee2mqtt/Box/D3')
    expect(await known(['zigbee2mqtt/Box/D3'])).toMatchObject([{ kinds: ['smoke'] }])
    const second = await behind(two, 'door', 'door-contact')
    const third = await behind(one, 'door', 'door-contact')
    await addDeclaredModel(town.given, one, declared('door', 'D4'))
    expect(await modelOf(third)).not.toBeNull()
    expect(await modelOf(second)).toBeNull()
  })

  test('leaves what a person chose', async () => {
    const gateway = await box()
    await addModel(town.given, town.officer, {
      ...{ vendor: 'Chosen', model: 'C1', format: 'zigbee2mqtt', source: 'us' },
      exposes: JSON.stringify(contact),
    })
    const device = await behind(gateway, 'door', 'door-contact', 'zigbee2mqtt/Chosen/C1')
    await addDeclaredModel(town.given, gateway, declared('door', 'D5'))
    expect(await modelOf(device)).toBe('zigbee2mqtt/Chosen/C1')
  })
})
