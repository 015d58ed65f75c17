import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deviceModels } from '../../../../scripts/generate/device-models.ts'
import { deviceKinds, measures, readingStates, type DeviceKind, type Field } from '../types.ts'
import { checkFields, fieldsFromExposes, shippedModels } from './index.ts'

type Expose = {
  property: string
  type: string
  unit?: string
  value_on?: unknown
  value_off?: unknown
  values?: string[]
}
type Source = { vendor: string; model: string; kinds: string[]; exposes: Expose[] }

const zigbee: { devices: Source[] } = JSON.parse(
  readFileSync('data/zigbee-safety-devices.json', 'utf8'),
)
const lorawan = JSON.parse(readFileSync('data/lorawan-devices.json', 'utf8'))
const shippedText = readFileSync('data/device-models.json', 'utf8')
const shipped = shippedModels(JSON.parse(shippedText))

const kindOf: Record<string, DeviceKind> = {
  door: 'door-contact',
  motion: 'motion',
  presence: 'motion',
  leak: 'water-leak',
  smoke: 'smoke',
  gas: 'gas',
  co: 'gas',
  vibration: 'ground',
  sos_button: 'sos-button',
  sos: 'sos-button',
}
/** A field of that name is there, and does not mean it. */
const notSo: Record<string, string> = {
  'TERNCY-DC01': 'door',
  POK010: 'door',
  MiCASAGasCounter: 'gas',
  ZHEMI101: 'gas',
  'TO-WK-1W/B': 'vibration',
}

function binary(property: string, value_on: unknown = true, value_off: unknown = false): Expose {
  return { property, type: 'binary', value_on, value_off }
}
function numeric(property: string, unit?: string): Expose {
  return { property, type: 'numeric', ...(unit === undefined ? {} : { unit }) }
}
function one(...exposes: unknown[]): Field | undefined {
  return fieldsFromExposes(exposes).fields[0]
}

describe('the 461 models that ship', () => {
  test.each(zigbee.devices.map((device) => [`${device.vendor} ${device.model}`, device] as const))(
    '%s has the kinds that its fields declare, and no others but numbers of electricity and water',
    (_name, { model, kinds, exposes }) => {
      const wanted = new Set(
        kinds.filter((kind) => notSo[model] !== kind).map((kind) => kindOf[kind]),
      )
      const read = fieldsFromExposes(exposes)
      const states = read.fields.flatMap((field) => (field.reads === 'state' ? field.kind : []))
      expect(new Set(states)).toEqual(wanted)
      const more = read.kinds.filter((kind) => !wanted.has(kind))
      expect(['electrical', 'water-meter', 'gas']).toEqual(expect.arrayContaining(more))
      expect(checkFields(read.fields)).toEqual(read.fields)
    },
  )

  test('say by a state only what a binary or an action declares, never what a number is', () => {
    for (const { exposes } of zigbee.devices) {
      for (const field of fieldsFromExposes(exposes).fields) {
        const types = exposes
          .filter(({ property }) => property === field.path)
          .map(({ type }) => type)
        if (field.reads === 'state')
          expect(['binary', 'enum']).toEqual(expect.arrayContaining(types))
        if (field.reads === 'measure') expect(types).toEqual(['numeric'])
      }
    }
  })

  test('are the file that ships, with every row checked', () => {
    expect(deviceModels(zigbee, lorawan)).toBe(shippedText)
    expect(shipped).toHaveLength(461 + 9)
    expect(new Set(shipped.map(({ id }) => id)).size).toBe(shipped.length)
    expect(shippedText.length).toBeLessThan(400_000)
  })

  test('open a door by false in exactly 100', () => {
    const doors = shipped.filter(
      ({ format, kinds }) => format === 'zigbee2mqtt' && kinds.includes('door-contact'),
    )
    expect(doors).toHaveLength(100)
    for (const { fields } of doors) {
      const contact = fields.find(({ path }) => path === 'contact')
      expect(contact).toMatchObject({ values: { false: 'open', true: 'closed' } })
    }
  })

  test.each(Object.keys(notSo))('%s says nothing by that field, and why', (name) => {
    const path = { door: 'contact', gas: 'gas', vibration: 'vibration' }[notSo[name] ?? '']
    const model = shipped.find(({ model }) => model === name)
    const field = model?.fields.find((field) => field.path === path)
    expect(field).toMatchObject({ reads: 'nothing', because: expect.stringMatching(/.+ · .+/) })
  })

  test('a device model file that is wrong does not start anything', () => {
    expect(() => shippedModels({ models: [{ ...shipped[0], fields: [{ path: 'x' }] }] })).toThrow(
      /x/,
    )
    expect(() => shippedModels({ models: [{ ...shipped[0], format: 'xml' }] })).toThrow(/xml/)
    expect(() => shippedModels({})).toThrow(/no list/)
  })
})

