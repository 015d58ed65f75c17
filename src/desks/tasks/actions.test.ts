import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStreets, type Streets } from '../../../tests/rig/streets.ts'
import { dayMs, hourMs, minuteMs } from '../../kernel/clock.ts'
import { isFault } from '../../kernel/fault.ts'
import type { TaskId } from '../../kernel/ids.ts'
import { openTask, withdraw } from './actions.ts'
import type { Asked } from './types.ts'

let town: Streets

beforeAll(async () => {
  town = await openStreets()
})
afterAll(() => town[Symbol.asyncDispose]())

/** A plan's id, by a name that the test speaks. */
const plans = new Map<string, string>()
function planOf(name: string): string {
  const plan = plans.get(name) ?? randomUUID()
  plans.set(name, plan)
  return plan
}

function asked(name: string, more: Partial<Asked> = {}): Asked {
  return {
    ...{ kind: 'care-visit', rule: 'care-silence', ruleVersion: 1, subject: planOf(name) },
    ...{ place: town.a.homes[0]!, person: town.a.elder.person },
    facts: {
      ...{ since: null, silentMs: null, gapMs: null, gaps: [], devices: [] },
      ...{ gateway: null, heardAt: null },
    },
    ...more,
  }
}

function open(name: string, more: Partial<Asked> = {}) {
  const { given } = town.program
  const { street } = town.a
  return given.db.inStreet({ street }, (tx) =>
    openTask(given, tx, street, asked(name, more), { count: 2, kind: 'hour' }),
  )
}

async function opened(name: string): Promise<TaskId> {
  const made = await open(name)
  if (isFault(made)) throw new Error(made.fault)
  return made.task
}

const rows = (name: string) =>
  town.owner('select * from tasks.task where subject = $1 order by id', [planOf(name)])
const log = (task: string) =>
  town.owner('select * from tasks.task_log where task = $1 order by step', [task])
const act = (task: string, done: string, from: string, more: object = {}) =>
  town.a.worker.post('/api/tasks/act', { task, act: done, from, ...more })

test('ten that ask at once open one task, one line of history and one note', async () => {
  const all = await Promise.all(Array.from({ length: 10 }, () => open('ten')))
  const [task, ...more] = await rows('ten')
  expect(more).toEqual([])
  for (const one of all) {
    if (isFault(one)) expect(one.fault).toBe('already-so')
    else expect(one.task).toBe(task.id)
  }
  expect(all.filter((one) => !isFault(one) && one.isNew)).toHaveLength(1)
  expect(await log(task.id)).toHaveLength(1)
  const notes = await town.owner('select person from delivery.note where matter = $1', [task.id])
  expect(notes).toEqual([{ person: town.a.worker.person }])
  expect(await open('ten')).toEqual({ task: task.id, isNew: false })
  expect(task).toMatchObject({
    state: 'raised',
    responsible: town.a.worker.person,
    due_kind: 'hour',
  })
  expect(task.acknowledge_by.getTime()).toBe(town.clock.now() + 15 * minuteMs)
  expect(task.due_at.getTime()).toBe(town.clock.now() + 2 * hourMs)
})

test('closed, the same matter opens another', async () => {
  const { given } = town.program
  const first = await opened('again')
  const gone = await given.db.inStreet({ street: town.a.street }, (tx) =>
    withdraw(given, tx, 'care-silence', planOf('again')),
  )
  expect(gone).toBe(1)
  const second = await opened('again')
  expect(second).not.toBe(first)
  const states = (await rows('again')).map((row): string => row.state)
  expect(states.toSorted()).toEqual(['closed', 'raised'])
})

test('a repair has until the end of the next working day, a first word within four hours', async () => {
  const { given } = town.program
  const { street } = town.a
  await given.db.inStreet({ street }, (tx) =>
    openTask(given, tx, street, asked('repair', { kind: 'device-repair', person: null }), {
      ...{ count: 1, kind: 'working_day' },
    }),
  )
  const [task] = await rows('repair')
  expect(task.due_at.getTime()).toBe(Date.parse('2026-07-09T00:00:00+08:00'))
  expect(task.due_kind).toBe('working_day')
  expect(task.acknowledge_by.getTime()).toBe(town.clock.now() + 4 * hourMs)
})

