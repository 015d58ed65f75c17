import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Jar } from '../../../../tests/rig/jar.ts'
import { openTelephones, type Telephones } from '../../../../tests/rig/telephones.ts'
import { dayOf } from '../../../kernel/calendar.ts'
import { dayMs, hourMs } from '../../../kernel/clock.ts'

let it: Telephones

beforeAll(async () => {
  it = await openTelephones()
})
afterAll(() => it[Symbol.asyncDispose]())

let numbers = 0
const someone = () => it.signIn(`139${String(30_000_000 + numbers++)}`)
const passes = (ms: number) => it.town.clock.set({ at: it.town.clock.now() + ms })
const mother = () => it.town.a.elder
const me = async (jar: Jar) => (await jar.get('/api/identity/me')).body

async function codeOf(days = 30): Promise<string> {
  const { status, body } = await mother().post('/api/identity/grants/codes', {
    ...{ relation: 'child', days },
  })
  expect(status).toBe(200)
  return body.code
}
const take = (jar: Jar, code: string) =>
  jar.post('/api/identity/grants/take', { code, called: '女儿小燕' })
const actFor = (jar: Jar, grant: string | null) => jar.post('/api/identity/act-for', { grant })

/** A daughter who acts for her mother. */
async function daughter(days = 30): Promise<{ jar: Jar; grant: string }> {
  const jar = await someone()
  const { grant } = (await take(jar, await codeOf(days))).body
  expect((await actFor(jar, grant)).status).toBe(200)
  return { jar, grant }
}
const looksByHand = () =>
  it.town.owner(
    `select how, label, title, fields, matter_kind, matter_id from privacy.look
     where person = $1 and by_kind = 'helper' order by id`,
    [mother().person],
  )

test('by a one-time code: used once, a day long, and ended by one tap', async () => {
  const jar = await someone()
  const code = await codeOf()
  expect(await it.town.tablesHolding(code)).toEqual([])
  const taken = await take(jar, code)
  expect(taken).toMatchObject({ status: 200, body: { until: it.town.clock.now() + 30 * dayMs } })
  expect(await take(await someone(), code)).toMatchObject({ status: 404 })
  const { forMe } = (await mother().get('/api/identity/grants')).body
  expect(forMe).toMatchObject([{ called: '女儿小燕', relation: 'child', way: 'code' }])
  expect((await jar.get('/api/identity/grants')).body.byMe).toMatchObject([
    { name: mother().name, grant: taken.body.grant },
  ])
  const { looks } = (await mother().get('/api/privacy/looks')).body
  const listed = { by: 'account', matter: 'grant', fields: ['name'] }
  expect(looks).toContainEqual(expect.objectContaining(listed))
  await actFor(jar, taken.body.grant)
  expect(await me(jar)).toMatchObject({
    ...{ name: mother().name, role: 'resident' },
    acting: { name: mother().name, relation: 'child' },
  })
  const ended = await mother().post('/api/identity/grants/end', { grant: taken.body.grant })
  expect(ended.status).toBe(200)
  expect((await jar.get('/api/care/mine')).status).toBe(403)
  expect(await actFor(jar, taken.body.grant)).toMatchObject({ status: 404 })

  const late = await codeOf()
  passes(dayMs)
  expect(await take(await someone(), late)).toMatchObject({ status: 404 })
})

test('all that the helper sees and does stands in the person’s book, by what they are to them', async () => {
  await it.town.agrees(mother())
  const before = (await looksByHand()).length
  const { jar, grant } = await daughter()
  expect((await jar.get('/api/care/mine')).status).toBe(200)
  const until = it.town.clock.now() + 3 * dayMs
  expect((await jar.post('/api/care/away', { until })).status).toBe(200)
  const looks = (await looksByHand()).slice(before)
  expect(looks).toContainEqual(
    expect.objectContaining({
      ...{ how: 'page', label: 'care.myCare', title: 'child' },
      ...{ matter_kind: 'grant', matter_id: grant },
    }),
  )
  expect(looks).toContainEqual(expect.objectContaining({ how: 'act', label: 'care.setAway' }))
  const { looks: shown } = (await mother().get('/api/privacy/looks')).body
  const inTheirName = { by: 'helper', matter: 'grant', title: 'child' }
  expect(shown).toContainEqual(expect.objectContaining(inTheirName))
  await jar.post('/api/identity/grants/end', { grant })
})

