import { expect, test } from 'vitest'
import type { Definition, When } from '../../definition/index.ts'
import {
  at,
  day,
  heartbeats,
  hour,
  kernelOf,
  lived,
  ruleOf,
  sensorOf,
  signal,
  worded,
  type Saying,
} from './testing/lane.ts'

const ground = sensorOf('ground')
const other = sensorOf('other')
const is = (state: string): When & { is: 'state' } => ({
  ...{ is: 'state', signal: signal('ground', state), minutes: 0 },
})
const only = (change: Partial<Definition['only']>): Partial<Definition> => ({
  only: { hours: null, days: 'every-day', season: null, ...change },
})

const long: Saying[] = [[1, 'ground', 'tilted']]

test('hours that end before they begin go over midnight; equal ones are the whole day', () => {
  const night = ruleOf(is('tilted'), only({ hours: { from: '22:00', to: '05:00' } }))
  expect(lived(night, [ground], long, { until: 30 * hour })).toEqual([
    'raised 1 ground',
    `cleared ${5 * hour} ground`,
    `raised ${22 * hour} ground`,
    `cleared ${29 * hour} ground`,
  ])
  const always = ruleOf(is('tilted'), only({ hours: { from: '08:00', to: '08:00' } }))
  expect(lived(always, [ground], long, { until: 30 * hour })).toEqual(['raised 1 ground'])
})

test('working days and days off are those of the calendar; without one it is not guessed', () => {
  const rule = (days: 'working-days' | 'days-off') => ruleOf(is('tilted'), only({ days }))
  const calendar: Record<string, 'working' | 'off'> = {
    '2026-03-02': 'off',
    '2026-03-03': 'working',
  }
  const found = (days: 'working-days' | 'days-off') => {
    const kernel = kernelOf(rule(days), [ground], { dayKind: (one) => calendar[one] })
    return lived(rule(days), [ground], long, { until: 3 * day, every: 30, kernel })
  }
  expect(found('days-off')).toEqual(['raised 1 ground', `cleared ${day} ground`])
  expect(found('working-days')).toEqual([`raised ${day} ground`, `cleared ${2 * day} ground`])
})

test('a season holds its first and its last day, and may go over the year’s end', () => {
  const found = (from: string, to: string) =>
    lived(ruleOf(is('tilted'), only({ season: { from, to } })), [ground], long, {
      until: 3 * day,
      every: 30,
    })
  expect(found('03-02', '03-03')).toEqual(['raised 1 ground', `cleared ${2 * day} ground`])
  expect(found('11-15', '03-02')).toEqual(['raised 1 ground', `cleared ${day} ground`])
  expect(found('03-04', '03-31')).toEqual([`raised ${2 * day} ground`])
})

test('covered: only while every sensor of the subject is heard within its limit', () => {
  const rule = ruleOf(is('tilted'), { per: 'stair', isCovered: true })
  const says: Saying[] = [...long, ...heartbeats('ground', 2, 200), ...heartbeats('other', 20, 60)]
  const found = lived(rule, [ground, other], [...says, [150, 'other']], { until: 200 })
  // The other one is heard first at 20, and its limit of 30 minutes ends after 90 and after 180.
  expect(found).toEqual(['raised 20 26', 'cleared 90 26', 'raised 150 26', 'cleared 180 26'])
})

test('and, or, not: at every instant', () => {
  const says: Saying[] = [
    [1, 'ground', 'tilted'],
    [5, 'ground', 'moved'],
    [9, 'ground', 'upright'],
  ]
  const found = (when: When) => lived(ruleOf(when), [ground], says)
  expect(found({ is: 'all', of: [is('tilted'), { is: 'not', of: is('moved') }] })).toEqual([
    'raised 1 ground',
    'cleared 5 ground',
  ])
  expect(found({ is: 'any', of: [is('tilted'), is('moved')] })).toEqual([
    'raised 1 ground',
    'joined 5 ground',
    'cleared 9 ground',
  ])
  expect(found({ is: 'not', of: is('moved') })).toEqual([
    'raised 1 ground',
    'cleared 5 ground',
    'raised 9 ground',
  ])
})

test('what began and ended within one instant was not so', () => {
  const says: Saying[] = [
    [5, 'ground', 'tilted'],
    [5, 'ground', 'upright'],
  ]
  expect(lived(ruleOf(is('tilted')), [ground], says)).toEqual([])
})

test('peers are judged once a day from sums: here nothing is', () => {
  const peers: When = {
    ...{ is: 'peers', measures: ['water-litres-day', 'door-openings-day'], percent: 300 },
    ...{ days: 14, ofDays: 21, peersMin: 10 },
  }
  const kernel = kernelOf(ruleOf(peers), [ground])
  expect(kernel.bytesPerSubject('310104011 tried 1')).toBe(0)
  expect(worded(kernel.advance(at(10)))).toEqual([])
})
