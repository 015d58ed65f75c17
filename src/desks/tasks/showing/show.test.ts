import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStreets, type Actor, type Streets } from '../../../../tests/rig/streets.ts'
import { dayMs, minuteMs } from '../../../kernel/clock.ts'
import type { Place } from '../../../ground/places/index.ts'
import { climb } from '../climbing/index.ts'
import { opened } from '../testing/open.ts'
import { isMeant } from './decide.ts'

let town: Streets
beforeAll(async () => {
  town = await openStreets({ everyRole: true })
})
afterAll(() => town[Symbol.asyncDispose]())

const act = (who: Actor, task: string, done: string, from: string, more: object = {}) =>
  who.post('/api/tasks/act', { task, act: done, from, ...more })
const looksAt = (who: Actor) =>
  town.owner('select * from privacy.look where person = $1 order by id', [who.person])
const idsIn = (answer: { body: any }): string[] => answer.body.tasks.map(({ task }: any) => task)

describe('what is meant by words', () => {
  const place = {
    ...{ committee: '田林十二村居委会', compound: '田林十二村', building: '23–27号' },
    ...{ stair: '26', room: '501', floor: 5, place: '310104011013-01-26-501' },
  } as Place
  test.each([
    ['26号501', true],
    ['26 501', true],
    ['２６号５０１室', true],
    ['501', true],
    ['田林', true],
    ['十二村 26', true],
    ['', true],
    ['  ', true],
    ['50', false],
    ['5', false],
    ['27号502', false],
    ['长桥', false],
    ['-', false],
    ['%', false],
  ])('%j: %s', (words, expected) => {
    expect(isMeant(place, words)).toBe(expected)
  })
  test('what has no place is found by no word', () => {
    expect(isMeant(null, '501')).toBe(false)
    expect(isMeant(null, '')).toBe(true)
  })
})

describe('a search', () => {
  test('finds what I am concerned in, at a place or of a kind, and nothing of anybody else', async () => {
    const { worker, deputy, officer, homes } = town.a
    const visit = await opened(town, { place: homes[0]! })
    const smoke = await opened(town, {
      place: homes[3]!,
      kind: 'hazard',
      rule: 'smoke',
      person: null,
    })
    const find = (who: Actor, query: string) =>
      who.post('/api/tasks/search', Object.fromEntries(new URLSearchParams(query)))
    expect(idsIn(await find(worker, 'words=101'))).toContain(visit)
    expect(idsIn(await find(worker, 'words=101'))).not.toContain(smoke)
    expect(idsIn(await find(worker, 'kind=hazard'))).toEqual([smoke])
    expect(idsIn(await find(worker, `words=${encodeURIComponent('26号202')}&kind=hazard`))).toEqual(
      [smoke],
    )
    for (const who of [deputy, officer, town.b.worker]) {
      expect(idsIn(await find(who, 'words=101'))).toEqual([])
      expect(idsIn(await find(who, ''))).toEqual([])
    }
    expect((await find(town.a.elder, 'words=101')).status).toBe(403)
  })

  test('each hit at somebody’s home is a look, and what is not found is none', async () => {
    const { worker, elder } = town.a
    await opened(town, { place: town.a.homes[1]!, person: town.a.neighbour.person })
    const searched = async () => (await looksAt(elder)).filter(({ how }) => how === 'search')
    const before = (await searched()).length
    const hits = (await worker.post('/api/tasks/search', { words: '101' })).body.tasks.length
    const looks = (await searched()).slice(before)
    expect(hits).toBeGreaterThan(0)
    expect(looks).toHaveLength(hits)
    expect(looks[0]).toMatchObject({ fields: ['address', 'visit-outcome'], why: 'task' })
    await worker.post('/api/tasks/search', { words: '909' })
    expect(await searched()).toHaveLength(before + hits)
  })

  test('reaches seven days back, and not to what has left me', async () => {
    const { worker, deputy, homes } = town.a
    const task = await opened(town, { place: homes[2]! })
    const given = await opened(town, { place: homes[2]! })
    await act(worker, given, 'decline', 'raised')
    await act(worker, task, 'acknowledge', 'raised')
    await act(worker, task, 'find', 'acknowledged', { outcome: 'away' })
    const find = async () => idsIn(await worker.post('/api/tasks/search', { words: '201' }))
    expect(await find()).toEqual([task])
    expect(idsIn(await deputy.post('/api/tasks/search', { words: '201' }))).toEqual([given])
    town.clock.set({ at: town.clock.now() + 7 * dayMs })
    expect(await find()).toEqual([task])
    town.clock.set({ at: town.clock.now() + 1 })
    expect(await find()).toEqual([])
  })
})

