import { describe, expect, test } from 'vitest'
import { outcomes, type Outcome } from '../../kernel/event.ts'
import type {
  CommitteeCode,
  DeviceId,
  HomeCode,
  PersonId,
  PostId,
  StreetCode,
  TaskId,
} from '../../kernel/ids.ts'
import {
  byDeadline,
  deadlineOf,
  decideAct,
  isForgotten,
  joinFacts,
  nextActs,
  outcomesOf,
} from './decide.ts'
import { acts, kinds, signalsMax, states } from './types.ts'
import type { Act, Facts, Signal, Task, TaskState } from './types.ts'

const who = 'worker' as PersonId
const now = Date.parse('2026-07-07T08:00:00+08:00')

function aTask(wish: Partial<Task> = {}): Task {
  return {
    ...{ task: 't1' as TaskId, street: '310104011' as StreetCode, kind: 'care-visit' },
    ...{ rule: 'care-silence', ruleVersion: 1, subject: 's1', place: 'h1' as HomeCode },
    ...{ committee: '310104011013' as CommitteeCode, person: 'elder' as PersonId },
    facts: {
      ...{ since: null, silentMs: null, gapMs: null, gaps: [], devices: [] },
      ...{ gateway: null, heardAt: null },
    },
    ...{
      state: 'raised',
      openedAt: now,
      acknowledgeBy: now + 15,
      dueAt: now + 120,
      dueKind: 'hour',
    },
    ...{ post: 'post' as PostId, responsible: who, outcome: null, words: null, ...wish },
  }
}

const acting = (act: Act, from: TaskState, kind: Task['kind'] = 'care-visit') => ({
  ...{ act, from, outcome: act === 'find' ? doneWith[kind] : undefined, words: undefined, who },
})
/** An outcome with which nothing is left to do. */
const doneWith = {
  ...({ 'care-visit': 'fine', 'device-repair': 'fine', hazard: 'hazard-false' } as const),
  'home-check': 'refused',
} as const

/** Where an act leads, for a visit. Whatever is not here has moved on. */
const leads: Partial<Record<`${TaskState} ${Act}`, TaskState[]>> = {
  'raised acknowledge': ['acknowledged'],
  'acknowledged set-out': ['on-the-way'],
  'acknowledged phoned': ['acknowledged'],
  'acknowledged find': ['found', 'closed'],
  'on-the-way arrive': ['at-the-door'],
  'on-the-way phoned': ['on-the-way'],
  'on-the-way find': ['found', 'closed'],
  'at-the-door find': ['found', 'closed'],
  'at-the-door phoned': ['at-the-door'],
  'found close': ['closed'],
}
const table = kinds.flatMap((kind) =>
  states.flatMap((state) => acts.map((act) => ({ kind, state, act }))),
)

test.each(table)('$kind in $state: $act', ({ kind, state, act }) => {
  const task = aTask({ kind, state })
  const isOpen = act !== 'phoned' || kind === 'care-visit'
  const expected = (isOpen && leads[`${state} ${act}`]) || { fault: 'moved-on' }
  expect(decideAct(task, acting(act, state, kind))).toEqual(expected)
  expect(nextActs(task, who).includes(act)).toBe(Array.isArray(expected))
})

test('the usual next act comes first, and nobody else is offered any', () => {
  const first = states.map((state) => nextActs(aTask({ state }), who)[0])
  expect(first).toEqual(['acknowledge', 'set-out', 'arrive', 'find', 'close', undefined])
  for (const state of states) expect(nextActs(aTask({ state }), 'x' as PersonId)).toEqual([])
})

test('somebody who is not responsible may not act, whatever they saw', () => {
  for (const { state, act } of table) {
    const other = { ...acting(act, state), who: 'deputy' as PersonId }
    expect(decideAct(aTask({ state }), other)).toEqual({ fault: 'not-allowed' })
  }
})

test('whoever saw another state does nothing', () => {
  for (const { state, act } of table) {
    for (const from of states.filter((each) => each !== state)) {
      expect(decideAct(aTask({ state }), acting(act, from))).toEqual({ fault: 'moved-on' })
    }
  }
})

describe('what was found', () => {
  const at = aTask({ state: 'at-the-door' })
  const find = acting('find', 'at-the-door')

  test('must be said, and only with finding', () => {
    const refused = { fault: 'bad-input', field: 'outcome' }
    expect(decideAct(at, { ...find, outcome: undefined })).toEqual(refused)
    const early = { ...acting('acknowledge', 'raised'), outcome: 'fine' as const }
    expect(decideAct(aTask(), early)).toEqual(refused)
    const late = { ...acting('close', 'found'), outcome: 'fine' as const }
    expect(decideAct(aTask({ state: 'found' }), late)).toEqual(refused)
  })

  /** What each kind makes of each outcome: done, left with somebody, or refused. */
  const table = {
    'care-visit': {
      ...{ fine: 'done', away: 'done', 'sensor-fault': 'done', 'wrong-home': 'done' },
      'needed-help': 'left',
    },
    'device-repair': { fine: 'done', 'sensor-fault': 'left' },
    hazard: {
      ...{ 'hazard-false': 'done', 'sensor-fault': 'done', 'wrong-home': 'done' },
      ...{ 'hazard-real': 'left', 'needed-help': 'left' },
    },
    'home-check': {
      ...{ 'hazard-false': 'done', away: 'done', refused: 'done', 'wrong-home': 'done' },
      'hazard-real': 'left',
    },
  } as const satisfies Record<Task['kind'], Partial<Record<Outcome, 'done' | 'left'>>>

  test.each(kinds)('a %s offers what can be found there, and nothing else is taken', (kind) => {
    const offered: Partial<Record<Outcome, 'done' | 'left'>> = table[kind]
    expect(outcomesOf[kind].toSorted()).toEqual(Object.keys(offered).toSorted())
    const leads = { done: ['found', 'closed'], left: ['found'] }
    for (const outcome of outcomes) {
      const ends = offered[outcome]
      const expected = ends ? leads[ends] : { fault: 'bad-input', field: 'outcome' }
      expect(decideAct({ ...at, kind }, { ...find, outcome })).toEqual(expected)
    }
  })

  test('of a check that was no breach nothing but the number is kept', () => {
    const forgotten = outcomes.filter((outcome) => isForgotten('home-check', outcome))
    expect(forgotten).toEqual(['wrong-home', 'hazard-false'])
    for (const kind of kinds.filter((each) => each !== 'home-check')) {
      expect(outcomes.some((outcome) => isForgotten(kind, outcome))).toBe(false)
    }
    expect(isForgotten('home-check', null)).toBe(false)
  })
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
