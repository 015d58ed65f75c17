import { afterAll, beforeEach, expect, test } from 'vitest'
import { every } from '../../../../tests/rig/contracts.ts'
import { operatorKey, openTestProgram, type TestProgram } from '../../../../tests/rig/program.ts'
import { invited, press, visitor, type Visitor } from '../../../../tests/rig/visitor.ts'
import { softKey, type SoftKey } from '../../../../tests/rig/authenticator.ts'
import { dayMs, minuteMs } from '../../../kernel/clock.ts'
import { isFault } from '../../../kernel/fault.ts'
import { enter } from '../index.ts'

const street = '310104011'
const committee = '310104011013'
const me = { street, name: '赵明', phone: '13911112222' }
const passkeys = '/api/identity/passkeys'
let town: TestProgram

beforeEach(async () => {
  await town?.[Symbol.asyncDispose]()
  town = await openTestProgram({ town: 'empty' })
})
afterAll(() => town[Symbol.asyncDispose]())

async function ownerLink(): Promise<string> {
  return (await town.ask(operatorKey, 'POST', '/api/identity/owner-links', {})).url
}

async function addKey(by: Visitor): Promise<SoftKey> {
  const key = softKey(`http://localhost:${town.program.httpPort}`)
  const { body } = await by.post(`${passkeys}/begin`)
  expect((await by.post(`${passkeys}/add`, key.create(body))).status).toBe(200)
  return key
}

async function show(by: Visitor, key: SoftKey): Promise<void> {
  const { body } = await by.post(`${passkeys}/step-up/begin`)
  expect((await by.post(`${passkeys}/step-up`, key.get(body))).status).toBe(200)
}

/** The owner, with a street of their own and a passkey. */
async function founded(): Promise<{ owner: Visitor; key: SoftKey }> {
  const owner = visitor(town)
  await press(town, owner, await ownerLink())
  expect((await owner.post('/api/identity/begin', me)).status).toBe(200)
  return { owner, key: await addKey(owner) }
}

/** A colleague in the register, in a post of a committee. */
async function colleague(owner: Visitor): Promise<{ person: string; post: string; body: string }> {
  const hours = { phone: '021-5550-0101', opensAt: '08:30', closesAt: '17:30' }
  const { body } = (await owner.post('/api/duties/bodies', { committee, ...hours })).body
  const wish = { name: '钱芳', home: null, bornOn: null, phone: null, livesAlone: false }
  const { person } = (await owner.post('/api/people', wish)).body
  const held = { body, title: '居委社工', person, rank: 1 }
  const { post } = (await owner.post('/api/duties/posts', held)).body
  return { person, post, body }
}

test('one link leads from an empty town to its first officer', async () => {
  const owner = visitor(town)
  expect(await press(town, owner, await ownerLink())).toBe('/begin')
  expect((await owner.get('/api/identity/begin')).body).toEqual({
    ...{ mayFound: true, street: null, hasKey: false, committees: [] },
  })
  const { status, body } = await owner.post('/api/identity/begin', me)
  expect({ status, body }).toEqual({ status: 200, body: { street, name: body.name } })
  expect((await owner.get('/api/identity/me')).body).toMatchObject({
    ...{ name: me.name, role: 'street', street: body.name },
  })
  await addKey(owner)
  const hours = { phone: '021-5550-0101', opensAt: '08:30', closesAt: '17:30' }
  await owner.post('/api/duties/bodies', { committee, ...hours })
  expect((await owner.get('/api/identity/begin')).body).toEqual({
    ...{
      mayFound: false,
      street: { street, name: body.name },
      hasKey: true,
      committees: [committee],
    },
  })
})

test('the owner’s link works once, for a day, and a new one ends it', async () => {
  const { given } = town.program
  const [first, second] = [await ownerLink(), await ownerLink()]
  await expect(press(town, visitor(town), first)).rejects.toThrow('link-used')
  const browser = { device: () => Buffer.alloc(32), userAgent: '' }
  const secret = second.split('/in/')[1]!
  const all = await Promise.all(
    Array.from({ length: 10 }, () => enter(given, secret, browser, false)),
  )
  expect(all.filter((each) => !isFault(each))).toHaveLength(1)
  const late = await ownerLink()
  town.clock.set({ at: town.clock.now() + dayMs })
  await expect(press(town, visitor(town), late)).rejects.toThrow('link-used')
})

test('as soon as a street has an officer there is no such link, and an open one is nothing', async () => {
  const { owner } = await founded()
  const open = await town.call(operatorKey, 'POST', '/api/identity/owner-links', {})
  expect(open).toMatchObject({ status: 409, body: { fault: 'already-so' } })
  expect((await owner.post('/api/identity/begin', { ...me, street: '310115005' })).status).toBe(403)
})

test('two who press at once, and two streets at once, are one', async () => {
  const owner = visitor(town)
  await press(town, owner, await ownerLink())
  // It was not used: a second link, to a second browser.
  const other = visitor(town)
  await press(town, other, await ownerLink())
  const both = await Promise.all([
    owner.post('/api/identity/begin', me),
    other.post('/api/identity/begin', { ...me, street: '310115005' }),
    owner.post('/api/identity/begin', { ...me, street: '310115005' }),
  ])
  expect(both.filter(({ status }) => status === 200)).toHaveLength(1)
})

test('nobody else opens a street: neither a telephone nor an expired link', async () => {
  const owner = visitor(town)
  await press(town, owner, await ownerLink())
  const [{ id }] = (
    await town.program.given.db.ownerPool.query(
      'insert into identity.account (id, made_at, seen_at) values (gen_random_uuid(), now(), now()) returning id',
    )
  ).rows
  await town.program.given.db.ownerPool.query(
    'update identity.session set account = $1 where device = $2',
    [id, owner.device],
  )
  expect((await owner.post('/api/identity/begin', me)).status).toBe(403)
  const late = visitor(town)
  await press(town, late, await ownerLink())
  town.clock.set({ at: town.clock.now() + dayMs })
  expect((await late.post('/api/identity/begin', me)).status).not.toBe(200)
})

