import { expect, test } from 'vitest'
import { minuteMs } from '../../../../kernel/clock.ts'
import type { When } from '../../definition/index.ts'
import {
  at,
  day,
  heartbeats,
  home,
  kernelOf,
  lived,
  ruleOf,
  sensorOf,
  signal,
  stair,
  worded,
  type Saying,
} from './testing/lane.ts'

const ground = sensorOf('ground')
const other = sensorOf('other')
const state = (minutes: number, ...states: string[]): When => ({
  ...{ is: 'state', signal: signal('ground', ...states), minutes },
})

test.each<[string, When, Saying[], string[]]>([
  ['a state at once', state(0, 'tilted'), [[5, 'ground', 'tilted']], ['raised 5 ground']],
  ['a state that lasts', state(10, 'tilted'), [[5, 'ground', 'tilted']], ['raised 15 ground']],
  [
    'one that ended before its time',
    state(10, 'tilted'),
    [
      [5, 'ground', 'tilted'],
      [14, 'ground', 'upright'],
    ],
    [],
  ],
  [
    'one that ended at that very moment',
    state(10, 'tilted'),
    [
      [5, 'ground', 'tilted'],
      [15, 'ground', 'upright'],
    ],
    [],
  ],
  [
    'from one of the states into another it goes on',
    state(10, 'tilted', 'moved'),
    [
      [5, 'ground', 'tilted'],
      [9, 'ground', 'moved'],
    ],
    ['raised 15 ground'],
  ],
  [
    'taken back when it ends',
    state(0, 'tilted'),
    [
      [5, 'ground', 'tilted'],
      [8, 'ground', 'upright'],
    ],
    ['raised 5 ground', 'cleared 8 ground'],
  ],
])('state: %s', (_, when, says, found) => {
  expect(lived(ruleOf(when), [ground, other], says)).toEqual(found)
})

test('a moment is so for a minute, and a second one within it lengthens it', () => {
  const button = sensorOf('button', { kind: 'sos-button' })
  const rule = ruleOf({ is: 'state', signal: signal('sos-button', 'pressed'), minutes: 0 })
  const says: Saying[] = [
    [5, 'button', 'pressed'],
    [5.5, 'button', 'pressed'],
  ]
  expect(lived(rule, [button], says)).toEqual(['raised 5 button', 'cleared 6.5 button'])
})

test.each<[string, number, Saying[], string[]]>([
  ['at the number is not above it', 0, [[1, 'meter', 'temperature-centi-c=7000']], []],
  ['above it', 0, [[1, 'meter', 'temperature-centi-c=7001']], ['raised 1 meter']],
  [
    'above it for so long, whatever the numbers between',
    5,
    [
      [1, 'meter', 'temperature-centi-c=7001'],
      [3, 'meter', 'temperature-centi-c=9000'],
    ],
    ['raised 6 meter'],
  ],
  [
    'below again before its time',
    5,
    [
      [1, 'meter', 'temperature-centi-c=7001'],
      [3, 'meter', 'temperature-centi-c=6000'],
      [4, 'meter', 'temperature-centi-c=7001'],
    ],
    ['raised 9 meter'],
  ],
])('threshold: %s', (_, minutes, says, found) => {
  const meter = sensorOf('meter', { kind: 'electrical' })
  const when = { is: 'threshold', measure: 'temperature-centi-c', number: 7000, minutes } as const
  expect(lived(ruleOf({ ...when, side: 'above' }), [meter], says)).toEqual(found)
})

test('count: so many in (t − w, t], of all sensors of the subject; then too few again', () => {
  const when = { is: 'count', signal: signal('ground', 'moved'), atLeast: 3, minutes: 10 } as const
  const rule = ruleOf(when, { per: 'stair' })
  const says: Saying[] = [
    [1, 'ground', 'moved'],
    [5, 'other', 'moved'],
    [11, 'ground', 'moved'],
    [12, 'other', 'moved'],
  ]
  expect(lived(rule, [ground, other], says)).toEqual(['raised 12 26', 'cleared 15 26'])
})