describe('a declaration', () => {
  test.each<[string, Expose, DeviceKind, string, string | null]>([
    ['contact', binary('contact', false, true), 'door-contact', 'open', 'closed'],
    ['occupancy', binary('occupancy'), 'motion', 'occupied', 'clear'],
    ['presence', binary('presence'), 'motion', 'occupied', 'clear'],
    ['smoke', binary('smoke'), 'smoke', 'alarm', 'clear'],
    ['gas', binary('gas'), 'gas', 'alarm', 'clear'],
    ['carbon_monoxide', binary('carbon_monoxide'), 'gas', 'alarm', 'clear'],
    ['carbon_monoxide in words', binary('carbon_monoxide', 'ON', 'OFF'), 'gas', 'alarm', 'clear'],
    ['water_leak', binary('water_leak'), 'water-leak', 'wet', 'dry'],
    [
      'a channel of many',
      binary('input_3_leak_detect_9', 'Leak', 'Dry'),
      'water-leak',
      'wet',
      'dry',
    ],
    ['vibration', binary('vibration'), 'ground', 'moved', 'still'],
    ['tilt', binary('tilt'), 'ground', 'tilted', 'upright'],
    ['sos', binary('sos'), 'sos-button', 'pressed', null],
    [
      'occupancy the other way round',
      binary('occupancy', false, true),
      'motion',
      'occupied',
      'clear',
    ],
  ])('of %s is a state by its own two values', (_name, expose, kind, on, off) => {
    const values = {
      [JSON.stringify(expose.value_on)]: on,
      [JSON.stringify(expose.value_off)]: off,
    }
    expect(fieldsFromExposes([expose])).toEqual({
      fields: [{ path: expose.property, reads: 'state', kind, values }],
      kinds: [kind],
    })
  })

  test.each<[string, Expose, keyof typeof measures, number]>([
    ['carbon monoxide in ppm', numeric('co', 'ppm'), 'gas-ppm', 1],
    ['gas in ppm', numeric('gas_value', 'ppm'), 'gas-ppm', 1],
    ['water in m³', numeric('water_consumed', 'm³'), 'water-litres', 1000],
    ['water in litres', numeric('water_meter', 'L'), 'water-litres', 1],
    ['a level in cm', numeric('water_level', 'cm'), 'water-level-mm', 10],
    ['current', numeric('current', 'A'), 'current-ma', 1000],
    ['power', numeric('power', 'W'), 'power-w', 1],
    ['energy', numeric('energy', 'kWh'), 'energy-wh', 1000],
    ['an angle', numeric('angle', '°'), 'angle-centi-degrees', 100],
  ])('of %s is a number in whole units', (_name, expose, measure, per) => {
    const field = { path: expose.property, reads: 'measure', measure, per }
    expect(fieldsFromExposes([expose])).toEqual({ fields: [field], kinds: [measures[measure]] })
  })

  test.each<[string, Expose]>([
    ['a door whose polarity is the other way round', binary('contact', true, false)],
    ['a contact in words', binary('contact', 'ON', 'OFF')],
    ['a gas meter', numeric('gas', 'm³')],
    ['gas in LEL', numeric('gas_value', 'LEL %')],
    ['gas without a unit', numeric('gas')],
    ['carbon monoxide without a unit', numeric('co')],
    ['a volume of who knows what', numeric('volume_1', 'L')],
    ['vibration as a setting', { property: 'vibration', type: 'enum', values: ['off', 'low'] }],
    ['an alarm', binary('alarm')],
    ['an alarm state', { property: 'alarm_state', type: 'enum', values: ['normal', 'alarmed'] }],
    ['smoke with one value', binary('smoke', true, true)],
    ['smoke without values', { property: 'smoke', type: 'binary' }],
    ['a battery in volts', numeric('battery', 'V')],
    ['an axis', numeric('angle_x', '°')],
  ])('of %s says nothing, and why', (_name, expose) => {
    const { fields, kinds } = fieldsFromExposes([expose])
    expect(fields).toEqual([
      { path: expose.property, reads: 'nothing', because: expect.stringMatching(/.+ · .+/) },
    ])
    expect(kinds).toEqual([])
  })

  test.each<[string, Expose, Field]>([
    ['battery', numeric('battery', '%'), { path: 'battery', reads: 'battery' }],
    ['battery_value', numeric('battery_value', '%'), { path: 'battery_value', reads: 'battery' }],
    [
      'battery_low',
      binary('battery_low'),
      { path: 'battery_low', reads: 'battery-low', values: { true: true, false: false } },
    ],
    [
      'a channel of many',
      binary('channel_1_battery_low_17', 'Low', 'Normal'),
      {
        path: 'channel_1_battery_low_17',
        reads: 'battery-low',
        values: { '"Low"': true, '"Normal"': false },
      },
    ],
    [
      'battery_state',
      { property: 'battery_state', type: 'enum', values: ['low', 'middle', 'usb'] },
      {
        path: 'battery_state',
        reads: 'battery-low',
        values: { '"low"': true, '"middle"': false, '"usb"': false },
      },
    ],
    [
      'tamper',
      binary('tamper'),
      { path: 'tamper', reads: 'tampered', values: { true: true, false: false } },
    ],
    [
      'last_seen as text',
      { property: 'last_seen', type: 'text' },
      { path: 'last_seen', reads: 'time', as: 'iso' },
    ],
    ['last_seen', numeric('last_seen'), { path: 'last_seen', reads: 'time', as: 'unix-ms' }],
  ])('of %s is about the device', (_name, expose, field) => {
    expect(fieldsFromExposes([expose])).toEqual({ fields: [field], kinds: [] })
  })

  test.each([
    'linkquality',
    'illuminance',
    'voltage',
    'state',
    'moving',
    'sos_alarm',
    'temperature',
  ])('of %s is not ours', (property) => {
    expect(one({ property, type: 'numeric', unit: '°C' }, binary(property))).toBeUndefined()
  })

  test('of an action is a call for help only by the words for it', () => {
    const action = {
      property: 'action',
      type: 'enum',
      values: ['disarm', 'emergency', 'sos', 'panic'],
    }
    expect(one(action)).toMatchObject({
      kind: 'sos-button',
      values: {
        '"disarm"': null,
        '"emergency"': 'pressed',
        '"sos"': 'pressed',
        '"panic"': 'pressed',
      },
    })
    expect(one({ ...action, values: ['single', 'double', 'hold'] })).toBeUndefined()
    expect(one({ ...action, values: ['sos', ...'abcdefghijklmnopqrstuvwxyz'] })).toBeDefined()
    const many = Array.from({ length: 50 }, (_, at) => `scene_${at}`)
    expect(one({ ...action, values: ['sos', ...many] })).toMatchObject({ reads: 'nothing' })
  })

  test('of a test is smoke’s, and only beside smoke', () => {
    const { fields } = fieldsFromExposes([binary('smoke'), binary('test')])
    expect(fields[1]).toMatchObject({ kind: 'smoke', values: { true: 'test', false: null } })
    expect(one(binary('test'))).toBeUndefined()
  })

  test('of warmth is a circuit’s only where the model measures electricity, and not of a room', () => {
    const heat = numeric('temperature', '°C')
    expect(one(heat)).toBeUndefined()
    expect(one(heat, numeric('power', 'W'))).toMatchObject({ measure: 'temperature-centi-c' })
    expect(one(heat, numeric('power', 'W'), binary('occupancy'))).toMatchObject({
      reads: 'nothing',
    })
    expect(one(numeric('device_temperature', '°C'), binary('vibration'))).toMatchObject({
      kind: 'ground',
    })
  })

  test('of a heater or a dimmer with occupancy is a motion field', () => {
    const read = fieldsFromExposes([binary('occupancy'), numeric('power', 'W')])
    expect(read.kinds).toEqual(['motion', 'electrical'])
  })

  test('that stands twice says nothing: nobody knows which of them speaks', () => {
    const read = fieldsFromExposes([binary('smoke'), binary('smoke')])
    expect(read).toMatchObject({ fields: [{ path: 'smoke', reads: 'nothing' }], kinds: [] })
  })

  test('of several meters in one box says nothing: nobody knows whose number it is', () => {
    const read = fieldsFromExposes([
      numeric('input_1_water_meter', 'm³'),
      numeric('water_meter', 'L'),
    ])
    expect(read.fields.map(({ reads }) => reads)).toEqual(['nothing', 'nothing'])
    expect(read.kinds).toEqual([])
  })
})

