import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Jar } from '../../../../tests/rig/jar.ts'
import { openProving, type Proving } from '../../../../tests/rig/proving.ts'
import { dayMs, hourMs } from '../../../kernel/clock.ts'

let it: Proving

beforeAll(async () => {
  it = await openProving()
})
afterAll(() => it[Symbol.asyncDispose]())
beforeEach(() => it.empties())

describe('a letter', () => {
  test('with the own name proves where somebody lives, once', async () => {
    const { elder, homes } = it.a
    const { code } = await it.letterTo(homes[0]!)
    expect(code).toMatch(/^[0-9]{3} [0-9]{3} [0-9]{4}$/)
    const jar = await it.account()
    expect(await it.byLetter(jar, code, elder.name)).toMatchObject({ body: { state: 'proven' } })
    expect((await jar.get('/api/identity/me')).body).toMatchObject({ name: elder.name })
    expect(await it.level(jar)).toBe('resident')
    const other = await it.account()
    expect(await it.byLetter(other, code, elder.name)).toMatchObject({
      ...{ status: 403, body: { fault: 'code-wrong' } },
    })
  })

  test('opens for one of ten who enter it at once', async () => {
    const { elder, homes } = it.a
    const { code } = await it.letterTo(homes[0]!)
    const jars = []
    for (let n = 0; n < 10; n++) jars.push(await it.account())
    const answers = await Promise.all(jars.map((jar) => it.byLetter(jar, code, elder.name)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  test.each(['revoked', 'renewed', 'expired', 'never made'])('is worth nothing: %s', async (is) => {
    const { elder, homes } = it.a
    const { code, letter } = await it.letterTo(homes[0]!)
    if (is === 'renewed') await it.letterTo(homes[0]!)
    if (is === 'expired') it.passes(60 * dayMs)
    if (is === 'revoked') {
      const revoked = await it.workerDoes('POST', '/api/identity/letters/revoke', { letter })
      expect(revoked.body).toEqual({ letter })
    }
    const jar = await it.account()
    const entered = is === 'never made' ? '000 000 0000' : code
    expect(await it.byLetter(jar, entered, elder.name)).toMatchObject({
      ...{ status: 403, body: { fault: 'code-wrong', field: 'code' } },
    })
    expect(await it.level(jar)).toBe('phone')
  })

  test('is made for one’s own committee alone, and stands nowhere in the database', async () => {
    const { homes } = it.a
    const foreign = await it.workerDoes('POST', '/api/identity/letters', {
      homes: [homes[0], it.town.b.homes[0]],
    })
    expect(foreign).toMatchObject({ status: 404, body: { fault: 'not-found', field: 'homes' } })
    expect(await it.town.owner('select 1 from identity.letter')).toEqual([])
    const { code } = await it.letterTo(homes[0]!)
    for (const plain of [code, code.replaceAll(' ', '')]) {
      expect(await it.town.tablesHolding(plain)).toEqual([])
      expect(await it.town.tablesHolding(Buffer.from(plain).toString('hex'))).toEqual([])
    }
    const made = await it.workerDoes('POST', '/api/identity/letters', { homes: [homes[0]] })
    // The picture is the same on every letter: it leads to a page and holds nothing of anybody.
    expect(made.body.url).toBe(`${it.town.program.url}/home`)
    const { letters } = (await it.workerDoes('GET', '/api/identity/letters')).body
    expect(letters.map(({ home }: any) => home)).toEqual([homes[0]])
    const next = await it.town.tokenOf(it.town.b.worker.name)
    const listed = await it.town.call(next, 'GET', '/api/identity/letters')
    expect(listed.body.letters).toEqual([])
  })

  test('is not guessed: five an hour and ten a day of an account, and the wait is said', async () => {
    const { elder, homes } = it.a
    const { code } = await it.letterTo(homes[0]!)
    const jar = await it.account()
    const guess = () => it.byLetter(jar, '111 111 1111', elder.name)
    for (let n = 0; n < 5; n++) expect((await guess()).status).toBe(403)
    const refused = await it.byLetter(jar, code, elder.name)
    expect(refused).toMatchObject({ status: 429, body: { fault: 'too-many', waitMs: hourMs } })
    it.passes(hourMs)
    for (let n = 0; n < 5; n++) expect((await guess()).status).toBe(403)
    it.passes(hourMs)
    expect((await guess()).body.waitMs).toBe(22 * hourMs)
    it.passes(22 * hourMs)
    expect((await it.byLetter(jar, code, elder.name)).status).toBe(200)
  })

  test('is not guessed by one browser with many accounts', async () => {
    const jar = await it.account()
    for (let n = 0; n < 10; n++) {
      if (n % 4 === 3) await it.account(jar)
      expect((await it.byLetter(jar, '111 111 1111', '张三')).status).toBe(403)
    }
    await it.account(jar)
    expect((await it.byLetter(jar, '111 111 1111', '张三')).status).toBe(429)
  })
})

describe('what a machine does not decide', () => {
  async function claimed(name: string, home = it.a.homes[0]!): Promise<Jar> {
    const { code } = await it.letterTo(home)
    const jar = await it.account()
    const answer = await it.byLetter(jar, code, name)
    expect(answer).toEqual({ status: 200, body: { state: 'waiting' } })
    expect(await it.level(jar)).toBe('phone')
    return jar
  }

  test('nobody of that name: a person says who it is, and the asker is it then', async () => {
    const { elder } = it.a
    const jar = await claimed('老年甲')
    const state = await jar.get('/api/identity/home')
    expect(state.body.waiting).toMatchObject([{ kind: 'claim', state: 'waiting' }])
    const [claim] = await it.claims()
    expect(claim).toMatchObject({
      ...{ nameSaid: '老年甲', reason: 'not-registered', proof: 'letter', named: null },
    })
    expect((await it.decide(claim.claim, 'is-that-person', elder.person)).status).toBe(200)
    expect((await jar.get('/api/identity/me')).body.name).toBe(elder.name)
    expect((await jar.get('/api/identity/home')).body).toMatchObject({
      ...{ level: 'resident', waiting: [{ state: 'proven' }] },
    })
    expect((await it.decide(claim.claim, 'refused')).status).toBe(404)
    expect(await it.claims()).toEqual([])
  })

  test('two of that name, and a refusal that the asker sees', async () => {
    const twins = [await it.moveIn('双胞胎'), await it.moveIn('双胞胎')]
    const jar = await claimed('双胞胎')
    const [claim] = await it.claims()
    expect(claim.reason).toBe('two-of-that-name')
    expect((await it.decide(claim.claim, 'refused')).status).toBe(200)
    expect((await jar.get('/api/identity/home')).body.waiting[0].state).toBe('refused')
    for (const one of twins) await it.moveOut(one)
  })

  test('held by another account: nobody is merged, and a decision moves it with its day', async () => {
    const { elder, homes } = it.a
    const { code } = await it.letterTo(homes[0]!)
    const first = await it.account()
    await it.byLetter(first, code, elder.name)
    const second = await claimed(elder.name)
    expect((await first.get('/api/identity/me')).body.name).toBe(elder.name)
    const [claim] = await it.claims()
    expect(claim).toMatchObject({
      ...{ reason: 'held-by-another', named: { person: elder.person, name: elder.name } },
    })
    expect((await it.decide(claim.claim, 'is-that-person', elder.person)).status).toBe(200)
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

  test('opened to decide, it offers those of that name with their year, and is in their books', async () => {
    const twins = [
      await it.moveIn('双名'),
      await it.moveIn('双名', undefined, { bornOn: '1955-02-02' }),
    ]
    const child = await it.moveIn('双名', undefined, { bornOn: '2015-01-01' })
    await claimed('双名')
    const [claim] = await it.claims()
    const { status, body } = await it.oneClaim(claim.claim)
    expect(status).toBe(200)
    expect(body.candidates.map(({ bornYear }: any) => bornYear).toSorted()).toEqual([1955, 1980])
    expect(body.phone).toMatch(/^137[*]{4}[0-9]{4}$/)
    const looks = await it.town.owner(
      `select person, fields from privacy.look where person = any($1) and why = 'sign-in'`,
      [[...twins, child]],
    )
    expect(new Set(looks.map(({ person }) => person))).toEqual(new Set(twins))
    expect(looks[0].fields).toEqual(['name', 'age', 'address'])
    expect((await it.decide(claim.claim, 'is-that-person', twins[1])).status).toBe(200)
    for (const one of [...twins, child]) await it.moveOut(one)
  })

  test('a yes needs a reason of a yes; both accounts are told, and the page says why', async () => {
    const { elder, homes } = it.a
    const { code } = await it.letterTo(homes[0]!)
    await it.byLetter(await it.account(), code, elder.name)
    const jar = await claimed(elder.name)
    const [claim] = await it.claims()
    const { holder } = (await it.oneClaim(claim.claim)).body
    expect(holder).toMatchObject({ proof: 'letter', phone: expect.stringMatching(/^137[*]{4}/) })
    const decided = { claim: claim.claim, verdict: 'is-that-person', person: elder.person }
    const wrong = { ...decided, because: 'not-shown' }
    const refused = await it.workerDoes('POST', '/api/identity/claims/decide', wrong)
    expect(refused).toMatchObject({ status: 400, body: { field: 'because' } })
    const told = it.told().length
    expect((await it.decide(claim.claim, 'is-that-person', elder.person)).status).toBe(200)
    await expect.poll(() => it.told().length).toBe(told + 2)
    const [one, two] = it.told().slice(-2)
    expect(one!.phone).not.toBe(two!.phone)
    expect(JSON.stringify([one, two])).not.toContain(elder.name)
    expect((await jar.get('/api/identity/home')).body.waiting).toMatchObject([
      { state: 'proven', because: 'saw-id-card' },
    ])
  })

  test('one identity number of two people', async () => {
    const idNumber = '11010519491231002X'
    const one = await it.moveIn('同号一')
    const two = await it.moveIn('同号二', it.a.homes[1])
    const { given } = it.town.program
    for (const person of [one, two]) {
      const cell = `people.number:${person}:id-number`
      const { sealed, key } = given.seal.close(cell, idNumber)
      await it.town.owner(
        `insert into people.number (street, person, kind, sealed, find, key)
        values ($1, $2, 'id-number', $3, $4, $5)`,
        [it.a.street, person, sealed, given.seal.find('id-number', idNumber), key],
      )
    }
    await claimed('同号一')
    const [near] = await it.claims()
    const beside = (await it.oneClaim(near.claim)).body
    expect(beside).toMatchObject({
      ...{ candidates: [{ person: one }], isAlikeBeyond: false },
      alike: [{ person: two, name: '同号二', bornYear: 1980, places: [{ room: '102' }] }],
    })
    expect(JSON.stringify(beside)).not.toContain('002X')
    await it.empties()
    // The other one lives beyond the committee that the letter is of.
    await movesAway(two)
    await claimed('同号一')
    const [claim] = await it.claims()
    expect((await it.oneClaim(claim.claim)).body).toMatchObject({ alike: [], isAlikeBeyond: true })
    expect(claim).toMatchObject({ reason: 'same-id-number', named: { name: '同号一' } })
    for (const person of [one, two]) await it.moveOut(person)
  })

  test('a new person is registered in that home, under the name that was said', async () => {
    const jar = await claimed('新来的')
    const [claim] = await it.claims()
    expect((await it.decide(claim.claim, 'new-person')).status).toBe(200)
    expect((await jar.get('/api/identity/me')).body).toMatchObject({
      ...{ name: '新来的', place: { room: '101' } },
    })
    const [{ id }] = await it.town.owner(`select id from people.person where name = '新来的'`)
    await it.moveOut(id)
  })

  test('is seen and decided in its own committee alone, and in the book of whom it seems to be', async () => {
    const { elder, homes } = it.a
    const { code } = await it.letterTo(homes[0]!)
    await it.byLetter(await it.account(), code, elder.name)
    await claimed(elder.name)
    const [claim] = await it.claims()
    const looks = () =>
      it.town.owner(
        `select fields, label, by_post from privacy.look
        where person = $1 and label = 'sign-in' and by_kind = 'post' order by id`,
        [elder.person],
      )
    expect(await looks()).toContainEqual({
      ...{ fields: ['name', 'address', 'account'], label: 'sign-in', by_post: it.a.posts.worker },
    })
    const { worker } = it.town.b
    const list = await it.workerDoes('GET', '/api/identity/claims', undefined, worker.name)
    expect(list.body.claims).toEqual([])
    const foreign = await it.decide(claim.claim, 'refused', undefined, worker.name)
    const nowhere = await it.decide(randomUUID(), 'refused', undefined, worker.name)
    expect(foreign).toEqual(nowhere)
    expect(foreign.status).toBe(404)
    expect((await it.oneClaim(claim.claim, worker.name)).body.fault).toBe('not-found')
    // Only somebody who lives in that home can be meant.
    const { neighbour } = it.a
    expect(await it.decide(claim.claim, 'is-that-person', neighbour.person)).toMatchObject({
      ...{ status: 404, body: { field: 'person' } },
    })
  })
})

test('an account is one person of a street: a second home’s letter changes nothing', async () => {
  const { elder, neighbour, homes } = it.a
  const jar = await it.account()
  await it.byLetter(jar, (await it.letterTo(homes[0]!)).code, elder.name)
  const { code } = await it.letterTo(homes[1]!)
  expect(await it.byLetter(jar, code, neighbour.name)).toMatchObject({
    ...{ status: 409, body: { fault: 'already-so' } },
  })
  // The letter is whole: its own people can still use it.
  expect((await it.byLetter(await it.account(), code, neighbour.name)).status).toBe(200)
})

test('what is past its term is let go', async () => {
  const { elder, homes } = it.a
  await it.byLetter(await it.account(), (await it.letterTo(homes[0]!)).code, elder.name)
  await it.letterTo(homes[1]!)
  await (await it.account()).post('/api/identity/home/ask', { home: homes[0], name: '张三' })
  await it.town.owner('update identity.standing set until = at')
  it.passes(800 * dayMs)
  await it.town.program.letGo()
  await it.town.program.letGo()
  for (const table of ['letter', 'vouching', 'standing', 'account', 'shown_code', 'session']) {
    expect(await it.town.owner(`select 1 from identity.${table}`), table).toEqual([])
  }
})

/** To a home of the next committee of the street. */
async function movesAway(person: string): Promise<void> {
  const { street } = it.a
  const next = '310104011016'
  const building = '00000000-0000-7000-8000-0000000000aa'
  const rows: [string, unknown[]][] = [
    ['insert into places.compound values ($1, $2, $3, $4)', [`${next}-01`, street, next, '别处']],
    [
      'insert into places.building values ($1, $2, $3, $4)',
      [street, building, `${next}-01`, '1幢'],
    ],
    [
      'insert into places.home values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [`${next}-01-1-101`, street, next, `${next}-01`, building, '1', 1, '101'],
    ],
    [
      'update people.residence set home = $2, household = null where person = $1',
      [person, `${next}-01-1-101`],
    ],
  ]
  for (const [statement, values] of rows) await it.town.owner(statement, values)
}
