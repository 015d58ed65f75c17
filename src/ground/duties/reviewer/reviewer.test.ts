import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  openStreets,
  type Actor,
  type OtherStaff,
  type Streets,
} from '../../../../tests/rig/streets.ts'

let town: Streets
let volunteer: OtherStaff

beforeAll(async () => {
  town = await openStreets({ everyRole: true })
  volunteer = staff('volunteer')
  await town.owner("update identity.session set stepped_up_until = now() + interval '20 years'")
})
afterAll(() => town[Symbol.asyncDispose]())

const staff = (role: string) => town.a.others.find((one) => one.role === role)!
const name = (who: Actor, post: string, reviews = true) =>
  who.post('/api/duties/posts/reviewer', { post, reviews })
const named = async () => {
  const { posts } = (await town.a.officer.get('/api/duties/posts/reviewers')).body
  return posts.filter(({ reviews }: any) => reviews).map(({ post }: any) => post)
}

test('only posts of a clinic or of volunteers can be named, of the own street', async () => {
  const { officer, posts } = town.a
  const { posts: shown } = (await officer.get('/api/duties/posts/reviewers')).body
  expect(shown.map(({ kind }: any) => kind).toSorted()).toEqual(['clinic', 'volunteers'])
  for (const post of [posts.officer, posts.worker, staff('police').post, staff('property').post]) {
    expect(await name(officer, post)).toMatchObject({ status: 404, body: { field: 'post' } })
  }
  expect(await name(town.b.officer, volunteer.post)).toMatchObject({ status: 404 })
  expect(await named()).toEqual([])
})

test('an officer names, and shows first that it is them; nobody else does', async () => {
  const { officer, worker, elder } = town.a
  for (const who of [worker, elder, volunteer.actor]) {
    expect((await name(who, volunteer.post)).status).toBe(403)
    expect((await who.get('/api/duties/posts/reviewers')).status).toBe(403)
  }
  await town.owner('update identity.session set stepped_up_until = null where person = $1', [
    officer.person,
  ])
  const unsure = { status: 403, body: { fault: 'step-up-needed' } }
  expect(await name(officer, volunteer.post)).toMatchObject(unsure)
  await town.owner("update identity.session set stepped_up_until = now() + interval '20 years'")
  expect((await name(officer, volunteer.post)).status).toBe(200)
  expect(await named()).toEqual([volunteer.post])
})

test('whoever is named is told once, and again when it ends', async () => {
  const { officer } = town.a
  const told = "select person, topic from delivery.note where says = 'reviewer-named'"
  await town.settled()
  expect(await town.owner(told)).toEqual([{ person: volunteer.actor.person, topic: 'requests' }])
  expect(await name(officer, volunteer.post)).toMatchObject({ status: 409 })
  expect((await name(officer, volunteer.post, false)).status).toBe(200)
  await town.settled()
  expect(await town.owner(told)).toHaveLength(2)
  expect(await named()).toEqual([])
})

test('whose post ends reviews no more', async () => {
  const { officer } = town.a
  const clinic = staff('clinic')
  await name(officer, clinic.post)
  expect((await clinic.actor.get('/api/privacy/look-reviews')).status).toBe(200)
  await officer.post('/api/duties/posts/end', { post: clinic.post })
  expect((await clinic.actor.get('/api/privacy/look-reviews')).status).toBe(403)
  expect(await named()).toEqual([])
})
