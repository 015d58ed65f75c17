import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fieldsFromExposes } from '../../devices/declare/index.ts'
import { measures, readingStates, type Field, type Model } from '../../devices/index.ts'
import { decodeGateway, readByModel } from './index.ts'
import { eui, madeOf, modelNamed, shipped, uplink } from './testing/messages.ts'

describe('declared fields', () => {
  const probe = (path: string, missing?: string): Field => ({
    ...{ path, reads: 'state', kind: 'water-leak', values: { '1': 'wet', '0': 'dry' } },
    ...(missing === undefined ? {} : { missing }),
  })
  const facts = (model: Model, body: unknown) => {
    const read = readByModel(model, body)
    return Array.isArray(read)
      ? read.at(-1)?.facts.map(({ state, value }) => value ?? state)
      : read.refused
  }

  test.each<[string, unknown, unknown]>([
    ['is false where its group came empty', { leak: {} }, ['dry']],
    ['is false beside another field of its group', { leak: { battery: 50 } }, ['dry']],
    ['is what it says', { leak: { probe: 1 } }, ['wet']],
    ['is unknown where its group did not come', { other: 1 }, 'undeclared'],
    ['is unknown where its group is no group', { leak: 0 }, 'undeclared'],
    ['is unknown in a group of strangers', { leak: { fault: 1 } }, 'undeclared'],
  ])('a field that may be left out %s', (_what, body, said) => {
    const battery: Field = { path: 'leak.battery', reads: 'battery' }
    expect(facts(madeOf('chirpstack', probe('leak.probe', 'dry'), battery), body)).toEqual(said)
  })

  test('a lid that may be left out', () => {
    const lid: Field = { path: 'o.lid', reads: 'tampered', values: { true: true }, missing: false }
    expect(readByModel(madeOf('chirpstack', lid), { o: {} })).toMatchObject([{ isTampered: false }])
  })

  test.each<[string, unknown, string[]]>([
    ['one wet probe', { a: 0, b: 1 }, ['wet']],
    ['two dry probes', { a: 0, b: 0 }, ['dry']],
    ['one of two, dry', { a: 0 }, []],
    ['one of two, wet', { b: 1 }, ['wet']],
  ])('%s of a LoRaWAN device that sends them one by one', (_what, body, said) => {
    expect(facts(madeOf('chirpstack', probe('a'), probe('b')), body)).toEqual(said)
  })

  test('zigbee2mqtt repeats what it knows: one dry probe is all it has', () => {
    expect(facts(madeOf('zigbee2mqtt', probe('a'), probe('b')), { a: 0 })).toEqual(['dry'])
    expect(facts(madeOf('zigbee2mqtt', probe('a'), probe('b')), { a: 0, b: 1 })).toEqual(['wet'])
  })

  test('tilted and still are no contradiction', () => {
    const model = modelNamed('ZG-103Z')
    expect(facts(model, { vibration: false, tilt: true })).toEqual(['tilted', 'still'])
  })

  test.each<[string, unknown, unknown]>([
    ['an odd value beside an alarm does not lose it', { smoke: true, tamper: 'maybe' }, ['alarm']],
    ['an odd value beside quiet is refused', { smoke: false, tamper: 'maybe' }, 'undeclared'],
    ['an odd value beside a battery is refused', { smoke: 'maybe', battery: 50 }, 'undeclared'],
    ['an odd battery is unknown', { smoke: true, battery: 200 }, ['alarm']],
  ])('%s', (_what, body, said) => {
    const { fields } = fieldsFromExposes([
      { property: 'smoke', type: 'binary', value_on: true, value_off: false },
      { property: 'tamper', type: 'binary', value_on: true, value_off: false },
      { property: 'battery', type: 'numeric', unit: '%' },
    ])
    expect(facts(madeOf('zigbee2mqtt', ...fields), body)).toEqual(said)
  })

  test.each<[unknown, unknown]>([
    [13.25, [13_250]],
    ['13.25', [13_250]],
    [0.1 + 0.2, [300]],
    [-0.0001, [0]],
    ['13,25', 'undeclared'],
    ['0x10', 'undeclared'],
    ['', 'undeclared'],
    [true, 'undeclared'],
    [1e300, 'undeclared'],
    [null, undefined],
  ])('a number may be %j', (value, said) => {
    const model = madeOf('chirpstack', {
      path: 'a',
      reads: 'measure',
      measure: 'current-ma',
      per: 1000,
    })
    expect(facts(model, { a: value })).toEqual(said)
  })

  test.each([1, '1', '1.0'])('a declared number may be %j', (value) => {
    expect(facts(madeOf('chirpstack', probe('a')), { a: value })).toEqual(['wet'])
  })

  test.each([true, 'true', '01x', 2, {}, [1]])('a declared number is not %j', (value) => {
    expect(facts(madeOf('chirpstack', probe('a')), { a: value })).toBe('undeclared')
  })

  test.each([
    ['99', 99],
    [99.6, 100],
    [100, 100],
    [100.1, null],
    [0, 0],
    [-0.1, null],
    ['full', null],
  ])('a battery of %j is %j', (value, battery) => {
    const model = madeOf('chirpstack', { path: 'a', reads: 'battery' })
    expect(readByModel(model, { a: value })).toMatchObject([{ battery }])
  })

  test('a message has no fields but its own', () => {
    const model = madeOf('chirpstack', { path: 'toString', reads: 'battery' })
    expect(readByModel(model, {})).toMatchObject({ refused: 'undeclared' })
  })

  test('one low battery of two is low', () => {
    const low = (path: string): Field => ({
      ...{ path, reads: 'battery-low', values: { true: true, false: false } },
    })
    const model = madeOf('zigbee2mqtt', low('a'), low('b'))
    const read = (a: boolean, b: boolean) => readByModel(model, { a, b })
    expect(read(true, false)).toMatchObject([{ isBatteryLow: true }])
    expect(read(false, true)).toMatchObject([{ isBatteryLow: true }])
    expect(read(false, false)).toMatchObject([{ isBatteryLow: false }])
  })

  describe('of what was stored', () => {
    const model = madeOf(
      'chirpstack',
      { path: 'h[].t', reads: 'time', as: 'unix-seconds' },
      { path: 'h[].leak', reads: 'state', kind: 'water-leak', values: { '1': 'wet', '0': 'dry' } },
    )
    const item = { t: 1_783_557_600, leak: 0 }
    test.each<[string, unknown, unknown]>([
      ['without a time', [{ leak: 0 }], 'undeclared'],
      ['by a clock that was never set', [{ ...item, t: 5 }], 'undeclared'],
      ['that is no object', [item, 7], 'undeclared'],
      ['that is no list', { item }, 'undeclared'],
      ['in a list too long', Array.from({ length: 201 }, () => item), 'too-large'],
    ])('an item %s is refused', (_what, h, refused) => {
      expect(readByModel(model, { h })).toMatchObject({ refused })
    })

    test('200 are taken, and the message itself is a heartbeat', () => {
      expect(readByModel(model, { h: Array.from({ length: 200 }, () => item) })).toHaveLength(201)
    })
  })

  test('of any message, read by any model: nothing is thrown and only what is sayable is said', () => {
    const names = [...new Set(shipped.flatMap(({ fields }) => fields.map(({ path }) => path)))]
    const key = fc.oneof(
      fc.constantFrom(...names.map((path) => path.replace(/^object\./, ''))),
      fc.constantFrom('object', 'history', 'last_seen', '__proto__', 'fCnt', 'face'),
      fc.string({ maxLength: 5 }),
    )
    const value = fc.oneof(
      fc.constantFrom(true, false, null, '', 0, 1, 'ON', 'OFF', 'open', 'leak', 'sos', '13.25'),
      fc.jsonValue({ maxDepth: 2 }),
    )
    const inner = fc.dictionary(key, value, { maxKeys: 8 })
    const body = fc.oneof(
      fc.jsonValue(),
      inner,
      inner.map((object) => uplink(object)),
      fc.array(inner, { maxLength: 3 }).map((history) => uplink({ history })),
    )
    const rest = fc.constantFrom(
      'a/b',
      `${eui}/event/up`,
      `${eui}/event/status`,
      'bridge/devices',
      '/',
    )
    fc.assert(
      fc.property(fc.constantFrom(...shipped), rest, body, (model, topic, payload) => {
        const format = model.format === 'chirpstack' ? 'chirpstack' : 'zigbee2mqtt'
        const message = decodeGateway(format, topic, payload, () => model)
        if (message.kind !== 'said') return
        for (const one of message.about) {
          if ('refused' in one) continue
          expect(one.said.length).toBeGreaterThan(0)
          for (const { facts, at, sequence, battery } of one.said) {
            expect(at === null || Number.isSafeInteger(at)).toBe(true)
            expect(sequence === null || Number.isSafeInteger(sequence)).toBe(true)
            expect(battery === null || (battery >= 0 && battery <= 100)).toBe(true)
            for (const { kind, state, value: number } of facts) {
              if (number === null) expect(readingStates[kind]).toContain(state)
              else expect(measures).toHaveProperty([state], kind)
              expect(number === null || Number.isSafeInteger(number)).toBe(true)
            }
          }
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
