import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PersonId } from '../../../kernel/ids.ts'
import { openStreets, type Actor, type Streets } from '../../../../tests/rig/streets.ts'
import { opened } from '../../../desks/tasks/testing/open.ts'
import { openNext, registered, requestOf, type Next } from '../keeping/testing/neighbourhood.ts'

let town: Streets
let next: Next
let father: PersonId
let child: PersonId
let apart: PersonId
let theirs: PersonId
const phone = '13811112222'
const idNumber = '11010519491231002X'

beforeAll(async () => {
  town = await openStreets()
  next = await openNext(town)
  const home = town.a.homes[2]!
  const made = await registered(town, [
    ...[{ name: '父亲', home, bornOn: '1980-05-05', phone, idNumber, tenure: 'owner' }],
    ...[{ name: '女儿小', home, bornOn: '2015-05-05', relation: 'child' }],
    ...[{ name: '母亲', home, bornOn: '1981-05-05', relation: 'spouse' }],
    ...[{ name: '合租人', home, bornOn: '1990-05-05' }],
    ...[{ name: '隔壁人', home: next.homes[0]!, phone: '13833334444' }],
  ])
  ;[father, child, , apart, theirs] = made as [PersonId, PersonId, PersonId, PersonId, PersonId]
  const moved = { person: apart, what: 'moved-out', home, on: '2026-07-07' }
  const more = { tenure: null, relation: null, livesAlone: false }
  await town.a.worker.post('/api/people/moves', { ...moved, ...more })
  town.clock.set({ at: town.clock.now() + 1_000 })
  const again = { ...moved, what: 'moved-in', household: 'new', tenure: 'tenant' }
  const back = await town.a.officer.post('/api/people/moves', { ...more, ...again })
  expect(back.status).toBe(200)
  await town.a.worker.post('/api/people/ownership', {
    ...{ home, on: '2020-01-01' },
    owners: [
      {
        ...{ kind: 'person', person: father, firm: null, part: 1, whole: 2 },
        ...{ isRegistered: true, source: 'register' },
      },
    ],
  })
  const area = { home, source: 'register', area: '88.80', since: '2020-01-01' }
  await town.a.worker.post('/api/people/area', area)
})
afterAll(() => town[Symbol.asyncDispose]())

const page = (who: Actor, person: string, why: { request?: string; task?: string } = {}) => {
  const query = new URLSearchParams({ person, ...why })
  return who.get(`/api/people/person?${query}`)
}
const looksAt = (person: string) =>
  town.owner('select * from privacy.look where person = $1 order by id', [person])

test('the page holds the household, homes, shares and masked numbers, and is a look', async () => {
  const request = await requestOf(town.a.worker)
  const { status, body } = await page(town.a.worker, father, { request })
  expect(status).toBe(200)
  expect(body).toMatchObject({ name: '父亲', age: 46, left: null })
  expect(body.homes).toHaveLength(1)
  expect(body.homes[0]).toMatchObject({ tenure: 'owner', since: '2026-07-07' })
  // The child is there without a name; the flatmate has a household of their own.
  expect(body.homes[0].household).toEqual([
    { name: '母亲', relation: 'spouse', tenure: null },
    { name: null, relation: 'child', tenure: null },
  ])
  expect(body.owns).toMatchObject([
    { part: 1, whole: 2, owners: 1, since: '2020-01-01', area: { area: '88.80' } },
  ])
  expect(body.numbers.toSorted((a: any, b: any) => (a.kind < b.kind ? -1 : 1))).toEqual([
    { kind: 'id-number', masked: '**************002X' },
    { kind: 'phone', masked: '138****2222' },
  ])
  expect(JSON.stringify(body)).not.toContain(phone)
  const looks = (await looksAt(father)).filter(({ matter_id }) => matter_id === request)
  expect(looks).toMatchObject([{ how: 'page', matter_kind: 'request', matter_id: request }])
  expect(looks[0].fields.toSorted()).toEqual(
    ['address', 'age', 'household', 'id-number', 'name', 'ownership', 'phone'].toSorted(),
  )
  expect(await looksAt(child)).toEqual([])
})

test('nobody is shown without a matter, and another request than one’s own is none', async () => {
  expect((await page(town.a.worker, father)).body.fault).toBe('request-needed')
  const theirs = await requestOf(town.a.deputy)
  expect((await page(town.a.worker, father, { request: theirs })).body.fault).toBe('request-needed')
  expect((await page(town.a.worker, father, { task: theirs })).body.fault).toBe('no-open-task')
  const bound = await requestOf(town.a.worker)
  expect((await page(town.a.worker, father, { request: bound })).status).toBe(200)
  const other = town.a.neighbour.person
  expect((await page(town.a.worker, other, { request: bound })).body.fault).toBe('request-bound')
})

