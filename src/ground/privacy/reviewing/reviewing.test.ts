import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  openStreets,
  type Actor,
  type OtherStaff,
  type Streets,
} from '../../../../tests/rig/streets.ts'
import { opened } from '../../../desks/tasks/testing/open.ts'
import { dayMs, hourMs } from '../../../kernel/clock.ts'
import type { WrittenLook } from '../../../kernel/book.ts'
import type { PersonId, PostId } from '../../../kernel/ids.ts'
import { around } from '../../../reviewing.ts'
import { judgeLooks, letGo, keeps, openLinker, writeLooks } from '../index.ts'

let town: Streets
let volunteer: OtherStaff
let clinic: OtherStaff

beforeAll(async () => {
  town = await openStreets({ everyRole: true, neighbours: true })
  await town.owner("update identity.session set stepped_up_until = now() + interval '20 years'")
  await town.owner("update identity.session set expires_at = now() + interval '20 years'")
  const staff = (role: string) => town.a.others.find((one) => one.role === role)!
  volunteer = staff('volunteer')
  clinic = staff('clinic')
  await namesReviewer(volunteer.post)
  // What is drawn is the lot's: here every look is one that is not.
  await town.owner(`alter table privacy.look alter column salt
    set default '00000001-0000-4000-8000-000000000000'`)
  await town.owner(
    `insert into people.residence (street, person, home, from_at, lives_alone)
    values ($1, $2, $3, '2020-01-01', false)`,
    [town.a.street, town.a.worker.person, town.a.homes[0]],
  )
})
afterAll(() => town[Symbol.asyncDispose]())

beforeEach(async () => {
  // What was asked for in another test had a result, and is no matter of this one.
  await town.owner("update privacy.request set result = 'done' where result is null")
  await judge()
  await town.owner('delete from privacy.look_review')
})

const namesReviewer = (post: string, reviews = true) =>
  town.a.officer.post('/api/duties/posts/reviewer', { post, reviews })

/** What the program does every few seconds: every new look has its link, and is judged once. */
async function judge(): Promise<void> {
  const { given } = town.program
  await using linker = openLinker(given, null)
  await linker.link()
  await judgeLooks(given, around)
}

async function looks(who: Actor, post: string, person: string, more: Partial<WrittenLook> = {}) {
  const { given } = town.program
  const by = { kind: 'post', person: who.person, post: post as PostId } as const
  await given.db.inStreet({ street: town.a.street }, (tx) =>
    writeLooks(given, tx, [
      {
        ...{ street: town.a.street, person: person as PersonId, fields: ['name', 'phone'] },
        ...{ at: town.clock.now(), by: { ...by, title: '社工', unit: '居委会' }, how: 'page' },
        ...{ why: 'register', matter: { kind: 'operation', id: null, label: 'register' }, ...more },
      },
    ]),
  )
}

const opensPerson = async (who: Actor, person: string) => {
  const { request } = (await who.post('/api/privacy/requests', { reason: 'on-the-phone' })).body
  const { status } = await who.get(`/api/people/person?person=${person}&request=${request}`)
  expect(status).toBe(200)
  return request as string
}
const reviews = () => town.owner('select * from privacy.look_review order by at, id')
const listed = async (who: Actor) => (await who.get('/api/privacy/look-reviews')).body.reviews
const open = (who: Actor, review: string) => who.post('/api/privacy/look-reviews/open', { review })
const answer = (who: Actor, review: string, outcome: string, words = '') =>
  who.post('/api/privacy/look-reviews/answer', { review, outcome, words })

/** The worker opens the page of somebody of their own home. */
async function kinReview(): Promise<string> {
  // The newest of the book, whatever was looked at before.
  town.clock.set({ at: town.clock.now() + 1 })
  await opensPerson(town.a.worker, town.a.elder.person)
  await judge()
  const [{ id }] = await reviews()
  return id
}

