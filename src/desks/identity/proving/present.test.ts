import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Jar } from '../../../../tests/rig/jar.ts'
import { openProving, type Proving } from '../../../../tests/rig/proving.ts'
import { dayMs, minuteMs } from '../../../kernel/clock.ts'

let it: Proving

beforeAll(async () => {
  it = await openProving()
})
afterAll(() => it[Symbol.asyncDispose]())
beforeEach(() => it.empties())

describe('at the station', () => {
  const shown = async (jar: Jar) => (await jar.post('/api/identity/home/code')).body
  const prove = (code: string, person: string, name?: string) =>
    it.workerDoes('POST', '/api/identity/home/station', { code, person }, name)

  test('the digits of the resident’s page say whose account it is, once, for ten minutes', async () => {
    const { elder } = it.a
    const jar = await it.account()
    const { code, expiresAt } = await shown(jar)
    expect(expiresAt).toBe(it.town.clock.now() + 10 * minuteMs)
    expect(await prove(code, elder.person)).toEqual({ status: 200, body: { state: 'proven' } })
    expect(await it.level(jar)).toBe('resident')
    expect((await prove(code, elder.person)).body.fault).toBe('code-wrong')
    const [look] = await it.town.owner(
      `select fields, by_post from privacy.look
      where person = $1 and fields = '{account}' order by id desc limit 1`,
      [elder.person],
    )
    expect(look.by_post).toBe(it.a.posts.worker)

    const late = await shown(await it.account())
    it.passes(10 * minuteMs)
    expect((await prove(late.code, it.a.neighbour.person)).body.fault).toBe('code-wrong')
  })

  test('somebody beyond the worker’s committee is answered like nobody', async () => {
    const { code } = await shown(await it.account())
    const foreign = await prove(code, it.town.b.elder.person)
    expect(foreign).toEqual(await prove(code, randomUUID()))
    expect(foreign).toMatchObject({ status: 404, body: { field: 'person' } })
    expect((await prove(code, it.a.elder.person)).status).toBe(200)
  })

  test('a person who has an account becomes a claim; a worker does not prove themself', async () => {
    const { elder, worker } = it.a
    await prove((await shown(await it.account())).code, elder.person)
    const second = await it.account()
    const { code } = await shown(second)
    expect((await prove(code, elder.person)).body).toEqual({ state: 'waiting' })
    expect(await it.level(second)).toBe('phone')
    expect((await it.claims())[0]).toMatchObject({ reason: 'held-by-another', proof: 'station' })
    const own = await prove((await shown(await it.account())).code, worker.person)
    expect(own).toMatchObject({ status: 409, body: { fault: 'second-officer' } })
  })

  test('a worker guesses twenty times an hour and no more', async () => {
    const { elder } = it.a
    const { code } = await shown(await it.account())
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0')
    for (let n = 0; n < 20; n++) await prove(wrong, elder.person)
    expect((await prove(code, elder.person)).status).toBe(429)
  })
})

describe('by the household', () => {
  const ask = (jar: Jar, home: string, name: string) =>
    jar.post('/api/identity/home/ask', { home, name })
  const asked = async (jar: Jar) => (await jar.get('/api/identity/home/asked')).body.asked
  const answer = (jar: Jar, vouching: string, isOurs: boolean) =>
    jar.post('/api/identity/home/answer', { vouching, isOurs })

  async function provenElder(): Promise<Jar> {
    const { elder, homes } = it.a
    const { code } = await it.letterTo(homes[0]!)
    const jar = await it.account()
    await it.byLetter(jar, code, elder.name)
    return jar
  }

  test('an adult who has proven the home says yes, and it is so', async () => {
    const member = await it.moveIn('孙女')
    const elder = await provenElder()
    const jar = await it.account()
    expect((await ask(jar, it.a.homes[0]!, '孙女')).status).toBe(200)
    const [one] = await asked(elder)
    expect(one).toMatchObject({ name: '孙女', until: it.town.clock.now() + 7 * dayMs })
    expect((await answer(elder, one.vouching, true)).body).toEqual({ state: 'proven' })
    expect((await jar.get('/api/identity/me')).body.name).toBe('孙女')
    expect((await answer(elder, one.vouching, true)).status).toBe(404)
    const [row] = await it.town.owner(`select by_person from identity.standing where person = $1`, [
      member,
    ])
    expect(row.by_person).toBe(it.a.elder.person)
    await it.moveOut(member)
  })

  test('a no is a no; after seven days nobody is asked any more', async () => {
    const elder = await provenElder()
    const jar = await it.account()
    await ask(jar, it.a.homes[0]!, '骗子')
    const [one] = await asked(elder)
    expect((await answer(elder, one.vouching, false)).body).toEqual({ state: 'refused' })
    expect(await it.level(jar)).toBe('phone')
    it.passes(minuteMs)
    await ask(jar, it.a.homes[0]!, '骗子')
    const [two] = await asked(elder)
    it.passes(7 * dayMs)
    expect(await asked(elder)).toEqual([])
    expect((await answer(elder, two.vouching, true)).status).toBe(404)
    const { waiting } = (await jar.get('/api/identity/home')).body
    expect(waiting.map(({ state }: any) => state)).toEqual(['over', 'refused'])
  })

  test('whoever is not in the register waits for a person, though the household said yes', async () => {
    const elder = await provenElder()
    const jar = await it.account()
    await ask(jar, it.a.homes[0]!, '没登记')
    const [one] = await asked(elder)
    expect((await answer(elder, one.vouching, true)).body).toEqual({ state: 'waiting' })
    expect((await it.claims())[0]).toMatchObject({ reason: 'not-registered', proof: 'household' })
  })

  test('neither a child, nor another home, nor somebody with a telephone alone answers', async () => {
    const { homes, neighbour } = it.a
    const child = await it.moveIn('小孩', homes[0], { bornOn: '2012-01-01' })
    const kid = await it.account()
    const [{ account: kidAccount }] = await it.town.owner(
      'select account from identity.session where device = sha256($1)',
      [Buffer.from(kid.cookies.get('lilong-device')!)],
    )
    const standing = `insert into identity.standing
      (street, id, account, person, capacity, proof, at)
      values ($1, gen_random_uuid(), $2, $3, 'resident', 'station', now())`
    await it.town.owner(standing, [it.a.street, kidAccount, child])
    const jar = await it.account()
    await ask(jar, homes[0]!, '孙女')
    expect(await asked(kid)).toEqual([])
    const [{ id }] = await it.town.owner('select id from identity.vouching')
    expect((await answer(kid, id, true)).status).toBe(403)
    // Asking is not answering: the account itself lives nowhere yet.
    expect(await answer(jar, id, true)).toMatchObject({ body: { fault: 'level-too-low' } })
    const token = await it.town.tokenOf(neighbour.name)
    const next = await it.town.call(token, 'POST', '/api/identity/home/answer', {
      ...{ vouching: id, isOurs: true },
    })
    expect(next.status).toBe(404)
    await it.moveOut(child)
  })

  test('a home is asked about five times a day, whoever asks; that it is there is not said', async () => {
    const home = it.a.homes[3]!
    const nowhere = `${it.a.committee}-99-1-101`
    const [there, not] = [await it.account(), await it.account()]
    expect((await ask(there, home, '张三')).body).toEqual((await ask(not, nowhere, '张三')).body)
    for (let n = 0; n < 4; n++)
      expect((await ask(await it.account(), home, '张三')).status).toBe(200)
    expect((await ask(await it.account(), home, '张三')).status).toBe(429)
  })
})
