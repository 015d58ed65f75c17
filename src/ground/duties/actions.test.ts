import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operatorKey } from '../../../tests/rig/program.ts'
import { openStreets, type Streets } from '../../../tests/rig/streets.ts'
import { hourMs } from '../../kernel/clock.ts'
import { ladderFor, responsibleFor } from './actions.ts'

let town: Streets

beforeAll(async () => {
  town = await openStreets()
})
afterAll(() => town[Symbol.asyncDispose]())

async function responsible(home = town.a.homes[0]!): Promise<string | undefined> {
  const { given } = town.program
  const found = await given.db.inStreet({ street: town.a.street }, (tx) =>
    responsibleFor(given, tx, home),
  )
  return found?.person
}

const leave = (post: string, until: number) =>
  town.a.officer.post('/api/duties/leave', { post, until })

test('the worker, on leave the deputy, then the officer; back when leave ends', async () => {
  const { worker, deputy, officer, posts } = town.a
  expect(await responsible()).toBe(worker.person)
  const until = town.clock.now() + hourMs
  expect((await leave(posts.worker, until)).status).toBe(200)
  expect(await responsible()).toBe(deputy.person)
  await leave(posts.deputy, until + hourMs)
  expect(await responsible()).toBe(officer.person)
  town.clock.set({ at: until })
  expect(await responsible()).toBe(worker.person)
  const again = await leave(posts.worker, town.clock.now() + 9 * hourMs)
  expect(await responsible()).toBe(officer.person)
  await officer.post('/api/duties/leave/end', { leave: again.body.leave })
  expect(await responsible()).toBe(worker.person)
})

test('a home of another street has nobody here', async () => {
  const { given } = town.program
  const found = await given.db.inStreet({ street: town.a.street }, (tx) =>
    responsibleFor(given, tx, town.b.homes[0]!),
  )
  expect(found?.person).toBe(town.a.officer.person)
  const nobody = await given.db.inStreet({ street: '' }, (tx) =>
    responsibleFor(given, tx, town.a.homes[0]!),
  )
  expect(nobody).toBeUndefined()
})

test('a street, a committee, a rank and a person are each taken once', async () => {
  const { officer, street, body, committee, worker, neighbour } = town.a
  const found = { street, officer: '另一位', phone: '021-5550-0100' }
  expect(await town.call(operatorKey, 'POST', '/api/duties/streets', found)).toMatchObject({
    ...{ status: 409, body: { fault: 'already-so', field: 'street' } },
  })
  expect(await town.owner("select 1 from people.person where name = '另一位'")).toEqual([])
  const again = { committee, phone: '021', opensAt: '08:30', closesAt: '17:30' }
  expect(await officer.post('/api/duties/bodies', again)).toMatchObject({
    ...{ status: 409, body: { field: 'committee' } },
  })
  const fill = (person: string, rank: number) =>
    officer.post('/api/duties/posts', { body, title: '居委社工', person, rank })
  expect(await fill(neighbour.person, 1)).toMatchObject({ status: 409, body: { field: 'rank' } })
  expect((await fill(worker.person, 3)).status).toBe(409)
  const both = await Promise.all([fill(neighbour.person, 3), fill(neighbour.person, 4)])
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
})

test('a body is a committee by its code, or another by its name', async () => {
  const { officer, committee, street } = town.a
  const phone = { phone: '021-5550-0111', opensAt: '00:00', closesAt: '24:00' }
  const add = (wish: object) => officer.post('/api/duties/bodies', { ...phone, ...wish })
  const refused = (field: string, kind = 'bad-input') => ({ body: { fault: kind, field } })
  expect(await add({ kind: 'property', name: '安居物业' })).toMatchObject({ status: 200 })
  expect(await add({ kind: 'property', name: '安居物业' })).toMatchObject({ status: 200 })
  expect(await add({ kind: 'property', name: '安居物业', committee })).toMatchObject(
    refused('committee'),
  )
  expect(await add({ kind: 'police' })).toMatchObject(refused('name'))
  expect(await add({ name: '甲' })).toMatchObject(refused('committee'))
  expect(await add({ kind: 'street', name: '甲' })).toMatchObject(refused('kind'))
  expect(await add({ kind: 'village-committee', committee })).toMatchObject(
    refused('committee', 'already-so'),
  )
  const village = await add({ kind: 'village-committee', committee: `${street}016` })
  expect(village.status).toBe(200)
  const { bodies } = (await officer.get('/api/duties/bodies')).body
  expect(bodies.map((one: { kind: string }) => one.kind).toSorted()).toEqual(
    ['committee', 'property', 'property', 'street', 'village-committee'].toSorted(),
  )
})

