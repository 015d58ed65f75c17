import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  browserOf,
  newAccount,
  newGrant,
  newPerson,
  standsAs,
} from '../../../../tests/rig/callers.ts'
import type { Jar } from '../../../../tests/rig/jar.ts'
import { freshlyShown } from '../../../../tests/rig/own-looking.ts'
import { operatorKey } from '../../../../tests/rig/program.ts'
import { openProving, type Proving } from '../../../../tests/rig/proving.ts'
import { eraseAgain, erasuresIn } from '../../../ground/privacy/index.ts'
import { keepers } from '../../../kept.ts'

let it: Proving
const phone = '13811112222'
const account = { part: 'account' }
const erase = '/api/privacy/my-data/erase'

beforeAll(async () => {
  it = await openProving()
})
afterAll(() => it[Symbol.asyncDispose]())
beforeEach(async () => {
  await it.empties()
  await it.town.owner('delete from identity.code')
})

/** As somebody does who has not asked for a code in the last minute. */
const again = () => it.town.owner('delete from identity.attempt')

/** Signed in by telephone, and known by a letter as the elder. */
async function comesIn(): Promise<Jar> {
  const { elder, homes } = it.a
  await again()
  const jar = await it.signIn(phone)
  const { code } = await it.letterTo(homes[0]!)
  expect(await it.byLetter(jar, code, elder.name)).toMatchObject({ body: { state: 'proven' } })
  return jar
}

async function accountOf(person: string): Promise<string> {
  const [row] = await it.town.owner(
    'select account from identity.standing where person = $1 and until is null',
    [person],
  )
  return row.account
}

/** Everything by which somebody comes in, or others for them. */
async function waysOf(id: string, person: string) {
  const [row] = await it.town.owner(
    `select (select count(*)::int from identity.session
         where account = $1 or person = $2) as sessions,
       (select count(*)::int from identity.passkey where account = $1) as keys,
       (select count(*)::int from identity.code) as codes,
       (select count(*)::int from identity.link where person = $2) as links,
       (select count(*)::int from identity.grant_code where of_person = $2) as grant_codes,
       (select count(*)::int from identity.grant
         where (of_person = $2 or to_account = $1) and ended_at is null) as grants,
       (select count(*)::int from identity.account where id = $1 and closed_at is null) as open,
       (select count(*)::int from identity.account
         where id = $1 and phone_sealed is not null) as phones,
       (select count(*)::int from delivery.subscription where person = $2) as browsers`,
    [id, person],
  )
  return row
}

const none = {
  ...{ sessions: 0, keys: 0, codes: 0, links: 0, grant_codes: 0, grants: 0, open: 0 },
  ...{ phones: 0, browsers: 0 },
}

