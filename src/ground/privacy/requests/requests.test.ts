import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStreets, type Actor, type Streets } from '../../../../tests/rig/streets.ts'
import { registered } from '../../people/keeping/testing/neighbourhood.ts'
import { minuteMs } from '../../../kernel/clock.ts'
import { isFault } from '../../../kernel/fault.ts'
import type { PersonId } from '../../../kernel/ids.ts'
import { whoAsks } from '../../../desks/identity/index.ts'
import { digest } from '../../../platform/secrets.ts'
import { committeesFor, matterFor } from './index.ts'

let town: Streets

beforeAll(async () => {
  town = await openStreets({ neighbours: true })
  await town.owner("update identity.session set stepped_up_until = now() + interval '20 years'")
})
afterAll(() => town[Symbol.asyncDispose]())

async function askerOf({ token }: Actor) {
  const asker = await whoAsks(town.program.given, { keyDigest: digest('none') }, token, null)
  if (asker.kind !== 'person') throw new Error('nobody')
  return asker
}

async function sees(who: Actor, request: string, person: PersonId | null, isMinor = false) {
  const { given } = town.program
  const asker = await askerOf(who)
  const matter = await given.db.inStreet(asker, (tx) =>
    matterFor(given, tx, asker, { request, person, isMinor }),
  )
  return isFault(matter) ? matter.fault : matter
}

async function opened(who: Actor, reason = 'at-the-counter'): Promise<string> {
  const { status, body } = await who.post('/api/privacy/requests', { reason })
  expect(status).toBe(200)
  return body.request
}

const listed = async (who: Actor, request: string) =>
  (await who.get('/api/privacy/requests')).body.requests.find((one: any) => one.request === request)

test('a request opens one person, for half an hour, to whoever made it', async () => {
  const { worker, deputy, elder, neighbour } = town.a
  const request = await opened(worker)
  expect(await sees(worker, request, null)).toMatchObject({ kind: 'request', id: request })
  expect(await listed(worker, request)).toMatchObject({ isOpen: true, isBound: false })
  expect(await sees(worker, request, elder.person)).toEqual({
    ...{ kind: 'request', id: request, label: 'at-the-counter' },
  })
  expect(await listed(worker, request)).toMatchObject({ isBound: true, approval: 'none' })
  expect(await sees(worker, request, neighbour.person)).toBe('request-bound')
  expect(await sees(worker, request, elder.person)).toMatchObject({ kind: 'request' })
  expect(await sees(deputy, request, elder.person)).toBe('request-needed')
  town.clock.set({ at: town.clock.now() + 30 * minuteMs })
  expect(await sees(worker, request, elder.person)).toBe('request-over')
})

test('two at once bind it to one of two persons', async () => {
  const { worker, elder, neighbour } = town.a
  const request = await opened(worker)
  const both = await Promise.all([
    sees(worker, request, elder.person),
    sees(worker, request, neighbour.person),
  ])
  expect(both.filter((one) => one === 'request-bound')).toHaveLength(1)
})

test('ended before its time it opens nobody; another’s cannot be ended', async () => {
  const { worker, deputy, elder } = town.a
  const request = await opened(worker)
  expect(await deputy.post('/api/privacy/requests/end', { request })).toMatchObject({ status: 404 })
  expect(await worker.post('/api/privacy/requests/end', { request })).toMatchObject({ status: 200 })
  expect(await sees(worker, request, elder.person)).toBe('request-over')
})

test('a child waits for a yes of somebody else who is in charge', async () => {
  const { worker, deputy, officer, elder, next } = town.a
  const request = await opened(deputy)
  const waiting = async (who: Actor) =>
    (await who.get('/api/privacy/requests/approvals')).body.requests.map((one: any) => one.request)
  expect(await waiting(worker)).toEqual([])
  expect(await sees(deputy, request, elder.person, true)).toBe('minor-needs-approval')
  expect(await listed(deputy, request)).toMatchObject({ approval: 'waiting' })
  expect(await waiting(worker)).toEqual([request])
  expect(await waiting(officer)).toEqual([request])
  expect(await waiting(deputy)).toEqual([])
  expect(await waiting(next!.worker)).toEqual([])
  const decision = { says: 'yes', because: 'parent-here' }
  const approve = (who: Actor) => who.post('/api/privacy/requests/approve', { request, decision })
  expect(await approve(deputy)).toMatchObject({ status: 409, body: { fault: 'second-officer' } })
  expect(await approve(next!.worker)).toMatchObject({ status: 404 })
  expect(await approve(town.b.officer)).toMatchObject({ status: 404 })
  expect(await approve(worker)).toMatchObject({ status: 200 })
  expect(await sees(deputy, request, elder.person, true)).toMatchObject({ kind: 'request' })
  expect(await approve(officer)).toMatchObject({ status: 409, body: { fault: 'already-so' } })
  expect(await waiting(officer)).toEqual([])
})

