import { describe, expect, test } from 'vitest'
import { dayMs, hourMs, minuteMs } from '../../kernel/clock.ts'
import type { HomeCode, PlaceCode } from '../../kernel/ids.ts'
import {
  deviceKinds,
  measures,
  readingStates,
  type Device,
  type DevicePurpose,
} from '../devices/index.ts'
import {
  canTellOfPerson,
  commonCoverage,
  dayShelfMs,
  eventTime,
  isSayable,
  isSignOfLife,
  limitMsOf,
  stateOf,
  tellsOfPerson,
  termOf,
  timeOf,
} from './decide.ts'

const now = Date.parse('2026-07-07T08:00:00+08:00')

test.each([
  ['2026-07-07T07:42:00+08:00', now - 18 * minuteMs],
  ['2026-07-06T23:42:00Z', now - 18 * minuteMs],
  ['2026-07-06T23:42Z', now - 18 * minuteMs],
  ['2026-07-06T23:42:00.250Z', now - 18 * minuteMs + 250],
  [now, now],
  [0, 0],
  ['2026-07-07T07:42:00', undefined],
  ['2026-02-30T25:00:00Z', undefined],
  ['2026-07-07', undefined],
  ['1969-12-31T23:59:59Z', undefined],
  [now + 0.5, undefined],
  [-1, undefined],
  [Number.NaN, undefined],
  [null, undefined],
])('the time %s is read as %s', (at, instant) => {
  expect(eventTime(at)).toBe(instant)
})

describe('what a message’s own time is worth', () => {
  const care = { purpose: 'agreed-care' as const }
  const alarm = { purpose: 'home-safety' as const }
  const trusted = (eventAt: number) => ({ eventAt, is: 'trusted' })
  test.each([
    ['none, care', null, care, { eventAt: now, is: 'no-clock' }],
    ['none, alarm', null, alarm, { eventAt: now, is: 'no-clock' }],
    ['now', now, care, trusted(now)],
    ['2 minutes ahead', now + 2 * minuteMs, care, trusted(now + 2 * minuteMs)],
    ['a millisecond more, care', now + 2 * minuteMs + 1, care, { refused: 'future' }],
    ['a year ahead, alarm', now + 365 * dayMs, alarm, { eventAt: now, is: 'ahead' }],
    ['72 hours ago, care', now - 72 * hourMs, care, trusted(now - 72 * hourMs)],
    ['a millisecond more, care', now - 72 * hourMs - 1, care, { refused: 'too-old' }],
    ['30 days ago, alarm', now - 30 * dayMs, alarm, trusted(now - 30 * dayMs)],
    ['a millisecond more, alarm', now - 30 * dayMs - 1, alarm, { refused: 'too-old' }],
  ])('%s', (_what, at, device, worth) => {
    expect(timeOf(at, device, now)).toEqual(worth)
  })
})

test('every kind says its own states and measures, and nothing of the others', () => {
  const states = [...new Set(Object.values(readingStates).flat()), 'heartbeat', '', 'toString']
  for (const kind of deviceKinds) {
    const own: readonly string[] = readingStates[kind]
    for (const state of states) expect(isSayable(kind, state, null)).toBe(own.includes(state))
    for (const [measure, of] of Object.entries(measures)) {
      expect(isSayable(kind, measure, 7)).toBe(of === kind)
      expect(isSayable(kind, measure, null)).toBe(false)
      expect(isSayable(kind, measure, 0.5)).toBe(false)
    }
    for (const state of own) expect(isSayable(kind, state, 7)).toBe(false)
  }
})