test('what has left me is a line without a place once it is closed', async () => {
  const { worker, deputy } = town.a
  const task = await opened(town)
  await act(worker, task, 'decline', 'raised')
  await act(deputy, task, 'acknowledge', 'raised')
  await act(deputy, task, 'find', 'acknowledged', { outcome: 'fine' })
  const of = async (who: Actor) =>
    (await who.get('/api/tasks/closed')).body.tasks.find((one: any) => one.task === task)
  expect(await of(deputy)).toMatchObject({ part: 'responsible', place: { room: '101' } })
  expect(await of(worker)).toMatchObject({ part: 'declined', place: null, may: [] })
  expect((await worker.get(`/api/tasks/one?task=${task}`)).status).toBe(404)
})

describe('colleagues', () => {
  test('on what, by kind and step; never where or about whom', async () => {
    const { worker, deputy } = town.a
    const task = await opened(town)
    await act(worker, task, 'acknowledge', 'raised')
    await act(worker, task, 'set-out', 'acknowledged')
    const { body } = await deputy.get('/api/tasks/colleagues')
    expect(body.posts).toMatchObject([
      { name: '社工甲', isMe: false, now: { kind: 'care-visit', state: 'on-the-way' } },
      { name: '副手甲', isMe: true },
    ])
    const said = JSON.stringify(body)
    for (const hidden of [task, '101', '310104011013-', town.a.elder.person]) {
      expect(said).not.toContain(hidden)
    }
    const [look] = (await looksAt(worker)).slice(-1)
    expect(look).toMatchObject({ by_person: deputy.person, fields: ['name', 'post'], why: 'duty' })
  })

  test('of one’s own body; officers of any committee of the street', async () => {
    const { officer, worker, committee } = town.a
    const names = async (who: Actor, query = '') =>
      (await who.get(`/api/tasks/colleagues${query}`)).body.posts?.map(({ name }: any) => name)
    expect(await names(officer)).toEqual(['长官甲'])
    expect(await names(officer, `?committee=${committee}`)).toEqual(['社工甲', '副手甲'])
    expect((await worker.get(`/api/tasks/colleagues?committee=${committee}`)).status).toBe(403)
    expect(await names(town.a.others[0]!.actor)).toEqual(['物业甲'])
    expect(await names(officer, `?committee=${town.b.committee}`)).toEqual([])
  })
})

test('everybody who was told sees who is on it, by name; a list names a colleague once', async () => {
  const { worker, deputy } = town.a
  for (let i = 0; i < 3; i++) await opened(town)
  town.clock.set({ at: town.clock.now() + 15 * minuteMs })
  await climb(town.program.given)
  const before = (await looksAt(deputy)).length
  const { body } = await worker.get('/api/tasks/mine')
  const told = body.tasks.filter(({ part }: any) => part === 'told')
  expect(told.length).toBeGreaterThanOrEqual(3)
  expect(told[0]).toMatchObject({
    ...{ responsible: { title: '居委社工', name: '副手甲' }, next: [], tier: 1, tiers: 2 },
    may: ['set-out', 'take', 'help', 'decline'],
  })
  expect((await looksAt(deputy)).length).toBe(before + 1)
})