describe('what is unusual', () => {
  test('a page of somebody of the own home; once, however often it is judged', async () => {
    const { elder, worker, neighbour, posts } = town.a
    await opensPerson(worker, elder.person)
    await opensPerson(worker, neighbour.person)
    await judge()
    await judge()
    expect(await reviews()).toMatchObject([
      { reasons: ['kin'], is_drawn: false, by_post: posts.worker, outcome: null },
    ])
    const [row] = await reviews()
    expect(Object.values(row)).not.toContain(elder.person)
    expect(row.due_at.getTime() - row.at.getTime()).toBeGreaterThanOrEqual(10 * dayMs)
  })

  test('a home where one lived once, at another time than whoever is looked at, is none', async () => {
    const { deputy, elder, street, homes } = town.a
    await town.owner(
      `insert into people.residence (street, person, home, from_at, to_at, lives_alone)
       values ($1, $2, $3, '2001-01-01', '2002-01-01', false)`,
      [street, deputy.person, homes[0]],
    )
    await opensPerson(deputy, elder.person)
    await judge()
    expect(await reviews()).toEqual([])
    await town.owner(
      `update people.residence set from_at = '2001-06-01', lives_alone = false
      where person = $1`,
      [elder.person],
    )
    town.clock.set({ at: town.clock.now() + hourMs })
    await opensPerson(deputy, elder.person)
    await judge()
    expect(await reviews()).toMatchObject([{ reasons: ['kin'] }])
  })

  test('a look by somebody who acts for the person by a grant, and the other way round', async () => {
    const { deputy, neighbour, posts, street } = town.a
    const [{ id: account }] = await town.owner(
      `insert into identity.account (id, made_at, seen_at)
       values (gen_random_uuid(), now(), now()) returning id`,
    )
    await town.owner(
      `insert into identity.standing (id, street, account, person, capacity, proof, at)
       values (gen_random_uuid(), $1, $2, $3, 'staff', 'invitation', now())`,
      [street, account, deputy.person],
    )
    await town.owner(
      `insert into identity.grant (street, id, of_person, to_account, called, relation, way,
         made_at, until)
       values ($1, gen_random_uuid(), $2, $3, '侄子', 'kin', 'code', now(), $4)`,
      [street, neighbour.person, account, new Date(town.clock.now() + dayMs)],
    )
    await looks(deputy, posts.deputy, neighbour.person)
    await judge()
    expect(await reviews()).toMatchObject([{ reasons: ['kin'], by_post: posts.deputy }])
    await looks(neighbour, posts.worker, deputy.person)
    await judge()
    const found = (await reviews()).map(({ by_post: post }: any) => post)
    expect(new Set(found)).toEqual(new Set([posts.deputy, posts.worker]))
  })

  test('more than forty people in a day; looks alike within an hour are one review', async () => {
    const { deputy, posts } = town.a
    town.clock.set({ at: town.clock.now() + dayMs })
    const somebody = () => crypto.randomUUID()
    for (let n = 0; n < 40; n++) await looks(deputy, posts.deputy, somebody())
    await judge()
    expect(await reviews()).toEqual([])
    await looks(deputy, posts.deputy, somebody(), { how: 'list' })
    await judge()
    expect(await reviews()).toEqual([])
    for (let n = 0; n < 3; n++) await looks(deputy, posts.deputy, somebody())
    await judge()
    expect(await reviews()).toMatchObject([{ reasons: ['many'], by_post: posts.deputy }])
    town.clock.set({ at: town.clock.now() + hourMs })
    await looks(deputy, posts.deputy, somebody())
    await judge()
    expect(await reviews()).toHaveLength(2)
  })

  test('five times as many as on the post’s own usual day', async () => {
    const { worker, posts } = town.a
    const somebody = () => crypto.randomUUID()
    for (let day = 0; day < 5; day++) {
      town.clock.set({ at: town.clock.now() + dayMs })
      for (let n = 0; n < 3; n++) await looks(worker, posts.worker, somebody())
    }
    town.clock.set({ at: town.clock.now() + dayMs })
    for (let n = 0; n < 14; n++) await looks(worker, posts.worker, somebody())
    await judge()
    expect(await reviews()).toEqual([])
    await looks(worker, posts.worker, somebody())
    await judge()
    expect(await reviews()).toMatchObject([{ reasons: ['many'] }])
  })

  test('at night, off duty; on duty by the roster, or for an open task, it is not', async () => {
    const { deputy, worker, elder, posts, street, body } = town.a
    const night = Date.parse(
      `${new Date(town.clock.now() + dayMs).toISOString().slice(0, 10)}T23:30:00+08:00`,
    )
    town.clock.set({ at: night })
    const task = await opened(town, { place: town.a.homes[1]!, rule: 'care-habit' })
    const matter = { kind: 'task', id: task, label: 'care-visit' } as const
    await looks(deputy, posts.deputy, elder.person, { how: 'list', matter })
    await judge()
    expect(await reviews()).toEqual([])
    await looks(deputy, posts.deputy, elder.person, {
      ...{ how: 'list', matter: { ...matter, id: crypto.randomUUID() } },
    })
    await judge()
    expect(await reviews()).toMatchObject([{ reasons: ['night'], by_post: posts.deputy }])
    await town.owner(
      `insert into duties.shift (street, id, body, post, starts_at, ends_at, made_at)
       values ($1, gen_random_uuid(), $2, $3, $4, $5, $4)`,
      [street, body, posts.worker, new Date(night - hourMs), new Date(night + hourMs)],
    )
    await town.owner(
      `insert into duties.cover (street, id, body, days, from_time, to_time, people, since)
       values ($1, gen_random_uuid(), $2, 'every-day', '22:00', '06:00', 1, $3)`,
      [street, body, new Date(night - dayMs)],
    )
    await looks(worker, posts.worker, elder.person, { how: 'list' })
    await judge()
    expect(await reviews()).toHaveLength(1)
    town.clock.set({ at: night + 12 * hourMs })
  })

  test('a request with which nothing was done, a day after it ended; one with a result is none', async () => {
    const { deputy, neighbour } = town.a
    town.clock.set({ at: town.clock.now() + dayMs })
    await town.owner("delete from identity.grant where called = '侄子'")
    const without = await opensPerson(deputy, neighbour.person)
    town.clock.set({ at: town.clock.now() + 1 })
    const ended = await opensPerson(deputy, neighbour.person)
    for (const [request, more] of [
      [without, {}],
      [ended, { result: 'done' }],
    ] as const) {
      const asked = { request, ...more }
      expect((await deputy.post('/api/privacy/requests/end', asked)).status).toBe(200)
    }
    const last = town.clock.now()
    await judge()
    town.clock.set({ at: last + dayMs - 1 })
    await judge()
    expect(await reviews()).toEqual([])
    town.clock.set({ at: last + dayMs })
    await judge()
    expect(await reviews()).toMatchObject([{ reasons: ['no-outcome'] }])
    const [{ matter_id: matter }] = await town.owner(
      'select matter_id from privacy.look where id = $1',
      [(await reviews())[0].look],
    )
    expect(matter).toBe(without)
  })

  test('what is drawn by lot is reviewed without any reason; a rule’s look is not drawn', async () => {
    const { deputy, neighbour, posts } = town.a
    await looks(deputy, posts.deputy, neighbour.person)
    await looks(deputy, posts.deputy, neighbour.person, {
      by: { kind: 'rule', rule: 'care-silence', version: 1 },
    })
    await town.owner(
      "update privacy.look set salt = '00000064-0000-4000-8000-000000000000' where at = $1",
      [new Date(town.clock.now())],
    )
    await judge()
    expect(await reviews()).toMatchObject([{ reasons: [], is_drawn: true, by_post: posts.deputy }])
  })
})

