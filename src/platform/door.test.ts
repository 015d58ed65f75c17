/** Who comes in by the one door, what they must have shown, and what the book says of them. */
import { Type } from 'typebox'
import { describe, expect, test } from 'vitest'
import { vouchedFor } from '../kernel/asker.ts'
import type { Asker, Hand, SignedIn, SignIn } from '../kernel/asker.ts'
import type { Look, WrittenLook } from '../kernel/book.ts'
import { closed, endpoint, type Endpoint } from '../kernel/endpoint.ts'
import { fault } from '../kernel/fault.ts'
import type { AccountId, HomeCode, PersonId, PostId, StreetCode } from '../kernel/ids.ts'
import { isFromAnotherSite, isFromOurPage, openHttp, serve, type Doorway } from './http.ts'

const street = '310104011' as StreetCode
const home = '310104011013-01-26-501' as HomeCode
const account = 'account' as AccountId
const elder = 'elder' as PersonId
const now = 1_000
const matter = { kind: 'task', id: 't1', label: 'care-visit' } as const
const look: Look = { street, person: elder, fields: ['name'], matter }
const hand: Hand = { grant: 'g1', account: 'daughter' as AccountId, relation: 'child' }

const post = { id: 'q' as PostId, role: 'committee', title: '社工', unit: '居委' } as const
const lives: SignedIn = {
  ...{ kind: 'person', person: elder, street, home, post: null },
  signIn: { ...vouchedFor, account, level: 'resident' },
}
const works: SignedIn = {
  ...{ ...lives, person: 'worker' as PersonId, home: null, signIn: vouchedFor },
  post: { ...post, committee: null },
}
const acts: SignedIn = { ...lives, signIn: { ...lives.signIn, hand } }
const signedIn = (asker: SignedIn, signIn: Partial<SignIn>): SignedIn => {
  return { ...asker, signIn: { ...asker.signIn, ...signIn } }
}

const usual = {
  ...{ says: 'Shows a name', sees: ['name'], why: 'task' },
  input: closed({ from: Type.String() }),
  ...{ who: { committee: 'task', resident: 'own', operator: 'city' } },
  output: closed({ name: Type.String() }),
} as const

type Wish = {
  asker: Asker
  more?: Partial<Endpoint>
  is?: 'GET' | 'POST'
  looks?: readonly Look[]
  headers?: Record<string, string>
  finds?: 'too-many-found'
}

/** One call at one door: what it answered, and what stands in the book. */
async function call({ asker, more = {}, is = 'GET', looks = [look], headers, finds }: Wish) {
  const written: WrittenLook[] = []
  const logged: string[] = []
  const inputs: unknown[] = []
  let writes = 0
  const doorway: Doorway = {
    book: { write: async (those) => void (writes++, written.push(...those)) },
    ...{ clock: { now: () => now }, callsPerMinuteMax: 100, isHttps: false },
    log: { say: (what, facts) => void logged.push(JSON.stringify({ what, ...facts })) },
    ...{ whoAsks: async () => asker, ...(finds ? { finding: () => fault(finds) } : {}) },
  }
  const app = await openHttp(doorway, 'test')
  const path = is === 'GET' ? { get: '/card' as const } : { post: '/card' as const }
  const contract = endpoint({ ...usual, ...more, ...path } as Endpoint)
  const answer = { name: '沈阿宝' }
  serve(app, doorway, 'test.card', contract, async (input) => {
    inputs.push(input)
    return contract.sees.length > 0 ? { answer, looks } : (answer as never)
  })
  const sent = { authorization: 'Bearer t', host: 'lilong.example', ...headers }
  const body = is === 'POST' ? { payload: { from: 'body' } } : {}
  const url = `/api/card${is === 'GET' ? '?from=query' : ''}`
  const response = await app.inject({ method: is, url, headers: sent, ...body })
  await app.close()
  const said = response.json<{ fault?: string; name?: string }>()
  return { is: said.fault ?? 'open', said, written, logged, inputs, writes }
}