test.each<[string, Saying[], string[]]>([
  [
    'without the second, from the end of its time until it comes',
    [
      [1, 'ground', 'tilted'],
      [5, 'ground', 'tilted'],
      [20, 'ground', 'upright'],
    ],
    ['raised 11 ground', 'cleared 20 ground'],
  ],
  [
    'the second exactly at the end still counts',
    [
      [1, 'ground', 'tilted'],
      [11, 'ground', 'upright'],
    ],
    [],
  ],
  [
    'both in one message: the first is read before the second',
    [[1, 'ground', 'upright', 'tilted']],
    [],
  ],
])('sequence: %s', (_, says, found) => {
  const [first, then] = [signal('ground', 'tilted'), signal('ground', 'upright')]
  const when = { is: 'sequence', first, then, minutes: 10 } as const
  expect(lived(ruleOf(when), [ground], says)).toEqual(found)
})

const door = sensorOf('door', { kind: 'door-contact', place: home })
const motion = sensorOf('motion', { kind: 'motion', place: home })
const noSign: When = {
  is: 'silence',
  signs: [signal('door-contact', 'open'), signal('motion', 'occupied')],
  minutes: 60,
}

test.each<[string, Saying[], string[]]>([
  [
    'from the first message that shows it: one heard from 5 on, the other at 60 and at 70',
    [...heartbeats('door', 0, 90), ...heartbeats('motion', 5, 95)],
    ['raised 70 501'],
  ],
  [
    'a hole of one sensor does not count',
    [
      ...heartbeats('door', 0, 200),
      ...heartbeats('motion', 0, 20),
      ...heartbeats('motion', 60, 200),
    ],
    ['raised 100 501'],
  ],
  [
    'a sensor that speaks no more leaves it unknown',
    [...heartbeats('door', 0, 200), ...heartbeats('motion', 0, 50)],
    [],
  ],
  [
    'a sign begins it anew and takes it back',
    [
      ...heartbeats('door', 0, 200),
      ...heartbeats('motion', 0, 200),
      [30, 'motion', 'occupied'],
      [95, 'door', 'open'],
    ],
    ['raised 90 501', 'cleared 95 501', 'raised 160 501'],
  ],
])('silence with signs: %s', (_, says, found) => {
  expect(lived(ruleOf(noSign, { per: 'home' }), [door, motion], says)).toEqual(found)
})

/** `usual` openings on each of eight days, and then other numbers. */
function openings(perDay: readonly number[]): Saying[] {
  const says: Saying[] = heartbeats('door', 0, perDay.length * day + 60)
  for (const [which, count] of perDay.entries()) {
    for (let one = 0; one < count; one++) says.push([which * day + 601 + one, 'door', 'open'])
  }
  return says
}

const often: When = {
  ...{ is: 'habit', of: 'count', signal: signal('door-contact', 'open') },
  ...{ side: 'above', percent: 200, days: 7 },
}

test('habit: a day beyond its share of the usual one, known at midnight, for one day', () => {
  const rule = ruleOf(often, { per: 'home' })
  const says = openings([4, 4, 4, 4, 4, 4, 4, 9, 4])
  expect(lived(rule, [door], says, { until: 9 * day + 30, every: 30 })).toEqual([
    `raised ${8 * day} 501`,
    `cleared ${9 * day} 501`,
  ])
  expect(lived(rule, [door], openings([4, 4, 4, 4, 4, 4, 4, 8]), { until: 8 * day })).toEqual([])
  // Six days are not seven.
  expect(lived(rule, [door], openings([4, 4, 4, 4, 4, 4, 9]), { until: 8 * day })).toEqual([])
})

test('habit: a day with a hole is neither judged nor learned', () => {
  const rule = ruleOf(often, { per: 'home' })
  const says = openings([4, 4, 4, 4, 4, 4, 4, 9]).filter(
    ([minute, , said]) => said !== undefined || minute < 7 * day || minute > 7 * day + 120,
  )
  expect(lived(rule, [door], says, { until: 9 * day, every: 30 })).toEqual([])
})

