import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTelephones, type Telephones } from '../../../../tests/rig/telephones.ts'
import { dayMs, hourMs, minuteMs } from '../../../kernel/clock.ts'

let it: Telephones

beforeAll(async () => {
  it = await openTelephones()
})
afterAll(() => it[Symbol.asyncDispose]())

let numbers = 0
/** One that nobody had before. */
const newPhone = () => `139${String(10_000_000 + numbers++)}`
const passes = (ms: number) => it.town.clock.set({ at: it.town.clock.now() + ms })
const wrongOf = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
const state = (jar: ReturnType<Telephones['browser']>) => jar.get('/api/identity/home')

test('a telephone signs in by its code, as an account that lives nowhere yet', async () => {
  const jar = await it.signIn(newPhone())
  expect(await state(jar)).toMatchObject({ status: 200, body: { level: 'phone', waiting: [] } })
  // What is a resident's says loudly what is missing.
  expect(await jar.get('/api/identity/me')).toMatchObject({
    ...{ status: 403, body: { fault: 'level-too-low' } },
  })
})

test('asking tells nobody whether a telephone is known: bodies and effort are equal', async () => {
  const known = newPhone()
  await it.signIn(known)
  passes(minuteMs)
  const bodies = await Promise.all(
    [known, newPhone(), newPhone()].map(async (phone) => (await it.ask(it.browser(), phone)).body),
  )
  expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1)
  expect(bodies[0]).toEqual({
    ...{ sentAt: it.town.clock.now(), waitMs: minuteMs },
    expiresAt: it.town.clock.now() + 5 * minuteMs,
  })
  // A wrong code is answered alike for a known one, an unknown one and one that asked for none.
  const wrong = await Promise.all(
    [known, newPhone(), '13700000000'].map((phone) => it.use(it.browser(), phone, '000000')),
  )
  expect(new Set(wrong.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(wrong[0]).toMatchObject({ status: 403, body: { fault: 'code-wrong', field: 'code' } })
})

test('five tries: after them the right code does not help either', async () => {
  const phone = newPhone()
  const jar = it.browser()
  await it.ask(jar, phone)
  const code = await it.codeOf(phone)
  for (let tries = 0; tries < 5; tries++) {
    expect((await it.use(jar, phone, wrongOf(code))).status).toBe(403)
  }
  expect(await it.use(jar, phone, code)).toMatchObject({ body: { fault: 'code-wrong' } })
})

test('five tries, though twenty come at once', async () => {
  const phone = newPhone()
  const jar = it.browser()
  await it.ask(jar, phone)
  const code = await it.codeOf(phone)
  await Promise.all(Array.from({ length: 20 }, () => it.use(jar, phone, wrongOf(code))))
  expect((await it.town.owner('select 1 from identity.code where tries > 5')).length).toBe(0)
  expect((await it.town.owner('select 1 from identity.code where tries = 5')).length).toBe(2)
  expect((await it.use(jar, phone, code)).status).toBe(403)
  passes(hourMs)
})

test('a code works once, though ten enter it at once, and never again', async () => {
  const phone = newPhone()
  const jar = it.browser()
  await it.ask(jar, phone)
  const code = await it.codeOf(phone)
  const all = await Promise.all(Array.from({ length: 5 }, () => it.use(jar, phone, code)))
  expect(all.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(await it.use(jar, phone, code)).toMatchObject({ status: 403 })
})

test('a code is over after five minutes, and when another was asked for', async () => {
  const phone = newPhone()
  const jar = it.browser()
  await it.ask(jar, phone)
  const first = await it.codeOf(phone)
  passes(5 * minuteMs)
  expect((await it.use(jar, phone, first)).status).toBe(403)
  await it.ask(jar, phone)
  const second = await it.codeOf(phone, 2)
  passes(minuteMs)
  await it.ask(jar, phone)
  const third = await it.codeOf(phone, 3)
  if (second !== third) expect((await it.use(jar, phone, second)).status).toBe(403)
  expect((await it.use(jar, phone, third)).status).toBe(200)
})

test('a code opens nothing in another browser than the one that asked', async () => {
  const phone = newPhone()
  const jar = it.browser()
  await it.ask(jar, phone)
  const code = await it.codeOf(phone)
  expect((await it.use(it.browser(), phone, code)).status).toBe(403)
  const other = newPhone()
  expect((await it.use(jar, other, code)).status).toBe(403)
  expect((await it.use(jar, phone, code)).status).toBe(200)
})

test('of a telephone: one a minute, five an hour, ten a day, and how long to wait is said', async () => {
  passes(dayMs)
  const phone = newPhone()
  const ask = () => it.ask(it.browser(), phone)
  let sent = 0
  const waits: number[] = []
  const tryAt = async (wait: number) => {
    passes(wait)
    const { status, body } = await ask()
    if (status === 200) sent++
    else {
      expect({ status, fault: body.fault }).toEqual({ status: 429, fault: 'too-many' })
      waits.push(body.waitMs)
    }
  }
  await tryAt(0)
  await tryAt(minuteMs - 1)
  expect({ sent, waits }).toEqual({ sent: 1, waits: [1] })
  for (let n = 0; n < 4; n++) await tryAt(minuteMs)
  expect(sent).toBe(5)
  await tryAt(minuteMs)
  expect(waits.at(-1)).toBe(hourMs - 6 * minuteMs + 1)
  passes(hourMs)
  for (let n = 0; n < 5; n++) await tryAt(minuteMs)
  expect(sent).toBe(10)
  await tryAt(hourMs)
  expect(waits.at(-1)).toBeGreaterThan(20 * hourMs)
  await tryAt(waits.at(-1)!)
  expect(sent).toBe(11)
})

test('a stranger who asks for all ten codes does not shut out who signed in there before', async () => {
  passes(dayMs)
  const phone = newPhone()
  const own = await it.signIn(phone)
  await own.send('POST', '/sign-out')
  for (let n = 0; n < 12; n++) {
    passes(20 * minuteMs)
    await it.ask(it.browser(), phone)
  }
  const elsewhere = await it.ask(it.browser(), phone)
  expect(elsewhere).toMatchObject({ status: 429, body: { fault: 'too-many' } })
  expect(elsewhere.body.waitMs).toBeGreaterThan(hourMs)
  await it.signIn(phone, own)
  // Its own are as few: nobody floods that telephone from there either.
  expect((await it.ask(own, phone)).status).toBe(429)
  // It is known with its own telephone alone, and for as long as the number is taken to be theirs.
  const theirs = newPhone()
  await it.ask(own, theirs)
  expect((await it.ask(it.browser(), theirs)).status).toBe(429)
  passes(90 * dayMs)
  expect((await it.ask(own, phone)).status).toBe(200)
  expect((await it.ask(it.browser(), phone)).status).toBe(429)
})

test('of a browser ten an hour, of an address twenty, whatever the telephones', async () => {
  passes(dayMs)
  const jar = it.browser()
  const statuses = []
  for (let n = 0; n < 11; n++) statuses.push((await it.ask(jar, newPhone())).status)
  expect(statuses).toEqual([...Array(10).fill(200), 429])
  // Nine more browsers of the same address, then all of it is full: also ten at once.
  for (let n = 0; n < 5; n++) await it.ask(it.browser(), newPhone())
  const rest = await Promise.all(Array.from({ length: 10 }, () => it.ask(it.browser(), newPhone())))
  expect(rest.filter(({ status }) => status === 200)).toHaveLength(5)
  expect(rest.find(({ status }) => status === 429)!.body.waitMs).toBe(hourMs)
  passes(dayMs)
})

test('a number that nobody used for 90 days may be another’s: its account stays behind', async () => {
  passes(hourMs)
  const phone = newPhone()
  const accounts = () =>
    it.town.owner('select id, closed_at, phone_find from identity.account order by made_at')
  await it.signIn(phone)
  const first = (await accounts()).at(-1)!
  const { elder, street } = it.town.a
  await it.town.owner(
    `insert into identity.standing (street, id, account, person, capacity, proof, at)
    values ($1, gen_random_uuid(), $2, $3, 'resident', 'letter', now())`,
    [street, first.id, elder.person],
  )
  passes(89 * dayMs)
  const jar = await it.signIn(phone)
  expect((await jar.get('/api/identity/me')).body).toMatchObject({ name: elder.name })
  passes(91 * dayMs)
  const stranger = await it.signIn(phone)
  expect((await stranger.get('/api/identity/me')).status).toBe(403)
  expect((await state(stranger)).body.level).toBe('phone')
  const left = (await accounts()).find(({ id }) => id === first.id)!
  expect(left.phone_find).toBeNull()
  expect(left.closed_at).not.toBeNull()
  const [standing] = await it.town.owner('select until from identity.standing where account = $1', [
    first.id,
  ])
  expect(standing.until).not.toBeNull()
})

test('neither the number nor a code stands anywhere in the database or the log', async () => {
  passes(hourMs)
  const phone = newPhone()
  const jar = it.browser()
  await it.ask(jar, phone)
  const code = await it.codeOf(phone)
  it.provider.status = 500
  const unsent = newPhone()
  await it.ask(it.browser(), unsent)
  await expect.poll(() => it.town.logged.join('\n')).toContain('identity.code-not-sent')
  it.provider.status = 200
  await it.use(jar, phone, code)
  for (const plain of [phone, unsent]) {
    expect(await it.town.tablesHolding(plain)).toEqual([])
    expect(await it.town.tablesHolding(Buffer.from(plain).toString('hex'))).toEqual([])
    expect(it.town.logged.join('\n')).not.toContain(plain)
  }
  const rows = await it.town.owner('select * from identity.code')
  expect(JSON.stringify(rows)).not.toContain(code)
})

test('a line that is no mobile number is refused, and written in any way it is the same', async () => {
  passes(hourMs)
  for (const phone of ['021-55500101', '12345', '10086000000']) {
    expect(await it.ask(it.browser(), phone)).toMatchObject({
      ...{ status: 400, body: { fault: 'bad-input', field: 'phone' } },
    })
  }
  const phone = newPhone()
  const jar = it.browser()
  expect((await it.ask(jar, `+86 ${phone}`)).status).toBe(200)
  const code = await it.codeOf(phone)
  expect((await it.use(jar, phone, code)).status).toBe(200)
})

test('codes and what was counted are let go after a day', async () => {
  passes(dayMs + hourMs)
  await it.town.program.letGo()
  expect(await it.town.owner('select 1 from identity.code')).toEqual([])
  expect(await it.town.owner("select 1 from identity.attempt where kind <> 'known-here'")).toEqual(
    [],
  )
  // Which browser a telephone is known in, as long as its number is taken to be the same person's.
  expect(await it.town.owner('select 1 from identity.attempt')).not.toEqual([])
  passes(90 * dayMs)
  await it.town.program.letGo()
  expect(await it.town.owner('select 1 from identity.attempt')).toEqual([])
})