describe('whoever reviews', () => {
  test('sees which post looked, when, at which fields and why, and nothing of whom', async () => {
    const { elder, worker } = town.a
    const review = await kinReview()
    const [one, ...more] = await listed(volunteer.actor)
    expect(more).toEqual([])
    expect(one).toMatchObject({
      ...{ review, by: 'post', title: '居委社工', reasons: ['kin'], isDrawn: false },
      ...{ matter: 'request', label: 'on-the-phone', how: 'page', openedAt: null },
    })
    const said = JSON.stringify(one)
    for (const hidden of [elder.person, elder.name, worker.person, worker.name, town.a.homes[0]!]) {
      expect(said).not.toContain(hidden)
    }
  })

  test('is in the book of whom they see', async () => {
    const { elder } = town.a
    const review = await kinReview()
    town.clock.set({ at: town.clock.now() + 1 })
    const opened = await open(volunteer.actor, review)
    expect(opened).toMatchObject({ status: 200, body: { name: elder.name } })
    expect(opened.body.places).toHaveLength(1)
    const [look] = (await elder.get('/api/privacy/looks')).body.looks
    expect(look).toMatchObject({
      ...{ by: 'post', unit: '志愿者站', label: 'look-review', fields: ['name', 'address'] },
    })
    expect((await listed(volunteer.actor))[0].openedAt).toBe(town.clock.now())
  })

  test('is nobody who was not named, and no officer, nor anybody in charge', async () => {
    const review = await kinReview()
    const { officer, worker, elder } = town.a
    for (const who of [clinic.actor, officer, worker, elder]) {
      for (const asked of [open(who, review), answer(who, review, 'right')]) {
        expect(await asked).toMatchObject({ status: 403, body: { fault: 'not-allowed' } })
      }
      expect((await who.get('/api/privacy/look-reviews')).status).toBe(403)
    }
    expect((await reviews())[0].outcome).toBeNull()
  })

  test('never reviews a look of their own body: another one does, or it waits', async () => {
    await looks(volunteer.actor, volunteer.post, town.a.elder.person)
    await town.owner(
      `update privacy.look set salt = '00000000-0000-4000-8000-000000000000'
      where by_post = $1`,
      [volunteer.post],
    )
    await judge()
    const [{ id }] = await reviews()
    expect(await listed(volunteer.actor)).toEqual([])
    for (const asked of [open(volunteer.actor, id), answer(volunteer.actor, id, 'right')]) {
      expect(await asked).toMatchObject({ status: 404 })
    }
    const numbers = async () =>
      (await town.call('', 'GET', `/api/privacy/numbers?street=${town.a.street}`)).body.chosen
        .reviews
    expect(await numbers()).toMatchObject({ open: 1, reviewers: 1, waiting: 1 })
    expect((await namesReviewer(clinic.post)).status).toBe(200)
    expect(await numbers()).toMatchObject({ open: 1, reviewers: 2, waiting: 0 })
    expect(await listed(clinic.actor)).toHaveLength(1)
    expect((await answer(clinic.actor, id, 'right')).status).toBe(200)
    expect((await namesReviewer(clinic.post, false)).status).toBe(200)
  })

  test('of another street finds nothing', async () => {
    const review = await kinReview()
    const theirs = town.b.others.find(({ role }) => role === 'volunteer')!
    await town.b.officer.post('/api/duties/posts/reviewer', { post: theirs.post, reviews: true })
    expect(await listed(theirs.actor)).toEqual([])
    expect(await open(theirs.actor, review)).toMatchObject({ status: 404 })
    expect(await answer(theirs.actor, review, 'right')).toMatchObject({ status: 404 })
  })

  test('answers once; what was not plainly right needs words', async () => {
    const review = await kinReview()
    const wordless = await answer(volunteer.actor, review, 'unclear', ' 无 ')
    expect(wordless).toMatchObject({ status: 400, body: { field: 'words' } })
    expect(await answer(volunteer.actor, review, 'right')).toMatchObject({ status: 200 })
    const again = await answer(volunteer.actor, review, 'wrong', '不该看的')
    expect(again).toMatchObject({ status: 409, body: { fault: 'already-so' } })
    expect(await listed(volunteer.actor)).toEqual([])
    const outcome = (await town.a.elder.get('/api/privacy/looks')).body.looks[0].outcome
    expect(outcome).not.toBe('found-wrong')
  })
})

