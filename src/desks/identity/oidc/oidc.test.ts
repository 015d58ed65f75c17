import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openOrganisation, type TestOrganisation } from '../../../../tests/rig/organisation.ts'
import { openStreets, type Streets } from '../../../../tests/rig/streets.ts'
import { invited, visitor, type Visitor } from '../../../../tests/rig/visitor.ts'
import { dayMs, minuteMs } from '../../../kernel/clock.ts'
import { ceremonyMs } from '../ceremonies/index.ts'
import { pathAfter } from './decide.ts'

let organisation: TestOrganisation
let town: Streets
const start = '/sign-in/organisation'

beforeAll(async () => {
  organisation = await openOrganisation()
  town = await openStreets({ organisation: organisation.wish })
  organisation.ready(town.program.publicUrl)
})
afterAll(async () => {
  await town[Symbol.asyncDispose]()
  await organisation[Symbol.asyncDispose]()
})

beforeEach(async () => {
  organisation.forgery = null
  await town.owner('delete from identity.oidc_subject')
  town.clock.set({ at: town.clock.now() + dayMs })
})

const somebody = () => visitor(town, '127.0.0.1')
const here = ({ pathname, search }: URL) => `${pathname}${search}`

/** From our button through the organisation's pages and back. Answers where it ends. */
async function through(by: Visitor, person: string, query = ''): Promise<string> {
  const begun = await by.goes(`${start}${query}`)
  if (begun.to.startsWith('/')) return begun.to
  organisation.person = person
  const back = await organisation.answers(begun.to)
  return (await by.goes(here(back))).to
}

/** The worker, invited, who has linked the organisation's `li.min`. */
async function linked(): Promise<Visitor> {
  const worker = await invited(town, town.a.worker.name)
  const there = inAt127(worker)
  expect(await through(there, 'li.min', '?for=link&to=/me/keys')).toBe('/me/keys')
  return there
}

/** The same browser, as it asks at the bare address. */
function inAt127({ cookies, device }: Visitor): Visitor {
  const there = somebody()
  there.cookies.clear()
  for (const [name, value] of cookies) there.cookies.set(name, value)
  return { ...there, device }
}

const nobody = (by: Visitor) => {
  expect(by.cookies.has('lilong')).toBe(false)
}

test('an invited colleague links the organisation’s sign-in, and comes in by it elsewhere', async () => {
  await linked()
  const other = somebody()
  expect(await through(other, 'li.min', '?to=/desk')).toBe('/desk')
  expect((await other.get('/api/identity/me')).body).toMatchObject({
    ...{ name: town.a.worker.name, role: 'committee' },
  })
  // Having signed in there counts as just shown.
  expect((await other.get('/api/identity/step-up')).body.until).not.toBe(null)
})

test('the organisation is asked for nothing but who it is', async () => {
  const begun = new URL((await somebody().goes(start)).to)
  expect(begun.searchParams.get('scope')).toBe('openid')
  expect(begun.searchParams.get('code_challenge_method')).toBe('S256')
  for (const name of ['state', 'nonce', 'code_challenge']) {
    expect(begun.searchParams.get(name)!.length).toBeGreaterThan(40)
  }
})

test('a sign-in that nobody linked opens nothing, and makes no account', async () => {
  const count = async () =>
    (await town.owner('select count(*)::int as n from identity.account'))[0].n
  const before = await count()
  const other = somebody()
  expect(await through(other, town.a.worker.name)).toBe('/sign-in/said/organisation-unknown')
  nobody(other)
  expect(await count()).toBe(before)
})

