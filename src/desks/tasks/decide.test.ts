import { describe, expect, test } from 'vitest'
import { outcomes } from '../../kernel/event.ts'
import type { DeviceId, TaskId } from '../../kernel/ids.ts'
import { byDeadline, deadlineOf, isForgotten, joinFacts, tiersFor } from './decide.ts'
import { aTask as anyTask, minute, now } from './testing/index.ts'
import { kinds, signalsMax, states, type Facts, type Signal, type Task } from './types.ts'

const aTask = (wish: Partial<Task> = {}) =>
  anyTask({ acknowledgeBy: now + 15, dueAt: now + 120, ...wish })

describe('whom to ask in turn', () => {
  const usual = { as: 'worker', answerMs: 15 * minute }
  test.each<[string, Parameters<typeof tiersFor>[0], Task['tiers']]>([
    [
      'the worker, then the duty officer',
      { kind: 'care-visit' },
      [usual, { as: 'duty-officer', answerMs: 15 * minute }] as Task['tiers'],
    ],
    [
      'in the time that the rule gives',
      { kind: 'care-visit', acknowledgeMs: 5 },
      [
        { as: 'worker', answerMs: 5 },
        { as: 'duty-officer', answerMs: 5 },
      ],
    ],
    [
      'as the rule says, and the duty officer where it does not',
      { kind: 'care-visit', tiers: [{ as: 'volunteer', answerMs: 7 }] },
      [
        { as: 'volunteer', answerMs: 7 },
        { as: 'duty-officer', answerMs: 7 },
      ],
    ],
    [
      'the duty officer once',
      { kind: 'hazard', tiers: [{ as: 'duty-officer', answerMs: 7 }] },
      [{ as: 'duty-officer', answerMs: 7 }],
    ],
  ])('%s', (_what, asked, expected) => {
    expect(tiersFor(asked)).toEqual(expected)
  })
})

test('of a check that was no breach nothing but the number is kept', () => {
  const forgotten = outcomes.filter((outcome) => isForgotten('home-check', outcome))
  expect(forgotten).toEqual(['wrong-home', 'hazard-false'])
  for (const kind of kinds.filter((each) => each !== 'home-check')) {
    expect(outcomes.some((outcome) => isForgotten(kind, outcome))).toBe(false)
  }
  expect(isForgotten('home-check', null)).toBe(false)
})

describe('what joins an open task', () => {
  const signal = (at: number, device = 'd1'): Signal => ({
    ...{ device: device as DeviceId, kind: 'smoke', state: 'alarm', value: null, at },
  })
  const factsOf = (signals: Signal[], more: Partial<Facts> = {}): Facts => ({
    ...aTask().facts,
    ...{ signals, devices: signals.map(({ device, kind }) => ({ device, kind })), ...more },
  })

  test('is one list in the order it happened, each thing once, each device once', () => {
    const joined = joinFacts(
      factsOf([signal(10), signal(30)]),
      factsOf([signal(20, 'd2'), signal(30)]),
    )
    expect(joined.signals?.map(({ at, device }) => [at, device])).toEqual([
      [10, 'd1'],
      [20, 'd2'],
      [30, 'd1'],
    ])
    expect(joined.count).toBe(3)
    expect(joined.devices.map(({ device }) => device)).toEqual(['d1', 'd1', 'd2'])
  })

  test('told twice joins once', () => {
    const once = joinFacts(factsOf([signal(10)]), factsOf([signal(20)]))
    expect(joinFacts(once, factsOf([signal(20)]))).toEqual(once)
  })

  test('keeps the newest and counts all', () => {
    const before = factsOf(Array.from({ length: signalsMax }, (_, i) => signal(i)))
    const joined = joinFacts(before, factsOf([signal(1000)]))
    expect(joined.signals).toHaveLength(signalsMax)
    expect(joined.signals?.at(-1)?.at).toBe(1000)
    expect(joined.signals?.[0]?.at).toBe(1)
    expect(joined.count).toBe(signalsMax + 1)
  })

  test('says nothing new of a silence', () => {
    const before = aTask().facts
    expect(joinFacts(before, before)).toEqual({ ...before, signals: [], count: 0 })
  })
})

describe('the order of a desk', () => {
  test('first to answer, then to do; never later than due', () => {
    expect(deadlineOf(aTask())).toBe(now + 15)
    expect(deadlineOf(aTask({ dueAt: now + 10 }))).toBe(now + 10)
    for (const state of states.filter((each) => each !== 'raised')) {
      expect(deadlineOf(aTask({ state }))).toBe(now + 120)
    }
  })

  test('by deadline; among equals what has waited longer; then by id', () => {
    const late = aTask({ task: 'late' as TaskId, acknowledgeBy: now + 20 })
    const seen = aTask({ task: 'seen' as TaskId, state: 'acknowledged', dueAt: now + 16 })
    const old = aTask({ task: 'old' as TaskId, openedAt: now - 1 })
    const b = aTask({ task: 'b' as TaskId })
    const a = aTask({ task: 'a' as TaskId })
    const sorted = [late, b, seen, old, a].toSorted(byDeadline).map(({ task }) => task)
    expect(sorted).toEqual(['old', 'a', 'b', 'seen', 'late'])
  })
})
