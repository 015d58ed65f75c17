import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PersonId } from '../../../kernel/ids.ts'
import { openStreets, type Actor, type Streets } from '../../../../tests/rig/streets.ts'
import { homesOf, ownsIn, residentsOf } from '../homes/index.ts'
import { openNext, registered, requestOf, type Next } from './testing/neighbourhood.ts'

let town: Streets
let next: Next
beforeAll(async () => {
  town = await openStreets()
  next = await openNext(town)
})
afterAll(() => town[Symbol.asyncDispose]())

const move = (who: Actor, person: string, more: object) =>
  who.post('/api/people/moves', {
    ...{ person, what: 'moved-in', home: null, on: '2026-07-01' },
    ...{ tenure: null, relation: null, livesAlone: false, ...more },
  })

const someone = async (name: string, home: string | null): Promise<PersonId> =>
  (await registered(town, [{ name, home }]))[0]!

const inStreet = <T>(work: (tx: any) => Promise<T>) =>
  town.program.given.db.inStreet({ street: town.a.street, committees: '*' }, work)

const owners = (owners: object[], more: object = {}) => ({
  ...{ home: town.a.homes[2], on: '2026-07-01', ...more },
  owners: owners.map((one) => ({
    ...{ kind: 'person', person: null, firm: null, part: 1, whole: 1 },
    ...{ isRegistered: true, source: 'register', ...one },
  })),
})

async function found(words: string): Promise<string[]> {
  const request = await requestOf(town.a.worker)
  const { body } = await town.a.worker.post('/api/people/search', { words, request })
  return body.hits.map(({ place }: any) => place?.place ?? null)
}

test('a flat may hold two households; whoever moves in joins the first unless it is said', async () => {
  const { homes, worker } = town.a
  const [one, two, three] = await registered(town, [
    ...['甲户', '乙户', '丙户'].map((name) => ({ name, home: homes[3]! })),
  ])
  await move(worker, two!, { what: 'moved-out', home: homes[3], on: '2026-07-07' })
  const again = { home: homes[3], household: 'new', tenure: 'tenant', on: '2026-07-07' }
  town.clock.set({ at: town.clock.now() + 1_000 })
  expect((await move(town.a.officer, two!, again)).status).toBe(200)
  const rows = await town.owner(
    `select person, household, tenure from people.residence
     where home = $1 and to_at is null and person = any($2)`,
    [homes[3], [one, two, three]],
  )
  const of = (person?: string) => rows.find((row) => row.person === person)
  expect(of(one).household).toBe(of(three).household)
  expect(of(two)).toMatchObject({ tenure: 'tenant' })
  expect(of(two).household).not.toBe(of(one).household)
})

test('a move is dated, and the words go where the person goes', async () => {
  const { homes, worker } = town.a
  const person = await someone('搬家人', homes[2]!)
  expect(await found('搬家人')).toEqual([homes[2]])
  const out = { what: 'moved-out', home: homes[2], on: '2026-07-07' }
  expect((await move(worker, person, out)).body).toEqual({ left: [homes[2]] })
  expect(await found('搬家人')).toEqual([])
  const [row] = await town.owner('select * from people.person where id = $1', [person])
  expect(row).toMatchObject({ left_why: 'moved' })
  // Gone from the committee's reach: it is the street that brings them back.
  expect((await move(worker, person, { home: homes[1] })).status).toBe(404)
  expect((await move(town.a.officer, person, { home: homes[1] })).status).toBe(200)
  expect(await found('搬家人')).toEqual([homes[1]])
  const since = await town.owner(
    `select from_at, to_at from people.residence where person = $1 order by to_at nulls last`,
    [person],
  )
  expect(since.map(({ to_at }) => to_at === null)).toEqual([false, true])
  expect(await inStreet((tx) => homesOf(tx, person))).toEqual([{ home: homes[1], as: 'resident' }])
})