const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const past = Math.floor(Date.now() / 1000) - 3_600
test.each([
  ['alg none', { alg: 'none' as const }],
  ['a foreign key', { key: foreign }],
  ['a foreign key with its own id', { key: foreign, kid: 'mine' }],
  ['another audience', { claims: { aud: 'somebody-else' } }],
  ['two audiences and no party', { claims: { aud: ['lilong-test', 'x'], azp: 'x' } }],
  ['another issuer', { claims: { iss: 'https://evil.example' } }],
  ['a token that has ended', { claims: { exp: past, iat: past - 60 } }],
  ['another nonce', { claims: { nonce: 'A'.repeat(43) } }],
  ['no nonce', { claims: { nonce: undefined } }],
  ['no subject', { claims: { sub: undefined } }],
])('%s is refused', async (_what, forgery) => {
  await linked()
  const other = somebody()
  organisation.forgery = forgery
  expect(await through(other, 'li.min')).toBe('/sign-in/said/organisation-refused')
  nobody(other)
  // and what is genuine still comes in
  organisation.forgery = null
  expect(await through(other, 'li.min')).toBe('/')
})

test('an HMAC with the client’s own secret is no signature of the provider', async () => {
  await linked()
  organisation.forgery = { alg: 'HS256' }
  expect(await through(somebody(), 'li.min')).toBe('/sign-in/said/organisation-refused')
})

test('an answer counts once, and only within five minutes', async () => {
  await linked()
  const other = somebody()
  organisation.person = 'li.min'
  const back = here(await organisation.answers((await other.goes(start)).to))
  expect((await other.goes(back)).to).toBe('/')
  const again = somebody()
  again.cookies.set('lilong-device', other.cookies.get('lilong-device')!)
  expect((await again.goes(back)).to).toBe('/sign-in/said/organisation-refused')
  nobody(again)
  const late = here(await organisation.answers((await again.goes(start)).to))
  town.clock.set({ at: town.clock.now() + ceremonyMs })
  expect((await again.goes(late)).to).toBe('/sign-in/said/organisation-refused')
})

test('an answer of another browser is refused: whole, or its code alone', async () => {
  await linked()
  const [thief, victim] = [somebody(), somebody()]
  organisation.person = 'li.min'
  const theirs = await organisation.answers((await thief.goes(start)).to)
  expect((await victim.goes(here(theirs))).to).toBe('/sign-in/said/organisation-refused')
  // The victim's own state, the thief's code.
  const begun = new URL((await victim.goes(start)).to)
  theirs.searchParams.set('state', begun.searchParams.get('state')!)
  expect((await victim.goes(here(theirs))).to).toBe('/sign-in/said/organisation-refused')
  nobody(victim)
})

test('whatever an answer says otherwise is refused, and nothing breaks', async () => {
  await linked()
  for (const query of [
    '',
    '?state=x',
    '?code=x',
    `?state=${'A'.repeat(43)}&code=x`,
    '?state[]=1',
  ]) {
    expect((await somebody().goes(`/in/oidc${query}`)).to).toBe(
      '/sign-in/said/organisation-refused',
    )
  }
  const other = somebody()
  const state = new URL((await other.goes(start)).to).searchParams.get('state')
  expect((await other.goes(`/in/oidc?state=${state}&error=access_denied`)).to).toBe(
    '/sign-in/said/organisation-declined',
  )
  const issuer = somebody()
  organisation.person = 'li.min'
  const back = await organisation.answers((await issuer.goes(start)).to)
  back.searchParams.set('iss', 'https://evil.example')
  expect((await issuer.goes(here(back))).to).toBe('/sign-in/said/organisation-refused')
})

test('nobody is sent to another site afterwards', async () => {
  await linked()
  for (const to of ['https://evil.example', '//evil.example', '/\\evil.example', '/%2f/evil']) {
    const other = somebody()
    expect(await through(other, 'li.min', `?to=${encodeURIComponent(to)}`)).toBe('/')
  }
})