test('what only the person can do, nobody does for them', async () => {
  const { jar, grant } = await daughter()
  const asked: [string, object][] = [
    ['/api/care/agree', { textVersion: 2, contacts: [] }],
    ['/api/care/refuse', {}],
    ['/api/care/end', {}],
    ['/api/care/wandering', { agrees: null }],
    ['/api/identity/grants/codes', { relation: 'kin', days: 1 }],
  ]
  for (const [path, body] of asked) {
    expect({ path, ...(await jar.post(path, body)) }).toMatchObject({
      ...{ path, status: 403, body: { fault: 'in-person-only' } },
    })
  }
  // Nor is the helper the person with all of their account.
  expect((await jar.get('/api/identity/devices')).status).toBe(403)
  expect((await actFor(jar, null)).status).toBe(200)
  expect((await jar.get('/api/care/mine')).status).toBe(403)
  await jar.post('/api/identity/grants/end', { grant })
})

test('a term ends by itself, at the next call', async () => {
  const { jar } = await daughter(1)
  passes(dayMs - 1)
  expect((await jar.get('/api/care/mine')).status).toBe(200)
  passes(1)
  expect((await jar.get('/api/care/mine')).status).toBe(403)
})

test('nobody takes, uses or ends another’s', async () => {
  const { jar, grant } = await daughter()
  const stranger = await someone()
  for (const path of ['/api/identity/grants/end', '/api/identity/act-for']) {
    expect(await stranger.post(path, { grant })).toMatchObject({ status: 404 })
  }
  const end = (who: typeof it.town.a.elder) => who.post('/api/identity/grants/end', { grant })
  expect((await end(it.town.a.neighbour)).status).toBe(404)
  expect((await end(it.town.b.elder)).status).toBe(404)
  expect((await jar.get('/api/care/mine')).status).toBe(200)
  const own = await it.town.call(mother().token, 'POST', '/api/identity/grants/take', {
    ...{ code: await codeOf(), called: '我自己' },
  })
  expect(own.status).toBe(403)
  await jar.post('/api/identity/grants/end', { grant })
})

test('ten at most may act for one person, codes counted', async () => {
  const open = async () => {
    const { forMe } = (await mother().get('/api/identity/grants')).body
    for (const { grant } of forMe) await mother().post('/api/identity/grants/end', { grant })
    passes(2 * dayMs)
  }
  await open()
  for (let n = 0; n < 10; n++) await codeOf()
  const eleventh = await mother().post('/api/identity/grants/codes', { relation: 'kin', days: 1 })
  expect(eleventh.status).toBe(429)
  passes(2 * dayMs)
})

test('guessing a code is stopped, and says how long', async () => {
  const jar = await someone()
  for (let n = 0; n < 10; n++) expect((await take(jar, '00000000')).status).toBe(404)
  const stopped = await take(jar, await codeOf())
  expect(stopped).toMatchObject({ status: 429 })
  expect(stopped.body.waitMs).toBeGreaterThan(0)
  passes(2 * hourMs)
})

test('signed at the station, for whoever has no telephone, by the code of the helper beside them', async () => {
  const { worker } = it.town.a
  const jar = await someone()
  const { code } = (await jar.post('/api/identity/home/code', {})).body
  const token = await it.town.tokenOf(worker.name)
  const post = (path: string, body: object) => it.town.call(token, 'POST', path, body)
  const request = (await post('/api/privacy/requests', { reason: 'at-the-counter' })).body.request
  const wish = { request, person: mother().person, days: 90, signedOn: dayOf(it.town.clock.now()) }
  const to = { kind: 'code', code, relation: 'volunteer', called: '志愿者小王' }
  const tomorrow = dayOf(it.town.clock.now() + dayMs)
  expect(
    await post('/api/identity/grants/sign', { ...wish, to, signedOn: tomorrow }),
  ).toMatchObject({ status: 400, body: { field: 'signedOn' } })
  const theirs = { ...wish, to, person: it.town.b.elder.person }
  expect(await post('/api/identity/grants/sign', theirs)).toMatchObject({ status: 404 })
  const signed = await post('/api/identity/grants/sign', { ...wish, to })
  expect(signed).toMatchObject({ status: 200, body: { name: mother().name } })
  const { grant } = signed.body
  expect((await actFor(jar, grant)).status).toBe(200)
  expect((await me(jar)).acting).toMatchObject({ relation: 'volunteer' })
  const listed = await it.town.call(
    token,
    'GET',
    `/api/identity/grants/of?request=${request}&person=${mother().person}`,
  )
  expect(listed.body.forThem).toMatchObject([{ called: '志愿者小王', way: 'signature' }])
  const end = { request, person: mother().person, grant }
  expect((await post('/api/identity/grants/end-at-station', end)).status).toBe(200)
  expect((await jar.get('/api/care/mine')).status).toBe(403)
})

test('a year after its end nothing of a grant is left', async () => {
  const { jar, grant } = await daughter(1)
  await jar.post('/api/identity/grants/end', { grant })
  passes(365 * dayMs - 1)
  await it.town.program.letGo()
  expect(await it.town.tablesHolding(grant)).toContain('identity."grant"')
  passes(dayMs)
  await it.town.program.letGo()
  expect(await it.town.tablesHolding(grant)).not.toContain('identity."grant"')
})
