import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DeviceKind } from '../../devices/index.ts'
import { batchItemsMax, readCanonical, type KindOf } from './canonical.ts'

const at = Date.parse('2026-07-07T08:00:00+08:00')
const door = 'a0000000-0000-4000-8000-000000000001'
const meter = 'a0000000-0000-4000-8000-000000000002'
const kinds: Record<string, DeviceKind> = { [door]: 'door-contact', [meter]: 'water-meter' }
const one: KindOf = (name) => (name === null ? 'door-contact' : undefined)
const behind: KindOf = (name) => (name === null ? undefined : kinds[name])
const read = (value: unknown, kindOf = one) =>
  readCanonical(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)), kindOf)

const right = { seq: 17, at, state: 'open' }
const said = {
  ...{ sequence: 17, at, facts: [{ kind: 'door-contact', state: 'open', value: null }] },
  ...{ battery: null, isBatteryLow: null, isTampered: null },
}

test('the usual form, in one go or read strictly, says the same', () => {
  const written = [
    `{"seq":17,"at":${at},"state":"open"}`,
    `{"seq": 17, "at": ${at}, "state": "open"}`,
    `{"state":"open","at":${at},"seq":17}`,
    ` {"seq":17,"at":${at},"state":"open"} `,
    `{"seq":17,"at":"2026-07-07T08:00:00+08:00","state":"open"}`,
    `{"seq":17,"at":"2026-07-07T00:00:00.000Z","state":"\\u006fpen"}`,
  ]
  for (const text of written) expect(read(text)).toEqual([{ name: null, said }])
})

test('what may stand beside', () => {
  expect(read({ ...right, battery: 100 })).toMatchObject([{ said: { battery: 100 } }])
  expect(read({ ...right, battery: 50.4 })).toMatchObject([{ said: { battery: 50 } }])
  const health = { batteryLow: true, tampered: false }
  expect(read({ ...right, ...health })).toMatchObject([
    { said: { isBatteryLow: true, isTampered: false } },
  ])
})

test('a heartbeat says nothing else', () => {
  expect(read({ ...right, state: 'heartbeat' })).toMatchObject([{ said: { facts: [] } }])
  expect(read({ ...right, state: 'heartbeat', value: 1 })).toMatchObject([
    { refused: 'wrong-kind' },
  ])
})

test('a device without a counter or a clock', () => {
  expect(read({ state: 'open' })).toMatchObject([{ said: { sequence: null, at: null } }])
})

test.each<[string, unknown]>([
  ['nothing', 'null'],
  ['a text', '"open"'],
  ['a number', '17'],
  ['an empty list', []],
  ['no JSON', '{'],
  ['an unknown field', { ...right, room: 501 }],
  ['a negative sequence', { ...right, seq: -1 }],
  ['half a sequence', { ...right, seq: 1.5 }],
  ['a sequence beyond counting', { ...right, seq: Number.MAX_SAFE_INTEGER + 1 }],
  ['an endless sequence', `{"seq":1e400,"at":${at},"state":"open"}`],
  ['a sequence in words', { ...right, seq: '17' }],
  ['a leading zero', `{"seq":017,"at":${at},"state":"open"}`],
  ['a sequence twice', `{"seq":1,"seq":2,"at":${at},"state":"open"}`],
  ['a time without a zone', { ...right, at: '2026-07-07T07:42:00' }],
  ['a day that is none', { ...right, at: '2026-02-30T25:00:00Z' }],
  ['a battery of 101', { ...right, battery: 101 }],
  ['a battery below 0', { ...right, battery: -0.1 }],
  ['a battery in words', { ...right, battery: '50' }],
  ['a tampered of 1', { ...right, tampered: 1 }],
])('%s is malformed', (_what, value) => {
  const found = read(value)
  expect(Array.isArray(found) ? found[0] : found).toMatchObject({ refused: 'malformed' })
})

test.each([
  ['beside', { ...right, face: 1 }],
  ['inside', { ...right, extra: { deep: [{ gaitVector: 1 }] } }],
  ['in a message that is wrong anyway', { faceId: 'x' }],
  ['in one of many', [right, { ...right, faceId: 'x' }]],
])('a biometric field %s is refused as such', (_where, value) => {
  expect(read(value)).toEqual({ refused: 'biometric' })
})

test('what the kind cannot say is refused, a measure with its whole number is taken', () => {
  expect(read({ ...right, state: 'occupied' })).toMatchObject([{ refused: 'wrong-kind' }])
  const litres = { device: meter, seq: 1, at, state: 'water-litres', value: 1204 }
  expect(read([litres], behind)).toMatchObject([
    { name: meter, said: { facts: [{ state: 'water-litres', value: 1204 }] } },
  ])
  for (const value of [1.5, '7', null]) {
    expect(read([{ ...litres, value }], behind)).toMatchObject([{ refused: 'wrong-kind' }])
  }
})

describe('a batch', () => {
  const event = { device: door, ...right }
  test('says each of its own', () => {
    const events = [event, { ...event, seq: 18, state: 'closed', battery: 7 }]
    expect(read(events, behind)).toMatchObject([
      { name: door, said: { sequence: 17 } },
      { name: door, said: { sequence: 18, battery: 7, facts: [{ state: 'closed' }] } },
    ])
  })

  test('one that is wrong does not spoil the others', () => {
    const foreign = { ...event, device: 'a0000000-0000-4000-8000-00000000ffff' }
    expect(read([event, foreign, { ...event, seq: -1 }, event], behind)).toMatchObject([
      { said: {} },
      { refused: 'not-listed' },
      { refused: 'malformed' },
      { said: {} },
    ])
  })

  test.each([
    [batchItemsMax, true],
    [batchItemsMax + 1, false],
  ])('of %d events is read: %s', (count, is) => {
    const events = Array.from({ length: count }, (_, seq) => ({ ...event, seq }))
    expect(Array.isArray(read(events, behind))).toBe(is)
    const spelt = events.map(({ seq, ...more }) => ({ ...more, seq }))
    expect(Array.isArray(read(spelt, behind))).toBe(is)
  })
})

test('no bytes throw, and nothing is said that the kind cannot say', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((all) => Buffer.from(all)),
    fc.json().map((text) => Buffer.from(text)),
    fc.record({ seq: fc.anything(), at: fc.anything(), state: fc.anything() }).map((value) => {
      try {
        return Buffer.from(JSON.stringify(value) ?? '')
      } catch {
        return Buffer.alloc(0)
      }
    }),
  )
  fc.assert(
    fc.property(bytes, (payload) => {
      const found = readCanonical(payload, one)
      if (!Array.isArray(found)) return
      for (const item of found) {
        if ('said' in item) {
          for (const fact of item.said.facts) expect(['open', 'closed']).toContain(fact.state)
        }
      }
    }),
  )
})
