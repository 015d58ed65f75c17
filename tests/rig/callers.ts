/** Who asks beside one of each role with a token: browsers of accounts, and of who has none. */
import { randomUUID } from 'node:crypto'
import { newSecret } from '../../src/platform/ids.ts'
import { digest } from '../../src/platform/secrets.ts'
import { softKey, type SoftKey } from './authenticator.ts'
import type { Caller } from './contracts.ts'
import type { SmallStreet, Streets } from './streets.ts'

const dayMs = 86_400_000

export async function newAccount({ owner, clock }: Streets): Promise<string> {
  const account = randomUUID()
  const now = new Date(clock.now())
  const row = 'insert into identity.account (id, made_at, seen_at) values ($1, $2, $2)'
  await owner(row, [account, now])
  return account
}

/** A browser in which an account is signed in; `grant`: it acts for another. */
export async function browserOf(
  { owner, clock }: Streets,
  account: string,
  { grant = null, street = null }: { grant?: string | null; street?: string | null } = {},
): Promise<string> {
  const [token, secret] = [newSecret(), newSecret()]
  const [now, end] = [new Date(clock.now()), new Date(clock.now() + 300 * dayMs)]
  await owner(
    `insert into identity.session (hash, kind, account, street, device, made_at, seen_at,
       expires_at, opened_by, idle_ms, grant_id)
     values ($1, 'page', $2, $3, $4, $5, $5, $6, 'code', $7, $8)`,
    [digest(token), account, street, digest(secret), now, end, 300 * dayMs, grant],
  )
  return `lilong=${token}; lilong-device=${secret}`
}

/** From now on the account is that person. */
export async function standsAs(
  { owner, clock }: Streets,
  account: string,
  { street, person }: { street: string; person: string },
): Promise<void> {
  await owner(
    `insert into identity.standing (street, id, account, person, capacity, proof, at)
     values ($1, gen_random_uuid(), $2, $3, 'resident', 'letter', $4)`,
    [street, account, person, new Date(clock.now())],
  )
}

/** Somebody new of a street, in one of its homes or in none. */
export async function newPerson(
  { officer }: SmallStreet,
  name: string,
  home: string | null,
): Promise<string> {
  const register = { bornOn: '1970-05-05', phone: null, livesAlone: false }
  const { status, body } = await officer.post('/api/people', { name, home, ...register })
  if (status !== 200) throw new Error(JSON.stringify(body))
  return body.person
}

export async function newGrant(
  { owner, clock }: Streets,
  { street, elder }: SmallStreet,
  account: string,
  called = '女儿',
): Promise<string> {
  const grant = randomUUID()
  const [now, end] = [new Date(clock.now()), new Date(clock.now() + 30 * dayMs)]
  await owner(
    `insert into identity.grant (street, id, of_person, to_account, called, relation, way, made_at,
       until) values ($1, $2, $3, $4, $7, 'child', 'code', $5, $6)`,
    [street, grant, elder.person, account, now, end, called],
  )
  return grant
}

/** Nobody, an account without a home, one of two streets, and one that acts for the elder. */
export async function browsers(town: Streets): Promise<Caller[]> {
  const [alone, twice, acting] = await Promise.all([1, 2, 3].map(() => newAccount(town)))
  if (!alone || !twice || !acting) throw new Error('three accounts')
  for (const street of [town.a, town.b]) {
    const person = await newPerson(street, '两处', street.homes[2] ?? null)
    await standsAs(town, twice, { street: street.street, person })
  }
  const grant = await newGrant(town, town.a, acting)
  const { street } = town.a
  return [
    { role: 'nobody in a browser', token: '', cookie: `lilong-device=${newSecret()}` },
    { role: 'account in a browser', token: '', cookie: await browserOf(town, alone) },
    {
      ...{ role: 'resident of two streets', token: '', isAtHomeIn: ['street'] },
      cookie: await browserOf(town, twice, { street }),
    },
    {
      ...{ role: 'helper', token: '', isActing: true as const },
      cookie: await browserOf(town, acting, { grant }),
    },
  ].map((caller, at) => ({ ...caller, holds: held[at] ?? [] }))
}

const held: Caller['holds'][] = [
  ['anyone'],
  ['anyone', 'account'],
  ['anyone', 'account', 'resident'],
  ['anyone', 'resident'],
]

/** The key of the account in a browser, made as a browser makes it. */
export async function keyOf(
  call: (path: string, body: object) => Promise<any>,
  origin: string,
): Promise<SoftKey> {
  const key = softKey(origin)
  await call('/add', key.create(await call('/begin', {})))
  return key
}
