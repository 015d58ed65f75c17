import { describe, expect, test } from 'vitest'
import { dayMs, hourMs, minuteMs } from '../../kernel/clock.ts'
import type { DeviceId, StreetCode } from '../../kernel/ids.ts'
import { isSignOfLife, limitMsOf, messageFrom, stateOf, topicOf } from './decide.ts'
import { readingStates } from './types.ts'

const now = Date.parse('2026-07-07T08:00:00+08:00')
const device = { device: 'd1' as DeviceId, kind: 'door-contact' as const }
const right = { seq: 17, at: '2026-07-07T07:42:00+08:00', state: 'open' }

test('a message in the canonical form is read', () => {
  expect(messageFrom(right, device, now)).toEqual({
    ...{ device: 'd1', sequence: 17, eventAt: now - 18 * minuteMs },
    ...{ kind: 'door-contact', state: 'open' },
  })
})

test.each([
  ['2026-07-07T07:42:00+08:00', now - 18 * minuteMs],
  ['2026-07-06T23:42:00Z', now - 18 * minuteMs],
  ['2026-07-06T23:42Z', now - 18 * minuteMs],
  ['2026-07-06T23:42:00.250Z', now - 18 * minuteMs + 250],
  [now, now],
])('the time may be %s', (at, eventAt) => {
  expect(messageFrom({ ...right, at }, device, now)).toMatchObject({ eventAt })
})

test.each([0, 1, Number.MAX_SAFE_INTEGER])('the sequence may be %d', (seq) => {
  expect(messageFrom({ ...right, seq }, device, now)).toMatchObject({ sequence: seq })
})

test.each([0, 50.5, 100])('a battery of %d may stand beside', (battery) => {
  expect(messageFrom({ ...right, battery }, device, now)).toMatchObject({ state: 'open' })
})

test.each<[string, unknown]>([
  ['nothing', null],
  ['a text', 'open'],
  ['a number', 17],
  ['a list', [right]],
  ['an empty object', {}],
  ['an unknown field', { ...right, room: 501 }],
  ['a street of its own', { ...right, street: '310104011' }],
  ['no sequence', { at: right.at, state: 'open' }],
  ['a negative sequence', { ...right, seq: -1 }],
  ['half a sequence', { ...right, seq: 1.5 }],
  ['a sequence beyond counting', { ...right, seq: Number.MAX_SAFE_INTEGER + 1 }],
  ['an endless sequence', { ...right, seq: Infinity }],
  ['a sequence in words', { ...right, seq: '17' }],
  ['no time', { seq: 17, state: 'open' }],
  ['a time without a zone', { ...right, at: '2026-07-07T07:42:00' }],
  ['a day that is none', { ...right, at: '2026-02-30T25:00:00Z' }],
  ['a date alone', { ...right, at: '2026-07-07' }],
  ['half a millisecond', { ...right, at: now + 0.5 }],
  ['a battery of 101', { ...right, battery: 101 }],
  ['a battery below 0', { ...right, battery: -0.1 }],
  ['a battery that is no number', { ...right, battery: Number.NaN }],
  ['a battery in words', { ...right, battery: '50' }],
])('%s is malformed', (_what, value) => {
  expect(messageFrom(value, device, now)).toEqual({ refused: 'malformed' })
})

test.each<[string, unknown, string]>([
  ['beside', { ...right, face: 1 }, 'face'],
  ['inside', { ...right, extra: { deep: [{ gaitVector: 1 }] } }, 'gaitVector'],
  ['in a message that is wrong anyway', { faceId: 'x' }, 'faceId'],
])('a biometric field %s is named as such', (_where, value, field) => {
  expect(messageFrom(value, device, now)).toEqual({ refused: 'biometric', field })
})

test.each([
  [2 * minuteMs, undefined],
  [2 * minuteMs + 1, 'future'],
  [dayMs, 'future'],
  [-72 * hourMs, undefined],
  [-72 * hourMs - 1, 'too-old'],
  [-now - 1, 'too-old'],
])('an event at now %+d ms is refused as %s', (ms, refused) => {
  const read = messageFrom({ ...right, at: now + ms }, device, now)
  expect('refused' in read ? read.refused : undefined).toBe(refused)
})

test('every kind says its own states and heartbeat, and nothing of the others', () => {
  const every = [...Object.values(readingStates).flat(), 'heartbeat', 'alarm', '', null, 1]
  for (const kind of ['door-access', 'door-contact', 'motion'] as const) {
    const states: readonly unknown[] = readingStates[kind]
    for (const state of every) {
      const read = messageFrom({ ...right, state }, { ...device, kind }, now)
      if (state === 'heartbeat') expect(read).toMatchObject({ kind: 'heartbeat', state: null })
      else if (states.includes(state)) expect(read).toMatchObject({ kind, state })
      else expect(read).toEqual({ refused: 'wrong-kind' })
    }
  }
})

test.each([
  ['door-access', 'granted', true],
  ['door-access', 'refused', false],
  ['door-contact', 'open', true],
  ['door-contact', 'closed', true],
  ['motion', 'occupied', true],
  ['motion', 'clear', false],
  ['heartbeat', null, false],
] as const)('%s %s is a sign of life: %s', (kind, state, is) => {
  expect(isSignOfLife(kind, state)).toBe(is)
})

describe('the state of a device', () => {
  const alive = { heartbeatSeconds: 300, revokedAt: null }
  test.each([
    ['just heard', alive, now, 'alive'],
    ['three heartbeats ago', alive, now - 900_000, 'alive'],
    ['a millisecond longer', alive, now - 900_001, 'unknown'],
    ['never', alive, null, 'never-reported'],
    ['revoked, though just heard', { ...alive, revokedAt: now - 1 }, now, 'revoked'],
    ['revoked, never heard', { ...alive, revokedAt: now }, null, 'revoked'],
  ] as const)('%s', (_what, device, heardAt, state) => {
    expect(stateOf(device, heardAt, now)).toBe(state)
  })

  test('is lost after three heartbeats missed', () => {
    expect(limitMsOf(60)).toBe(180_000)
  })
})

test('a topic is one street, one device, one direction', () => {
  const street = '310104011' as StreetCode
  expect(topicOf({ street, device: 'd1' as DeviceId })).toBe('lilong/310104011/d1/event')
})