describe('a sum of a day', () => {
  const meter = { kind: 'water-meter', place: '310104011013-01-26-501' as HomeCode } as const
  const fact = (state: string) => ({ kind: meter.kind, state, value: 180 })

  test('tells of nobody where it is all that is taken, and of somebody everywhere else', () => {
    const counts = { ...meter, purpose: 'crowding-check' } as const
    const cares = { ...meter, purpose: 'agreed-care' } as const
    expect(tellsOfPerson(counts, fact('water-litres-day'))).toBe(false)
    expect(tellsOfPerson(counts, fact('water-litres'))).toBe(true)
    expect(tellsOfPerson(cares, fact('water-litres-day'))).toBe(true)
    expect(canTellOfPerson(counts as Device)).toBe(false)
    expect(canTellOfPerson(cares as Device)).toBe(true)
  })

  test('lies on the day shelf for thirty days', () => {
    expect(termOf('crowding-check')).toEqual({ shelf: 'day', termMs: 30 * dayMs })
  })
})

test('no kind can name a person, a face or a body', () => {
  const words = [...Object.values(readingStates).flat(), ...Object.keys(measures)]
  for (const word of words) expect(word).not.toMatch(/person|face|body|gait|people|human/)
})

test.each([
  ['door-access', 'granted', true],
  ['door-access', 'refused', false],
  ['door-access', 'tailgate', false],
  ['door-contact', 'open', true],
  ['door-contact', 'closed', true],
  ['motion', 'occupied', true],
  ['motion', 'clear', false],
  ['sos-button', 'pressed', true],
  ['smoke', 'alarm', false],
  ['camera-event', 'bin-overflowing', false],
  ['heartbeat', null, false],
] as const)('%s %s is a sign of life: %s', (kind, state, is) => {
  expect(isSignOfLife(kind, state)).toBe(is)
})

describe('what needs the consent of who lives there', () => {
  const home = '310104011013-01-26-501' as HomeCode
  const stair = '310104011013-01-26' as PlaceCode
  const of = (purpose: DevicePurpose, place: PlaceCode, value: number | null) =>
    tellsOfPerson({ purpose, place }, { kind: 'electrical', state: 'x', value })
  test.each([
    ['a door in a home', of('agreed-care', home, null), true],
    ['an alarm in a home', of('home-safety', home, null), false],
    ['a measured current in a home', of('home-safety', home, 3), true],
    ['a measured current on a stair', of('home-safety', stair, 3), false],
    ['a stair’s door', of('door-security', stair, null), false],
  ])('%s', (_what, needs, wanted) => {
    expect(needs).toBe(wanted)
  })
})

describe('the state of a device', () => {
  const alive = { heartbeatSeconds: 300, revokedAt: null }
  test.each([
    ['just heard', alive, now, 'alive'],
    ['a heartbeat and a half ago', alive, now - 450_000, 'alive'],
    ['a millisecond longer', alive, now - 450_001, 'quiet'],
    ['three heartbeats ago', alive, now - 900_000, 'quiet'],
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

test('what tells of people lies by the hour and no longer than 72 hours', () => {
  for (const purpose of ['agreed-care', 'door-security', 'water-and-power'] as const) {
    expect(termOf(purpose)).toEqual({ shelf: 'hour', termMs: 72 * hourMs })
  }
  expect(dayShelfMs).toBe(30 * dayMs)
})

test.each([
  ['no device', [], []],
  ['one', [[[1, 5]]], [[1, 5]]],
  ['two that overlap', [[[1, 5]], [[3, 9]]], [[3, 5]]],
  ['two that touch', [[[1, 5]], [[5, 9]]], [[5, 5]]],
  ['two apart', [[[1, 4]], [[5, 9]]], []],
  [
    'one with a hole',
    [
      [[1, 9]],
      [
        [1, 3],
        [6, 9],
      ],
    ],
    [
      [1, 3],
      [6, 9],
    ],
  ],
  [
    'three',
    [
      [[1, 9]],
      [
        [1, 3],
        [5, 9],
      ],
      [[2, 6]],
    ],
    [
      [2, 3],
      [5, 6],
    ],
  ],
  ['one that never worked', [[[1, 9]], []], []],
])('a home is covered while every sensor works: %s', (_what, lists, common) => {
  const intervals = lists.map((list) => list.map(([from = 0, to = 0]) => ({ from, to })))
  expect(commonCoverage(intervals).map(({ from, to }) => [from, to])).toEqual(common)
})
