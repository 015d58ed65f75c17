import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStreets, type Actor, type Streets } from '../../../../tests/rig/streets.ts'
import { dayMs, minuteMs } from '../../../kernel/clock.ts'
import { climb } from '../climbing/index.ts'
import { opened } from '../testing/open.ts'

let town: Streets

beforeAll(async () => {
  town = await openStreets({ everyRole: true })
})
afterAll(() => town[Symbol.asyncDispose]())

const row = async (task: string) =>
  (await town.owner('select * from tasks.task where id = $1', [task]))[0]
const log = (task: string) =>
  town.owner('select * from tasks.task_log where task = $1 order by step', [task])
const act = (who: Actor, task: string, done: string, from: string, more: object = {}) =>
  who.post('/api/tasks/act', { task, act: done, from, ...more })
const sees = async (who: Actor, task: string) =>
  (await who.get(`/api/tasks/one?task=${task}`)).status
const other = (role: string) => town.a.others.find((one) => one.role === role)!

/** A task that the worker was asked first and the deputy has now: both see it. */
async function climbed(): Promise<string> {
  const task = await opened(town)
  town.clock.set({ at: town.clock.now() + 15 * minuteMs })
  await climb(town.program.given)
  return task
}

describe('who is on it', () => {
  test('the one who was asked first takes it back, and the other sees that at once', async () => {
    const { worker, deputy } = town.a
    const task = await climbed()
    expect((await act(worker, task, 'take', 'raised')).body).toEqual({ state: 'acknowledged' })
    expect(await row(task)).toMatchObject({ responsible: worker.person, state: 'acknowledged' })
    const { body } = await deputy.get(`/api/tasks/one?task=${task}`)
    expect(body).toMatchObject({
      ...{ part: 'told', state: 'acknowledged', next: [] },
      responsible: { title: '居委社工', name: '社工甲' },
    })
    expect((await act(deputy, task, 'acknowledge', 'raised')).status).toBe(409)
    expect((await act(deputy, task, 'phoned', 'acknowledged')).status).toBe(403)
  })

  test('a second one who sets out is told who is on the way, by post', async () => {
    const { worker, deputy } = town.a
    const task = await climbed()
    await act(deputy, task, 'set-out', 'raised')
    await act(deputy, task, 'acknowledge', 'raised')
    expect((await act(deputy, task, 'set-out', 'acknowledged')).status).toBe(200)
    const second = await act(worker, task, 'set-out', 'on-the-way')
    expect(second).toMatchObject({ status: 409, body: { fault: 'on-the-way' } })
    expect(second.body.who).toContain('居委社工')
    expect(second.body.who).not.toContain('副手')
    expect((await act(worker, task, 'set-out', 'on-the-way', { anyway: true })).status).toBe(200)
    expect((await log(task)).at(-1)).toMatchObject({ act: 'help', actor: worker.person })
    const { body } = await deputy.get(`/api/tasks/one?task=${task}`)
    expect(body.others).toMatchObject([{ name: '社工甲', part: 'helping' }])
  })

  test('of five that take it at once one has it', async () => {
    const { worker, deputy, officer } = town.a
    const task = await climbed()
    const taking = [worker, officer, worker, officer, worker].map((who) =>
      act(who, task, 'take', 'raised'),
    )
    const statuses = (await Promise.all(taking)).map(({ status }) => status)
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409, 409])
    const owners = await town.owner(
      "select person from tasks.concerned where task = $1 and part = 'responsible'",
      [task],
    )
    expect(owners).toEqual([{ person: (await row(task)).responsible }])
    expect(owners[0].person).not.toBe(deputy.person)
  })
})

