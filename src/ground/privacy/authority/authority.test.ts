import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStreets, type Actor, type Streets } from '../../../../tests/rig/streets.ts'
import { dayMs } from '../../../kernel/clock.ts'

let town: Streets
let second: Actor

beforeAll(async () => {
  town = await openStreets({ neighbours: true })
  second = await secondOfficer()
  await town.owner("update identity.session set stepped_up_until = now() + interval '20 years'")
})
afterAll(() => town[Symbol.asyncDispose]())

async function secondOfficer(): Promise<Actor> {
  const { officer, street } = town.a
  const name = '第二长官甲'
  const register = { bornOn: null, phone: null, home: null, livesAlone: false }
  const { person } = (await officer.post('/api/people', { name, ...register })).body
  const [body] = await town.owner(
    "select id from duties.body where street = $1 and kind = 'street'",
    [street],
  )
  const held = { body: body.id, title: '值班长', person, rank: 2 }
  expect(await officer.post('/api/duties/posts', held)).toMatchObject({ status: 200 })
  const token = await town.tokenOf(name)
  return {
    ...{ name, token, person },
    get: (path) => town.call(token, 'GET', path),
    post: (path, input) => town.call(token, 'POST', path, input),
  }
}

const said = {
  ...{ authority: '区人民法院', legalBasis: '民事诉讼法 67', document: '(2026)沪0104调1号' },
  ...{ asks: '是否住在此处', fields: ['address', 'household'], days: 7 },
}
const about = (person: string | null, home: string | null = null) => ({ ...said, person, home })
const record = (who: Actor, input: object) => who.post('/api/privacy/authority', input)
const decide = (who: Actor, request: string, verdict = 'approved') =>
  who.post('/api/privacy/authority/decide', { request, verdict })
const give = (who: Actor, request: string, more: object = {}) =>
  who.post('/api/privacy/authority/give', { request, ...more })
const looksOf = async (who: Actor) =>
  (await who.get('/api/privacy/looks')).body.looks.filter((look: any) => look.label === 'authority')

test('one person, or one home: never both, never many, never of another street', async () => {
  const { officer, elder, homes } = town.a
  const wrong = { status: 400, body: { field: 'person' } }
  expect(await record(officer, about(null))).toMatchObject(wrong)
  expect(await record(officer, about(elder.person, homes[0]))).toMatchObject(wrong)
  for (const input of [about(town.b.elder.person), about(null, town.b.homes[0])]) {
    expect(await record(officer, input)).toMatchObject({ status: 404 })
  }
  const long = { ...about(elder.person), days: 31 }
  expect(await record(officer, long)).toMatchObject({ status: 400, body: { field: 'days' } })
  const unlisted = { ...about(elder.person), fields: ['looks'] }
  expect(await record(officer, unlisted)).toMatchObject({ status: 400 })
})

test('two officers; what is given is in the person’s book, shown after its term by itself', async () => {
  const { officer, elder } = town.a
  const { request } = (await record(officer, about(elder.person))).body
  const notYet = { status: 409, body: { fault: 'not-approved' } }
  expect(await give(officer, request)).toMatchObject(notYet)
  const own = { status: 409, body: { fault: 'second-officer' } }
  expect(await decide(officer, request)).toMatchObject(own)
  expect(await decide(town.b.officer, request)).toMatchObject({ status: 404 })
  expect(await decide(second, request)).toMatchObject({ status: 200 })
  expect(await decide(second, request, 'refused')).toMatchObject({ status: 409 })
  const given = await give(officer, request, { disclosedAfterDays: 10 })
  expect(given).toMatchObject({ status: 200, body: { people: 1 } })
  expect(given.body.disclosedAt).toBe(town.clock.now() + 10 * dayMs)
  expect(await give(officer, request)).toMatchObject({ body: { fault: 'already-so' } })
  expect(await looksOf(elder)).toEqual([])
  const days = (await elder.get('/api/privacy/looks')).body.days
  town.clock.set({ at: town.clock.now() + 10 * dayMs - 1 })
  expect(await looksOf(elder)).toEqual([])
  town.clock.set({ at: town.clock.now() + 1 })
  expect(await looksOf(elder)).toMatchObject([
    { fields: ['address', 'household'], how: 'export', matter: 'request', by: 'post' },
  ])
  expect((await elder.get('/api/privacy/looks')).body.days.at(-11)).toBe(days.at(-1) + 1)
})

test('of a home everybody who lives there has a look', async () => {
  const { officer, homes, neighbour } = town.a
  const { request } = (await record(officer, about(null, homes[1]))).body
  await decide(second, request)
  const given = await give(second, request, { disclosedAfterDays: 0 })
  expect(given).toMatchObject({ status: 200, body: { people: 1 } })
  expect(await looksOf(neighbour)).toHaveLength(1)
})

test('an expired or refused one gives nothing, and a year is the longest delay', async () => {
  const { officer, elder } = town.a
  const { request } = (await record(officer, about(elder.person))).body
  await decide(second, request)
  expect(await give(officer, request, { disclosedAfterDays: 366 })).toMatchObject({ status: 400 })
  town.clock.set({ at: town.clock.now() + 7 * dayMs })
  expect(await give(officer, request)).toMatchObject({ body: { fault: 'authority-over' } })
  const other = (await record(officer, about(elder.person))).body.request
  await decide(second, other, 'refused')
  expect(await give(officer, other)).toMatchObject({ body: { fault: 'not-approved' } })
})

test('everybody can read how many there were, and nothing else', async () => {
  const { status, body } = await town.call('', 'GET', '/api/privacy/authority/counts')
  expect(status).toBe(200)
  expect(body).toEqual({
    quarters: [{ quarter: '2026-Q3', asked: 4, approved: 3, refused: 1, given: 2, delayed: 0 }],
  })
  const { requests } = (await second.get('/api/privacy/authority')).body
  expect(requests).toHaveLength(4)
  // What the second officer decides on is said: which home, and never who lives there.
  for (const { about, home } of requests) expect(home === null).toBe(about === 'person')
  expect(JSON.stringify(requests)).not.toContain(town.a.elder.person)
  expect((await town.b.officer.get('/api/privacy/authority')).body.requests).toEqual([])
})

test('the database itself refuses one officer, a longer term, a longer delay', async () => {
  const [row] = await town.owner(
    'select id from privacy.authority_request where given_at is not null',
  )
  for (const set of [
    'second_by = first_by',
    "until = at + interval '31 days'",
    "disclosed_at = given_at + interval '367 days'",
    'home = person::text',
    "verdict = 'refused'",
  ]) {
    const change = town.owner(`update privacy.authority_request set ${set} where id = $1`, [row.id])
    await expect(change, set).rejects.toThrow(/constraint/)
  }
})
