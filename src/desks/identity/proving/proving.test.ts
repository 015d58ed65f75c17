import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Jar } from '../../../../tests/rig/jar.ts'
import { openTelephones, type Telephones } from '../../../../tests/rig/telephones.ts'
import { dayMs, hourMs, minuteMs } from '../../../kernel/clock.ts'

let it: Telephones

beforeAll(async () => {
  it = await openTelephones()
})
afterAll(() => it[Symbol.asyncDispose]())

let numbers = 0
const newPhone = () => `137${String(30_000_000 + numbers++)}`
const passes = (ms: number) => it.town.clock.set({ at: it.town.clock.now() + ms })
const ofA = () => it.town.a

/** So that no test lives on what another counted. Standings and claims go, too. */
beforeEach(async () => {
  for (const table of ['attempt', 'standing', 'claim', 'vouching', 'letter']) {
    await it.town.owner(`delete from identity.${table}`)
  }
})

/** A token of today, whatever the clock has done. */
async function workerDoes(method: 'GET' | 'POST', path: string, body?: object, name = '') {
  const token = await it.town.tokenOf(name || ofA().worker.name)
  return it.town.call(token, method, path, body)
}

async function letterTo(home: string): Promise<{ letter: string; code: string }> {
  const { status, body } = await workerDoes('POST', '/api/identity/letters', { homes: [home] })
  expect(status).toBe(200)
  return body.letters[0]
}

const account = () => it.signIn(newPhone())
const byLetter = (jar: Jar, code: string, name: string) =>
  jar.post('/api/identity/home/letter', { code, name })
const claims = async () => (await workerDoes('GET', '/api/identity/claims')).body.claims
const decide = (claim: string, verdict: string, person?: string, name?: string) =>
  workerDoes(
    'POST',
    '/api/identity/claims/decide',
    { claim, verdict, ...(person ? { person } : {}) },
    name,
  )
const level = async (jar: Jar) => (await jar.get('/api/identity/home')).body.level

async function moveIn(name: string, home = ofA().homes[0]!, more: object = {}): Promise<string> {
  const token = await it.town.tokenOf(ofA().officer.name)
  const person = { name, home, bornOn: '1980-01-01', phone: null, livesAlone: false, ...more }
  return (await it.town.ask(token, 'POST', '/api/people', person)).person
}

const moveOut = (person: string) =>
  it.town.owner('update people.residence set to_at = now() where person = $1', [person])