describe('a hand-over', () => {
  const offered = async () => {
    const task = await opened(town)
    const to = town.a.posts.deputy
    expect(
      (await act(town.a.worker, task, 'hand-over', 'raised', { to, words: '要去医院' })).status,
    ).toBe(200)
    return task
  }

  test('accepted: theirs; whose it was has lost sight of it', async () => {
    const { worker, deputy } = town.a
    const task = await offered()
    expect((await deputy.get(`/api/tasks/one?task=${task}`)).body).toMatchObject({
      ...{ part: 'asked', offer: { isMine: true, reason: '要去医院' } },
      may: ['accept', 'return', 'set-out', 'take', 'help', 'decline'],
    })
    expect((await act(deputy, task, 'accept', 'raised')).body).toEqual({ state: 'acknowledged' })
    expect(await sees(worker, task)).toBe(404)
    expect(await act(worker, task, 'take', 'acknowledged')).toMatchObject({ status: 404 })
    expect((await log(task)).map(({ act: done, to_title }) => [done, to_title])).toEqual([
      ['raised', '居委社工'],
      ['hand-over', '居委社工'],
      ['accept', null],
    ])
  })

  test('returned with a reason: it is where it was, and the reason is read', async () => {
    const { worker, deputy } = town.a
    const task = await offered()
    await act(deputy, task, 'return', 'raised', { words: '我也在外面' })
    const { body } = await worker.get(`/api/tasks/one?task=${task}`)
    expect(body).toMatchObject({ offer: null, part: 'responsible', next: ['acknowledge'] })
    expect(body.log.at(-1)).toMatchObject({ act: 'return', words: '我也在外面' })
    expect(await sees(deputy, task)).toBe(404)
  })

  test('not answered in its time: it returns by itself', async () => {
    const task = await offered()
    await act(town.a.worker, task, 'acknowledge', 'raised')
    expect((await row(task)).offered_to).toBeNull()
    const again = await opened(town)
    await act(town.a.worker, again, 'acknowledge', 'raised')
    await act(town.a.worker, again, 'hand-over', 'acknowledged', { to: town.a.posts.deputy })
    town.clock.set({ at: town.clock.now() + 15 * minuteMs })
    await climb(town.program.given)
    expect(await row(again)).toMatchObject({ offered_to: null, offered_until: null })
    expect((await log(again)).at(-1)).toMatchObject({ act: 'lapse' })
  })

  test('goes to colleagues: of the committee, the street, or whose beat it is', async () => {
    const task = await opened(town)
    const to = (post: string) => act(town.a.worker, task, 'hand-over', 'raised', { to: post })
    expect((await to(other('property').post)).status).toBe(200)
    expect((await to(town.a.posts.officer)).status).toBe(200)
    expect(await to(town.b.posts.worker)).toMatchObject({ status: 404, body: { field: 'to' } })
    await town.a.officer.post('/api/duties/beats', { post: other('police').post, beats: [] })
    expect(await to(other('police').post)).toMatchObject({ status: 404, body: { field: 'to' } })
    expect(await to(town.a.posts.worker)).toMatchObject({ status: 400, body: { field: 'to' } })
    const { body } = await town.a.worker.get(`/api/tasks/candidates?task=${task}`)
    const names = body.posts.map(({ name }: any): string => name)
    expect(names.toSorted()).toEqual(
      ['医生甲', '副手甲', '志愿者甲', '物业甲', '长官甲'].toSorted(),
    )
    expect(body.posts.find(({ name }: any) => name === '长官甲').part).toBe('asked')
    expect((await town.a.deputy.get(`/api/tasks/candidates?task=${task}`)).status).toBe(404)
  })
})

describe('help', () => {
  test('is asked of a volunteer, who comes, and opens the card while helping', async () => {
    const { actor: volunteer, post: to } = other('volunteer')
    const { worker } = town.a
    await town.agrees(town.a.elder)
    const task = await opened(town)
    await act(worker, task, 'acknowledge', 'raised')
    await act(worker, task, 'ask-help', 'acknowledged', { to })
    expect(await sees(volunteer, task)).toBe(200)
    const card = () => volunteer.get(`/api/care/card?task=${task}`)
    expect((await card()).status).toBe(403)
    expect((await act(volunteer, task, 'help', 'acknowledged')).status).toBe(200)
    await act(volunteer, task, 'decline', 'acknowledged')
    expect(await sees(volunteer, task)).toBe(404)
    expect((await card()).status).toBe(403)
  })
})

test('"I cannot": the next is asked at once', async () => {
  const { worker, deputy } = town.a
  const task = await opened(town)
  await act(worker, task, 'decline', 'raised', { words: '人在区里开会' })
  expect(await row(task)).toMatchObject({ responsible: deputy.person, state: 'raised' })
  expect(await sees(worker, task)).toBe(404)
})