describe('what was not right', () => {
  test('is said in the person’s book, and to whoever is in charge and nobody else', async () => {
    const { elder, worker, deputy, officer } = town.a
    await town.owner('delete from delivery.note')
    const review = await kinReview()
    await answer(volunteer.actor, review, 'wrong', '没有事情要办')
    await town.settled()
    const [first] = (await elder.get('/api/privacy/looks')).body.looks
    expect(first).toMatchObject({ by: 'post', how: 'page', outcome: 'found-wrong' })
    // The worker is the first of the committee themself: an officer hears of it.
    const told = "select person, topic, urgency from delivery.note where says = 'look-wrong'"
    expect(await town.owner(told)).toEqual([
      { person: officer.person, topic: 'requests', urgency: 'usual' },
    ])
    const wrong = async (who: Actor) => (await who.get('/api/privacy/look-reviews/wrong')).body
    const seen = await wrong(officer)
    expect(seen).toMatchObject({ isInCharge: true, looks: [{ review, words: '没有事情要办' }] })
    expect(JSON.stringify(seen)).not.toContain(elder.person)
    expect(await wrong(deputy)).toMatchObject({ isInCharge: false, looks: [] })
    expect(await wrong(volunteer.actor)).toMatchObject({ isInCharge: true, looks: [] })
    expect(await wrong(town.b.officer)).toMatchObject({ isInCharge: true, looks: [] })
    expect(await wrong(worker)).toMatchObject({ isInCharge: true, looks: [{ review }] })
  })

  test('of a deputy is said to the first of their body, once', async () => {
    const { deputy, worker, elder, posts } = town.a
    await town.owner('delete from delivery.note')
    town.clock.set({ at: town.clock.now() + 2 * hourMs })
    await looks(deputy, posts.deputy, elder.person)
    await judge()
    const [{ id }] = await reviews()
    await answer(volunteer.actor, id, 'wrong', '没有事情要办')
    await town.settled()
    const told = "select person from delivery.note where says = 'look-wrong'"
    expect(await town.owner(told)).toEqual([{ person: worker.person }])
  })
})

test('a review goes with its look, after three years', async () => {
  await kinReview()
  const { given } = town.program
  const own = keeps(given).filter(({ what }) => what.startsWith('reviews of looks'))
  town.clock.set({ at: town.clock.now() + 3 * 366 * dayMs })
  await letGo(given, own)
  expect(await reviews()).toHaveLength(1)
  town.clock.set({ at: town.clock.now() + 1 })
  expect(await letGo(given, own)).toBe(1)
})