describe('a letter', () => {
  test('with the own name proves where somebody lives, once', async () => {
    const { elder, homes } = ofA()
    const { code } = await letterTo(homes[0]!)
    expect(code).toMatch(/^[0-9]{3} [0-9]{3} [0-9]{4}$/)
    const jar = await account()
    expect(await byLetter(jar, code, elder.name)).toMatchObject({ body: { state: 'proven' } })
    expect((await jar.get('/api/identity/me')).body).toMatchObject({ name: elder.name })
    expect(await level(jar)).toBe('resident')
    const other = await account()
    expect(await byLetter(other, code, elder.name)).toMatchObject({
      ...{ status: 403, body: { fault: 'code-wrong' } },
    })
  })

  test('opens for one of ten who enter it at once', async () => {
    const { elder, homes } = ofA()
    const { code } = await letterTo(homes[0]!)
    const jars = []
    for (let n = 0; n < 10; n++) jars.push(await account())
    const answers = await Promise.all(jars.map((jar) => byLetter(jar, code, elder.name)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  test.each(['revoked', 'renewed', 'expired', 'never made'])('is worth nothing: %s', async (is) => {
    const { elder, homes } = ofA()
    const { code, letter } = await letterTo(homes[0]!)
    if (is === 'renewed') await letterTo(homes[0]!)
    if (is === 'expired') passes(60 * dayMs)
    if (is === 'revoked') {
      const revoked = await workerDoes('POST', '/api/identity/letters/revoke', { letter })
      expect(revoked.body).toEqual({ letter })
    }
    const jar = await account()
    const entered = is === 'never made' ? '000 000 0000' : code
    expect(await byLetter(jar, entered, elder.name)).toMatchObject({
      ...{ status: 403, body: { fault: 'code-wrong', field: 'code' } },
    })
    expect(await level(jar)).toBe('phone')
  })

  test('is made for one’s own committee alone, and stands nowhere in the database', async () => {
    const { homes } = ofA()
    const foreign = await workerDoes('POST', '/api/identity/letters', {
      homes: [homes[0], it.town.b.homes[0]],
    })
    expect(foreign).toMatchObject({ status: 404, body: { fault: 'not-found', field: 'homes' } })
    expect(await it.town.owner('select 1 from identity.letter')).toEqual([])
    const { code } = await letterTo(homes[0]!)
    for (const plain of [code, code.replaceAll(' ', '')]) {
      expect(await it.town.tablesHolding(plain)).toEqual([])
      expect(await it.town.tablesHolding(Buffer.from(plain).toString('hex'))).toEqual([])
    }
    const made = await workerDoes('POST', '/api/identity/letters', { homes: [homes[0]] })
    // The picture is the same on every letter: it leads to a page and holds nothing of anybody.
    expect(made.body.url).toBe(`${it.town.program.url}/home`)
    const { letters } = (await workerDoes('GET', '/api/identity/letters')).body
    expect(letters.map(({ home }: any) => home)).toEqual([homes[0]])
    const next = await it.town.tokenOf(it.town.b.worker.name)
    const listed = await it.town.call(next, 'GET', '/api/identity/letters')
    expect(listed.body.letters).toEqual([])
  })

  test('is not guessed: five an hour and ten a day of an account, and the wait is said', async () => {
    const { elder, homes } = ofA()
    const { code } = await letterTo(homes[0]!)
    const jar = await account()
    const guess = () => byLetter(jar, '111 111 1111', elder.name)
    for (let n = 0; n < 5; n++) expect((await guess()).status).toBe(403)
    const refused = await byLetter(jar, code, elder.name)
    expect(refused).toMatchObject({ status: 429, body: { fault: 'too-many', waitMs: hourMs } })
    passes(hourMs)
    for (let n = 0; n < 5; n++) expect((await guess()).status).toBe(403)
    passes(hourMs)
    expect((await guess()).body.waitMs).toBe(22 * hourMs)
    passes(22 * hourMs)
    expect((await byLetter(jar, code, elder.name)).status).toBe(200)
  })

  test('is not guessed by one browser with many accounts', async () => {
    const jar = await account()
    for (let n = 0; n < 10; n++) {
      if (n % 4 === 3) await it.signIn(newPhone(), jar)
      expect((await byLetter(jar, '111 111 1111', '张三')).status).toBe(403)
    }
    await it.signIn(newPhone(), jar)
    expect((await byLetter(jar, '111 111 1111', '张三')).status).toBe(429)
  })
})

describe('what a machine does not decide', () => {
  async function claimed(name: string, home = ofA().homes[0]!): Promise<Jar> {
    const { code } = await letterTo(home)
    const jar = await account()
    const answer = await byLetter(jar, code, name)
    expect(answer).toEqual({ status: 200, body: { state: 'waiting' } })
    expect(await level(jar)).toBe('phone')
    return jar
  }

  test('nobody of that name: a person says who it is, and the asker is it then', async () => {
    const { elder } = ofA()
    const jar = await claimed('老年甲')
    const state = await jar.get('/api/identity/home')
    expect(state.body.waiting).toMatchObject([{ kind: 'claim', state: 'waiting' }])
    const [claim] = await claims()
    expect(claim).toMatchObject({
      ...{ nameSaid: '老年甲', reason: 'not-registered', proof: 'letter', named: null },
    })
    expect((await decide(claim.claim, 'is-that-person', elder.person)).status).toBe(200)
    expect((await jar.get('/api/identity/me')).body.name).toBe(elder.name)
    expect((await jar.get('/api/identity/home')).body).toMatchObject({
      ...{ level: 'resident', waiting: [{ state: 'proven' }] },
    })
    expect((await decide(claim.claim, 'refused')).status).toBe(404)
    expect(await claims()).toEqual([])
  })

  test('two of that name, and a refusal that the asker sees', async () => {
    const twins = [await moveIn('双胞胎'), await moveIn('双胞胎')]
    const jar = await claimed('双胞胎')
    const [claim] = await claims()
    expect(claim.reason).toBe('two-of-that-name')
    expect((await decide(claim.claim, 'refused')).status).toBe(200)
    expect((await jar.get('/api/identity/home')).body.waiting[0].state).toBe('refused')
    for (const one of twins) await moveOut(one)
  })

  test('held by another account: nobody is merged, and a decision moves it with its day', async () => {
    const { elder, homes } = ofA()
    const { code } = await letterTo(homes[0]!)
    const first = await account()
    await byLetter(first, code, elder.name)
    const second = await claimed(elder.name)
    expect((await first.get('/api/identity/me')).body.name).toBe(elder.name)
    const [claim] = await claims()
    expect(claim).toMatchObject({
      ...{ reason: 'held-by-another', named: { person: elder.person, name: elder.name } },
    })
    expect((await decide(claim.claim, 'is-that-person', elder.person)).status).toBe(200)
    expect((await second.get('/api/identity/me')).body.name).toBe(elder.name)
    // The very next call of the other one feels it.
    expect((await first.get('/api/identity/me')).status).toBe(403)
    const rows = await it.town.owner(
      'select until from identity.standing where person = $1 order by at, until',
      [elder.person],
    )
    expect(rows.filter(({ until }) => until === null)).toHaveLength(1)
    expect(rows).toHaveLength(2)
  })

  test('one identity number of two people', async () => {
    const idNumber = '11010519491231002X'
    const one = await moveIn('同号一')
    const two = await moveIn('同号二', ofA().homes[1])
    const { given } = it.town.program
    for (const person of [one, two]) {
      const cell = `people.number:${person}:id-number`
      const { sealed, key } = given.seal.close(cell, idNumber)
      await it.town.owner(
        `insert into people.number (street, person, kind, sealed, find, key)
        values ($1, $2, 'id-number', $3, $4, $5)`,
        [ofA().street, person, sealed, given.seal.find('id-number', idNumber), key],
      )
    }
    await claimed('同号一')
    const [claim] = await claims()
    expect(claim).toMatchObject({ reason: 'same-id-number', named: { name: '同号一' } })
    for (const person of [one, two]) await moveOut(person)
  })

  test('a new person is registered in that home, under the name that was said', async () => {
    const jar = await claimed('新来的')
    const [claim] = await claims()
    expect((await decide(claim.claim, 'new-person')).status).toBe(200)
    expect((await jar.get('/api/identity/me')).body).toMatchObject({
      ...{ name: '新来的', place: { room: '101' } },
    })
    const [{ id }] = await it.town.owner(`select id from people.person where name = '新来的'`)
    await moveOut(id)
  })

  test('is seen and decided in its own committee alone, and in the book of whom it seems to be', async () => {
    const { elder, homes } = ofA()
    const { code } = await letterTo(homes[0]!)
    await byLetter(await account(), code, elder.name)
    await claimed(elder.name)
    const [claim] = await claims()
    const looks = () =>
      it.town.owner(
        `select fields, label, by_post from privacy.look
        where person = $1 and label = 'sign-in' and by_kind = 'post' order by id`,
        [elder.person],
      )
    expect(await looks()).toContainEqual({
      ...{ fields: ['name', 'address', 'account'], label: 'sign-in', by_post: ofA().posts.worker },
    })
    const { worker } = it.town.b
    const list = await workerDoes('GET', '/api/identity/claims', undefined, worker.name)
    expect(list.body.claims).toEqual([])
    const foreign = await decide(claim.claim, 'refused', undefined, worker.name)
    const nowhere = await decide(randomUUID(), 'refused', undefined, worker.name)
    expect(foreign).toEqual(nowhere)
    expect(foreign.status).toBe(404)
    // Only somebody who lives in that home can be meant.
    const { neighbour } = ofA()
    expect(await decide(claim.claim, 'is-that-person', neighbour.person)).toMatchObject({
      ...{ status: 404, body: { field: 'person' } },
    })
  })
})

describe('at the station', () => {
  const shown = async (jar: Jar) => (await jar.post('/api/identity/home/code')).body
  const prove = (code: string, person: string, name?: string) =>
    workerDoes('POST', '/api/identity/home/station', { code, person }, name)

  test('the digits of the resident’s page say whose account it is, once, for ten minutes', async () => {
    const { elder } = ofA()
    const jar = await account()
    const { code, expiresAt } = await shown(jar)
    expect(expiresAt).toBe(it.town.clock.now() + 10 * minuteMs)
    expect(await prove(code, elder.person)).toEqual({ status: 200, body: { state: 'proven' } })
    expect(await level(jar)).toBe('resident')
    expect((await prove(code, elder.person)).body.fault).toBe('code-wrong')
    const [look] = await it.town.owner(
      `select fields, by_post from privacy.look
      where person = $1 and fields = '{account}' order by id desc limit 1`,
      [elder.person],
    )
    expect(look.by_post).toBe(ofA().posts.worker)

    const late = await shown(await account())
    passes(10 * minuteMs)
    expect((await prove(late.code, ofA().neighbour.person)).body.fault).toBe('code-wrong')
  })

  test('somebody beyond the worker’s committee is answered like nobody', async () => {
    const { code } = await shown(await account())
    const foreign = await prove(code, it.town.b.elder.person)
    expect(foreign).toEqual(await prove(code, randomUUID()))
    expect(foreign).toMatchObject({ status: 404, body: { field: 'person' } })
    expect((await prove(code, ofA().elder.person)).status).toBe(200)
  })

  test('a person who has an account becomes a claim; a worker does not prove themself', async () => {
    const { elder, worker } = ofA()
    await prove((await shown(await account())).code, elder.person)
    const second = await account()
    const { code } = await shown(second)
    expect((await prove(code, elder.person)).body).toEqual({ state: 'waiting' })
    expect(await level(second)).toBe('phone')
    expect((await claims())[0]).toMatchObject({ reason: 'held-by-another', proof: 'station' })
    const own = await prove((await shown(await account())).code, worker.person)
    expect(own).toMatchObject({ status: 409, body: { fault: 'second-officer' } })
  })

  test('a worker guesses twenty times an hour and no more', async () => {
    const { elder } = ofA()
    const { code } = await shown(await account())
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
    const { elder, homes } = ofA()
    const { code } = await letterTo(homes[0]!)
    const jar = await account()
    await byLetter(jar, code, elder.name)
    return jar
  }

  test('an adult who has proven the home says yes, and it is so', async () => {
    const member = await moveIn('孙女')
    const elder = await provenElder()
    const jar = await account()
    expect((await ask(jar, ofA().homes[0]!, '孙女')).status).toBe(200)
    const [one] = await asked(elder)
    expect(one).toMatchObject({ name: '孙女', until: it.town.clock.now() + 7 * dayMs })
    expect((await answer(elder, one.vouching, true)).body).toEqual({ state: 'proven' })
    expect((await jar.get('/api/identity/me')).body.name).toBe('孙女')
    expect((await answer(elder, one.vouching, true)).status).toBe(404)
    const [row] = await it.town.owner(`select by_person from identity.standing where person = $1`, [
      member,
    ])
    expect(row.by_person).toBe(ofA().elder.person)
    await moveOut(member)
  })

  test('a no is a no; after seven days nobody is asked any more', async () => {
    const elder = await provenElder()
    const jar = await account()
    await ask(jar, ofA().homes[0]!, '骗子')
    const [one] = await asked(elder)
    expect((await answer(elder, one.vouching, false)).body).toEqual({ state: 'refused' })
    expect(await level(jar)).toBe('phone')
    passes(minuteMs)
    await ask(jar, ofA().homes[0]!, '骗子')
    const [two] = await asked(elder)
    passes(7 * dayMs)
    expect(await asked(elder)).toEqual([])
    expect((await answer(elder, two.vouching, true)).status).toBe(404)
    const { waiting } = (await jar.get('/api/identity/home')).body
    expect(waiting.map(({ state }: any) => state)).toEqual(['over', 'refused'])
  })

  test('whoever is not in the register waits for a person, though the household said yes', async () => {
    const elder = await provenElder()
    const jar = await account()
    await ask(jar, ofA().homes[0]!, '没登记')
    const [one] = await asked(elder)
    expect((await answer(elder, one.vouching, true)).body).toEqual({ state: 'waiting' })
    expect((await claims())[0]).toMatchObject({ reason: 'not-registered', proof: 'household' })
  })

  test('neither a child, nor another home, nor somebody with a telephone alone answers', async () => {
    const { homes, neighbour } = ofA()
    const child = await moveIn('小孩', homes[0], { bornOn: '2012-01-01' })
    const kid = await account()
    const [{ account: kidAccount }] = await it.town.owner(
      'select account from identity.session where device = sha256($1)',
      [Buffer.from(kid.cookies.get('lilong-device')!)],
    )
    const standing = `insert into identity.standing (street, id, account, person, level, proof, at)
      values ($1, gen_random_uuid(), $2, $3, 'resident', 'station', now())`
    await it.town.owner(standing, [ofA().street, kidAccount, child])
    const jar = await account()
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
    await moveOut(child)
  })

  test('a home is asked about five times a day, whoever asks; that it is there is not said', async () => {
    const home = ofA().homes[3]!
    const nowhere = `${ofA().committee}-99-1-101`
    const [there, not] = [await account(), await account()]
    expect((await ask(there, home, '张三')).body).toEqual((await ask(not, nowhere, '张三')).body)
    for (let n = 0; n < 4; n++) expect((await ask(await account(), home, '张三')).status).toBe(200)
    expect((await ask(await account(), home, '张三')).status).toBe(429)
  })
})

test('an account is one person of a street: a second home’s letter changes nothing', async () => {
  const { elder, neighbour, homes } = ofA()
  const jar = await account()
  await byLetter(jar, (await letterTo(homes[0]!)).code, elder.name)
  const { code } = await letterTo(homes[1]!)
  expect(await byLetter(jar, code, neighbour.name)).toMatchObject({
    ...{ status: 409, body: { fault: 'already-so' } },
  })
  // The letter is whole: its own people can still use it.
  expect((await byLetter(await account(), code, neighbour.name)).status).toBe(200)
})

test('what is past its term is let go', async () => {
  const { elder, homes } = ofA()
  await byLetter(await account(), (await letterTo(homes[0]!)).code, elder.name)
  await letterTo(homes[1]!)
  await (await account()).post('/api/identity/home/ask', { home: homes[0], name: '张三' })
  await it.town.owner('update identity.standing set until = at')
  passes(800 * dayMs)
  await it.town.program.letGo()
  await it.town.program.letGo()
  for (const table of ['letter', 'vouching', 'standing', 'account', 'shown_code', 'session']) {
    expect(await it.town.owner(`select 1 from identity.${table}`), table).toEqual([])
  }
})