describe('opened again', () => {
  const closed = async () => {
    const task = await opened(town)
    await act(town.a.worker, task, 'acknowledge', 'raised')
    await act(town.a.worker, task, 'find', 'acknowledged', { outcome: 'fine' })
    return task
  }

  test('by who closed it, with a new deadline; what was found at last scores the rule', async () => {
    const { worker } = town.a
    const task = await closed()
    town.clock.set({ at: town.clock.now() + 3 * dayMs })
    const mine = (await worker.get('/api/tasks/closed')).body.tasks
    expect(mine.find((one: any) => one.task === task)).toMatchObject({ may: ['reopen'] })
    expect((await act(worker, task, 'reopen', 'closed', { words: '又没声音了' })).status).toBe(200)
    const after = await row(task)
    expect(after).toMatchObject({ state: 'acknowledged', outcome: null, closed_at: null })
    expect(after.due_at.getTime()).toBe(town.clock.now() + 120 * minuteMs)
    await act(worker, task, 'find', 'acknowledged', { outcome: 'needed-help' })
    await act(worker, task, 'close', 'found')
    await town.settled()
    const scored = await town.owner('select outcome from scenarios.outcome where task = $1', [task])
    expect(scored).toEqual([{ outcome: 'needed-help' }])
  })

  test('not after seven days, not while the same matter is open, not by others', async () => {
    const { worker, deputy, officer } = town.a
    const subject = randomUUID()
    const task = await opened(town, { subject })
    await act(worker, task, 'acknowledge', 'raised')
    await act(worker, task, 'find', 'acknowledged', { outcome: 'fine' })
    expect((await act(deputy, task, 'reopen', 'closed')).status).toBe(404)
    const second = await opened(town, { subject })
    expect(await act(worker, task, 'reopen', 'closed')).toMatchObject({
      ...{ status: 409, body: { fault: 'already-so' } },
    })
    await act(worker, second, 'acknowledge', 'raised')
    await act(worker, second, 'find', 'acknowledged', { outcome: 'fine' })
    expect((await act(officer, task, 'reopen', 'closed')).body).toEqual({ state: 'raised' })
    const late = await closed()
    town.clock.set({ at: town.clock.now() + 7 * dayMs + 1 })
    expect((await act(worker, late, 'reopen', 'closed')).status).toBe(409)
  })
})

test('what is sent twice is done once, and says the same', async () => {
  const { worker } = town.a
  const task = await opened(town)
  const key = randomUUID()
  for (let i = 0; i < 2; i++) {
    const sent = await act(worker, task, 'acknowledge', 'raised', { key })
    expect(sent).toEqual({ status: 200, body: { state: 'acknowledged' } })
  }
  const phoned = { key: randomUUID(), words: '没人接' }
  const twice = [phoned, phoned].map((more) => act(worker, task, 'phoned', 'acknowledged', more))
  expect((await Promise.all(twice)).map(({ status }) => status)).toEqual([200, 200])
  expect((await log(task)).map(({ act: done }) => done)).toEqual([
    'raised',
    'acknowledge',
    'phoned',
  ])
})

test('what was done without a network says when, and no telephone sets a clock by it', async () => {
  const { worker } = town.a
  const task = await opened(town)
  const start = town.clock.now()
  town.clock.set({ at: start + 40 * minuteMs })
  const now = town.clock.now()
  const said = [
    ['acknowledge', 'raised', start + 2 * minuteMs],
    ['set-out', 'acknowledged', now + 60 * minuteMs],
    ['arrive', 'on-the-way', start - dayMs],
  ] as const
  for (const [done, from, doneAt] of said) {
    expect((await act(worker, task, done, from, { doneAt })).status).toBe(200)
  }
  const { body } = await worker.get(`/api/tasks/one?task=${task}`)
  const [, ...done] = body.log.map(({ at, doneAt }: { at: number; doneAt: number | null }) => ({
    ...{ at, doneAt },
  }))
  expect(done).toEqual([
    { at: now, doneAt: start + 2 * minuteMs },
    { at: now, doneAt: null },
    { at: now, doneAt: null },
  ])
  expect((await row(task)).acknowledged_at.getTime()).toBe(now)
})

