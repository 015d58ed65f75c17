import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStreets, type Actor, type Streets } from '../../../tests/rig/streets.ts'
import type { WrittenLook } from '../../kernel/book.ts'
import { dayMs, hourMs, minuteMs, type Instant } from '../../kernel/clock.ts'
import type { HomeCode } from '../../kernel/ids.ts'
import { endConsent, giveConsent } from './consents/index.ts'
import { bookOf } from './index.ts'

let town: Streets

beforeAll(async () => {
  town = await openStreets()
})
afterAll(() => town[Symbol.asyncDispose]())

const consentsOf = (who: Actor) =>
  town.owner('select * from privacy.consent where person = $1 order by given_at', [who.person])
const refusalsOf = (who: Actor) =>
  town.owner('select * from privacy.refusal where person = $1', [who.person])

function give(who: Actor, home: HomeCode) {
  const { given } = town.program
  const { street } = town.a
  const purpose = 'agreed-care' as const
  return given.db.inStreet({ street }, (tx) =>
    giveConsent(given, tx, { street, person: who.person, home, purpose }),
  )
}

function end(who: Actor) {
  const { given } = town.program
  return given.db.inStreet({ street: town.a.street }, (tx) =>
    endConsent(given, tx, who.person, 'agreed-care'),
  )
}

test('of ten that give at once one is live; ended, another can be given', async () => {
  const { neighbour, homes } = town.a
  const given = await Promise.all(Array.from({ length: 10 }, () => give(neighbour, homes[1]!)))
  expect(given.filter(Boolean)).toHaveLength(1)
  expect(await end(neighbour)).toBe(true)
  expect(await end(neighbour)).toBe(false)
  expect(await give(neighbour, homes[1]!)).toBeDefined()
  expect(await end(neighbour)).toBe(true)
  const rows = await consentsOf(neighbour)
  expect(rows.map((row) => row.ended_at?.getTime())).toEqual([town.clock.now(), town.clock.now()])
  await town.settled()
})

test('a consent that is rolled back is told to nobody', async () => {
  const { given } = town.program
  const { street, neighbour, homes } = town.a
  const told = () =>
    town.owner("select count(*)::int as n from pgboss.job where name like 'privacy.%'")
  const [before] = await told()
  const purpose = 'agreed-care' as const
  const giving = given.db.inStreet({ street }, async (tx) => {
    const consent = { street, person: neighbour.person, home: homes[1]!, purpose }
    await giveConsent(given, tx, consent)
    throw new Error('rolled back')
  })
  await expect(giving).rejects.toThrow('rolled back')
  expect(await told()).toEqual([before])
})

describe('a no', () => {
  test('is kept for twelve months, costs nothing, and gives way to a yes', async () => {
    const { neighbour } = town.a
    const until = new Date(town.clock.now())
    until.setUTCMonth(until.getUTCMonth() + 12)
    const said = await neighbour.post('/api/care/refuse', {})
    expect(said).toEqual({ status: 200, body: { notAskedUntil: until.getTime() } })
    expect(await refusalsOf(neighbour)).toHaveLength(1)
    const { plan } = (await neighbour.get('/api/care/mine')).body
    expect(plan).toEqual({ is: 'refused', notAskedUntil: until.getTime() })
    for (const path of ['/api/identity/me', '/api/duties/call', '/api/privacy/looks']) {
      expect((await neighbour.get(path)).status).toBe(200)
    }
    await town.agrees(neighbour)
    expect(await refusalsOf(neighbour)).toEqual([])
    const late = await neighbour.post('/api/care/refuse', {})
    expect(late).toMatchObject({ status: 409, body: { fault: 'already-so' } })
    expect((await neighbour.post('/api/care/end', {})).status).toBe(200)
    await town.settled()
  })

  test('goes when its twelve months are over, and not before', async () => {
    const { neighbour } = town.b
    const { notAskedUntil } = (await neighbour.post('/api/care/refuse', {})).body
    town.clock.set({ at: notAskedUntil - 1 })
    await town.program.letGo()
    expect(await refusalsOf(neighbour)).toHaveLength(1)
    town.clock.set({ at: notAskedUntil })
    expect((await signedIn(neighbour).get('/api/care/mine')).body.plan).toEqual({ is: 'offered' })
    await town.program.letGo()
    expect(await refusalsOf(neighbour)).toEqual([])
  })
})

