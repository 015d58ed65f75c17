import { expect, test } from 'vitest'
import type {
  CommitteeCode,
  HomeCode,
  PersonId,
  StreetCode,
  TaskId,
} from '../../../src/kernel/ids.ts'
import type { Change, Concerned, Task } from '../../../src/desks/tasks/index.ts'
import { openJudge } from './judge.ts'
import type { Row } from './program.ts'
import { openQueue } from './queue.ts'
import { simulate } from './simulate.ts'

const minute = 60_000

test.each([1, 2, 3, 4])(
  'a street of seed %i: nothing without an owner, late or doubled',
  (seed) => {
    const found = simulate(seed, { alarms: 400, days: 5 })
    expect(found.wrong).toEqual([])
    const { alarms, unowned, unescalated, doubled, late } = found
    expect({ unowned, unescalated, doubled, late }).toEqual({
      ...{ unowned: 0, unescalated: 0, doubled: 0, late: 0 },
    })
    expect(alarms).toBe(400)
    expect(found.steps).toBeGreaterThan(400)
    for (const what of ['climb', 'come-back', 'again', 'overdue', 'move', 'restarts', 'decline']) {
      expect({ what, n: found.seen[what] ?? 0 }).not.toEqual({ what, n: 0 })
    }
  },
)

test('the same seed, the same street', () => {
  const wish = { alarms: 200, days: 3 }
  expect(simulate(7, wish)).toEqual(simulate(7, wish))
})

test('what takes longer than its time is late, and said so', () => {
  const found = simulate(1, { alarms: 100, days: 3, costs: { passMs: 30_000 } })
  expect(found.late).toBeGreaterThan(0)
  expect(found.lateMsMax).toBeGreaterThan(10_000)
})

/** A judge, and a task of which the first was asked at 0. */
function watching() {
  const judge = openJudge(
    (person) => person.startsWith('officer'),
    (at) => at,
  )
  const task: Task = {
    ...{ task: 't' as TaskId, street: 's' as StreetCode, committee: 'c' as CommitteeCode },
    ...{ kind: 'care-visit', rule: 'r', ruleVersion: 1, subject: 'x', place: 'h' as HomeCode },
    ...{ person: null, state: 'raised', openedAt: 0, acknowledgeBy: minute, nextAt: minute },
    facts: {
      ...{ since: null, silentMs: null, gapMs: null, gaps: [], devices: [] },
      ...{ gateway: null, heardAt: null },
    },
    tiers: [
      { as: 'worker', answerMs: minute },
      { as: 'duty-officer', answerMs: minute },
    ],
    ...{ dueAt: 120 * minute, dueKind: 'hour', urgency: 'usual', tier: 1, timesTold: 1 },
    ...{ post: 'a' as Task['post'], responsible: 'a' as PersonId, outcome: null, words: null },
    ...{ acknowledgedAt: null, closedAt: null, offer: null },
  }
  const of = (name: string, part: Concerned['part'] = 'responsible'): Concerned => ({
    ...{ person: name as PersonId, post: name as Concerned['post'], part, tier: 1, since: 0 },
  })
  const row: Row = { task, concerned: [of('a')] }
  judge.opened(row, 0)
  const change = (
    wish: Partial<Change>,
    at: number,
    due: number | null,
    after: Partial<Row> = {},
  ) => {
    const made: Change = {
      ...{ task, set: {}, concerned: [], steps: [], notes: [], answered: [] },
      ...wish,
    }
    const next = { ...row, task: { ...row.task, ...made.set }, ...after }
    judge.changed(task, next, made, at, { due, upSince: 0 })
  }
  const told = [{ person: 'a' as PersonId, says: 'task-again' as const }]
  return { judge, row, of, change, told }
}

test('the judge accepts what is in time', () => {
  const { judge, change, told, row } = watching()
  for (let at = minute; at <= 3 * minute; at += minute) change({ notes: told }, at, at)
  judge.ended([{ ...row, task: { ...row.task, nextAt: 4 * minute } }], 3.5 * minute, 0)
  expect(judge.found).toMatchObject({ unowned: 0, unescalated: 0, doubled: 0, late: 0, steps: 3 })
})

test.each<[string, (one: ReturnType<typeof watching>) => void, object]>([
  [
    'two who are responsible',
    ({ change, of }) => change({}, 1, null, { concerned: [of('a'), of('b')] }),
    { doubled: 1 },
  ],
  [
    'nobody who is',
    ({ change, of }) => change({}, 1, null, { concerned: [of('a', 'told')] }),
    { unowned: 1 },
  ],
  [
    'another than the row says',
    ({ change, of }) => change({}, 1, null, { concerned: [of('b')] }),
    { unowned: 1 },
  ],
  ['a second task on the same matter', ({ judge, row }) => judge.opened(row, 1), { doubled: 1 }],
  [
    'one step taken twice',
    ({ change, told }) => {
      change({ notes: told }, minute, minute)
      change({ notes: told }, minute + 1, minute)
    },
    { doubled: 1 },
  ],
  [
    'a step eleven seconds late',
    ({ change, told }) => change({ notes: told }, minute + 10_001, minute),
    { late: 1 },
  ],
  [
    'nobody told for too long',
    ({ change }) => change({ notes: [] }, 3 * minute, null),
    { unescalated: 1 },
  ],
  [
    'no officer, after everybody before',
    ({ change, told }) => {
      for (let at = minute; at <= 4 * minute; at += minute) change({ notes: told }, at, at)
    },
    { unescalated: 1 },
  ],
  [
    'an open task that nobody looks at again',
    ({ change }) => change({ set: { nextAt: null } }, 1, null),
    { unescalated: 1 },
  ],
  ['an owner who is gone', ({ judge, row }) => judge.gone([row], 'a' as PersonId), { unowned: 1 }],
  [
    'an owner on leave',
    ({ judge, row }) => judge.away([row], 'a' as PersonId, 2 * minute),
    { unowned: 1 },
  ],
  [
    'what stands at the end',
    ({ judge, row }) => judge.ended([row], 2 * minute + 10_001, 0),
    { unescalated: 2 },
  ],
])('the judge sees %s', (_what, happens, expected) => {
  const one = watching()
  happens(one)
  expect(one.judge.found).toMatchObject(expected)
})

test('the queue gives what it got, by time and then by order', () => {
  const queue = openQueue<string>()
  for (const [at, what] of [
    [3, 'c'],
    [1, 'a'],
    [2, 'b'],
    [1, 'a2'],
    [3, 'c2'],
  ] as const) {
    queue.put(at, what)
  }
  expect(queue.next()).toBe(1)
  const taken = Array.from({ length: 6 }, () => queue.take())
  expect(taken).toEqual(['a', 'a2', 'b', 'c', 'c2', undefined])
  expect(queue.next()).toBe(Number.POSITIVE_INFINITY)
})
