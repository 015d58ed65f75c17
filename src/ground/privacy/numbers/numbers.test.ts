import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStreets, type Streets } from '../../../../tests/rig/streets.ts'
import { dayMs } from '../../../kernel/clock.ts'
import type { PersonId, PostId } from '../../../kernel/ids.ts'
import { writeLooks } from '../index.ts'

let town: Streets

beforeAll(async () => {
  town = await openStreets()
  await town.owner("update identity.session set expires_at = now() + interval '20 years'")
})
afterAll(() => town[Symbol.asyncDispose]())

const numbers = async (street: string | undefined = town.a.street) =>
  town.call('', 'GET', `/api/privacy/numbers${street ? `?street=${street}` : ''}`)
const chosen = async () => (await numbers()).body.chosen
const peopleFor = (report: any, purpose: string): number | null =>
  report.people.find((one: any) => one.purpose === purpose).shown
const nextMonth = () => town.clock.set({ at: town.clock.now() + 31 * dayMs })

async function comes(count: number): Promise<void> {
  const { officer, homes } = town.a
  const one = { name: '来客', bornOn: null, phone: null, home: homes[1]!, livesAlone: false }
  const people = Array.from({ length: count }, () => one)
  expect((await officer.post('/api/people/many', { people })).status).toBe(200)
}

async function looksAt(people: number, times: number): Promise<void> {
  const { given } = town.program
  const { street, worker, posts } = town.a
  const by = { kind: 'post', person: worker.person, post: posts.worker as PostId } as const
  const whom = Array.from({ length: people }, () => crypto.randomUUID() as PersonId)
  const looks = Array.from({ length: times }, (_, n) => ({
    ...{ street, person: whom[n % people]!, fields: ['name'] as const, at: town.clock.now() },
    ...{ by: { ...by, title: '社工', unit: '居委会' }, how: 'page' as const, why: 'task' as const },
    matter: { kind: 'operation', id: null, label: 'register' } as const,
  }))
  await given.db.inStreet({ street }, (tx) => writeLooks(given, tx, looks))
}

test('a street is chosen; one that is not open is not there', async () => {
  const { body } = await numbers('')
  expect(body.streets.map(({ street }: any) => street)).toEqual([town.a.street, town.b.street])
  expect(body.chosen).toBeNull()
  expect(await numbers('310199999')).toMatchObject({ status: 404 })
})

test('the figures of a month are made once: whoever asks on two days learns nothing between', async () => {
  await comes(21)
  const first = await chosen()
  expect(first).toMatchObject({ month: '2026-07', ofMonth: '2026-06', looks: [] })
  expect(peopleFor(first, 'register')).toBe(20)
  expect(peopleFor(first, 'duty')).toBe(null)
  await comes(40)
  await looksAt(40, 40)
  const second = await chosen()
  expect(second.people).toEqual(first.people)
  expect(second.looks).toEqual([])
})

test('a month later what happened in it is seen in tens, by kind of body, how and why', async () => {
  nextMonth()
  const report = await chosen()
  expect(report).toMatchObject({ month: '2026-08', ofMonth: '2026-07' })
  expect(peopleFor(report, 'register')).toBe(60)
  expect(report.looks).toContainEqual({ by: 'committee', how: 'page', why: 'task', shown: 40 })
  for (const { shown } of report.looks) expect(shown % 10).toBe(0)
})

test('many looks at few people are not shown, whatever their number', async () => {
  await looksAt(9, 500)
  nextMonth()
  const { looks } = await chosen()
  expect(looks.filter(({ why }: any) => why === 'task')).toEqual([])
})

test('one who comes or goes changes no figure of the next month', async () => {
  const before = await chosen()
  await comes(1)
  nextMonth()
  const after = await chosen()
  expect(after.month).not.toBe(before.month)
  expect(after.people).toEqual(before.people)
})

test('who agrees to be looked after is a number only from ten on', async () => {
  await town.agrees(town.a.elder)
  nextMonth()
  expect(peopleFor(await chosen(), 'agreed-care')).toBe(null)
})

test('many who ask at once in a new month are told the same', async () => {
  nextMonth()
  const all = await Promise.all(Array.from({ length: 12 }, () => numbers()))
  expect(new Set(all.map(({ body }) => JSON.stringify(body.chosen.people))).size).toBe(1)
  expect(all.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200))
})

test('what offices did is said exactly: authorities, delayed entries, questions, reviews', async () => {
  const { street, elder, officer, posts } = town.a
  const [at, later] = [0, dayMs].map((ms) => new Date(town.clock.now() + ms))
  await town.owner(
    `insert into privacy.authority_request (street, id, authority, legal_basis, document, asks,
       person, fields, at, until, first_by, first_post, second_by, second_post, decided_at, verdict,
       given_by, given_at, disclosed_at)
     values ($1, gen_random_uuid(), '法院', '民事诉讼法', '1号', '住址', $2, '{address}', $3, $4, $5,
       $6, $2, $6, $3, 'approved', $5, $3, $4)`,
    [street, elder.person, at, later, officer.person, posts.officer],
  )
  await town.owner(
    `insert into privacy.look_review (street, id, look, reasons, is_drawn, by_post, at, due_at)
     select $1, gen_random_uuid(), id, case when n = 1 then '{kin}' else '{}' end::text[], n <> 1,
       $2, $3, $3 from (
       select id, row_number() over (order by id) as n from privacy.look limit 3) as looks`,
    [street, posts.worker, at],
  )
  const report = await chosen()
  expect(report.authority).toEqual({ asked: 1, approved: 1, refused: 0, given: 1, delayed: 1 })
  expect(report.reviews).toMatchObject({ unusual: 1, drawn: 2, open: 3, reviewers: 0, waiting: 3 })
  expect(report.questions).toMatchObject({ asked: 0, open: 0 })
  const theirs = (await numbers(town.b.street)).body.chosen
  expect(theirs).toMatchObject({ authority: { asked: 0 }, reviews: { drawn: 0 } })
})

test('no figure stands for a person, and no row of figures has one in it', async () => {
  const said = JSON.stringify(await chosen())
  for (const { person, name } of [town.a.elder, town.a.worker, town.a.officer]) {
    expect(said).not.toContain(person)
    expect(said).not.toContain(name)
  }
})
