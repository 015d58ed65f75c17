import { expect, test } from 'vitest'
import { readFileSync } from 'node:fs'
import type { DeviceId, GatewayId, PlaceCode } from '../src/kernel/ids.ts'
import { shippedModels } from '../src/watch/devices/index.ts'
import { decodeGateway } from '../src/watch/sensing/decoders/index.ts'
import { readCanonical } from '../src/watch/sensing/intake/canonical.ts'
import { planDevices } from '../town/devices.ts'
import type { TownDevice, TownGateway } from '../town/map.ts'
import { committeesMax, planStreet } from '../town/street.ts'
import type { Said } from './devices.ts'
import { openWriter } from './formats.ts'
import { sharedDay } from './shared.ts'

const at = Date.parse('2026-07-09T09:42:00+08:00')
const models = new Map(
  shippedModels(JSON.parse(readFileSync('data/device-models.json', 'utf8'))).map((model) => [
    model.id,
    model,
  ]),
)
const installations = planStreet(1, committeesMax).map(planDevices)
const decoded = installations.flatMap(({ gateways, devices }) =>
  gateways
    .filter(({ format }) => format !== 'canonical')
    .map((gateway) => ({
      gateway: townGateway(gateway),
      devices: devices.filter((device) => device.gateway === gateway.name),
    })),
)

function townGateway(planned: { name: string; format: TownGateway['format']; place: PlaceCode }) {
  const secret = { username: planned.name, password: '', topic: `lilong/s/${planned.name}` }
  return { ...planned, gateway: planned.name as GatewayId, ...secret }
}

/** What the server reads of one thing said. */
function readBack(gateway: TownGateway, name: string, said: Omit<Said, 'device'>, model: string) {
  const inlet = gateway.format === 'chirpstack' ? `${name}/event/up` : name
  const device = {
    ...{ device: name as DeviceId, gateway: gateway.name, username: null, password: null, model },
    ...{ kind: kindOf(name), place: gateway.place, label: '', heartbeatSeconds: 900 },
    topic: `${gateway.topic}/${inlet}`,
  } satisfies TownDevice
  const [message] = openWriter([gateway])([{ ...said, device }])
  const format = gateway.format as 'zigbee2mqtt' | 'chirpstack'
  const rest = message!.topic.slice(gateway.topic.length + 1)
  const read = decodeGateway(format, rest, JSON.parse(message!.payload), () => models.get(model))
  if (read.kind !== 'said') throw new Error(JSON.stringify(read))
  const [one] = read.about
  if (!one || 'refused' in one) throw new Error(`${name} ${said.state} ${JSON.stringify(one)}`)
  return one.said.at(-1)!
}

function kindOf(name: string) {
  return planned().find((one) => one.nameAtGateway === name)!.kind
}

function planned() {
  return decoded.flatMap(({ devices }) => devices)
}

test('both foreign formats are there, and each device’s model ships', () => {
  expect(decoded.map(({ gateway }) => gateway.format).toSorted()).toEqual([
    ...['chirpstack', 'zigbee2mqtt'],
  ])
  for (const { model, kind } of planned()) expect(models.get(model!)!.kinds).toContain(kind)
})

test('what such a device says comes back as what was meant, and its heartbeat as nothing more', () => {
  for (const { gateway, devices } of decoded) {
    for (const device of devices) {
      const { model, nameAtGateway: name, kind } = device
      const back = (state: string) =>
        readBack(gateway, name!, { sequence: 7, at, state, battery: 62, tampered: true }, model!)
      const numbers = kind === 'water-meter' || kind === 'electrical'
      const beat = numbers ? null : back('heartbeat')
      expect(beat?.facts.filter(({ state }) => state !== 'clear') ?? []).toEqual([])
      expect(beat?.at ?? at).toBe(at)
      const noticing = { ...device, model: model! }
      const noticed = Array.from({ length: 300 }, (_one, n) => sharedDay(noticing, '2026-07-09', n))
      const states = new Set(noticed.flat().map(({ state }) => state))
      // A maker's own test button is not declared by the smoke detector here.
      states.delete('test')
      for (const state of states) {
        expect(back(state).facts).toEqual([{ kind, state, value: null }])
      }
    }
  }
})

test('a low battery and an opened case are told in the words of the model', () => {
  const { gateway, devices } = decoded.find((one) => one.gateway.format === 'zigbee2mqtt')!
  const { nameAtGateway: name, model } = devices.find(({ kind }) => kind === 'motion')!
  const said = { sequence: 7, at, state: 'heartbeat', battery: 9, tampered: true }
  expect(readBack(gateway, name!, said, model!)).toMatchObject({
    ...{ battery: 9, isBatteryLow: true, isTampered: true },
  })
})

test('numbers keep their unit through the formats', () => {
  for (const { gateway, devices } of decoded) {
    const { nameAtGateway: name, model } = devices.find(({ kind }) => kind === 'electrical')!
    const said = { sequence: 7, at, state: 'current-ma', value: 12_345 }
    expect(readBack(gateway, name!, said, model!).facts).toEqual([
      { kind: 'electrical', state: 'current-ma', value: 12_345 },
    ])
  }
})

test('a canonical gateway speaks in batches of what the server takes at once', () => {
  const gateway = townGateway({ name: 'gw', format: 'canonical', place: 'p' as PlaceCode })
  const id = '019f0000-0000-7000-8000-000000000001' as DeviceId
  const device: TownDevice = {
    ...{ device: id, kind: 'motion', place: gateway.place, label: '', gateway: 'gw', model: null },
    ...{ username: null, password: null, topic: '', heartbeatSeconds: 600 },
  }
  const said = Array.from({ length: 501 }, (_one, sequence) => ({
    ...{ device, sequence, at: at + sequence, state: 'heartbeat', battery: 88 },
  }))
  const messages = openWriter([gateway])(said)
  expect(messages.map(({ topic }) => topic)).toEqual(['lilong/s/gw/batch', 'lilong/s/gw/batch'])
  const items = messages.flatMap(({ payload }) => {
    const read = readCanonical(Buffer.from(payload), () => 'motion')
    return Array.isArray(read) ? read : []
  })
  expect(items).toHaveLength(501)
  expect(items.at(-1)).toMatchObject({ name: id, said: { sequence: 500, battery: 88, facts: [] } })
})