test('many are acknowledged at once; what moved on is named', async () => {
  const { worker, deputy } = town.a
  const tasks = await Promise.all(Array.from({ length: 5 }, () => opened(town)))
  await act(worker, tasks[0]!, 'acknowledge', 'raised')
  const foreign = randomUUID()
  const { status, body } = await worker.post('/api/tasks/acknowledge', {
    tasks: [...tasks, foreign, tasks[1]],
  })
  expect(status).toBe(200)
  expect(body.acknowledged.toSorted()).toEqual(tasks.slice(1).toSorted())
  expect(new Set(body.missed)).toEqual(new Set([tasks[0], foreign]))
  const none = await deputy.post('/api/tasks/acknowledge', { tasks })
  expect(none.body.acknowledged).toEqual([])
  const many = { tasks: Array.from({ length: 51 }, () => randomUUID()) }
  expect((await worker.post('/api/tasks/acknowledge', many)).status).toBe(400)
})

describe('the tag at a door', () => {
  const tagOf = async (place: string, who = town.a.officer) =>
    (await who.post('/api/places/tags', { place })).body.tag as string
  const arrive = (tag: string, who = town.a.worker) => who.post('/api/tasks/arrive', { tag })

  test('says "I am here" for what is mine there, from whatever step; and that it was proven', async () => {
    const { homes, worker } = town.a
    const here = await opened(town)
    const there = await opened(town, { place: homes[3]! })
    const tag = await tagOf(homes[0]!)
    const { body } = await arrive(tag)
    expect(body.place).toMatchObject({ place: homes[0], room: '101' })
    expect(body.tasks).toContainEqual({ task: here, state: 'at-the-door' })
    expect(body.tasks.map(({ task }: any) => task)).not.toContain(there)
    expect(await row(there)).toMatchObject({ state: 'raised' })
    const { log: lines } = (await worker.get(`/api/tasks/one?task=${here}`)).body
    expect(lines.map(({ act: done, isProven }: any) => [done, isProven])).toEqual([
      ['raised', false],
      ['acknowledge', false],
      ['set-out', false],
      ['arrive', true],
    ])
    expect((await arrive(tag)).body.tasks).toContainEqual({ task: here, state: 'at-the-door' })
    expect(await log(here)).toHaveLength(4)
    const stair = await tagOf(homes[0]!.split('-').slice(0, 3).join('-'))
    expect((await arrive(stair)).body.tasks).toContainEqual({ task: there, state: 'at-the-door' })
    // It moves nobody else's, and shows them nothing.
    const others = (await arrive(stair, town.a.deputy)).body.tasks.map(({ task }: any) => task)
    expect(others).not.toContain(there)
  })

  test('is known by its digest alone, and a new one ends the old', async () => {
    const place = town.a.homes[2]!
    const old = await tagOf(place, town.a.worker)
    expect(await town.tablesHolding(old)).toEqual([])
    const open = (tag: string, who = town.a.worker) => who.get(`/api/places/tag?tag=${tag}`)
    expect((await open(old)).body.place).toMatchObject({ place })
    const renewed = await tagOf(place)
    expect((await open(old)).status).toBe(404)
    expect((await arrive(old)).status).toBe(404)
    expect((await open(renewed)).status).toBe(200)
    expect((await open(renewed, town.b.worker)).status).toBe(404)
  })

  test('is made for doors of one’s own: not a compound, not elsewhere, not what is not there', async () => {
    const ask = (who: Actor, place: string) => who.post('/api/places/tags', { place })
    const { homes, officer, worker, compound } = town.a
    expect(await ask(officer, compound)).toMatchObject({ status: 400, body: { field: 'place' } })
    expect((await ask(officer, town.b.homes[0]!)).status).toBe(404)
    expect((await ask(worker, `${town.a.street}014-01-26-101`)).status).toBe(404)
    expect((await ask(officer, homes[0]!.replace('-101', '-909'))).status).toBe(404)
  })
})