test('in an empty town nobody comes in without the link, and nobody is listed', async () => {
  const stranger = visitor(town)
  const open = every.filter(({ endpoint }) => endpoint.who.anyone)
  for (const { name, endpoint } of every) {
    const path = `/api${endpoint.get ?? endpoint.post}`
    const answer = endpoint.get ? await stranger.get(path) : await stranger.post(path)
    if (!open.some((each) => each.name === name)) expect([name, answer.status]).toEqual([name, 401])
    expect(stranger.cookies.has('lilong')).toBe(false)
  }
  const ways = (await stranger.get('/api/identity/ways')).body
  expect(Object.keys(ways).toSorted()).toEqual(['code', 'organisation', 'passkey', 'passkeyUnder'])
  for (const secret of ['admin', 'lilong', 'password', '', 'x'.repeat(43)]) {
    expect(
      isFault(
        await enter(
          town.program.given,
          secret,
          {
            ...{ device: () => Buffer.alloc(32), userAgent: '' },
          },
          false,
        ),
      ),
    ).toBe(true)
  }
})

test('an officer invites whoever holds a post; they come in, make a key, and work', async () => {
  const { owner, key } = await founded()
  const { person, post } = await colleague(owner)
  expect((await owner.post('/api/identity/invitations', { post })).body.fault).toBe(
    'step-up-needed',
  )
  await show(owner, key)
  const { url, expiresAt } = (await owner.post('/api/identity/invitations', { post })).body
  expect(expiresAt).toBe(town.clock.now() + dayMs)
  const worker = visitor(town)
  expect(await press(town, worker, url)).toBe('/me/keys')
  await addKey(worker)
  expect((await worker.get('/api/identity/me')).body).toMatchObject({
    ...{ name: '钱芳', role: 'committee' },
  })
  await expect(press(town, visitor(town), url)).rejects.toThrow('link-used')
  // Whoever made a way in for somebody stands in that person's book.
  const { rows } = await town.program.given.db.ownerPool.query(
    "select by_person is not null as by, fields from privacy.look where person = $1 and label = 'sign-in'",
    [person],
  )
  expect(rows).toEqual([{ by: true, fields: ['account'] }])
})

test('an invitation is to a post: it ends with it, and another makes it void', async () => {
  const { owner, key } = await founded()
  const { person, post, body } = await colleague(owner)
  await show(owner, key)
  const link = async (to: string) =>
    (await owner.post('/api/identity/invitations', { post: to })).body.url
  const [first, second] = [await link(post), await link(post)]
  await expect(press(town, visitor(town), first)).rejects.toThrow('link-used')
  await owner.post('/api/duties/posts/end', { post })
  await expect(press(town, visitor(town), second)).rejects.toThrow('link-used')
  expect((await owner.post('/api/identity/invitations', { post })).status).toBe(404)
  const held = { body, title: '居委社工', person, rank: 1 }
  const again = (await owner.post('/api/duties/posts', held)).body.post
  expect(await press(town, visitor(town), await link(again))).toBe('/me/keys')
})

test('whoever lost every key is let in anew, to the same account, by a person', async () => {
  const { owner, key } = await founded()
  const { post } = await colleague(owner)
  const worker = await invited(town, '钱芳')
  const lost = await addKey(worker)
  town.clock.set({ at: town.clock.now() + dayMs })
  await owner.post(
    `${passkeys}/sign-in`,
    key.get((await owner.post(`${passkeys}/sign-in/begin`)).body),
  )
  const { url } = (await owner.post('/api/identity/invitations', { post })).body
  const anew = visitor(town)
  await press(town, anew, url)
  const found = await addKey(anew)
  const { passkeys: known } = (await anew.get(passkeys)).body
  expect(known.map(({ id }: { id: string }) => id)).toEqual([lost.id, found.id])
  await show(anew, found)
  expect((await anew.post(`${passkeys}/remove`, { id: lost.id })).status).toBe(200)
  // The link alone made a key, and showed nothing sensitive.
  town.clock.set({ at: town.clock.now() + 31 * minuteMs })
  expect((await anew.post(`${passkeys}/begin`)).body.fault).toBe('step-up-needed')
})

test('another street’s officer, and a worker, invite nobody', async () => {
  const { owner } = await founded()
  const { post } = await colleague(owner)
  const worker = await invited(town, '钱芳')
  await show(worker, await addKey(worker))
  expect((await worker.post('/api/identity/invitations', { post })).status).toBe(403)
  await town.ask(operatorKey, 'POST', '/api/duties/streets', {
    ...{ street: '310115005', officer: '孙青', phone: '13922223333' },
  })
  const other = await invited(town, '孙青')
  await show(other, await addKey(other))
  expect((await other.post('/api/identity/invitations', { post })).status).toBe(404)
})

test('links are kept as hashes, and let go after their day', async () => {
  const url = await ownerLink()
  const secret = url.split('/in/')[1]!
  const { ownerPool } = town.program.given.db
  const { rows } = await ownerPool.query('select * from identity.opening')
  expect(JSON.stringify(rows)).not.toContain(secret)
  expect(town.logged.join('')).not.toContain(secret)
  town.clock.set({ at: town.clock.now() + dayMs + 1 })
  await town.program.letGo()
  expect((await ownerPool.query('select from identity.opening')).rowCount).toBe(0)
})
