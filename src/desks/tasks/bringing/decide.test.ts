import { expect, test } from 'vitest'
import { dayMs, minuteMs } from '../../../kernel/clock.ts'
import { linesOf, wrongOf } from './decide.ts'
import type { Ended } from './types.ts'

const now = Date.parse('2026-07-07T08:00:00+08:00')
const openedAt = now - 10 * dayMs
const whole: Ended = {
  ...{ kind: 'hazard', rule: 'smoke', ruleVersion: 1, urgency: 'emergency', tier: 1, words: null },
  committee: '310104011013' as Ended['committee'],
  post: 'a post' as Ended['post'],
  ...{ openedAt, acknowledgeBy: openedAt + 5 * minuteMs, dueAt: openedAt + 20 * minuteMs },
  ...{ acknowledgedAt: openedAt + minuteMs, setOutAt: openedAt + 2 * minuteMs },
  ...{ arrivedAt: openedAt + 9 * minuteMs, closedAt: openedAt + 30 * minuteMs },
  outcome: 'hazard-real',
}

test.each<[string, Partial<Ended>, keyof Ended | undefined]>([
  ['as it was', {}, undefined],
  ['all in one moment', momentary(), undefined],
  ['nobody went', { setOutAt: null, arrivedAt: null }, undefined],
  ['closed now', { closedAt: now }, undefined],
  ['closed in a moment', { closedAt: now + 1 }, 'closedAt'],
  ['a year ago', shifted(now - 365 * dayMs - whole.closedAt), undefined],
  ['a year and a moment ago', shifted(now - 365 * dayMs - whole.closedAt - 1), 'closedAt'],
  ['answered before it was opened', { acknowledgedAt: openedAt - 1 }, 'acknowledgedAt'],
  ['set out before it was answered', { setOutAt: openedAt }, 'setOutAt'],
  ['arrived before setting out', { arrivedAt: openedAt + minuteMs }, 'arrivedAt'],
  ['closed before arriving', { closedAt: openedAt + 8 * minuteMs }, 'closedAt'],
  ['due before it was opened', { dueAt: openedAt - 1 }, 'dueAt'],
  ['to be answered before it was opened', { acknowledgeBy: openedAt - 1 }, 'acknowledgeBy'],
  ['what is not found there', { outcome: 'fine' }, 'outcome'],
])('%s', (_, change, field) => {
  expect(wrongOf({ ...whole, ...change }, now)).toBe(field)
})

function momentary(): Partial<Ended> {
  const at = openedAt
  return {
    ...{
      acknowledgeBy: at,
      dueAt: at,
      acknowledgedAt: at,
      setOutAt: at,
      arrivedAt: at,
      closedAt: at,
    },
  }
}

function shifted(ms: number): Partial<Ended> {
  const times = ['openedAt', 'acknowledgeBy', 'dueAt', 'acknowledgedAt', 'setOutAt', 'arrivedAt']
  return Object.fromEntries(
    [...times, 'closedAt'].map((name) => [name, (whole[name as keyof Ended] as number) + ms]),
  )
}

const told = (ended: Ended) => linesOf(ended).map(({ act, state }) => `${act} ${state}`)

test('its history is as it would have been written here', () => {
  expect(told(whole)).toEqual([
    ...['raised raised', 'acknowledge acknowledged', 'set-out on-the-way', 'arrive at-the-door'],
    ...['find found', 'close closed'],
  ])
  const times = linesOf(whole).map(({ at }) => at)
  expect(times.toSorted((a, b) => a - b)).toEqual(times)
})

test('what climbed says so before somebody answered, and who did not go did not', () => {
  const climbed = { ...whole, tier: 2, setOutAt: null, arrivedAt: null }
  expect(told(climbed)).toEqual([
    ...['raised raised', 'climb raised', 'acknowledge acknowledged', 'find found', 'close closed'],
  ])
})