/** A fresh session: a year goes by in these tests. */
let fresh = new Map<string, Actor>()
function signedIn(who: Actor): Pick<Actor, 'get' | 'post'> {
  const ask = async (method: 'GET' | 'POST', path: string, body?: unknown) => {
    const token = await town.tokenOf(who.name)
    fresh = fresh.set(who.name, { ...who, token })
    return town.call(token, method, path, body)
  }
  return { get: (path) => ask('GET', path), post: (path, body) => ask('POST', path, body) }
}

test('a consent lasts 365 days; past them it ends, everybody hears, and it is proof for 3 years', async () => {
  const { elder } = town.b
  const start = town.clock.now()
  expect(
    (await signedIn(elder).post('/api/care/agree', { textVersion: 2, contacts: [] })).status,
  ).toBe(200)
  await town.settled()
  const watched = () =>
    town.owner('select 1 from scenarios.watch where person = $1', [elder.person])
  town.clock.set({ at: start + 365 * dayMs - 1 })
  await town.program.letGo()
  await town.settled()
  expect((await consentsOf(elder))[0].ended_at).toBeNull()
  expect(await watched()).toHaveLength(1)

  town.clock.set({ at: start + 365 * dayMs })
  expect((await signedIn(elder).get('/api/care/mine')).body.plan.is).toBe('offered')
  await town.program.letGo()
  await town.settled()
  expect((await consentsOf(elder))[0].ended_at.getTime()).toBe(start + 365 * dayMs)
  expect(await watched()).toEqual([])
  expect(await town.owner('select 1 from care.plan where person = $1', [elder.person])).toEqual([])

  town.clock.set({ at: town.clock.now() + 3 * 365 * dayMs })
  await town.program.letGo()
  expect(await consentsOf(elder)).toHaveLength(1)
  town.clock.set({ at: town.clock.now() + 4 * dayMs })
  await town.program.letGo()
  expect(await consentsOf(elder)).toEqual([])
})

describe('the page of the book', () => {
  const lookAt = (who: Actor): WrittenLook => ({
    ...{ street: town.a.street, person: who.person, fields: ['name'], how: 'page', why: 'task' },
    matter: { kind: 'operation', id: null, label: 'test' },
    ...{ at: town.clock.now(), by: { kind: 'operator' } },
  })
  const write = async (at: Instant, who: Actor = town.a.elder) => {
    town.clock.set({ at })
    await bookOf(town.program.given).write([lookAt(who)])
  }

  test('121 looks come by fifty, newest first, each once, and 30 days are counted', async () => {
    const { elder, neighbour } = town.a
    const midnight = Date.parse('2036-01-31T00:00:00+08:00')
    for (let i = 0; i < 40; i++) await write(midnight - 40 * dayMs + i * hourMs)
    for (const at of [0, 1, 2]) await write(midnight - 29 * dayMs - minuteMs + at * minuteMs)
    for (let i = 0; i < 77; i++) await write(midnight + i)
    await write(midnight + 100, neighbour)

    // Making the token that this test signs in with is the 121st look.
    const me = signedIn(elder)
    const pages = [(await me.get('/api/privacy/looks')).body]
    while (pages.at(-1).more) {
      const before = pages.at(-1).looks.at(-1).id
      pages.push((await me.get(`/api/privacy/looks?before=${before}`)).body)
    }
    expect(pages.map((page) => page.looks.length)).toEqual([50, 50, 21])
    const looks = pages.flatMap((page) => page.looks)
    expect(new Set(looks.map((look) => look.id)).size).toBe(121)
    const times = looks.map((look) => look.at)
    expect(times).toEqual(times.toSorted((a, b) => b - a))

    const { days } = pages[0]
    expect(days).toHaveLength(30)
    // The look one minute before the midnight that begins the first of 30 days is not counted.
    expect([days[0], days[29]]).toEqual([2, 78])
    expect(days.slice(1, 29).every((count: number) => count === 0)).toBe(true)
  })

  test('looks are kept three years, and then go', async () => {
    await write(town.clock.now() + 1)
    const [newest] = await town.owner('select max(at) as at from privacy.look')
    const count = async () =>
      (
        await town.owner('select count(*)::int as n from privacy.look where at >= $1', [newest.at])
      )[0].n
    expect(await count()).toBe(1)
    town.clock.set({ at: newest.at.getTime() + 3 * 365 * dayMs })
    await town.program.letGo()
    expect(await count()).toBe(1)
    town.clock.set({ at: newest.at.getTime() + 3 * 366 * dayMs + 1 })
    await town.program.letGo()
    expect(await count()).toBe(0)
  })
})
