import { expect, test } from 'vitest'
import type { Definition } from '../../definition/index.ts'
import {
  at,
  key,
  kernelOf,
  lived,
  messagesOf,
  ruleOf,
  sensorOf,
  signal,
  stair,
  worded,
  type Saying,
} from './testing/lane.ts'

const sensors = [sensorOf('a'), sensorOf('b')]
const rule = (change: Partial<Definition> = {}) =>
  ruleOf(
    { is: 'state', signal: signal('ground', 'tilted'), minutes: 0 },
    { per: 'stair', ...change },
  )

/** So in each of these stretches of minutes. */
const so = (sensor: string, ...stretches: [number, number][]): Saying[] =>
  stretches.flatMap(([from, to]): Saying[] => [
    [from, sensor, 'tilted'],
    [to, sensor, 'upright'],
  ])

test('only the so manieth edge within the window raises', () => {
  const thrice = rule({ after: { times: 3, minutes: 10 } })
  expect(lived(thrice, sensors, so('a', [1, 2], [5, 6], [11, 12]))).toEqual([])
  expect(lived(thrice, sensors, so('a', [1, 2], [5, 6], [10.9, 12]))).toEqual([
    'raised 10.9 26',
    'cleared 12 26',
  ])
  // Edges that led to a finding are used up.
  expect(lived(thrice, sensors, so('a', [1, 2], [2.5, 3], [4, 5], [6, 7]))).toEqual([
    'raised 4 26',
    'cleared 5 26',
  ])
})

test('taken back when it has not been so for long enough; an edge before that joins', () => {
  const found = lived(rule({ clearsAfterMinutes: 5 }), sensors, so('a', [1, 3], [7.9, 9]))
  expect(found).toEqual(['raised 1 26', 'joined 7.9 26', 'cleared 14 26'])
  expect(lived(rule({ clearsAfterMinutes: 5 }), sensors, so('a', [1, 3], [8, 9]))).toEqual([
    'raised 1 26',
    'joined 8 26',
    'cleared 14 26',
  ])
  expect(lived(rule({ clearsAfterMinutes: null }), sensors, so('a', [1, 3]))).toEqual([
    'raised 1 26',
  ])
})

test('after the end, edges are swallowed for the cooldown, its last moment excepted', () => {
  const cool = rule({ cooldownMinutes: 10 })
  expect(lived(cool, sensors, so('a', [1, 3], [5, 20], [21, 22]))).toEqual([
    'raised 1 26',
    'cleared 3 26',
    'raised 21 26',
    'cleared 22 26',
  ])
  expect(lived(cool, sensors, so('a', [1, 3], [13, 14]))).toContain('raised 13 26')
})

test('a second sensor joins; one that flaps is named once a minute', () => {
  const says = [...so('a', [1, 30]), ...so('b', [5, 6], [6.5, 7], [8, 9], [9.5, 9.7])]
  expect(lived(rule(), sensors, says)).toEqual([
    'raised 1 26',
    'joined 5 26',
    'joined 6.5 26',
    'joined 8 26',
    'joined 9.5 26',
    'cleared 30 26',
  ])
  const flapping = so('b', [5, 5.1], [5.2, 5.3], [5.9, 5.95], [6, 6.1])
  expect(lived(rule(), sensors, [...so('a', [1, 30]), ...flapping])).toEqual([
    'raised 1 26',
    'joined 5 26',
    'joined 6 26',
    'cleared 30 26',
  ])
})

test('a person ends it: not raised again until it has ceased to be so', () => {
  const kernel = kernelOf(rule(), sensors)
  for (const message of messagesOf(sensors, so('a', [1, 20], [25, 26]))) kernel.take(message)
  expect(worded(kernel.advance(at(12)))).toEqual(['raised 1 26'])
  kernel.close(key, stair, at(12))
  kernel.close(key, 'nobody', at(12))
  expect(worded(kernel.advance(at(24)))).toEqual([])
  expect(worded(kernel.advance(at(40)))).toEqual(['raised 25 26', 'cleared 26 26'])
})

test('what a finding names: the facts that make it so, oldest first, and no more', () => {
  const kernel = kernelOf(rule(), sensors)
  const says = [...so('b', [1, 2]), ...so('a', [3, 9]), ...so('b', [4, 9])]
  for (const message of messagesOf(sensors, says)) kernel.take(message)
  const named = kernel
    .advance(at(30))
    .map((one) =>
      'signals' in one
        ? [one.at - at(0), ...one.signals.map(({ sensor, at: when }) => [sensor, when - at(0)])]
        : [],
    )
  const minute = 60_000
  expect(named.filter((one) => one.length > 0)).toEqual([
    [minute, ['b', minute]],
    [3 * minute, ['a', 3 * minute]],
    [4 * minute, ['b', 4 * minute]],
  ])
})

test('an emergency does not wait: found as it arrives, later than what was judged already', () => {
  const kernel = kernelOf(rule({ isEmergency: true, clearsAfterMinutes: null }), sensors)
  const [first, late] = messagesOf(sensors, [
    [3, 'b', 'tilted'],
    [5, 'a', 'tilted'],
  ])
  if (!first || !late) throw new Error('two messages')
  kernel.take(late)
  expect(worded(kernel.advance(at(5)))).toEqual(['raised 5 26'])
  kernel.take({ ...first, order: 3, arrivedAt: at(9) })
  expect(worded(kernel.advance(at(9)))).toEqual(['joined 5 26'])
})
