import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { operatorKey } from '../../../tests/rig/program.ts'
import { openStreets, type Streets } from '../../../tests/rig/streets.ts'
import { dayMs } from '../../kernel/clock.ts'
import { isFault } from '../../kernel/fault.ts'
import { openJar } from '../../../tests/rig/jar.ts'
import { digest } from '../../platform/secrets.ts'
import { enter, isOpenLink, leave } from './actions.ts'

let town: Streets

beforeAll(async () => {
  town = await openStreets()
})
afterAll(() => town[Symbol.asyncDispose]())

async function newLink(name = town.a.elder.name): Promise<string> {
  const { url } = await town.ask(operatorKey, 'POST', '/api/identity/links', { name })
  return url.split('/in/')[1]
}

/** A browser with its own secret, as http.ts hands it on. */
const browserOf = (secret: string) => ({ device: () => digest(secret), userAgent: 'iPhone' })
const entered = (secret: string, device = 'one') =>
  enter(town.program.given, secret, browserOf(device), true)

const whoIs = (token: string) => town.call(token, 'GET', '/api/identity/me')

test('a link opens one session, though ten try at once', async () => {
  const { given } = town.program
  const secret = await newLink()
  expect(await isOpenLink(given, secret)).toBe(true)
  const all = await Promise.all(Array.from({ length: 10 }, () => entered(secret)))
  const opened = all.filter((each) => !isFault(each))
  expect(opened).toHaveLength(1)
  expect(all.filter(isFault).every((each) => each.fault === 'link-used')).toBe(true)
  expect(await isOpenLink(given, secret)).toBe(false)
  const [session] = opened as { token: string }[]
  const jar = openJar(() => town.program.url)
  jar.cookies.set('lilong', session!.token).set('lilong-device', 'one')
  expect((await jar.get('/api/identity/me')).body).toMatchObject({ name: town.a.elder.name })
})

test('a link ends after 24 hours', async () => {
  const { given } = town.program
  const [early, late] = [await newLink(), await newLink()]
  town.clock.set({ at: town.clock.now() + dayMs - 1 })
  expect(isFault(await entered(early))).toBe(false)
  town.clock.set({ at: town.clock.now() + 1 })
  expect(await entered(late)).toEqual({ fault: 'link-used' })
  expect(await isOpenLink(given, late)).toBe(false)
})

test('nothing that opens a door is in the database', async () => {
  const secret = await newLink()
  const other = await newLink()
  const session = await entered(other)
  if (isFault(session)) throw new Error(session.fault)
  const token = await town.tokenOf(town.a.worker.name)
  for (const plain of [secret, other, session.token, token, operatorKey, town.a.door.password]) {
    expect(await town.tablesHolding(plain)).toEqual([])
    const hex = Buffer.from(plain).toString('hex')
    expect(await town.tablesHolding(hex)).toEqual([])
  }
  const hash = createHash('sha256').update(token).digest('hex')
  expect(await town.tablesHolding(hash)).toEqual(['identity.session'])
})

test('whoever makes a link or a token in a name is in that person’s book', async () => {
  const { neighbour } = town.a
  const looks = () =>
    town.owner(
      "select by_kind, how, why, fields from privacy.look where person = $1 and label = 'sign-in'",
      [neighbour.person],
    )
  const before = await looks()
  for (const path of ['tokens', 'links']) {
    await town.ask(operatorKey, 'POST', `/api/identity/${path}`, { name: neighbour.name })
  }
  const look = { by_kind: 'operator', how: 'command', why: 'sign-in', fields: ['name'] }
  expect((await looks()).slice(before.length)).toEqual([look, look])
})

test('two of one name are not guessed between, also in two streets; nobody is not found', async () => {
  const add = (who: Streets['a']['officer'], name: string) =>
    who.post('/api/people', {
      ...{ name, bornOn: null, phone: null, home: null, livesAlone: false },
    })
  await add(town.a.officer, '张伟')
  const make = (path: string, name: string) =>
    town.call(operatorKey, 'POST', `/api/identity/${path}`, { name })
  expect((await make('tokens', '张伟')).status).toBe(200)
  await add(town.b.officer, '张伟')
  for (const path of ['tokens', 'links']) {
    expect(await make(path, '张伟')).toMatchObject({
      ...{ status: 400, body: { fault: 'bad-input', field: 'name' } },
    })
    expect(await make(path, '张')).toMatchObject({ status: 404, body: { field: 'name' } })
  }
})

test('a name is found however its accents were typed', async () => {
  await town.a.officer.post('/api/people', {
    ...{ name: 'Re\u0301ne\u0301', bornOn: null, phone: null, home: null, livesAlone: false },
  })
  for (const name of ['R\u00e9n\u00e9', 'Re\u0301ne\u0301']) {
    expect((await whoIs(await town.tokenOf(name))).status).not.toBe(401)
  }
})

test('an unknown, altered, ended or expired token is nobody', async () => {
  const { given } = town.program
  const token = await town.tokenOf(town.a.worker.name)
  for (const wrong of ['x', `${token}x`, token.slice(1), token.toLowerCase(), `${operatorKey} `]) {
    if (wrong !== token)
      expect((await whoIs(wrong)).status).toBe(wrong === `${operatorKey} ` ? 403 : 401)
  }
  expect((await whoIs(token)).status).toBe(200)
  await leave(given, token)
  expect((await whoIs(token)).status).toBe(401)

  const made = await town.ask(operatorKey, 'POST', '/api/identity/tokens', {
    name: town.a.worker.name,
  })
  expect(made.expiresAt).toBe(town.clock.now() + 30 * dayMs)
  town.clock.set({ at: made.expiresAt - 1 })
  expect((await whoIs(made.token)).status).toBe(200)
  town.clock.set({ at: made.expiresAt })
  expect((await whoIs(made.token)).status).toBe(401)
})

test('what has expired is let go', async () => {
  await newLink()
  const count = async () =>
    (
      await town.owner(`select (select count(*) from identity.link)::int
      + (select count(*) from identity.session)::int as n`)
    )[0].n
  expect(await count()).toBeGreaterThan(0)
  town.clock.set({ at: town.clock.now() + 31 * dayMs })
  await town.program.letGo()
  expect(await count()).toBe(0)
})
