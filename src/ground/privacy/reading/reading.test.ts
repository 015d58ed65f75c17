import { randomInt, randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { opened } from '../../../desks/tasks/testing/open.ts'
import { openStreets, type Actor, type Streets } from '../../../../tests/rig/streets.ts'
import type { Looker, Matter, WrittenLook } from '../../../kernel/book.ts'
import { dayMs } from '../../../kernel/clock.ts'
import type { PostId } from '../../../kernel/ids.ts'
import { backupTaken, bookOf } from '../index.ts'

let town: Streets

beforeAll(async () => {
  town = await openStreets({ neighbours: true })
  await town.owner("update identity.session set stepped_up_until = now() + interval '20 years'")
})
afterAll(() => town[Symbol.asyncDispose]())

const byDeputy = (): Looker => ({
  ...{ kind: 'post', person: town.a.deputy.person, post: town.a.posts.deputy as PostId },
  ...{ title: '社工', unit: '居委会' },
})

function lookAt(who: Actor, more: Partial<WrittenLook> = {}): WrittenLook {
  return {
    ...{ street: town.a.street, person: who.person, fields: ['name'], how: 'page', why: 'task' },
    ...{ matter: { kind: 'operation', id: null, label: 'roster' }, by: byDeputy() },
    at: town.clock.now(),
    ...more,
  }
}

async function write(...looks: WrittenLook[]): Promise<void> {
  town.clock.set({ at: town.clock.now() + 1 })
  const at = town.clock.now()
  await bookOf(town.program.given).write(looks.map((look) => ({ ...look, at })))
}

const book = async (who: Actor) => (await who.get('/api/privacy/looks')).body.looks
const newest = async (who: Actor) => (await book(who))[0]

test('of looks at anybody each person reads exactly those at them', async () => {
  const { elder, neighbour, worker, deputy, officer, next } = town.a
  const everybody = [elder, neighbour, worker, deputy, officer, next!.resident]
  const before = new Map<Actor, number>()
  for (const who of everybody) before.set(who, (await book(who)).length)
  const seed = randomInt(1_000_000)
  const marks = new Map<Actor, string[]>(everybody.map((who) => [who, []]))
  const random = (most: number) => randomInt(most)
  for (let times = 0; times < 120; times++) {
    const who = everybody[random(everybody.length)]!
    const label = `mark-${seed}-${randomUUID()}`
    const byWhom: Looker[] = [byDeputy(), { kind: 'operator' }, { kind: 'account' }]
    const matter: Matter = { kind: 'operation', id: null, label }
    await write(lookAt(who, { matter, by: byWhom[random(3)]! }))
    marks.get(who)!.push(label)
  }
  for (const who of everybody) {
    const read: string[] = []
    for (let last = ''; ;) {
      const { looks, more } = (await who.get(`/api/privacy/looks${last}`)).body
      read.push(...looks.map(({ label }: any) => label))
      if (!more) break
      last = `?before=${looks.at(-1).id}`
    }
    const theirs = read.filter((label) => label.startsWith(`mark-${seed}`))
    expect(theirs, `${who.name}, seed ${seed}`).toEqual(marks.get(who)!.toReversed())
  }
})

test('a name is given for a post’s look at oneself, and whoever it names reads that', async () => {
  const { elder, neighbour, deputy } = town.a
  await write(lookAt(elder))
  const { id } = await newest(elder)
  expect(JSON.stringify(await book(elder))).not.toContain(deputy.name)
  const who = (asker: Actor, look: string) => asker.post('/api/privacy/looks/who', { look })
  expect(await who(neighbour, id)).toMatchObject({ status: 404 })
  expect(await who(town.b.elder, id)).toMatchObject({ status: 404 })
  expect(await who(elder, id)).toEqual({
    status: 200,
    body: { look: id, name: deputy.name, title: '社工', unit: '居委会' },
  })
  const theirs = await newest(deputy)
  expect(theirs).toMatchObject({ by: 'resident', fields: ['name', 'post'], label: 'name-given' })
  // Neither who asked nor where they live stands there.
  expect(JSON.stringify(theirs)).not.toMatch(new RegExp(`${elder.name}|${elder.person}`))
  await write(lookAt(elder, { by: { kind: 'operator' } }))
  expect(await who(elder, (await newest(elder)).id)).toMatchObject({ status: 404 })
})

test('what was found is said to whom it is about, to others only that it is over', async () => {
  const { elder, deputy, worker, homes } = town.a
  const task = await opened(town, { place: homes[0]!, rule: 'care-habit' })
  const matter = { kind: 'task', id: task, label: 'care-visit' } as const
  await write(lookAt(elder, { matter }), lookAt(deputy, { matter, by: { kind: 'operator' } }))
  expect([(await newest(elder)).outcome, (await newest(deputy)).outcome]).toEqual(['open', 'open'])
  const act = (done: string, from: string, more: object = {}) =>
    worker.post('/api/tasks/act', { task, act: done, from, ...more })
  await act('acknowledge', 'raised')
  expect((await act('find', 'acknowledged', { outcome: 'away' })).status).toBe(200)
  await town.settled()
  const of = async (who: Actor) =>
    (await book(who)).find((look: any) => look.label === 'care-visit' && look.by !== 'rule').outcome
  expect([await of(elder), await of(deputy)]).toEqual(['away', 'closed'])
})

test('what came of a request stands beside its looks, said once', async () => {
  const { elder, worker } = town.a
  const reason = { reason: 'at-the-counter' }
  const { request } = (await worker.post('/api/privacy/requests', reason)).body
  await write(lookAt(elder, { matter: { kind: 'request', id: request, label: reason.reason } }))
  expect((await newest(elder)).outcome).toBeNull()
  const end = (result?: string) =>
    worker.post('/api/privacy/requests/end', { request, ...(result ? { result } : {}) })
  const ended = await end()
  expect(ended).toMatchObject({ status: 200 })
  expect(await end('handed-on')).toEqual(ended)
  await end('done')
  expect((await newest(elder)).outcome).toBe('handed-on')
})

test('a look beyond reach says how it was reviewed', async () => {
  const { elder, worker, officer } = town.a
  const glass = { person: elder.person, words: '楼上有人呼救，门锁着' }
  const { request } = (await worker.post('/api/privacy/requests/break-glass', glass)).body
  await write(lookAt(elder, { matter: { kind: 'request', id: request, label: 'break-glass' } }))
  const { id } = await newest(elder)
  const outcome = async () => (await book(elder)).find((look: any) => look.id === id).outcome
  expect(await outcome()).toBe('in-review')
  const reviewed = { request, outcome: 'wrong', words: '没有必要' }
  expect((await officer.post('/api/privacy/requests/review', reviewed)).status).toBe(200)
  expect(await outcome()).toBe('found-wrong')
})

test('what an authority asked for says whether it was given', async () => {
  const { street, elder, officer, posts } = town.a
  const [{ id: paper }] = await town.owner(
    `insert into privacy.authority_request (street, id, authority, legal_basis, document, asks,
       person, fields, at, until, first_by, first_post)
     values ($1, gen_random_uuid(), '法院', '民事诉讼法', '1号', '住址', $2, '{address}', $3,
       $3::timestamptz + interval '9 days', $4, $5) returning id`,
    [street, elder.person, new Date(town.clock.now()), officer.person, posts.officer],
  )
  await write(lookAt(elder, { matter: { kind: 'request', id: paper, label: 'authority' } }))
  expect((await newest(elder)).outcome).toBeNull()
  await town.owner(
    `update privacy.authority_request
     set second_by = gen_random_uuid(), decided_at = at, verdict = 'approved', given_at = at
     where id = $1`,
    [paper],
  )
  expect((await newest(elder)).outcome).toBe('given')
})

test('each backup of the street is a line between the looks, and no look', async () => {
  const { given } = town.program
  const { elder, street } = town.a
  await write(lookAt(elder))
  const { days } = (await elder.get('/api/privacy/looks')).body
  town.clock.set({ at: town.clock.now() + 1 })
  const taken = { at: town.clock.now(), rows: 7 }
  await backupTaken(given, { ...taken, streets: [street, town.b.street] })
  await write(lookAt(elder))
  const [last, backup, first] = await book(elder)
  expect([last.how, backup.how, first.how]).toEqual(['page', 'backup', 'page'])
  expect(backup).toMatchObject({ at: taken.at, by: 'operator', fields: [], question: null })
  const [before, after] = [days.at(-1), (await elder.get('/api/privacy/looks')).body.days.at(-1)]
  expect(after).toBe(before + 1)
  expect(await elder.post('/api/privacy/looks/why', { look: backup.id })).toMatchObject({
    status: 404,
  })
  expect((await newest(town.b.elder)).how).toBe('backup')
})

test('three pages of looks and backups come whole and in order', async () => {
  const { given } = town.program
  const { neighbour, street } = town.a
  const had = new Set((await book(neighbour)).map(({ id }: any) => id))
  for (let times = 0; times < 60; times++) {
    await write(lookAt(neighbour))
    if (times % 2 === 1) continue
    town.clock.set({ at: town.clock.now() + 1 })
    await backupTaken(given, { at: town.clock.now(), rows: 1, streets: [street] })
  }
  const all: any[] = []
  for (let last = ''; ;) {
    const { looks, more } = (await neighbour.get(`/api/privacy/looks${last}`)).body
    all.push(...looks)
    if (!more) break
    last = `?before=${looks.at(-1).id}`
  }
  const fresh = all.filter(({ id }) => !had.has(id))
  expect(fresh.filter(({ how }) => how === 'backup').length).toBeGreaterThanOrEqual(30)
  expect(fresh.filter(({ how }) => how === 'page')).toHaveLength(60)
  const times = all.map(({ at }) => at)
  expect(times).toEqual(times.toSorted((a, b) => b - a))
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
})

test('staff read who looked at them on the same page', async () => {
  const { deputy } = town.a
  await write(lookAt(deputy, { by: { kind: 'operator' } }))
  expect(await newest(deputy)).toMatchObject({ by: 'operator', label: 'roster' })
})

test('an open page hears of looks once for all of a second, of those shown later nothing', async () => {
  const { elder, neighbour } = town.a
  const ear = new Client({ connectionString: town.ownerUrl })
  await ear.connect()
  const heard: string[] = []
  ear.on('notification', ({ payload = '' }) => {
    const { person, topic } = JSON.parse(payload) as { person?: string; topic?: string }
    if (topic === 'looks') heard.push(person ?? '')
  })
  await ear.query('listen lilong_live')
  try {
    // What the tests above have written leaves first.
    await write(lookAt(town.a.officer))
    await vi.waitFor(() => expect(heard).toContain(town.a.officer.person), 5_000)
    heard.length = 0
    await write(lookAt(neighbour, { shownFrom: town.clock.now() + dayMs }))
    for (let times = 0; times < 3; times++) await write(lookAt(elder), lookAt(elder))
    await vi.waitFor(() => expect(heard).toEqual([elder.person]), 5_000)
    // Whoever acts for the person reads this very page: it must not tell itself.
    const child: Looker = { kind: 'helper', relation: 'child', grant: randomUUID() }
    await write(lookAt(elder, { by: child, fields: ['looks'] }), lookAt(neighbour))
    await vi.waitFor(() => expect(heard).toEqual([elder.person, neighbour.person]), 5_000)
  } finally {
    await ear.end()
  }
})
