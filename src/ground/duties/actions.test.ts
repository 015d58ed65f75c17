import { afterAll, beforeAll, expect, test } from 'vitest'
import { operatorKey } from '../../../tests/rig/program.ts'
import { openStreets, type Streets } from '../../../tests/rig/streets.ts'
import { hourMs } from '../../kernel/clock.ts'
import { responsibleFor } from './actions.ts'

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

const leave = (post: string, until: number | null) =>
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
  await leave(posts.worker, town.clock.now() + 9 * hourMs)
  expect(await responsible()).toBe(officer.person)
  await leave(posts.worker, null)
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