describe('comes in', () => {
  test.each<[string, Wish, string]>([
    ['a worker by their post', { asker: works }, 'open'],
    ['who lives here', { asker: lives }, 'open'],
    ['nobody', { asker: { kind: 'nobody' } }, 'not-signed-in'],
    ['a telephone where a home is asked', { asker: tel() }, 'level-too-low'],
    ['a telephone where a post is asked', { asker: tel(), more: staffOnly() }, 'not-allowed'],
    ['who lives here where a post is asked', { asker: lives, more: staffOnly() }, 'not-allowed'],
    [
      ...([
        'the operator, who is at no level',
        { asker: { kind: 'operator' }, more: own() },
      ] as const),
      'open',
    ],
    [
      ...([
        'the operator, who has no time',
        { asker: { kind: 'operator' }, more: fresh() },
      ] as const),
      'open',
    ],
  ])('%s: %3$s', async (_, wish, is) => {
    expect((await call(wish)).is).toBe(is)
  })

  test.each<[string, SignedIn, Partial<Endpoint>, string]>([
    ['a resident who has proven enough', lives, { level: 'resident' }, 'open'],
    ['a resident who has not', lives, { level: 'owner' }, 'level-too-low'],
    ['a worker, of whom it is not asked', signedIn(works, { level: 'phone' }), own(), 'open'],
    [
      ...(['a resident whose post has nothing to do with it'] as const),
      ...([{ ...lives, post: { ...post, role: 'clinic', committee: null } }] as const),
      ...([{ level: 'owner' }, 'level-too-low'] as const),
    ],
    ['a worker who has not just signed in', works, fresh(), 'step-up-needed'],
    ['one a moment too late', signedIn(works, { steppedUpUntil: now }), fresh(), 'step-up-needed'],
    ['one in the last moment', signedIn(works, { steppedUpUntil: now + 1 }), fresh(), 'open'],
    ['a resident, of whom it is not asked', lives, fresh(), 'open'],
    ['a hand', acts, {}, 'open'],
    ['a hand where the person must come', acts, { inPerson: true }, 'in-person-only'],
    ['the person where the person must come', lives, { inPerson: true }, 'open'],
  ])('%s: %4$s', async (_, asker, more, is) => {
    expect((await call({ asker, more })).is).toBe(is)
  })

  test('too many found: no more; a door that finds nobody is not counted', async () => {
    const finds = 'too-many-found' as const
    const found = await call({ asker: works, more: { finds: true }, finds })
    expect([found.is, found.written]).toEqual(['too-many-found', []])
    expect((await call({ asker: works, finds })).is).toBe('open')
  })

  test('who was refused is in the log, by endpoint, role and refusal', async () => {
    const { logged } = await call({ asker: lives, more: staffOnly() })
    expect(logged).toEqual([
      JSON.stringify({
        ...{ what: 'access.refused', endpoint: 'test.card', fault: 'not-allowed' },
        role: 'resident',
      }),
    ])
    const late = await call({ asker: works, more: { finds: true }, finds: 'too-many-found' })
    expect(late.logged.join()).toContain('too-many-found')
  })
})

function tel(): Asker {
  return { kind: 'account', account, session: 's' }
}
function staffOnly(): Partial<Endpoint> {
  return { who: { committee: 'task' } }
}
function own(): Partial<Endpoint> {
  return { level: 'owner' }
}
function fresh(): Partial<Endpoint> {
  return { stepUp: true }
}