test.each([
  [{ on: '2026-07-08' }, 'on'],
  [{ on: '2026-02-30' }, 'on'],
  [{ home: null }, 'home'],
])('a move that cannot be is refused: %j', async (wrong, field) => {
  const person = await someone('错日', town.a.homes[2]!)
  const { status, body } = await move(town.a.worker, person, { home: town.a.homes[3], ...wrong })
  expect([status, body.fault, body.field]).toEqual([400, 'bad-input', field])
})

test('who died is found no more, and what they agreed to has ended', async () => {
  await town.agrees(town.a.elder)
  const plans = () => town.owner('select 1 from care.plan where person = $1', [town.a.elder.person])
  expect(await plans()).toHaveLength(1)
  expect(await found('老人甲')).toEqual([town.a.homes[0]])
  const died = { what: 'died', on: '2026-07-07' }
  expect((await move(town.a.worker, town.a.elder.person, died)).status).toBe(200)
  await town.settled()
  expect(await plans()).toEqual([])
  expect(await found('老人甲')).toEqual([])
  const back = await move(town.a.officer, town.a.elder.person, { home: town.a.homes[0] })
  expect(back.body.fault).toBe('already-so')
})

test('co-owners have shares that are the whole at most, exactly', async () => {
  const { worker, homes } = town.a
  const people = await registered(town, [
    ...['业主一', '业主二', '业主三'].map((name) => ({ name, home: homes[2]! })),
  ])
  const thirds = people.map((person) => ({ person, part: 1, whole: 3 }))
  const set = (body: object) => worker.post('/api/people/ownership', body)
  expect((await set(owners(thirds))).body).toEqual({ owners: 3 })
  const tooMuch = [...thirds.slice(0, 2), { ...thirds[2], part: 3334, whole: 10_000 }]
  const wrong: [object[], string][] = [
    [tooMuch, 'owners'],
    [[thirds[0]!, thirds[0]!], 'owners.1'],
    [[{ kind: 'firm', person: people[0] }], 'owners.0.person'],
    [[{ kind: 'firm' }], 'owners.0.firm'],
    [[{ kind: 'person', person: people[0], firm: '公司' }], 'owners.0.firm'],
    [[{ person: people[0], part: 2, whole: 1 }], 'owners.0.part'],
  ]
  for (const [shares, field] of wrong) {
    const { status, body } = await set(owners(shares))
    expect([status, body.fault, body.field]).toEqual([400, 'bad-input', field])
  }
  const before = await set(owners([{ kind: 'developer', firm: '开发商' }], { on: '2026-06-30' }))
  expect(before.body.field).toBe('on')
  expect((await set(owners([{ kind: 'developer', firm: '开发商' }]))).body).toEqual({ owners: 1 })
  const rows = await town.owner(
    `select kind, to_on is null as is_now from people.ownership where home = $1 order by to_on nulls last`,
    [homes[2]],
  )
  expect(rows.map(({ kind, is_now }) => [kind, is_now])).toEqual([
    ...people.map(() => ['person', false]),
    ['developer', true],
  ])
  expect(await inStreet((tx) => ownsIn(tx, people[0]!))).toEqual([])
})

test('whoever owns in another neighbourhood is found in both, each with that home', async () => {
  const person = await someone('两处业主', town.a.homes[1]!)
  const shares = owners([{ person }], { home: next.homes[1] })
  // Each committee reaches its own people; across two the street decides.
  const { status, body } = await next.worker.post('/api/people/ownership', shares)
  expect([status, body.fault, body.field]).toEqual([404, 'not-found', 'owners.0.person'])
  expect((await town.a.officer.post('/api/people/ownership', shares)).status).toBe(200)
  expect(await found('两处业主')).toEqual([town.a.homes[1]])
  const request = await requestOf(next.worker)
  const words = { words: '两处业主', request }
  const { hits } = (await next.worker.post('/api/people/search', words)).body
  expect(hits.map(({ place }: any) => place.place)).toEqual([next.homes[1]])
})

