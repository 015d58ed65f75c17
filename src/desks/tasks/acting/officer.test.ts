import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStreets, type Actor, type Streets } from '../../../../tests/rig/streets.ts'
import { isFault } from '../../../kernel/fault.ts'
import { aTask, concernedOf, minute, now, somebody } from '../testing/index.ts'
import { opened } from '../testing/open.ts'
import { states, type Change, type Part, type Task, type TaskState } from '../types.ts'
import { decideAct } from './decide.ts'
import type { Acting } from './types.ts'

const officer = { by: somebody('officer'), isOfficer: true }
const sends = (from: TaskState, wish: Partial<Acting> = {}): Acting => ({
  ...{ act: 'dispatch', from, at: now, to: somebody('deputy'), ...officer, ...wish },
})
const looksInto = (from: TaskState, wish: Partial<Acting> = {}): Acting => ({
  ...{ act: 'oversee', from, at: now, words: '家属打来电话', ...officer, ...wish },
})

function done(task: Task, how: Acting, wish: Record<string, Part | [Part, number]> = {}): Change {
  const change = decideAct(task, concernedOf(wish), how)
  if (isFault(change)) throw new Error(change.fault)
  return change
}

describe('a duty officer sends somebody', () => {
  test.each(['raised', 'acknowledged'] as const)(
    '%s: it is theirs, to be answered anew',
    (state) => {
      const task = aTask({ state, acknowledgeBy: now - minute, nextAt: now - minute })
      const change = done(task, sends(state, { at: now + minute }))
      const acknowledgeBy = now + 16 * minute
      expect(change.set).toMatchObject({
        ...{ state: 'raised', responsible: 'deputy', post: 'deputy', acknowledgedAt: null },
        ...{ acknowledgeBy, nextAt: acknowledgeBy },
      })
      expect(change.concerned.map(({ person, part }) => [person, part])).toEqual([
        ['worker', 'told'],
        ['deputy', 'responsible'],
      ])
      expect(change.notes).toEqual([{ person: 'deputy', says: 'task' }])
      expect(change.steps).toMatchObject([{ act: 'dispatch', to: { person: 'deputy' } }])
    },
  )

  test.each(['on-the-way', 'at-the-door'] as const)(
    '%s: nobody is called back; another one is asked to help, on a second word',
    (state) => {
      const task = aTask({ state })
      expect(decideAct(task, concernedOf(), sends(state))).toEqual({ fault: 'on-the-way' })
      const change = done(task, sends(state, { anyway: true }))
      expect(change.set.responsible).toBeUndefined()
      expect(change.concerned).toMatchObject([{ person: 'deputy', part: 'asked' }])
      expect(change.notes).toEqual([{ person: 'deputy', says: 'help-asked' }])
      const helping = concernedOf({ deputy: 'helping' })
      expect(decideAct(task, helping, sends(state, { anyway: true }))).toEqual({
        fault: 'already-so',
      })
    },
  )

  test('goes themselves: nothing is left to answer', () => {
    const change = done(aTask(), sends('raised', { to: somebody('officer') }))
    expect(change.set).toMatchObject({ state: 'acknowledged', acknowledgedAt: now })
    expect(change.notes).toEqual([])
  })

  test('not who has it, not where all is known, not without saying whom', () => {
    const again = sends('raised', { to: somebody('worker') })
    expect(decideAct(aTask(), concernedOf(), again)).toEqual({ fault: 'already-so' })
    const nobody = sends('raised', { to: undefined })
    expect(decideAct(aTask(), concernedOf(), nobody)).toEqual({ fault: 'bad-input', field: 'to' })
    for (const state of ['found', 'closed'] as const) {
      expect(decideAct(aTask({ state }), concernedOf(), sends(state))).toEqual({
        fault: 'moved-on',
      })
    }
  })
})

describe('a duty officer steps in', () => {
  test.each(states.filter((state) => state !== 'closed'))('%s: with a reason', (state) => {
    const change = done(aTask({ state }), looksInto(state))
    expect(change.concerned).toEqual([
      { person: 'officer', post: 'officer', part: 'told', tier: 0, since: now },
    ])
    expect(change.steps).toMatchObject([{ act: 'oversee', state, words: '家属打来电话' }])
    expect(change.set.responsible).toBeUndefined()
  })

  test('not without a reason, not twice, not when it is over', () => {
    const silent = looksInto('raised', { words: null })
    expect(decideAct(aTask(), concernedOf(), silent)).toEqual({
      ...{ fault: 'bad-input', field: 'words' },
    })
    const told = concernedOf({ officer: 'told' })
    expect(decideAct(aTask(), told, looksInto('raised'))).toEqual({ fault: 'already-so' })
    const closed = aTask({ state: 'closed', closedAt: now })
    expect(decideAct(closed, concernedOf(), looksInto('closed'))).toEqual({ fault: 'moved-on' })
  })
})

test('neither is a worker’s to do', () => {
  for (const how of [sends('raised'), looksInto('raised')]) {
    const worker = { ...how, by: somebody('worker'), isOfficer: false }
    expect(decideAct(aTask(), concernedOf(), worker)).toEqual({ fault: 'not-allowed' })
  }
})

describe('at the duty seat', () => {
  let town: Streets
  beforeAll(async () => {
    town = await openStreets({ everyRole: true })
  })
  afterAll(() => town[Symbol.asyncDispose]())
  const act = (who: Actor, task: string, what: string, more: object) =>
    who.post('/api/tasks/act', { task, act: what, ...more })
  const seen = async (task: string) =>
    (await town.a.officer.get(`/api/overview/matter?task=${task}`)).body

  test('who is sent has it, who stepped in may open it, and its story says both', async () => {
    const { officer: chief, deputy, posts } = town.a
    const task = await opened(town)
    expect((await chief.get(`/api/tasks/one?task=${task}`)).status).toBe(404)
    const sent = { from: 'raised', to: posts.deputy }
    expect((await act(deputy, task, 'dispatch', sent)).status).toBe(404)
    expect((await act(chief, task, 'dispatch', sent)).body).toEqual({ state: 'raised' })
    const { couldGo } = await seen(task)
    expect(couldGo.find((one: any) => one.hasIt).post).toBe(posts.deputy)
    expect((await deputy.get(`/api/tasks/one?task=${task}`)).body).toMatchObject({
      part: 'responsible',
    })

    expect((await seen(task)).isConcerned).toBe(false)
    expect((await act(chief, task, 'oversee', { from: 'raised' })).status).toBe(400)
    const why = { from: 'raised', words: '家属打来电话' }
    expect((await act(chief, task, 'oversee', why)).status).toBe(200)
    expect((await chief.get(`/api/tasks/one?task=${task}`)).status).toBe(200)
    const after = await seen(task)
    expect(after).toMatchObject({ isConcerned: true })
    expect(after.log.map((line: any) => line.act)).toEqual(['raised', 'dispatch', 'oversee'])
    expect(after.log[1].to.title).toBe('居委社工')
    expect(JSON.stringify(after)).not.toContain('家属')
  })
})