describe('from another site', () => {
  const publicUrl = 'https://lilong.example'
  test.each<[string, Record<string, string>, boolean]>([
    ['a program, which says nothing', {}, false],
    ['our own page', { 'sec-fetch-site': 'same-origin', origin: publicUrl }, false],
    ['an address typed by hand', { 'sec-fetch-site': 'none' }, false],
    ['another site', { 'sec-fetch-site': 'cross-site' }, true],
    ['a neighbour under the same name', { 'sec-fetch-site': 'same-site' }, true],
    ['an origin that is ours', { origin: publicUrl }, false],
    ['an origin that is the host asked for', { origin: 'http://127.0.0.1:8080' }, false],
    ['another origin', { origin: 'https://evil.example' }, true],
    ['another port of the host', { origin: 'http://127.0.0.1:9' }, true],
    ['a sandboxed frame', { origin: 'null' }, true],
  ])('%s: %3$s', (_, headers, is) => {
    expect(isFromAnotherSite({ headers: { host: '127.0.0.1:8080', ...headers } }, publicUrl)).toBe(
      is,
    )
  })

  test('nothing is done for it, and what only shows is shown', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' }
    expect((await call({ asker: works, is: 'POST', headers })).is).toBe('not-allowed')
    expect((await call({ asker: works, is: 'POST' })).is).toBe('open')
    expect((await call({ asker: works, headers })).is).toBe('open')
    expect((await call({ asker: { kind: 'nobody' }, is: 'POST', headers })).is).toBe(
      'not-signed-in',
    )
  })

  test.each<[string, Record<string, string>, boolean]>([
    ['a link on our page', { 'sec-fetch-site': 'same-origin' }, true],
    [
      'a link on another, whatever it names',
      { 'sec-fetch-site': 'cross-site', referer: publicUrl },
      false,
    ],
    ['a page that names itself as ours', { referer: `${publicUrl}/sign-in` }, true],
    ['a page of the host asked for', { referer: 'http://127.0.0.1:8080/sign-in' }, true],
    ['a page that names another', { referer: 'https://evil.example/' }, false],
    ['a page that names nothing', {}, false],
    ['a page that names what is no address', { referer: 'here' }, false],
  ])('%s is a press of ours: %3$s', (_, headers, is) => {
    expect(isFromOurPage({ headers: { host: '127.0.0.1:8080', ...headers } }, publicUrl)).toBe(is)
  })
})

describe('the book says', () => {
  const others: Look = { ...look, person: 'neighbour' as PersonId }

  test.each<[string, Asker, object]>([
    [
      ...(['a post', works] as const),
      { kind: 'post', person: 'worker', post: 'q', title: '社工', unit: '居委' },
    ],
    ['the operator', { kind: 'operator' }, { kind: 'operator' }],
  ])('%s', async (_, asker, by) => {
    const { written } = await call({ asker })
    expect(written).toEqual([{ ...look, at: now, by, how: 'page', why: 'task' }])
  })

  test('a resident who is shown somebody else, and nothing of what is their own', async () => {
    const { written } = await call({ asker: lives, looks: [look, others] })
    const by = { kind: 'resident', person: elder }
    expect(written).toEqual([{ ...others, at: now, by, how: 'page', why: 'task' }])
  })

  test('a telephone that is shown somebody', async () => {
    const { written } = await call({ asker: tel(), more: { who: { account: 'own' } } })
    expect(written.map(({ by }) => by)).toEqual([{ kind: 'account' }])
  })

  test('how, as the contract says it', async () => {
    const { written } = await call({ asker: works, more: { how: 'search' } })
    expect(written.map(({ how }) => how)).toEqual(['search'])
  })

  const byHand = { kind: 'helper', relation: 'child', grant: 'g1' }
  const grant = { kind: 'grant', id: 'g1', label: 'test.card' }

  test('that a hand looked, by which grant, and at what else it was shown', async () => {
    const { written } = await call({ asker: acts, looks: [others] })
    const both = { at: now, by: byHand, how: 'page', why: 'task' }
    expect(written).toEqual([
      { street, person: elder, fields: ['name'], matter: grant, ...both },
      { ...others, ...both },
    ])
  })

  test('that a hand acted, also where nothing was shown', async () => {
    const { written, said } = await call({ asker: acts, is: 'POST', more: { sees: [] } })
    expect(said).toEqual({ name: '沈阿宝' })
    expect(written).toEqual([
      {
        ...{ street, person: elder, fields: [], matter: grant },
        ...{ at: now, by: byHand, how: 'act', why: 'task' },
      },
    ])
  })

  test('nothing where nobody was shown and nothing was done', async () => {
    for (const wish of [
      { asker: acts, more: { sees: [] } },
      { asker: lives, is: 'POST', more: { sees: [] } },
      { asker: works, looks: [] },
      { asker: lives },
    ] as const) {
      expect(await call(wish)).toMatchObject({ is: 'open', written: [], writes: 0 })
    }
  })

  test('how the contract says it, of what somebody did for themselves too', async () => {
    const { written } = await call({ asker: works, is: 'POST', more: { how: 'list' } })
    expect(written.map(({ how }) => how)).toEqual(['list'])
  })
})

test('what shows is asked by the address, and what does something by the body', async () => {
  expect((await call({ asker: works })).inputs).toEqual([{ from: 'query' }])
  expect((await call({ asker: works, is: 'POST' })).inputs).toEqual([{ from: 'body' }])
})