describe('a declaration as bridge/devices has it', () => {
  const smoke = { ...binary('smoke'), name: 'smoke', access: 1 }
  test('is read by its name and found by its property', () => {
    const contact = { ...binary('contact_left', false, true), name: 'contact', access: 1 }
    expect(one(contact)).toMatchObject({ path: 'contact_left', kind: 'door-contact' })
  })

  test('lies below a composite and beside a switch', () => {
    const composite = { type: 'composite', name: 'unit', property: 'unit', features: [smoke] }
    expect(one(composite)).toMatchObject({ path: 'unit.smoke', kind: 'smoke' })
    expect(one({ type: 'switch', features: [smoke] })).toMatchObject({
      path: 'smoke',
      kind: 'smoke',
    })
    expect(one({ type: 'list', property: 'smoke', item_type: smoke })).toBeUndefined()
  })

  test('is no observation where it can be set, and nothing where it is never published', () => {
    expect(one({ ...smoke, access: 3 })).toMatchObject({ reads: 'nothing' })
    expect(one({ ...smoke, access: 2 })).toBeUndefined()
    expect(one({ ...smoke, access: 5 })).toMatchObject({ kind: 'smoke' })
  })

  test('of any form gives fields that are right, or none', () => {
    const names = zigbee.devices
      .slice(0, 60)
      .flatMap(({ exposes }) => exposes.map((e) => e.property))
    const expose = fc.record(
      {
        property: fc.oneof(fc.constantFrom(...names, '__proto__', 'a.b', 'x[]'), fc.string()),
        name: fc.constantFrom(...names),
        type: fc.constantFrom('binary', 'numeric', 'enum', 'text', 'composite', 'switch', 'list'),
        value_on: fc.jsonValue(),
        value_off: fc.jsonValue(),
        unit: fc.constantFrom('%', 'ppm', 'm³', 'A', 'constructor'),
        values: fc.array(fc.string(), { maxLength: 60 }),
        access: fc.nat(8),
        features: fc.array(fc.jsonValue(), { maxLength: 3 }),
      },
      { requiredKeys: ['property', 'type'] },
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(expose, fc.jsonValue()), { maxLength: 20 }), (exposes) => {
        const { fields, kinds } = fieldsFromExposes(exposes)
        const long = fields.filter(({ reads }) => reads !== 'nothing')
        for (const field of long) {
          if (field.reads !== 'state') continue
          const states: readonly (string | null)[] = [...readingStates[field.kind], null]
          expect(states).toEqual(expect.arrayContaining(Object.values(field.values)))
        }
        expect(deviceKinds).toEqual(expect.arrayContaining(kinds))
      }),
    )
  })

  test('that never ends is cut', () => {
    const deep = (depth: number): unknown =>
      depth === 0 ? smoke : { type: 'switch', features: [deep(depth - 1)] }
    expect(one(deep(3))).toBeDefined()
    expect(one(deep(4))).toBeUndefined()
    const many = Array.from({ length: 1001 }, (_, at) => numeric(`a${at}`))
    expect(one(...many.slice(0, 999), smoke)).toBeDefined()
    expect(one(...many, smoke)).toBeUndefined()
  })
})