test('a path that is taken never leaves our own site', () => {
  const ours = 'https://lilong.example'
  const wild = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
    fc.stringMatching(/^[/\\.%@:a-z?#\t-]{1,30}$/),
  )
  fc.assert(
    fc.property(wild, (said) => {
      const path = pathAfter(said)
      const to = new URL(path, ours)
      expect(to.origin + to.pathname).toBe(ours + path)
    }),
    { numRuns: 5_000 },
  )
  expect(pathAfter('/desk/me')).toBe('/desk/me')
  for (const other of [undefined, null, 3, ['/desk'], '/a?b', '/a#b', '/../x', '//x', '/', '']) {
    expect(pathAfter(other)).toBe('/')
  }
})

test('a step-up there is by the account’s own sign-in, made anew', async () => {
  const worker = await linked()
  town.clock.set({ at: town.clock.now() + 11 * minuteMs })
  const until = async () => (await worker.get('/api/identity/step-up')).body.until
  expect(await until()).toBe(null)
  const begun = new URL((await worker.goes(`${start}?for=step-up&to=/desk`)).to)
  expect(begun.searchParams.get('prompt')).toBe('login')
  expect(begun.searchParams.get('max_age')).toBe('0')
  expect(await through(worker, 'wang.wu', '?for=step-up&to=/desk')).toBe(
    '/sign-in/said/organisation-unknown',
  )
  expect(await until()).toBe(null)
  expect(await through(worker, 'li.min', '?for=step-up&to=/desk')).toBe('/desk')
  expect(await until()).not.toBe(null)
})

test('an old sign-in there does not do for a step-up', async () => {
  const worker = await linked()
  town.clock.set({ at: town.clock.now() + 11 * minuteMs })
  organisation.forgery = { claims: { auth_time: Math.floor(Date.now() / 1000) - 3_600 } }
  expect(await through(worker, 'li.min', '?for=step-up&to=/desk')).toBe(
    '/sign-in/said/organisation-refused',
  )
  expect((await worker.get('/api/identity/step-up')).body.until).toBe(null)
})

const now = () => Math.floor(Date.now() / 1000)
test.each([
  ['an hour ago', () => ({ auth_time: now() - 3_600 })],
  ['nobody says when', () => ({ auth_time: undefined })],
])('who showed it there %s comes in, and has not just shown it', async (_when, claims) => {
  await linked()
  const other = somebody()
  organisation.forgery = { claims: claims() }
  expect(await through(other, 'li.min', '?to=/desk')).toBe('/desk')
  expect((await other.get('/api/tasks/mine')).status).toBe(200)
  expect((await other.get('/api/identity/step-up')).body.until).toBe(null)
  // A step-up asks for more, and does not take it.
  expect(await through(other, 'li.min', '?for=step-up')).toBe('/sign-in/said/organisation-refused')
  organisation.forgery = null
  expect(await through(other, 'li.min', '?for=step-up&to=/desk')).toBe('/desk')
  expect((await other.get('/api/identity/step-up')).body.until).not.toBe(null)
})

test('a plain sign-in asks since when, and takes none older than a working day', async () => {
  await linked()
  const other = somebody()
  const begun = new URL((await other.goes(start)).to)
  expect(begun.searchParams.get('max_age')).toBe('43200')
  expect(begun.searchParams.has('prompt')).toBe(false)
  organisation.forgery = { claims: { auth_time: now() - 13 * 3_600 } }
  expect(await through(other, 'li.min')).toBe('/sign-in/said/organisation-refused')
  nobody(other)
})

test('who is signed in there already comes in without a page, and it says since when', async () => {
  await linked()
  const there = new Map<string, string>()
  const [first, second] = [somebody(), somebody()]
  organisation.person = 'li.min'
  const begun = await first.goes(start)
  await organisation.answers(begun.to, there)
  // Another would be asked for, did it ask again.
  organisation.person = 'wang.wu'
  const back = await organisation.answers((await second.goes(`${start}?to=/desk`)).to, there)
  expect((await second.goes(here(back))).to).toBe('/desk')
  expect((await second.get('/api/identity/me')).body.name).toBe(town.a.worker.name)
  expect((await second.get('/api/identity/step-up')).body.until).not.toBe(null)
})

test('it begins by a press on a page of ours, and by no other site’s link', async () => {
  const by = somebody()
  const own = town.program.publicUrl
  const others: Record<string, string>[] = [
    ...['cross-site', 'same-site', 'none'].map((site) => ({ 'sec-fetch-site': site })),
    ...[{}, { referer: 'https://evil.example/' }, { referer: 'no address' }],
    { 'sec-fetch-site': 'cross-site', referer: `${own}/sign-in` },
  ]
  for (const headers of others) {
    expect(await by.goes(start, headers)).toEqual({ status: 303, to: '/sign-in' })
    expect((await by.goes(`${start}?for=link`, headers)).to).toBe('/me/keys')
    expect((await by.goes(`${start}?for=step-up`, headers)).to).toBe('/step-up')
  }
  const pressed = await by.goes(start, { referer: `http://127.0.0.1:${town.program.httpPort}/x` })
  expect(pressed.to).toContain(organisation.wish.url)
})

test('one sign-in there belongs to one account', async () => {
  await linked()
  const deputy = inAt127(await invited(town, town.a.deputy.name))
  expect(await through(deputy, 'li.min', '?for=link')).toBe('/sign-in/said/organisation-taken')
})

test('nobody links without an invitation or a fresh proof, and no resident at all', async () => {
  const worker = await linked()
  town.clock.set({ at: town.clock.now() + 31 * minuteMs })
  expect(await through(worker, 'li.other', '?for=link')).toBe('/sign-in/said/organisation-refused')
  expect(await through(somebody(), 'li.other', '?for=link')).toBe('/sign-in')
  expect(await through(somebody(), 'li.other', '?for=step-up')).toBe('/sign-in')
})

test('a post that ended ends what the organisation opens', async () => {
  await linked()
  const other = somebody()
  await through(other, 'li.min')
  expect((await other.get('/api/tasks/mine')).status).toBe(200)
  const end = { post: town.a.posts.worker }
  expect((await town.a.officer.post('/api/duties/posts/end', end)).status).toBe(200)
  expect((await other.get('/api/tasks/mine')).status).toBe(403)
  const { body, worker } = town.a
  const held = { body, title: '居委社工', person: worker.person, rank: 1 }
  const { post } = (await town.a.officer.post('/api/duties/posts', held)).body
  town.a.posts.worker = post
  expect((await other.get('/api/tasks/mine')).status).toBe(200)
})

test('the link is undone by its owner, but not as the last way in', async () => {
  const worker = await linked()
  expect((await worker.post('/api/identity/organisation/unlink')).body.fault).toBe('last-way-in')
})

test('the page’s buttons say which ways there are, and nothing about anybody', async () => {
  expect((await somebody().get('/api/identity/ways')).body).toEqual({
    ...{ code: true, passkey: false, organisation: '示例单位' },
    passkeyUnder: `http://localhost:${town.program.httpPort}`,
  })
  expect((await visitor(town).get('/api/identity/ways')).body).toMatchObject({
    ...{ passkey: true, passkeyUnder: null },
  })
})

test('a provider that is away is one sentence, and what it answers late is nothing', async () => {
  const away = await openOrganisation()
  const other = await openStreets({ organisation: away.wish })
  expect((await visitor(other, '127.0.0.1').goes(start)).to).toBe('/sign-in/said/organisation-away')
  // It comes up later, and is asked again.
  away.ready(other.program.publicUrl)
  expect((await visitor(other, '127.0.0.1').goes(start)).to).toContain(away.wish.url)
  await other[Symbol.asyncDispose]()
  await away[Symbol.asyncDispose]()
})

test('the organisation’s secret is in no answer, no row and no log', async () => {
  await linked()
  expect(await town.tablesHolding(organisation.wish.secret)).toEqual([])
  expect(town.logged.join('\n')).not.toContain(organisation.wish.secret)
})
