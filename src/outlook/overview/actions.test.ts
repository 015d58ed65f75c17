import { afterAll, beforeAll, expect, test } from 'vitest'
import { randomUUID } from 'node:crypto'
import { operatorKey } from '../../../tests/rig/program.ts'
import { openStreets, type Streets } from '../../../tests/rig/streets.ts'
import { dayMs, hourMs, minuteMs } from '../../kernel/clock.ts'
import { isFault } from '../../kernel/fault.ts'
import { lookOver, openTask, type Asked } from '../../desks/tasks/index.ts'

let town: Streets

beforeAll(async () => {
  town = await openStreets()
})
afterAll(() => town[Symbol.asyncDispose]())

async function open(wish: Partial<Asked> = {}): Promise<string> {
  const { given } = town.program
  const { street, homes, elder } = town.a
  const asked: Asked = {
    ...{ kind: 'care-visit', rule: 'care-silence', ruleVersion: 1, subject: randomUUID() },
    ...{ place: homes[0]!, person: elder.person },
    facts: {
      ...{ since: null, silentMs: null, gapMs: null, gaps: [], devices: [] },
      ...{ gateway: null, heardAt: null },
    },
    ...wish,
  }
  const made = await given.db.inStreet({ street }, (tx) =>
    openTask(given, tx, street, asked, { count: 2, kind: 'hour' }),
  )
  if (isFault(made)) throw new Error(made.fault)
  return made.task
}

const act = (task: string, done: string, from: string, more: object = {}) =>
  town.a.worker.post('/api/tasks/act', { task, act: done, from, ...more })
const see = async (path: string) => (await town.a.officer.get(path)).body

test('the street now: by urgency, by neighbourhood, and nothing below it', async () => {
  const usual = await open()
  const urgent = await open({ kind: 'hazard', rule: 'gas', person: null, urgency: 'emergency' })
  const now = await see('/api/overview/street')
  expect(now).toMatchObject({ open: 2, emergencies: 1, closedToday: 0, usualByNow: null })
  expect(now.matters.map((one: { task: string }) => one.task)).toEqual([urgent, usual])
  expect(now.matters[1].post).toEqual({ title: '居委社工', unit: expect.any(String) })
  const { committee, elder, homes } = town.a
  const own = now.committees.find((one: { committee: string }) => one.committee === committee)
  expect(own).toMatchObject({ tile: 'emergency', open: 2 })
  const others = now.committees.filter((one: { committee: string }) => one.committee !== committee)
  expect(new Set(others.map((one: { tile: string }) => one.tile))).toEqual(new Set(['unknown']))
  for (const path of ['street', 'matters', `matter?task=${usual}`, 'month?month=2026-07']) {
    const said = JSON.stringify(await see(`/api/overview/${path}`))
    for (const hidden of [homes[0]!, elder.name, elder.person, town.a.compound]) {
      expect(said, path).not.toContain(hidden)
    }
  }
})

test('the newest look is said as it was taken; before the first there is none', async () => {
  expect((await see('/api/overview/street')).proof).toBeNull()
  await lookOver(town.program.given)
  expect((await see('/api/overview/street')).proof).toEqual({
    ...{ at: town.clock.now(), unowned: 0, unescalated: 0, lateMs: 0 },
  })
})

test('the officer hears of an emergency at once and may open it; of a visit only by stepping in', async () => {
  const urgent = await open({ kind: 'hazard', rule: 'smoke', person: null, urgency: 'emergency' })
  const usual = await open()
  expect((await see(`/api/overview/matter?task=${urgent}`)).isConcerned).toBe(true)
  expect((await see(`/api/overview/matter?task=${usual}`)).isConcerned).toBe(false)
  expect((await town.a.officer.get(`/api/tasks/one?task=${usual}`)).status).toBe(404)
  const words = '家属来电'
  const stepped = { task: usual, act: 'oversee', from: 'raised', words }
  expect((await town.a.officer.post('/api/tasks/act', stepped)).status).toBe(200)
  expect((await town.a.officer.get(`/api/tasks/one?task=${usual}`)).status).toBe(200)
  const after = await see(`/api/overview/matter?task=${usual}`)
  expect(after.isConcerned).toBe(true)
  expect(after.log.map((step: { act: string }) => step.act)).toEqual(['raised', 'oversee'])
})

