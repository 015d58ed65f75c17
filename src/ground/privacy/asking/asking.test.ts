import { sql } from 'kysely'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStreets, type Actor, type Streets } from '../../../../tests/rig/streets.ts'
import type { Looker, WrittenLook } from '../../../kernel/book.ts'
import { dayMs, minuteMs } from '../../../kernel/clock.ts'
import type { PostId } from '../../../kernel/ids.ts'
import { bookOf } from '../index.ts'

let town: Streets

beforeAll(async () => {
  town = await openStreets({ neighbours: true, everyRole: true })
  // Weeks go by in these tests.
  await town.owner("update identity.session set expires_at = now() + interval '20 years'")
})
afterAll(() => town[Symbol.asyncDispose]())

const lookerOf = ({ person }: Actor, post: string): Looker => ({
  ...{ kind: 'post', person, post: post as PostId, title: '社工', unit: '居委会' },
})
const deputy = () => lookerOf(town.a.deputy, town.a.posts.deputy)

/** A look at somebody, as it stands in their book. */
async function looked(at: Actor, by: Looker, more: Partial<WrittenLook> = {}): Promise<string> {
  // Newer than all before it.
  town.clock.set({ at: town.clock.now() + 1 })
  const label = randomUUID()
  await bookOf(town.program.given).write([
    {
      ...{ street: town.a.street, person: at.person, fields: ['name'], how: 'page', why: 'task' },
      ...{ matter: { kind: 'operation', id: null, label }, at: town.clock.now(), by },
      ...more,
    },
  ])
  const [row] = await town.owner('select id from privacy.look where label = $1', [label])
  return row.id
}

const ask = (who: Actor, look: string) => who.post('/api/privacy/looks/why', { look })
const answer = (who: Actor, question: string, words = '上门看望，之前打过电话没人接') =>
  who.post('/api/privacy/questions/answer', { question, answer: words })
const waiting = async (who: Actor): Promise<string[]> =>
  (await who.get('/api/privacy/questions')).body.questions.map((one: any) => one.question)
const inBook = async (who: Actor, look: string) =>
  (await who.get('/api/privacy/looks')).body.looks.find(({ id }: any) => id === look)
const noted = (matter: string) =>
  town.owner('select person, says from delivery.note where matter = $1 order by person', [matter])
const counts = async () => (await town.a.elder.get('/api/privacy/questions/counts')).body.street

describe('asked', () => {
  test('about one’s own look alone, once, and not before it is shown', async () => {
    const { elder, neighbour } = town.a
    const look = await looked(elder, deputy())
    expect(await ask(neighbour, look)).toMatchObject({ status: 404 })
    expect(await ask(town.b.elder, look)).toMatchObject({ status: 404 })
    expect(await ask(elder, look)).toMatchObject({ status: 200 })
    expect(await ask(elder, look)).toMatchObject({ status: 409, body: { fault: 'already-so' } })
    const shownFrom = town.clock.now() + dayMs
    const hidden = await looked(elder, deputy(), { shownFrom })
    expect(await ask(elder, hidden)).toMatchObject({ status: 404 })
    expect(await inBook(elder, hidden)).toBeUndefined()
    town.clock.set({ at: shownFrom })
    expect(await inBook(elder, hidden)).toMatchObject({ question: null })
    expect(await ask(elder, hidden)).toMatchObject({ status: 200 })
  })

  test('at most ten at once, and again when one is answered', async () => {
    const { neighbour, worker } = town.a
    const made: string[] = []
    for (let times = 0; times < 11; times++) made.push(await looked(neighbour, deputy()))
    const all = await Promise.all(made.map((look) => ask(neighbour, look)))
    const asked = all.filter(({ status }) => status === 200)
    expect(asked).toHaveLength(10)
    const refused = all.findIndex(({ status }) => status !== 200)
    expect(all[refused]).toMatchObject({ status: 409, body: { fault: 'questions-open' } })
    expect(await answer(worker, asked[0]!.body.question)).toMatchObject({ status: 200 })
    expect(await ask(neighbour, made[refused]!)).toMatchObject({ status: 200 })
  })

  test('over a holiday it is due five working days later', async () => {
    const { elder } = town.a
    const last = Date.parse('2026-09-30T10:00:00+08:00')
    expect(last).toBeGreaterThan(town.clock.now())
    town.clock.set({ at: last })
    const { body } = await ask(elder, await looked(elder, deputy()))
    // National day is 1–7 October 2026; Saturday the 10th is worked.
    expect(new Date(body.dueAt + 8 * 3_600_000 - 1).toISOString().slice(0, 10)).toBe('2026-10-13')
  })
})

