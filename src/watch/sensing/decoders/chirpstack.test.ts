import { describe, expect, test } from 'vitest'
import type { Model } from '../../devices/index.ts'
import {
  at,
  chirpSaid,
  eui,
  fact,
  madeOf,
  modelNamed,
  quietSaid,
  uplink,
} from './testing/messages.ts'

describe('ChirpStack', () => {
  const leak = modelNamed('WS303')
  const dry = { battery: 100, leakage_status: 'normal' }

  test('an uplink has the time and counter of its envelope', () => {
    expect(chirpSaid(leak, uplink(dry))).toEqual({
      kind: 'said',
      about: [
        {
          name: eui,
          said: [
            {
              ...{ sequence: 24, at: at + 775, facts: [fact('water-leak', 'dry')] },
              ...{ battery: 100, isBatteryLow: null, isTampered: null },
            },
          ],
        },
      ],
    })
  })

  test.each([
    `${eui}/event/up`,
    `${eui.toUpperCase()}/event/up`,
    `${eui}/up`,
    `${eui}/rx`,
    `application/17c82e96/device/${eui}/event/up`,
  ])('an uplink may come under %s', (rest) => {
    expect(chirpSaid(leak, uplink(dry), rest)).toMatchObject({ about: [{ name: eui, said: [{}] }] })
  })

  test.each([
    ['a counter in words', { fCnt: '25' }, 25],
    ['no counter, which is 0 left out', { fCnt: undefined }, 0],
    ['a counter of 0', { fCnt: 0 }, 0],
  ])('an uplink with %s', (_what, more, sequence) => {
    expect(chirpSaid(leak, uplink(dry, more))).toMatchObject({ about: [{ said: [{ sequence }] }] })
  })

  test('version 3 writes the device in base64 and the fields within a text', () => {
    const payload = {
      ...{ devEUI: Buffer.from(eui, 'hex').toString('base64'), fCnt: 7 },
      ...{ objectJSON: JSON.stringify(dry), publishedAt: '2026-07-09T01:42:00Z' },
    }
    expect(chirpSaid(leak, payload)).toMatchObject({
      about: [{ said: [{ sequence: 7, at, facts: [{ state: 'dry' }] }] }],
    })
    expect(chirpSaid(leak, { ...payload, devEUI: eui })).toMatchObject({ about: [{ said: [{}] }] })
    const body = JSON.stringify({ ...dry, iris: 1 })
    expect(chirpSaid(leak, { ...payload, objectJSON: body })).toMatchObject({
      about: [{ refused: 'biometric' }],
    })
    expect(chirpSaid(leak, { ...payload, objectJSON: '{' })).toMatchObject({
      about: [{ refused: 'undeclared', because: expect.stringContaining('no codec') }],
    })
  })

  test.each([
    ['a level', { batteryLevel: 88.3 }, 88],
    ['a level in words', { batteryLevel: '88.3' }, 88],
    ['an empty battery', { batteryLevel: 0 }, 0],
    ['no level', {}, null],
    ['-1', { batteryLevel: -1 }, null],
    ['255', { batteryLevel: 255 }, null],
    ['a level on mains', { batteryLevel: 0, externalPowerSource: true }, null],
    ['a level that it says it has not', { batteryLevel: 0, batteryLevelUnavailable: true }, null],
  ])('a status with %s is a heartbeat', (_what, more, battery) => {
    const status = { ...uplink(undefined), object: undefined, margin: 10, ...more }
    expect(chirpSaid(null, status, `${eui}/event/status`)).toEqual({
      kind: 'said',
      about: [{ name: eui, said: [{ ...quietSaid, at: at + 775, battery }] }],
    })
  })

  test('a join is a heartbeat', () => {
    expect(chirpSaid(null, uplink(undefined), `${eui}/event/join`)).toMatchObject({
      about: [{ said: [{ sequence: null, at: at + 775, facts: [] }] }],
    })
  })

  test.each([
    ...['ack', 'txack', 'log', 'location', 'integration'].map((event) => `${eui}/event/${event}`),
    `${eui}/error`,
    'cn470_10/gateway/0016c001f153a14c/event/stats',
    'gateway/0016c001f153a14c/state/conn',
  ])('%s proves that the gateway lives, and nothing of a device', (rest) => {
    expect(chirpSaid(leak, uplink(dry), rest)).toEqual({ kind: 'gateway-heard' })
  })

  test.each([`${eui}/event/other`, `${eui}`, 'x/event/up', '', `${eui}/event/up/x`])(
    '%j is no topic of it',
    (rest) => {
      expect(chirpSaid(leak, uplink(dry), rest)).toMatchObject({
        kind: 'refused',
        refused: 'malformed',
      })
    },
  )

  test.each<[string, Model | null | undefined, unknown, string]>([
    ['is not listed', undefined, uplink(dry), 'not-listed'],
    ['has no model', null, uplink(dry), 'unknown-model'],
    ['has no codec', leak, uplink(undefined), 'undeclared'],
    ['has an empty codec', leak, uplink(null), 'undeclared'],
    ['says none of its fields', leak, uplink({ temp: 1 }), 'undeclared'],
    ['says a value that is not declared', leak, uplink({ leakage_status: 1 }), 'undeclared'],
    [
      'speaks as another',
      leak,
      uplink(dry, { deviceInfo: { devEui: '0101010101010101' } }),
      'malformed',
    ],
    ['counts backwards', leak, uplink(dry, { fCnt: -1 }), 'malformed'],
    ['tells of a body', leak, uplink({ ...dry, fingerprint: 'x' }), 'biometric'],
    ['tells of a body in a tag', leak, uplink(dry, { tags: { voiceprint: 'x' } }), 'biometric'],
  ])('a device that %s is refused by name', (_what, model, payload, refused) => {
    expect(chirpSaid(model, payload)).toEqual({
      kind: 'said',
      about: [{ name: eui, refused, because: expect.any(String) }],
    })
  })

  test('an uplink of which all is null is a heartbeat: it was sent', () => {
    expect(chirpSaid(leak, uplink({ battery: null }))).toMatchObject({
      about: [{ said: [{ sequence: 24, facts: [] }] }],
    })
  })

  test('what was stored comes by its own time, and only the uplink has the counter', () => {
    const history = [
      { timestamp: 1_783_561_200, leakage_status: 'normal' },
      { timestamp: '1783557600', leakage_status: 'leak' },
    ]
    expect(chirpSaid(modelNamed('EM300-SLD'), uplink({ history }))).toMatchObject({
      about: [
        {
          said: [
            { sequence: null, at: 1_783_557_600_000, facts: [{ state: 'wet' }] },
            { sequence: null, at: 1_783_561_200_000, facts: [{ state: 'dry' }] },
            { sequence: 24, at: at + 775, facts: [] },
          ],
        },
      ],
    })
  })

  test('an uplink sent late has the time that its model declares', () => {
    const model = madeOf('chirpstack', ...leak.fields, {
      ...{ path: 'object.time', reads: 'time', as: 'unix-seconds' },
    })
    const late = (time: unknown) => chirpSaid(model, uplink({ ...dry, time }))
    expect(late(1_783_557_600)).toMatchObject({ about: [{ said: [{ at: 1_783_557_600_000 }] }] })
    // A clock that was never set: the uplink's own time.
    expect(late(12)).toMatchObject({ about: [{ said: [{ at: at + 775 }] }] })
    expect(late('noon')).toMatchObject({ about: [{ refused: 'undeclared' }] })
  })
})