test('a street or committee that the register does not have is not founded', async () => {
  const founded = await town.call(operatorKey, 'POST', '/api/duties/streets', {
    ...{ street: '310104999', officer: '某人', phone: '021-5550-0100' },
  })
  expect(founded).toMatchObject({ status: 404, body: { field: 'street' } })
  const body = await town.a.officer.post('/api/duties/bodies', {
    ...{ committee: `${town.a.street}999`, phone: '021', opensAt: '08:30', closesAt: '17:30' },
  })
  expect(body).toMatchObject({ status: 404, body: { field: 'committee' } })
})

describe('beats', () => {
  const set = (post: string, beats: object[]) =>
    town.a.officer.post('/api/duties/beats', { post, beats })
  const ladder = async (place: string, matter = 'hazard') => {
    const asked = await town.a.officer.get(`/api/duties/who?place=${place}&matter=${matter}`)
    return asked.body.ladder.map((one: { name: string; step: string }) => `${one.name} ${one.step}`)
  }

  test('whose beat it is goes first; a new list takes the place of the old', async () => {
    const { posts, homes, compound } = town.a
    town.clock.set({ at: town.clock.now() + hourMs })
    const plain = ['社工甲 rank', '副手甲 rank', '邻居甲 rank', '长官甲 officer']
    const last = ['社工甲 rank', '邻居甲 rank', '副手甲 rank', '长官甲 officer']
    const first = ['副手甲 beat', '社工甲 rank', '邻居甲 rank', '长官甲 officer']
    expect(await ladder(homes[0]!)).toEqual(plain)
    const beats = [{ place: homes[0], matters: ['hazard', 'care-visit'] }]
    expect(await set(posts.deputy, beats)).toMatchObject({ status: 200 })
    expect(await ladder(homes[0]!)).toEqual(first)
    expect(await ladder(homes[0]!, 'home-check')).toEqual(last)
    expect(await ladder(homes[1]!)).toEqual(last)
    expect(await ladder(compound)).toEqual(last)
    await set(posts.deputy, [{ place: `${compound}-26`, matters: null }])
    expect(await ladder(homes[1]!)).toEqual(first)
    await set(posts.deputy, [])
    expect(await ladder(homes[1]!)).toEqual(plain)
  })

  test('a place that is not there, not the body’s, or twice is refused', async () => {
    const { posts, compound, homes, street } = town.a
    const one = { place: `${compound}-99`, matters: null }
    expect(await set(posts.deputy, [one])).toMatchObject({
      ...{ status: 404, body: { field: 'beats.0.place' } },
    })
    expect(await set(posts.deputy, [{ ...one, place: `${street}016` }])).toMatchObject({
      ...{ status: 404, body: { field: 'beats.0.place' } },
    })
    expect(await set(posts.officer, [{ ...one, place: town.b.committee }])).toMatchObject({
      ...{ status: 404, body: { field: 'beats.0.place' } },
    })
    const twice = [homes[0], homes[0]].map((place) => ({ place, matters: null }))
    expect((await set(posts.deputy, twice)).status).toBe(400)
    expect((await set(town.b.posts.worker, [])).body).toMatchObject({ field: 'post' })
    const asked = await town.a.officer.get(`/api/duties/who?place=${town.b.homes[0]}&matter=hazard`)
    expect(asked).toMatchObject({ status: 404, body: { field: 'place' } })
  })
})