describe('an account that its person closes', () => {
  test('goes with all ways in at once; the person stays, and comes again by a letter', async () => {
    const { town, a } = it
    const { elder } = a
    const jar = await comesIn()
    const id = await accountOf(elder.person)
    await town.owner(
      `insert into identity.passkey
         values ('own', $1, '\\x00', 0, '{}', false, 'phone', now(), null, null)`,
      [id],
    )
    await again()
    await it.ask(jar, phone)
    await jar.post('/api/identity/grants/codes', { relation: 'child', days: 30 })
    await town.ask(operatorKey, 'POST', '/api/identity/links', { name: elder.name })
    const helping = await newAccount(town)
    const acting = await browserOf(town, helping, { grant: await newGrant(town, a, helping) })
    await town.owner(
      `insert into delivery.subscription
       values ($1, $2, $3, 'https://push.example/1', 'a', 'b', 'en', now())`,
      [a.street, randomUUID(), elder.person],
    )
    expect(await waysOf(id, elder.person)).toMatchObject({
      ...{
        keys: 1,
        codes: 1,
        grant_codes: 1,
        links: 1,
        grants: 1,
        open: 1,
        phones: 1,
        browsers: 1,
      },
    })
    expect(await jar.post(erase, account)).toMatchObject({
      ...{ status: 200, body: { state: 'done', holds: [] } },
    })
    expect(await waysOf(id, elder.person)).toMatchObject(none)
    expect((await jar.get('/api/identity/me')).status).toBe(401)
    const url = `${town.program.url}/api/identity/me`
    expect((await fetch(url, { headers: { cookie: acting } })).status).not.toBe(200)
    const [there] = await town.owner(
      `select count(*)::int as homes from people.residence
       where person = $1 and to_at is null`,
      [elder.person],
    )
    expect(there).toEqual({ homes: 1 })
    await again()
    const back = await it.signIn(phone)
    expect(await it.level(back)).toBe('phone')
    const { code } = await it.letterTo(a.homes[0]!)
    expect(await it.byLetter(back, code, elder.name)).toMatchObject({ body: { state: 'proven' } })
    expect(await accountOf(elder.person)).not.toBe(id)
    expect((await back.get('/api/identity/me')).body).toMatchObject({ name: elder.name })
  })

  test('is told in the copy of who came again: who they were, for its term', async () => {
    const { elder } = it.a
    const first = await comesIn()
    await first.post(erase, account)
    const jar = await comesIn()
    const { parts } = (await jar.get('/api/privacy/my-data')).body
    const rows = parts.find((one: any) => one.part === 'account').rows
    const ended = rows.filter((row: any) => row.some((fact: any) => fact.field === 'to'))
    expect(ended).toHaveLength(1)
    const deleted = await it.town.owner(
      "select because from privacy.deletion where what = 'account'",
    )
    expect(new Set(deleted.map(({ because }: any) => because))).toEqual(new Set(['own-request']))
    expect(await waysOf(await accountOf(elder.person), elder.person)).toMatchObject({ open: 1 })
  })

  test('is another than the one with which they came again: a restore closes the first alone', async () => {
    const { program } = it.town
    const first = await comesIn()
    await first.post(erase, account)
    const jar = await comesIn()
    const erasures = await program.given.db.asOwner((tx) => erasuresIn(tx))
    expect(erasures.some(({ kind }) => kind === 'account')).toBe(true)
    expect(await eraseAgain(program.given, erasures, keepers)).toBe(0)
    expect((await jar.get('/api/identity/me')).status).toBe(200)
  })

  test('is not the one that somebody works with', async () => {
    const { worker } = it.a
    const { body } = await worker.post(erase, account)
    expect(body).toMatchObject({
      ...{ state: 'refused', because: 'kept', holds: [{ why: 'post', until: null }] },
    })
    expect((await worker.get('/api/identity/me')).status).toBe(200)
  })

  test('stays theirs in another street, where they are somebody, too', async () => {
    const { town, a } = it
    const there = await newPerson(town.b, '两处都有', town.b.homes[2] ?? null)
    const jar = await comesIn()
    const id = await accountOf(a.elder.person)
    await standsAs(town, id, { street: town.b.street, person: there })
    expect((await jar.post(erase, account)).body).toMatchObject({ state: 'done' })
    expect(await waysOf(id, a.elder.person)).toMatchObject({ sessions: 0, open: 1, phones: 1 })
    await again()
    const back = await it.signIn(phone)
    expect((await back.get('/api/identity/me')).body).toMatchObject({ name: '两处都有' })
    const erased = await town.owner("select id from privacy.erasure where kind = 'account'")
    expect(erased.map((row: any) => row.id)).not.toContain(id)
  })

  test('is closed at the station for whoever asks there', async () => {
    const { town, a } = it
    const { elder } = a
    const jar = await comesIn()
    const id = await accountOf(elder.person)
    await freshlyShown(town)
    const reason = { reason: 'at-the-counter' }
    const { request } = (await a.worker.post('/api/privacy/requests', reason)).body
    const asked = { request, person: elder.person, ask: { kind: 'erase', ...account } }
    expect(await a.worker.post('/api/privacy/data-of/ask', asked)).toMatchObject({
      ...{ status: 200, body: { state: 'done' } },
    })
    expect(await waysOf(id, elder.person)).toMatchObject(none)
    expect((await jar.get('/api/identity/me')).status).toBe(401)
  })
})