test('whoever decides sees which child, says why, and a no ends the request', async () => {
  const { worker, deputy, officer, homes, elder } = town.a
  const child = (
    await registered(town, [{ name: '孩子甲', home: homes[0]!, bornOn: '2016-03-01' }])
  )[0]!
  const request = await opened(deputy)
  expect(await sees(deputy, request, child, true)).toBe('minor-needs-approval')
  const looks = () =>
    town.owner('select by_person, how, fields, matter_id from privacy.look where person = $1', [
      child,
    ])
  expect(await looks()).toEqual([])
  const { requests } = (await worker.get('/api/privacy/requests/approvals')).body
  expect(requests).toMatchObject([
    { request, child: { name: '孩子甲', age: 10, places: [{ place: homes[0] }] } },
  ])
  expect(await looks()).toEqual([
    {
      ...{ by_person: worker.person, how: 'list', fields: ['name', 'age', 'address'] },
      matter_id: request,
    },
  ])
  const decide = (decision: object) =>
    worker.post('/api/privacy/requests/approve', { request, decision })
  // A no with the reason of a yes is no answer.
  expect((await decide({ says: 'no', because: 'parent-here' })).status).toBe(400)
  expect((await decide({ says: 'no', because: 'ask-parents' })).status).toBe(200)
  expect(await sees(deputy, request, child, true)).toBe('request-over')
  expect(await listed(deputy, request)).toMatchObject({ isOpen: false, approval: 'refused' })
  expect((await decide({ says: 'yes', because: 'parent-here' })).body.fault).toBe('already-so')
  const [row] = await town.owner('select because, refused_by from privacy.request where id = $1', [
    request,
  ])
  expect(row).toEqual({ because: 'ask-parents', refused_by: worker.person })
  expect((await officer.get('/api/privacy/requests/approvals')).body.requests).toEqual([])
  expect(await sees(deputy, await opened(deputy), elder.person)).toMatchObject({ kind: 'request' })
})

test('breaking the glass reaches the street, tells an officer at once, and is reviewed', async () => {
  const { officer, next } = town.a
  const glass = { person: null, words: '楼上有人呼救，门锁着' }
  const broken = await next!.worker.post('/api/privacy/requests/break-glass', glass)
  expect(broken).toMatchObject({ status: 200 })
  const { request, reviewBy } = broken.body
  const { given } = town.program
  const asker = await askerOf(next!.worker)
  expect(await committeesFor(given, asker, request)).toBe('*')
  expect(await committeesFor(given, asker, await opened(next!.worker))).toEqual([next!.committee])
  const colleague = await askerOf(next!.deputy)
  expect(await committeesFor(given, colleague, request)).toEqual([next!.committee])
  await town.settled()
  const told = await town.owner('select person, says from delivery.note where matter = $1', [
    request,
  ])
  expect(told).toEqual([{ person: officer.person, says: 'glass-broken' }])
  // Three working days from Tuesday morning.
  expect(new Date(reviewBy).toISOString().slice(0, 10)).toBe('2026-07-10')
  const { reviews } = (await officer.get('/api/privacy/requests/reviews')).body
  expect(reviews).toMatchObject([{ request, words: glass.words, reason: 'break-glass' }])
  const review = { request, outcome: 'right', words: '救护车到了' }
  expect(await officer.post('/api/privacy/requests/review', review)).toMatchObject({ status: 200 })
  const again = await officer.post('/api/privacy/requests/review', review)
  expect(again).toMatchObject({ status: 409, body: { fault: 'already-so' } })
  expect((await officer.get('/api/privacy/requests/reviews')).body.reviews).toEqual([])
})

test('whoever broke the glass neither hears of it as the second nor reviews it', async () => {
  const { officer, worker } = town.a
  const glass = { person: town.a.elder.person, words: '火警，找人' }
  const { request } = (await officer.post('/api/privacy/requests/break-glass', glass)).body
  await town.settled()
  const told = await town.owner('select person from delivery.note where matter = $1', [request])
  expect(told).toEqual([{ person: worker.person }])
  expect((await officer.get('/api/privacy/requests/reviews')).body.reviews).toEqual([])
  const review = { request, outcome: 'right', words: '' }
  const own = await officer.post('/api/privacy/requests/review', review)
  expect(own).toMatchObject({ status: 409, body: { fault: 'second-officer' } })
})

test('the glass needs a second factor, words, and breaks five times a day', async () => {
  const { deputy } = town.a
  const breakIt = (words: string) =>
    deputy.post('/api/privacy/requests/break-glass', { person: null, words })
  expect(await breakIt('    ')).toMatchObject({ status: 400, body: { field: 'words' } })
  for (let times = 0; times < 5; times++) expect((await breakIt('门后有人呼救')).status).toBe(200)
  expect(await breakIt('门后有人呼救')).toMatchObject({ status: 429 })
  await town.owner('update identity.session set stepped_up_until = null where person = $1', [
    deputy.person,
  ])
  expect(await breakIt('门后有人呼救')).toMatchObject({ body: { fault: 'step-up-needed' } })
})

test('the database itself refuses a longer one, and a yes or a review by the asker', async () => {
  const { worker } = town.a
  const request = await opened(worker)
  for (const set of [
    "until = at + interval '31 minutes'",
    'approved_by = by_person',
    'reviewed_by = by_person',
    "words = '为什么'",
  ]) {
    const change = town.owner(`update privacy.request set ${set} where id = $1`, [request])
    await expect(change, set).rejects.toThrow(/check constraint/)
  }
})