test('others are asked for their beat alone, and sign in as what they are', async () => {
  const { officer, homes, committee } = town.a
  const hours = { phone: '021-5550-0112', opensAt: '08:00', closesAt: '20:00' }
  const add = async (path: string, body: object) => (await officer.post(path, body)).body
  const { body } = await add('/api/duties/bodies', {
    ...{ ...hours, kind: 'volunteers', name: '邻里志愿者' },
  })
  const register = { bornOn: null, phone: null, home: null, livesAlone: false }
  const { person } = await add('/api/people', { name: '热心人', ...register })
  const { post } = await add('/api/duties/posts', { body, title: '志愿者', person, rank: 1 })
  const ladder = async (as: string) =>
    (await officer.get(`/api/duties/who?place=${homes[0]}&matter=care-visit&as=${as}`)).body.ladder
  expect(await ladder('volunteer')).toEqual([])
  await add('/api/duties/beats', { post, beats: [{ place: committee, matters: ['care-visit'] }] })
  expect(await ladder('volunteer')).toMatchObject([{ name: '热心人', step: 'beat' }])
  expect(await ladder('property')).toEqual([])
  const token = await town.tokenOf('热心人')
  const get = (path: string) => town.call(token, 'GET', path)
  expect((await get('/api/identity/me')).body).toMatchObject({
    ...{ role: 'volunteer', title: '志愿者', unit: '邻里志愿者' },
  })
  expect((await get('/api/duties/my-shift')).body).toMatchObject({ onDuty: true, body })
  const seen = (await get('/api/duties/bodies')).body.bodies
  expect(seen.map((one: { body: string }) => one.body)).toEqual([body])
  expect(await get(`/api/duties/who?place=${homes[0]}&matter=hazard`)).toMatchObject({
    ...{ status: 403, body: { fault: 'not-allowed' } },
  })
})

test('somebody else’s name and post in a list is a look at them', async () => {
  const { officer, worker, deputy, neighbour } = town.a
  const asked = town.clock.now() + 1
  town.clock.set({ at: asked })
  await officer.get(`/api/duties/who?place=${town.a.homes[0]}&matter=hazard`)
  const looks = await town.owner(
    'select person, fields, how, label from privacy.look where at = $1 order by person',
    [new Date(asked)],
  )
  expect(looks.map((look): string => look.person).toSorted()).toEqual(
    [worker.person, deputy.person, neighbour.person].toSorted(),
  )
  expect(looks[0]).toMatchObject({ fields: ['name', 'post'], how: 'list', label: 'roster' })
})

test('a post ends: nobody is asked for it, and its rank is free; the last officer stays', async () => {
  const { officer, worker, posts, street } = town.b
  const end = (post: string) => officer.post('/api/duties/posts/end', { post })
  expect(await end(posts.officer)).toMatchObject({ status: 409, body: { fault: 'last-officer' } })
  expect(await end(town.a.posts.worker)).toMatchObject({ status: 404 })
  const until = town.clock.now() + hourMs
  await officer.post('/api/duties/leave', { post: posts.deputy, until, deputy: posts.worker })
  await officer.post('/api/duties/beats', {
    ...{ post: posts.worker, beats: [{ place: town.b.homes[0], matters: null }] },
  })
  const first = async () => {
    const { given } = town.program
    const found = await given.db.inStreet({ street }, (tx) =>
      ladderFor(given, tx, { place: town.b.homes[0]!, matter: 'hazard', as: 'worker' }),
    )
    return found.map(({ person }) => person)
  }
  expect(await first()).toEqual([worker.person, officer.person])
  expect((await end(posts.worker)).status).toBe(200)
  expect(await end(posts.worker)).toMatchObject({ status: 404, body: { field: 'post' } })
  expect(await first()).toEqual([officer.person])
  const again = { body: town.b.body, title: '居委社工', person: worker.person, rank: 1 }
  expect((await officer.post('/api/duties/posts', again)).status).toBe(200)
  expect(await first()).toEqual([worker.person, officer.person])
})

test('whom to call: the committee’s own number, and whether somebody answers now', async () => {
  const call = async () => (await town.b.neighbour.get('/api/duties/call')).body
  const tomorrow = Date.parse('2026-07-08T00:00:00+08:00')
  const answers = []
  for (const time of [8.5 * hourMs - 1, 8.5 * hourMs, 17.5 * hourMs - 1, 17.5 * hourMs]) {
    town.clock.set({ at: tomorrow + time })
    answers.push((await call()).answersNow)
  }
  expect(answers).toEqual([false, true, true, false])
  expect(await call()).toMatchObject({
    ...{ unit: '梅园一村居委会', phone: '021-5550-0101', opensAt: '08:30', closesAt: '17:30' },
  })
  await town.owner('update duties.body set committee = $1 where committee = $2', [
    ...[`${town.b.committee.slice(0, 9)}002`, town.b.committee],
  ])
  expect(await call()).toEqual({
    ...{ unit: '梅园一村居委会', phone: null, opensAt: null, closesAt: null, answersNow: false },
  })
})
