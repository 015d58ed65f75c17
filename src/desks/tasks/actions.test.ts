import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStreets, type Streets } from '../../../tests/rig/streets.ts'
import { dayMs, hourMs, minuteMs } from '../../kernel/clock.ts'
import { isFault } from '../../kernel/fault.ts'
import type { DeviceId, TaskId } from '../../kernel/ids.ts'
import { joinTask, openTask, withdraw } from './actions.ts'
import { joinedMax, signalsMax, type Asked, type Facts } from './types.ts'

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

describe('what joins', () => {
  const device = randomUUID() as DeviceId
  const heard = (at: number, from = device): Facts => ({
    ...asked('none').facts,
    devices: [{ device: from, kind: 'smoke' }],
    signals: [{ device: from, kind: 'smoke', state: 'alarm', value: null, at }],
  })
  const join = (name: string, facts: Facts) =>
    town.program.given.db.inStreet({ street: town.a.street }, (tx) =>
      joinTask(town.program.given, tx, 'smoke', planOf(name), facts),
    )
  const hazard = { kind: 'hazard', rule: 'smoke', person: null } as const

  test('is a line of the open task, and nothing where none is open', async () => {
    expect(await join('no task', heard(1))).toBeUndefined()
    const made = await open('smoke', { ...hazard, facts: heard(1) })
    if (isFault(made)) throw new Error(made.fault)
    const second = randomUUID() as DeviceId
    expect(await join('smoke', heard(2, second))).toBe(made.task)
    expect((await log(made.task)).map((step) => [step.act, step.state])).toEqual([
      ['raised', 'raised'],
      ['joined', 'raised'],
    ])
    const { body } = await town.a.worker.get(`/api/tasks/one?task=${made.task}`)
    expect(body.facts.signals.map((one: any) => one.device)).toEqual([device, second])
    expect(body.facts).toMatchObject({ count: 2 })
    expect(body.offers).toEqual([
      ...['hazard-real', 'hazard-false', 'sensor-fault', 'wrong-home', 'needed-help'],
    ])
    expect(body.log.map((step: any) => step.act)).toEqual(['raised', 'joined'])
  })

  test('of ten that join at once none is lost', async () => {
    const made = await open('ten join', { ...hazard, facts: heard(0) })
    if (isFault(made)) throw new Error(made.fault)
    await Promise.all(Array.from({ length: 10 }, (_, i) => join('ten join', heard(i + 1))))
    const [row] = await rows('ten join')
    expect(row.facts.count).toBe(11)
    expect(await log(made.task)).toHaveLength(11)
  })

  test('a sensor that goes on and on is counted, and makes no endless history', async () => {
    const made = await open('on and on', { ...hazard, facts: heard(0) })
    if (isFault(made)) throw new Error(made.fault)
    for (let i = 1; i <= joinedMax + 5; i++) await join('on and on', heard(i))
    expect(await log(made.task)).toHaveLength(1 + joinedMax)
    const [row] = await rows('on and on')
    expect(row.facts.count).toBe(joinedMax + 6)
    expect(row.facts.signals).toHaveLength(signalsMax)
  })
})

test.each([
  ['hazard', undefined, 5 * minuteMs],
  ['home-check', undefined, 3 * dayMs],
  ['hazard', 90_000, 90_000],
] as const)(
  'a %s is answered in its time, or in that of its rule',
  async (kind, wish, expected) => {
    const name = `${kind} ${wish}`
    const more = wish === undefined ? {} : { acknowledgeMs: wish }
    await open(name, { kind, rule: kind, person: null, ...more })
    const [row] = await rows(name)
    expect(row.acknowledge_by.getTime()).toBe(town.clock.now() + expected)
  },
)

describe('what a kind does not offer', () => {
  test.each([
    ['care-visit', 'hazard-real'],
    ['hazard', 'fine'],
    ['home-check', 'sensor-fault'],
    ['device-repair', 'refused'],
  ] as const)('a %s is not found to be %s', async (kind, outcome) => {
    const made = await open(`not ${kind}`, { kind, rule: kind })
    if (isFault(made)) throw new Error(made.fault)
    await act(made.task, 'acknowledge', 'raised')
    expect(await act(made.task, 'find', 'acknowledged', { outcome })).toMatchObject({
      ...{ status: 400, body: { fault: 'bad-input', field: 'outcome' } },
    })
    expect((await log(made.task)).map((step) => step.act)).toEqual(['raised', 'acknowledge'])
  })
})

describe('a check of a home', () => {
  const lead = { days: 12, ofDays: 14, peers: 11 }
  const check = async (name: string) => {
    const facts = { ...asked(name).facts, lead }
    const made = await open(name, { kind: 'home-check', rule: 'overcrowding', person: null, facts })
    if (isFault(made)) throw new Error(made.fault)
    return made.task
  }
  const find = async (task: string, outcome: string) => {
    await act(task, 'acknowledge', 'raised')
    const words = '来意说清楚了'
    expect((await act(task, 'find', 'acknowledged', { outcome, words })).status).toBe(200)
  }
  const row = async (task: string) =>
    (await town.owner('select * from tasks.task where id = $1', [task]))[0]

  test.each(['hazard-false', 'wrong-home'])('%s keeps a number and no home', async (outcome) => {
    const task = await check(outcome)
    await find(task, outcome)
    expect(await row(task)).toMatchObject({
      ...{ state: 'closed', outcome, place: town.a.committee, subject: task, words: null },
    })
    expect((await row(task)).facts.lead).toBeUndefined()
    expect((await log(task)).every((step) => step.words === null)).toBe(true)
    await town.settled()
    const scored = await town.owner('select outcome from scenarios.outcome where task = $1', [task])
    expect(scored).toEqual([{ outcome }])
  })

  test('a refusal is noted as it is, and is gone with its lead after 14 days', async () => {
    const refused = await check('refused')
    await find(refused, 'refused')
    const waiting = await check('waiting')
    const real = await check('real')
    await find(real, 'hazard-real')
    await act(real, 'close', 'found')
    expect((await row(refused)).words).toBe('来意说清楚了')
    const start = town.clock.now()
    town.clock.set({ at: start + 14 * dayMs })
    await town.program.letGo()
    expect((await row(refused)).facts.lead).toEqual(lead)
    town.clock.set({ at: start + 14 * dayMs + 1 })
    await town.program.letGo()
    for (const task of [refused, waiting]) {
      expect(await row(task)).toMatchObject({ state: 'closed', place: town.a.committee })
      expect((await row(task)).facts.lead).toBeUndefined()
    }
    expect((await row(waiting)).outcome).toBeNull()
    expect((await row(real)).facts.lead).toEqual(lead)
  })
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