test('told, delivered and acknowledged are apart; who could go is named as a post', async () => {
  const task = await open()
  const before = await see(`/api/overview/matter?task=${task}`)
  const worker = before.told.find((one: { title: string }) => one.title === '居委社工')
  expect(worker).toMatchObject({ deliveredAt: null, acknowledgedAt: null })
  expect(before.couldGo.map((one: { hasIt: boolean }) => one.hasIt)).toContain(true)
  await act(task, 'acknowledge', 'raised')
  const after = await see(`/api/overview/matter?task=${task}`)
  expect(after.told[0].acknowledgedAt).toBe(town.clock.now())
  expect(after.state).toBe('acknowledged')
})

test('the month: how fast, by kind, and the list behind it', async () => {
  const started = town.clock.now()
  const task = await open({ rule: 'care-habit' })
  town.clock.set({ at: started + 4 * minuteMs })
  await act(task, 'acknowledge', 'raised')
  await act(task, 'set-out', 'acknowledged')
  town.clock.set({ at: started + 3 * hourMs })
  await act(task, 'arrive', 'on-the-way')
  await act(task, 'find', 'at-the-door', { outcome: 'fine' })
  await open({ rule: 'care-habit' })
  const month = new Date(started + 8 * hourMs).toISOString().slice(0, 7)
  const numbers = await see(`/api/overview/month?month=${month}`)
  const row = numbers.rows.find((one: { rule: string }) => one.rule === 'care-habit')
  expect(row).toMatchObject({
    ...{ matters: 2, late: 1, climbed: 0, outcomes: [{ outcome: 'fine', count: 1 }] },
    answered: { count: 1, half: 4 * minuteMs, nineOfTen: 4 * minuteMs },
    reached: { count: 1, half: 3 * hourMs, nineOfTen: 3 * hourMs },
  })
  const behind = await see(`/api/overview/matters?openedIn=${month}&rule=care-habit`)
  expect(behind.matters).toHaveLength(2)
  const day = new Date(town.clock.now() + 8 * hourMs).toISOString().slice(0, 10)
  const closed = await see(`/api/overview/matters?closedIn=${day}&rule=care-habit`)
  expect(closed.matters).toMatchObject([{ task, outcome: 'fine', state: 'closed' }])
})

test('the pulse: minutes of three hours, and nothing is usual before three weeks are known', async () => {
  const { street } = town.a
  const to = town.clock.now() - (town.clock.now() % minuteMs)
  const add = (at: number, heard: number) =>
    town.owner('insert into overview.minute values ($1, $2, $3)', [street, new Date(at), heard])
  for (const week of [1, 2]) await add(to - 7 * week * dayMs - minuteMs, 15)
  expect((await see('/api/overview/pulse')).usual).toBeNull()
  await add(to - 21 * dayMs - minuteMs, 30)
  const { minutes, usual } = await see('/api/overview/pulse')
  expect(minutes).toHaveLength(180)
  expect(usual).toHaveLength(180)
  expect(usual.at(-1)).toMatchObject({ high: expect.any(Number) })
  expect((await town.b.officer.get('/api/overview/pulse')).body.usual).toBeNull()
})

test('only the street’s officers stand at the duty seat; metrics ask for the operator’s key', async () => {
  for (const who of [town.a.worker, town.a.elder]) {
    expect((await who.get('/api/overview/street')).status).toBe(403)
  }
  const url = `${town.program.url}/metrics`
  expect((await fetch(url)).status).toBe(401)
  const answer = await fetch(url, { headers: { authorization: `Bearer ${operatorKey}` } })
  expect(answer.status).toBe(200)
  const text = await answer.text()
  expect(text).toContain('lilong_tasks_open{street="310104011"}')
  expect(text).not.toContain(town.a.elder.name)
})