describe('answered', () => {
  test('by whoever is in charge of the body that looked, and by nobody else', async () => {
    const { elder, worker, officer, neighbour, next, others } = town.a
    const look = await looked(elder, deputy())
    const { question } = (await ask(elder, look)).body
    await town.settled()
    expect(await noted(question)).toEqual([{ person: worker.person, says: 'why-asked' }])
    expect(await waiting(worker)).toContain(question)
    const strangers = [town.a.deputy, officer, next!.worker, town.b.officer, others[0]!.actor]
    for (const who of strangers) {
      expect(await waiting(who)).not.toContain(question)
      expect(await answer(who, question)).toMatchObject({ status: 404 })
    }
    expect(await answer(neighbour, question)).toMatchObject({ status: 403 })
    expect(await answer(worker, question, '  啊  ')).toMatchObject({ status: 400 })
    expect(await answer(worker, question)).toMatchObject({ status: 200 })
    expect(await answer(worker, question)).toMatchObject({ body: { fault: 'already-so' } })
    expect(await waiting(worker)).not.toContain(question)
    await town.settled()
    expect(await noted(look)).toEqual([{ person: elder.person, says: 'why-answered' }])
    expect((await inBook(elder, look)).question.answered).toMatchObject({
      ...{ says: '上门看望，之前打过电话没人接' },
    })
  })

  test('for whoever is in charge, for a rule and for the operator by an officer', async () => {
    const { elder, worker, officer, posts } = town.a
    const lookers: Looker[] = [
      lookerOf(worker, posts.worker),
      { kind: 'rule', rule: 'care-silence', version: 1 },
      { kind: 'operator' },
    ]
    for (const by of lookers) {
      const { question } = (await ask(elder, await looked(elder, by))).body
      expect(await waiting(worker)).not.toContain(question)
      expect(await answer(worker, question)).toMatchObject({ status: 404 })
      expect(await answer(officer, question)).toMatchObject({ status: 200 })
    }
  })

  test('without the name of whoever asked, and nobody else reads it', async () => {
    const { elder, worker, neighbour } = town.a
    const look = await looked(elder, deputy())
    const { question } = (await ask(elder, look)).body
    const asked = JSON.stringify((await worker.get('/api/privacy/questions')).body)
    expect(asked).toContain(question)
    for (const word of [elder.person, elder.name]) expect(asked).not.toContain(word)
    const words = '只给问的人看的话'
    expect(await answer(worker, question, words)).toMatchObject({ status: 200 })
    for (const who of [neighbour, worker, town.a.officer]) {
      for (const path of ['/api/privacy/looks', '/api/privacy/questions']) {
        expect(JSON.stringify((await who.get(path)).body)).not.toContain(words)
      }
    }
  })

  test('whoever answers reads the look that is asked about, and no other of that person', async () => {
    const { elder, street } = town.a
    const look = await looked(elder, deputy())
    const other = await looked(elder, deputy())
    await ask(elder, look)
    const seen = await town.program.given.db.inStreet({ street }, async (tx) => {
      const asked = await sql<{ id: string }>`select id from privacy.looks_asked()`.execute(tx)
      const all = await sql<{ id: string }>`select id from privacy.look`.execute(tx)
      return { asked: asked.rows.map(({ id }) => id), all: all.rows }
    })
    expect(seen.asked).toContain(look)
    expect(seen.asked).not.toContain(other)
    expect(seen.all).toEqual([])
  })
})

test('how many wait, in time and late, is counted in public', async () => {
  const { elder, worker } = town.a
  const before = await counts()
  const asked = []
  for (let times = 0; times < 3; times++) {
    asked.push((await ask(elder, await looked(elder, deputy()))).body)
  }
  const [first, second] = asked as [any, any]
  expect(await counts()).toMatchObject({ asked: before.asked + 3, open: before.open + 3 })
  town.clock.set({ at: first.dueAt - minuteMs })
  expect(await answer(worker, first.question)).toMatchObject({ status: 200 })
  town.clock.set({ at: second.dueAt + minuteMs })
  expect((await answer(worker, second.question)).status).toBe(200)
  const after = await counts()
  expect(after).toMatchObject({ inTime: before.inTime + 1, late: before.late + 1 })
  expect(after.open).toBe(before.open + 1)
  expect(after.overdue).toBeGreaterThan(0)
  const nobody = await fetch(`${town.program.url}/api/privacy/questions/counts`)
  expect(await nobody.json()).toMatchObject({ all: { asked: after.asked }, street: null })
  expect((await town.b.elder.get('/api/privacy/questions/counts')).body.street.asked).toBe(0)
})

test('a question goes with the look that it is about', async () => {
  const { elder } = town.a
  const look = await looked(elder, deputy())
  await ask(elder, look)
  await town.owner('delete from privacy.look where id = $1', [look])
  expect(await town.owner('select 1 from privacy.question where look = $1', [look])).toEqual([])
})

test('the database refuses that whoever asked answers, and an answer without words', async () => {
  const { elder } = town.a
  const { question } = (await ask(elder, await looked(elder, deputy()))).body
  const now = 'answered_at = now()'
  for (const set of [
    `${now}, answered_by = person, answer = 'words'`,
    `${now}, answered_by = gen_random_uuid()`,
    `${now}, answered_by = gen_random_uuid(), answer = '啊'`,
  ]) {
    const change = town.owner(`update privacy.question set ${set} where id = $1`, [question])
    await expect(change, set).rejects.toThrow(/check constraint/)
  }
})
