/** A street with reviewers of two bodies, for the tests of this part. */
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { openStreets, type Actor, type OtherStaff, type Streets } from './streets.ts'
import type { WrittenLook } from '../../src/kernel/book.ts'
import type { PersonId, PostId } from '../../src/kernel/ids.ts'
import { around } from '../../src/reviewing.ts'
import { judgeLooks, openLinker, writeLooks } from '../../src/ground/privacy/index.ts'

export let town: Streets
export let volunteer: OtherStaff
export let clinic: OtherStaff

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

export const namesReviewer = (post: string, reviews = true) =>
  town.a.officer.post('/api/duties/posts/reviewer', { post, reviews })

/** What the program does every few seconds: every new look has its link, and is judged once. */
export async function judge(): Promise<void> {
  const { given } = town.program
  await using linker = openLinker(given, null)
  await linker.link()
  await judgeLooks(given, around)
}

export async function looks(
  who: Actor,
  post: string,
  person: string,
  more: Partial<WrittenLook> = {},
) {
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

export const opensPerson = async (who: Actor, person: string) => {
  const { request } = (await who.post('/api/privacy/requests', { reason: 'on-the-phone' })).body
  const { status } = await who.get(`/api/people/person?person=${person}&request=${request}`)
  expect(status).toBe(200)
  return request as string
}
export const reviews = () => town.owner('select * from privacy.look_review order by at, id')
export const listed = async (who: Actor) =>
  (await who.get('/api/privacy/look-reviews')).body.reviews
export const open = (who: Actor, review: string) =>
  who.post('/api/privacy/look-reviews/open', { review })
export const answer = (who: Actor, review: string, outcome: string, words = '') =>
  who.post('/api/privacy/look-reviews/answer', { review, outcome, words })

/** The worker opens the page of somebody of their own home. */
export async function kinReview(): Promise<string> {
  // The newest of the book, whatever was looked at before.
  town.clock.set({ at: town.clock.now() + 1 })
  await opensPerson(town.a.worker, town.a.elder.person)
  await judge()
  const [{ id }] = await reviews()
  return id
}