test('an open task of one’s own about the person or their home is a matter', async () => {
  const task = await opened(town, {
    place: town.a.homes[2]!,
    rule: 'smoke',
    kind: 'hazard',
    person: null,
  })
  const { status } = await page(town.a.worker, father, { task })
  expect(status).toBe(200)
  const looks = await looksAt(father)
  expect(looks.filter(({ matter_id }) => matter_id === task)).toHaveLength(1)
  const elsewhere = await page(town.a.worker, town.a.neighbour.person, { task })
  expect(elsewhere.body.fault).toBe('no-open-task')
})

test('a child’s page waits for a yes of the person in charge', async () => {
  const request = await requestOf(town.a.deputy)
  const { status, body } = await page(town.a.deputy, child, { request })
  expect([status, body.fault]).toEqual([403, 'minor-needs-approval'])
  expect(await looksAt(child)).toEqual([])
  const yes = await town.a.worker.post('/api/privacy/requests/approve', {
    ...{ request, decision: { says: 'yes', because: 'parent-here' } },
  })
  expect(yes.status).toBe(200)
  const shown = await page(town.a.deputy, child, { request })
  expect([shown.status, shown.body.name]).toEqual([200, '女儿小'])
})

test('who is out of reach is answered as somebody who does not exist', async () => {
  const nowhere = '00000000-0000-7000-8000-000000000000'
  const request = await requestOf(town.a.worker)
  for (const why of [{}, { request }, { task: request }]) {
    const none = await page(town.a.worker, nowhere, why)
    expect(none.status).toBe(404)
    for (const person of [theirs, town.b.elder.person]) {
      expect(await page(town.a.worker, person, why)).toEqual(none)
    }
  }
  // Nor has it bound the request to anybody.
  expect((await page(town.a.worker, father, { request })).status).toBe(200)
})

test('with the glass broken one person of another neighbourhood is shown, and nobody else', async () => {
  const { worker } = town.a
  const stepUp = (until: string | null) =>
    town.owner(`update identity.session set stepped_up_until = $2 where person = $1`, [
      worker.person,
      until,
    ])
  await stepUp('2026-07-08')
  const glass = { person: theirs, words: '门里有人呼救' }
  const broken = await worker.post('/api/privacy/requests/break-glass', glass)
  expect(broken.status).toBe(200)
  const { request } = broken.body
  expect((await page(worker, theirs, { request })).body.name).toBe('隔壁人')
  const [other] = await registered(town, [{ name: '隔壁另一人', home: next.homes[1]! }])
  const none = await page(worker, '00000000-0000-7000-8000-000000000000', { request })
  expect(await page(worker, other!, { request })).toEqual(none)
  await stepUp(null)
})

test('a number in full is a step of its own, after showing who one is', async () => {
  const { worker } = town.a
  const request = await requestOf(worker)
  const show = (kind: string, person: string = father) =>
    worker.post('/api/people/number', { person, kind, request })
  expect((await show('phone')).body.fault).toBe('step-up-needed')
  const until = new Date(town.clock.now() + 60_000)
  await town.owner('update identity.session set stepped_up_until = $2 where person = $1', [
    ...[worker.person, until],
  ])
  expect((await show('phone')).body).toEqual({ number: phone })
  expect((await show('id-number')).body).toEqual({ number: idNumber })
  const looks = (await looksAt(father)).map(({ fields }) => fields.join())
  expect(looks.filter((one) => one === 'phone' || one === 'id-number')).toHaveLength(2)
  expect((await show('phone', theirs)).status).toBe(404)
  town.clock.set({ at: town.clock.now() + 61_000 })
  expect((await show('phone')).body.fault).toBe('step-up-needed')
})

test('what a resident sees of their own home', async () => {
  const token = await town.tokenOf('父亲')
  const { status, body } = await town.call(token, 'GET', '/api/people/my-home')
  expect(status).toBe(200)
  expect(body).toMatchObject({ name: '父亲', owns: [{ part: 1, whole: 2 }], changes: [] })
  expect(body.homes[0].household.map(({ name }: any) => name)).toEqual(['母亲', null])
  const [look] = await town.owner(
    `select look.* from privacy.look join people.person on person.id = look.person
     where person.name = '母亲' order by look.id desc limit 1`,
  )
  expect(look).toMatchObject({
    by_kind: 'resident',
    by_person: father,
    fields: ['name', 'household'],
  })
  expect((await town.a.worker.get('/api/people/my-home')).status).toBe(403)
})
