/** Keys are rotated while people work: whatever is known by a keyed hash survives, or is told. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Jar } from '../../../tests/rig/jar.ts'
import { openProving, type Proving } from '../../../tests/rig/proving.ts'
import { hourMs, minuteMs } from '../../kernel/clock.ts'
import { phoneOf } from './accounts/index.ts'
import { readRing } from '../../platform/seal/index.ts'

let it: Proving

beforeAll(async () => {
  it = await openProving()
})
afterAll(() => it[Symbol.asyncDispose]())

const ring = () => readRing(it.town.keysFile)!
const begins = () => expect(it.town.program.keys.begin()).toBe(true)

/** Until older keys are gone, with nobody asking meanwhile. */
async function ends(): Promise<void> {
  const { keys } = it.town.program
  for (let n = 0; n < 40 && (await keys.step()) !== 'waiting'; n++);
  expect(keys.state()).toBe('waiting')
  it.passes(10 * minuteMs)
  expect(await keys.step()).toBe('settled')
  expect([ring().seal.length, ring().find.length, ring().report.length]).toEqual([1, 1, 1])
}

const accountsOf = () => it.town.owner('select id, phone_key, phone_find from identity.account')

describe('an account', () => {
  test('is found by its telephone before, while and after keys are rotated: no second one', async () => {
    const phone = '13670000001'
    await it.signIn(phone)
    const [before] = await accountsOf()
    begins()
    it.passes(minuteMs)
    await it.signIn(phone)
    expect(await accountsOf()).toHaveLength(1)
    await ends()
    const anew = (await accountsOf()).find(({ id }) => id === before.id)!
    expect(anew.phone_key).toBe(ring().seal[0]!.id)
    expect(anew.phone_find.equals(before.phone_find)).toBe(false)
    await it.town.restart()
    await it.signIn(phone)
    expect(await accountsOf()).toHaveLength(1)
  })

  test('is sealed anew with its telephone readable: a step-up’s code still reaches it', async () => {
    const jar = await it.signIn('13670000002')
    begins()
    await ends()
    it.passes(hourMs)
    const [row] = await it.town.owner('select id from identity.account order by made_at desc')
    const { given } = it.town.program
    const phone = await given.db.inStreet({ street: '' }, (tx) => phoneOf(given, tx, row.id))
    expect(phone).toBe('13670000002')
    expect((await jar.get('/api/identity/home')).status).toBe(200)
  })
})

test('a code that was sent before keys change is taken after it', async () => {
  const jar = it.browser()
  const phone = '13670000003'
  await it.ask(jar, phone)
  const code = await it.codeOf(phone)
  begins()
  expect((await it.use(jar, phone, code)).status).toBe(200)
  await ends()
})

describe('a letter', () => {
  const [home, other] = [() => it.a.homes[0]!, () => it.a.homes[1]!]
  const letters = async () => (await it.workerDoes('GET', '/api/identity/letters')).body

  test('made before opens until the older key goes; then it is said which homes need another', async () => {
    await it.empties()
    const first = await it.letterTo(home())
    const second = await it.letterTo(other())
    begins()
    const jar = await it.account()
    const proven = await it.byLetter(jar, first.code, it.a.elder.name)
    expect(proven).toMatchObject({ body: { state: 'proven' } })
    await ends()
    const late = await it.byLetter(await it.account(), second.code, it.a.neighbour.name)
    expect(late).toMatchObject({ status: 403, body: { fault: 'code-wrong' } })
    expect(await letters()).toMatchObject({ letters: [], ended: [{ home: other() }] })
    expect((await letters()).ended[0].place).toMatchObject({ place: other() })
    await it.letterTo(other())
    expect((await letters()).ended).toEqual([])
  })

  test('made while keys are rotated outlives the older one', async () => {
    await it.empties()
    begins()
    const { code } = await it.letterTo(other())
    await ends()
    expect(await letters()).toMatchObject({ letters: [{ home: other() }], ended: [] })
    const proven = await it.byLetter(await it.account(), code, it.a.neighbour.name)
    expect(proven).toMatchObject({ body: { state: 'proven' } })
  })
})

describe('a code to act for another', () => {
  const codeOf = async (): Promise<string> => {
    const asked = { relation: 'child', days: 7 }
    return (await it.workerDoes('POST', '/api/identity/grants/codes', asked, it.a.elder.name)).body
      .code
  }
  const take = (jar: Jar, code: string) =>
    jar.post('/api/identity/grants/take', { code, called: '女儿小燕' })

  test('made before is taken while keys are rotated, and is gone with the older key', async () => {
    const [first, second] = [await codeOf(), await codeOf()]
    begins()
    const third = await codeOf()
    expect((await take(await it.account(), first)).status).toBe(200)
    await ends()
    expect(await take(await it.account(), second)).toMatchObject({ body: { field: 'code' } })
    expect((await take(await it.account(), third)).status).toBe(200)
    // None is counted against the limit of open ones that nobody can take any more.
    expect(await it.town.owner('select 1 from identity.grant_code where used_at is null')).toEqual(
      [],
    )
  })
})

test('limits hold while keys are rotated: what was counted before counts', async () => {
  await it.empties()
  const phone = '13670000009'
  await it.ask(it.browser(), phone)
  begins()
  expect(await it.ask(it.browser(), phone)).toMatchObject({ body: { fault: 'too-many' } })
  await ends()
})

test('a visitor’s pass and a session know no key: both outlive it', async () => {
  const { neighbour, homes } = it.a
  const token = await it.town.tokenOf(neighbour.name)
  const door = homes[1]!.split('-').slice(0, 3).join('-')
  const from = it.town.clock.now()
  const pass = await it.town.ask(token, 'POST', '/api/identity/passes', { door, from, hours: 12 })
  begins()
  await ends()
  const secret = pass.url.split('#')[1]
  const [{ n }] = await it.town.owner('select count(*)::int as n from identity.pass')
  expect(n).toBe(1)
  const guard = await it.workerDoes('POST', '/api/identity/passes/check', { secret, door })
  expect(guard).toMatchObject({ status: 200, body: { state: 'valid' } })
  expect((await it.town.call(token, 'GET', '/api/identity/me')).status).toBe(200)
})
