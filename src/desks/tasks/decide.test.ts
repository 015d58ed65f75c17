import { describe, expect, test } from 'vitest'
import { outcomes } from '../../kernel/event.ts'
import type {
  CommitteeCode,
  HomeCode,
  PersonId,
  PostId,
  StreetCode,
  TaskId,
} from '../../kernel/ids.ts'
import { byDeadline, deadlineOf, decideAct, nextActs } from './decide.ts'
import { acts, kinds, states, type Act, type Task, type TaskState } from './types.ts'

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

const acting = (act: Act, from: TaskState) => ({
  ...{ act, from, outcome: act === 'find' ? ('fine' as const) : undefined, words: undefined, who },
})

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
  expect(decideAct(task, acting(act, state))).toEqual(expected)
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

  test.each(outcomes)('%s closes the task, or leaves it with somebody', (outcome) => {
    const closes = (kind: Task['kind']) =>
      decideAct({ ...at, kind }, { ...find, outcome }) as TaskState[]
    const done = ['found', 'closed']
    const isVisitDone = outcome !== 'needed-help'
    const isRepairDone = isVisitDone && outcome !== 'sensor-fault'
    expect(closes('care-visit')).toEqual(isVisitDone ? done : ['found'])
    expect(closes('device-repair')).toEqual(isRepairDone ? done : ['found'])
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