test('habit: a counter that restarts goes on', () => {
  const meter = sensorOf('meter', { kind: 'electrical' })
  const when = { is: 'habit', of: 'use', signal: signal('electrical', 'energy-wh') } as const
  const rule = ruleOf({ ...when, side: 'above', percent: 300, days: 7 })
  const says: Saying[] = heartbeats('meter', 0, 8 * day + 60)
  for (let one = 0; one < 8; one++) {
    says.push(
      [one * day + 61, 'meter', 'energy-wh=100'],
      [one * day + 601, 'meter', 'energy-wh=110'],
    )
    // 5 up to the restart and 20 since: 35 that day instead of 10.
    if (one === 7) says.push([one * day + 701, 'meter', 'energy-wh=115'])
    if (one === 7) says.push([one * day + 801, 'meter', 'energy-wh=20'])
  }
  expect(lived(rule, [meter], says, { until: 8 * day + 30, every: 30 })).toEqual([
    `raised ${8 * day} meter`,
  ])
})

test('habit: longer without a sign than is usual in this part of the day', () => {
  const when = { is: 'habit', of: 'gap', signal: signal('door-contact', 'open') } as const
  const rule = ruleOf({ ...when, side: 'above', percent: 300, days: 7 }, { per: 'home' })
  const says: Saying[] = heartbeats('door', 0, 8 * day)
  for (let minute = 5; minute < 7 * day + 600; minute += 30) says.push([minute, 'door', 'open'])
  const last = Math.floor((7 * day + 600 - 5) / 30) * 30 + 5
  // A message every 10 minutes, and 5 past; the first of them after 90 minutes.
  expect(lived(rule, [door], says, { until: 8 * day, every: 30 })[0]).toBe(
    `raised ${last + 95} 501`,
  )
})

test('health: what is wrong with a device, and a loss of its own', () => {
  const rule = ruleOf({ is: 'health', condition: 'tampered' }, { purpose: 'device-operation' })
  const kernel = kernelOf(rule, [ground])
  kernel.setCondition('ground', 'tampered', true, at(3))
  kernel.setCondition('ground', 'tampered', false, at(9))
  kernel.setCondition('ground', 'battery-low', true, at(9))
  expect(worded(kernel.advance(at(20)))).toEqual(['raised 3 ground', 'cleared 9 ground'])
  const silent = ruleOf({ is: 'health', condition: 'silent' }, { purpose: 'device-operation' })
  const says: Saying[] = [...heartbeats('ground', 0, 20), [90, 'ground']]
  expect(lived(silent, [ground], says, { until: 100 })).toEqual([
    'raised 50 ground',
    'cleared 90 ground',
  ])
})

test('a subject is a device, a home, a stair or a compound; what stands higher speaks for its place', () => {
  const says: Saying[] = [[5, 'ground', 'tilted']]
  const found = (per: 'device' | 'home' | 'stair' | 'compound') =>
    lived(ruleOf(state(0, 'tilted'), { per }), [ground], says)
  expect(found('device')).toEqual(['raised 5 ground'])
  expect(found('home')).toEqual(['raised 5 26'])
  expect(found('stair')).toEqual([`raised 5 ${stair.split('-').at(-1)}`])
  expect(found('compound')).toEqual(['raised 5 01'])
})

test('a message and its sensor are what they are: another street or purpose is not heard', () => {
  const foreign = sensorOf('foreign', { street: '310104012' })
  const private_ = sensorOf('private', { purpose: 'home-safety' })
  const says: Saying[] = [
    [5, 'foreign', 'tilted'],
    [6, 'private', 'tilted'],
    [7, 'nobody', 'tilted'],
  ]
  expect(lived(ruleOf(state(0, 'tilted')), [foreign, private_], says)).toEqual([])
})

test('heartbeats folded into a run find the same, at the moment itself', () => {
  const rule = ruleOf(noSign, { per: 'home' })
  const kernel = kernelOf(rule, [door, motion])
  for (const sensor of ['door', 'motion']) kernel.cover(kernel.sensorId(sensor), at(0), at(300))
  const [coded] = [kernel.codeOf('motion', 'occupied')]
  kernel.takeCoded(kernel.sensorId('motion'), coded ?? -1, Number.NaN, at(30), at(30), 1, true)
  expect(worded(kernel.advance(at(310)))).toEqual(['raised 90 501'])
  expect(minuteMs).toBe(60_000)
})