test('of two that act at once one does, and the other is told that it moved on', async () => {
  const task = await opened('two')
  const first = new pg.Client({ connectionString: town.ownerUrl })
  await first.connect()
  await first.query('begin')
  await first.query('select 1 from tasks.task where id = $1 for update', [task])
  const acting = [1, 2, 3, 4].map(() => act(task, 'acknowledge', 'raised'))
  await expect.poll(() => waiting()).toBe(4)
  await first.query('commit')
  await first.end()
  const acts = await Promise.all(acting)
  expect(acts.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409])
  expect(acts.find(({ status }) => status === 409)!.body.fault).toBe('moved-on')
  expect((await log(task)).map((step) => step.act)).toEqual(['raised', 'acknowledge'])
})

/** How many of this database wait for somebody else's row. */
async function waiting(): Promise<number> {
  const [row] = await town.owner(`select count(*)::int as n from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`)
  return row.n
}

test('history and state agree after every step, and say who in which post', async () => {
  const task = await opened('history')
  const steps: [string, string, object?][] = [
    ['acknowledge', 'raised'],
    ['phoned', 'acknowledged', { words: '  没有接  ' }],
    ['set-out', 'acknowledged'],
    ['arrive', 'on-the-way'],
    ['find', 'at-the-door', { outcome: 'needed-help', words: '摔倒了' }],
    ['close', 'found'],
  ]
  for (const [i, [done, from, more]] of steps.entries()) {
    expect((await act(task, done, from, more)).status).toBe(200)
    const [row] = await rows('history')
    const last = (await log(task)).at(-1)
    expect(last).toMatchObject({ step: i + 2, act: done, state: row.state })
    expect(last).toMatchObject({
      ...{ actor: town.a.worker.person, post: town.a.posts.worker, title: '居委社工' },
    })
  }
  const [row] = await rows('history')
  expect(row).toMatchObject({ state: 'closed', outcome: 'needed-help', words: '摔倒了' })
  expect(row.closed_at.getTime()).toBe(town.clock.now())
  expect((await log(task))[2].words).toBe('没有接')
  const { body } = await town.a.worker.get(`/api/tasks/one?task=${task}`)
  expect(body.log.map((step: any) => step.act)).toEqual(['raised', ...steps.map(([done]) => done)])
  expect(await act(task, 'close', 'found')).toMatchObject({ status: 409 })
})

test('a door takes one form: what is fine closes at once, and the history has both steps', async () => {
  const task = await opened('one form')
  await act(task, 'acknowledge', 'raised')
  expect((await act(task, 'find', 'acknowledged', { outcome: 'fine' })).body).toEqual({
    state: 'closed',
  })
  const steps = (await log(task))
    .slice(2)
    .map(({ act: done, state, outcome }) => [done, state, outcome])
  expect(steps).toEqual([
    ['find', 'found', 'fine'],
    ['close', 'closed', null],
  ])
})

test('a step whose event cannot be told is no step', async () => {
  const task = await opened('untold')
  await act(task, 'acknowledge', 'raised')
  await town.owner('revoke insert on all tables in schema pgboss from lilong_app')
  try {
    expect((await act(task, 'find', 'acknowledged', { outcome: 'fine' })).status).toBe(500)
  } finally {
    await town.owner('grant insert on all tables in schema pgboss to lilong_app')
  }
  expect((await rows('untold'))[0]).toMatchObject({ state: 'acknowledged', outcome: null })
  expect(await log(task)).toHaveLength(2)
})

describe('a closed task', () => {
  test('goes a year after closing, and an open one never', async () => {
    const task = await opened('old')
    await act(task, 'acknowledge', 'raised')
    await act(task, 'find', 'acknowledged', { outcome: 'away', words: '在女儿家' })
    await town.settled()
    const start = town.clock.now()
    town.clock.set({ at: start + 365 * dayMs })
    await town.program.letGo()
    expect(await rows('old')).toHaveLength(1)
    town.clock.set({ at: start + 365 * dayMs + 1 })
    await town.program.letGo()
    expect(await rows('old')).toEqual([])
    expect(await town.tablesHolding('在女儿家')).toEqual([])
    expect((await rows('ten'))[0].state).toBe('raised')
    const [outcome] = await town.owner('select outcome from scenarios.outcome where task = $1', [
      task,
    ])
    expect(outcome).toEqual({ outcome: 'away' })
  })
})