test('areas are whole hundredths of a square metre, and the register counts before the rest', async () => {
  const { worker, homes } = town.a
  const set = (source: string, area: string) =>
    worker.post('/api/people/area', { home: homes[1], source, area, since: '2026-07-01' })
  expect((await set('contract', '99')).body.counts).toEqual({ source: 'contract', area: '99.00' })
  expect((await set('survey', '98.5')).body.counts).toEqual({ source: 'survey', area: '98.50' })
  expect((await set('register', '1.15')).body.counts).toEqual({ source: 'register', area: '1.15' })
  expect((await set('contract', '100')).body.counts).toEqual({ source: 'register', area: '1.15' })
  for (const area of ['0', '0.00', '-1', '1.151', '1e3', '', '１２３４５６７８', '01.5', 'NaN']) {
    const { status, body } = await set('register', area)
    expect([area, status, body.field]).toEqual([area, 400, 'area'])
  }
  const rows = await town.owner('select source, area from people.home_area where home = $1', [
    homes[1],
  ])
  expect(rows.find(({ source }) => source === 'register').area).toBe(115)
})

test('another neighbourhood’s people and homes are as if they were not there', async () => {
  const theirs = await someone('隔壁居民', next.homes[0]!)
  const { worker, homes } = town.a
  const nowhere = '00000000-0000-7000-8000-000000000000'
  const nowhereHome = `${next.committee}-01-99-101`
  const asks: [string, (person: string, home: string) => Promise<{ status: number; body: any }>][] =
    [
      ['moves in', (person) => move(worker, person, { home: homes[1] })],
      ['moves out', (person) => move(worker, person, { what: 'moved-out' })],
      ['dies', (person) => move(worker, person, { what: 'died' })],
      ['owns', (person) => worker.post('/api/people/ownership', owners([{ person }]))],
      [
        'number',
        (person) =>
          worker.post('/api/people/numbers', { person, kind: 'phone', number: '13900000001' }),
      ],
      [
        'home',
        (_, home) =>
          worker.post('/api/people/ownership', owners([{ kind: 'firm', firm: '公司' }], { home })),
      ],
      [
        'area',
        (_, home) =>
          worker.post('/api/people/area', {
            home,
            source: 'survey',
            area: '1',
            since: '2026-07-01',
          }),
      ],
    ]
  for (const [name, ask] of asks) {
    const real = await ask(theirs, next.homes[0]!)
    expect([name, real.status]).toEqual([name, 404])
    expect([name, real]).toEqual([name, await ask(nowhere, nowhereHome)])
    expect(await ask(town.b.elder.person, town.b.homes[0]!)).toEqual(real)
  }
  const living = await inStreet((tx) => residentsOf(tx, next.homes[0]!))
  expect(living.map(({ name }) => name)).toContain('隔壁居民')
})

test('a committee registers who comes to live with it, and nobody elsewhere', async () => {
  const row = (home: string | null) => ({
    ...{ name: '新来', bornOn: null, phone: null, livesAlone: false, home },
    ...{ idNumber: '11010519491231002x', tenure: 'tenant', relation: 'flatmate' },
  })
  const add = (home: string | null) => town.a.worker.post('/api/people', row(home))
  expect((await add(town.a.homes[1]!)).status).toBe(200)
  expect((await add(null)).body).toMatchObject({ fault: 'not-found', field: 'home' })
  expect(await add(next.homes[0]!)).toEqual(await add(`${town.a.committee}-01-99-101`))
  const wrong = { ...row(town.a.homes[1]!), idNumber: '110105194912310021' }
  const refused = await town.a.worker.post('/api/people', wrong)
  expect([refused.status, refused.body.field]).toEqual([400, 'idNumber'])
  expect(await town.tablesHolding('11010519491231002X')).toEqual([])
})

test('who may do what by how they live is shown as a table to anybody', async () => {
  const { rights } = (await town.call('', 'GET', '/api/people/rights')).body
  const of = (right: string) =>
    Object.fromEntries(
      rights
        .find((one: any) => one.right === right)
        .may.map(({ standing, grant }: any) => [standing, grant]),
    )
  expect(of('vote-of-owners')).toMatchObject({ owner: 'yes', tenant: 'by-proxy' })
  expect(of('vote-of-residents')).toMatchObject({ owner: 'yes', tenant: 'yes' })
  expect(of('stand-for-owners-committee')).toMatchObject({ owner: 'yes', tenant: 'no' })
})
