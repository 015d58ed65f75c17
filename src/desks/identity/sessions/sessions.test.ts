import { once } from 'node:events'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWeb } from '../../../../scripts/build-web.ts'
import type { Jar } from '../../../../tests/rig/jar.ts'
import { pagesDir } from '../../../../tests/rig/pages.ts'
import { operatorKey } from '../../../../tests/rig/program.ts'
import { openTelephones, type Telephones } from '../../../../tests/rig/telephones.ts'
import { dayMs, hourMs, minuteMs } from '../../../kernel/clock.ts'
import { openLive } from '../../../platform/live.ts'
import { deviceNameOf } from './decide.ts'
import { lookOn } from './sessions.ts'

let it: Telephones

beforeAll(async () => {
  await buildWeb({ outDir: pagesDir })
  it = await openTelephones({ distDir: pagesDir })
})
afterAll(() => it[Symbol.asyncDispose]())

let numbers = 0
const newPhone = () => `138${String(20_000_000 + numbers++)}`
const passes = (ms: number) => it.town.clock.set({ at: it.town.clock.now() + ms })
const me = (jar: Jar) => jar.get('/api/identity/me')
const devices = async (jar: Jar) => (await jar.get('/api/identity/devices')).body.devices

async function linkOf(name: string): Promise<string> {
  const { url } = await it.town.ask(operatorKey, 'POST', '/api/identity/links', { name })
  return new URL(url).pathname
}

/** As a browser presses the button of the link's page. */
async function enter(name: string, jar = it.browser()): Promise<Jar> {
  const answer = await jar.send('POST', await linkOf(name))
  expect(answer.status).toBe(303)
  return jar
}

/** What this browser is signed in with, as the database knows it. */
async function sessionOf(jar: Jar): Promise<{ id: string; account: string } | undefined> {
  const [row] = await it.town.owner(
    'select id, account from identity.session where device = sha256($1)',
    [Buffer.from(jar.cookies.get('lilong-device')!)],
  )
  return row
}

/** The account that this browser is signed in with is that person, as an officer has said. */
async function becomes(jar: Jar, person: string, level: 'resident' | 'staff'): Promise<string> {
  const { account } = (await sessionOf(jar))!
  await it.town.owner(
    `insert into identity.standing (street, id, account, person, capacity, proof, at)
    values ($1, gen_random_uuid(), $2, $3, $4, $5, now())`,
    [it.town.a.street, account, person, level, level === 'staff' ? 'invitation' : 'station'],
  )
  return account
}

/** By a token of today: the clock goes far here. */
async function officerDoes(path: string, body: object): Promise<any> {
  const token = await it.town.tokenOf(it.town.a.officer.name)
  return it.town.ask(token, 'POST', path, body)
}

async function openStream(jar: Jar): Promise<{ ended: Promise<unknown>; close(): void }> {
  const cookie = [...jar.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const request = get(`${it.town.program.url}/live`, { headers: { cookie } })
  const [response] = await once(request, 'response')
  expect(response.statusCode).toBe(200)
  response.resume()
  return { ended: once(response, 'end'), close: () => request.destroy() }
}

test('a page’s token alone is nobody: in another browser, in none, as a program', async () => {
  const jar = await enter(it.town.a.elder.name)
  expect((await me(jar)).body).toMatchObject({ name: it.town.a.elder.name })
  const token = jar.cookies.get('lilong')!
  const thief = it.browser()
  thief.cookies.set('lilong', token)
  expect((await me(thief)).status).toBe(401)
  thief.cookies.set('lilong-device', 'one of its own')
  expect((await me(thief)).status).toBe(401)
  expect((await it.town.call(token, 'GET', '/api/identity/me')).status).toBe(401)
  // The browser's secret opens nothing without the token either.
  const half = it.browser()
  half.cookies.set('lilong-device', jar.cookies.get('lilong-device')!)
  expect((await me(half)).status).toBe(401)
  expect((await me(jar)).status).toBe(200)
})

test('signing in makes a new token and ends what the browser held: nothing is fixed before', async () => {
  const jar = it.browser()
  jar.cookies.set('lilong', 'planted by somebody').set('lilong-device', 'planted too')
  await enter(it.town.a.elder.name, jar)
  const first = jar.cookies.get('lilong')!
  expect(first).not.toBe('planted by somebody')
  await it.signIn(newPhone(), jar)
  const second = jar.cookies.get('lilong')!
  expect(second).not.toBe(first)
  const before = it.browser()
  before.cookies.set('lilong', first).set('lilong-device', 'planted too')
  expect((await me(before)).status).toBe(401)
  expect(await devices(jar)).toHaveLength(1)
})

test('a resident’s sign-in lasts 30 days, used or not', async () => {
  const jar = await it.signIn(newPhone())
  await becomes(jar, it.town.b.elder.person, 'resident').catch(() => undefined)
  for (let day = 0; day < 29; day++) {
    passes(dayMs)
    expect((await jar.get('/api/identity/home')).status).toBe(200)
  }
  passes(dayMs)
  expect((await jar.get('/api/identity/home')).status).toBe(401)
})

test('who holds a post signs in anew after an hour without use, and after twelve hours', async () => {
  const { worker } = it.town.a
  const phone = newPhone()
  const jar = await it.signIn(phone)
  await becomes(jar, worker.person, 'staff')
  expect((await me(jar)).body).toMatchObject({ role: 'committee' })
  for (let n = 0; n < 12; n++) {
    passes(59 * minuteMs)
    expect((await me(jar)).status).toBe(200)
  }
  passes(12 * minuteMs)
  expect((await me(jar)).status).toBe(401)

  await it.signIn(phone, jar)
  passes(hourMs + minuteMs)
  expect((await me(jar)).status).toBe(401)
  // It is over, and stays so, though the post ends.
  expect(await sessionOf(jar)).toBeUndefined()

  await it.signIn(phone, jar)
  const { id } = (await sessionOf(jar))!
  for (let n = 0; n < 3; n++) {
    passes(45 * minuteMs)
    // An open page's stream counts as use.
    expect(await lookOn(it.town.program.given, [id])).toEqual([])
  }
  expect((await me(jar)).status).toBe(200)
})

test('a role is looked up at each call: ended or given, the very next one feels it', async () => {
  const { neighbour, body, deputy } = it.town.a
  const jar = await it.signIn(newPhone())
  await becomes(jar, deputy.person, 'staff')
  expect((await jar.get('/api/tasks/mine')).status).toBe(200)
  await officerDoes('/api/duties/posts/end', { post: it.town.a.posts.deputy })
  // Neither a post nor a home: the account is all that is left.
  expect((await jar.get('/api/tasks/mine')).status).toBe(403)
  expect((await jar.get('/api/identity/home')).body.level).toBe('phone')
  await officerDoes('/api/duties/posts', {
    ...{ body, title: '居委社工', person: deputy.person, rank: 2 },
  })
  expect((await jar.get('/api/tasks/mine')).status).toBe(200)

  const home = await enter(neighbour.name)
  expect((await home.get('/api/tasks/mine')).status).toBe(403)
})

test('a post is not held by who found a letter, nor by a telephone where there is a key', async () => {
  const { neighbour, body } = it.town.a
  const jar = await it.signIn(newPhone())
  const account = await becomes(jar, neighbour.person, 'resident')
  const held = { body, title: '居委社工', person: neighbour.person, rank: 9 }
  const { post } = await officerDoes('/api/duties/posts', held)
  expect((await jar.get('/api/tasks/mine')).status).toBe(403)
  expect((await me(jar)).body).toMatchObject({ role: 'resident' })
  await it.town.owner(`update identity.standing set capacity = 'staff' where account = $1`, [
    account,
  ])
  expect((await jar.get('/api/tasks/mine')).status).toBe(200)
  await it.town.owner(
    `insert into identity.passkey (id, account, public_key, counter, transports, is_backed_up,
      device_name, made_at) values ('k', $1, '', 0, '{}', false, 'iphone', now())`,
    [account],
  )
  expect((await jar.get('/api/tasks/mine')).status).toBe(403)
  await it.town.owner('delete from identity.passkey')
  await officerDoes('/api/duties/posts/end', { post })
  await it.town.owner('delete from identity.standing where account = $1', [account])
})

test('who acts for another by a grant asks as them, until the grant ends: at the next call', async () => {
  const { elder, neighbour } = it.town.a
  const jar = await it.signIn(newPhone())
  const account = await becomes(jar, neighbour.person, 'resident')
  const [{ id }] = await it.town.owner(
    `insert into identity.grant (street, id, of_person, to_account, relation, called, way, made_at,
      until) values ($1, gen_random_uuid(), $2, $3, 'child', '女儿', 'code', $4, $5) returning id`,
    [
      ...[it.town.a.street, elder.person, account],
      ...[new Date(it.town.clock.now()), new Date(it.town.clock.now() + dayMs)],
    ],
  )
  await it.town.owner('update identity.session set grant_id = $1 where account = $2', [id, account])
  expect((await me(jar)).body.name).toBe(elder.name)
  // Nothing of their own account meanwhile.
  expect((await jar.get('/api/identity/devices')).status).toBe(403)
  await it.town.owner(`update identity.grant set ended_at = now(), ended_by = 'person'`)
  expect((await me(jar)).body.name).toBe(neighbour.name)
  await it.town.owner('delete from identity.standing where account = $1', [account])
})

test('who moved out is that person no more at the next call', async () => {
  const { neighbour } = it.town.a
  const jar = await it.signIn(newPhone())
  const account = await becomes(jar, neighbour.person, 'resident')
  expect((await me(jar)).body).toMatchObject({ name: neighbour.name, role: 'resident' })
  await it.town.owner('update people.residence set to_at = now() where person = $1', [
    neighbour.person,
  ])
  expect(await me(jar)).toMatchObject({ status: 403, body: { fault: 'level-too-low' } })
  await it.town.owner('update people.residence set to_at = null where person = $1', [
    neighbour.person,
  ])
  await it.town.owner('delete from identity.standing where account = $1', [account])
})

test('devices are listed by a word, ended one by one and all others at once', async () => {
  const phone = newPhone()
  const agents = [
    'Mozilla/5.0 (Linux; Android 14) Shen-Abao',
    'Mozilla/5.0 (Windows NT 10.0)',
    'Mozilla/5.0 (iPhone) MicroMessenger/8.0',
  ]
  const jars: Jar[] = []
  for (const agent of agents) {
    jars.push(await it.signIn(phone, it.browser(agent)))
    passes(minuteMs)
  }
  const [android, windows, wechat] = jars as [Jar, Jar, Jar]
  const listed = await devices(wechat)
  expect(listed.map(({ device, openedBy }: any) => [device, openedBy])).toEqual([
    ['wechat', 'code'],
    ['windows', 'code'],
    ['android', 'code'],
  ])
  expect(listed.map(({ isThis }: any) => isThis)).toEqual([true, false, false])
  expect(JSON.stringify(await it.town.owner('select * from identity.session'))).not.toContain(
    'Shen',
  )
  const other = await it.signIn(newPhone())
  const end = (jar: Jar, session: string) => jar.post('/api/identity/devices/end', { session })
  // Nobody ends what is another's, nor learns that it is there.
  expect(await end(other, listed[1].session)).toMatchObject({ status: 404 })
  expect((await end(wechat, listed[1].session)).body).toEqual({ ended: 1 })
  expect((await windows.get('/api/identity/devices')).status).toBe(401)
  expect((await wechat.post('/api/identity/devices/end-others')).body).toEqual({ ended: 1 })
  expect((await android.get('/api/identity/devices')).status).toBe(401)
  expect(await devices(wechat)).toHaveLength(1)
  expect(await devices(other)).toHaveLength(1)
})

test('an account of two streets sees one at a time, and none that it is nobody in', async () => {
  const { a, b } = it.town
  const jar = await it.signIn(newPhone())
  const account = await becomes(jar, a.neighbour.person, 'resident')
  expect((await me(jar)).body.name).toBe(a.neighbour.name)
  const choose = (street: string) => jar.post('/api/identity/street', { street })
  expect(await choose(b.street)).toEqual(await choose('310104012'))
  await it.town.owner(
    `insert into identity.standing (street, id, account, person, capacity, proof, at)
    values ($1, gen_random_uuid(), $2, $3, 'resident', 'station', now())`,
    [b.street, account, b.neighbour.person],
  )
  const { streets } = (await jar.get('/api/identity/home')).body
  expect(streets.map(({ street }: any) => street)).toEqual([a.street, b.street])
  for (const one of [a, b, a]) {
    expect((await choose(one.street)).status).toBe(200)
    expect((await me(jar)).body.name).toBe(one.neighbour.name)
  }
  await it.town.owner('delete from identity.standing where account = $1', [account])
})

test('an account is signed in on twenty browsers: the one used the longest ago goes', async () => {
  const phone = newPhone()
  const first = await it.signIn(phone)
  const { account } = (await sessionOf(first))!
  await it.town.owner(
    `insert into identity.session (hash, account, kind, device, made_at, seen_at, expires_at,
      idle_ms, opened_by) select sha256(n::text::bytea), $1, 'page', '', $2::timestamptz + n *
      interval '1 second', $2, $2::timestamptz + interval '20 days', 1e10, 'code'
    from generate_series(1, 19) n`,
    [account, new Date(it.town.clock.now() + 1)],
  )
  expect(await devices(first)).toHaveLength(20)
  passes(minuteMs)
  const last = await it.signIn(phone)
  expect((await first.get('/api/identity/devices')).status).toBe(401)
  expect(await devices(last)).toHaveLength(20)
})

test('leaving ends the session, also where the cookie is kept', async () => {
  const jar = await enter(it.town.a.elder.name)
  const kept = new Map(jar.cookies)
  const answer = await jar.send('POST', '/sign-out')
  expect(answer.status).toBe(303)
  expect(jar.cookies.has('lilong')).toBe(false)
  const again = it.browser()
  for (const [name, value] of kept) again.cookies.set(name, value)
  expect((await me(again)).status).toBe(401)
})

test('the live stream of a session that ended closes at once, and no other', async () => {
  const { elder } = it.town.a
  const [jar, stays] = [await enter(elder.name), await enter(elder.name)]
  const [stream, other] = [await openStream(jar), await openStream(stays)]
  let isOtherOver = false
  void other.ended.then(() => (isOtherOver = true)).catch(() => undefined)
  const [session] = (await devices(stays)).filter(({ isThis }: any) => !isThis)
  await stays.post('/api/identity/devices/end', { session: session.session })
  await stream.ended
  expect(isOtherOver).toBe(false)
  other.close()
})

test('who leaves while it is looked up who they are leaves no stream behind', async () => {
  const live = await openLive(
    it.town.ownerUrl,
    () => undefined,
    () => undefined,
  )
  const watched = Promise.withResolvers<number>()
  const server = createServer((request, response) => {
    response.once('close', () => {
      live.watch(it.town.a.elder.person, response, { session: 'of somebody' })
      watched.resolve(live.count() + live.sessions().length)
    })
    request.socket.destroy()
  })
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const request = get(`http://127.0.0.1:${port}`)
  request.on('error', () => undefined)
  expect(await watched.promise).toBe(0)
  await live.close()
  await new Promise((done) => server.close(done))
})

test('sessions that are over are told apart from those that live', async () => {
  const jar = await it.signIn(newPhone())
  const { id } = (await sessionOf(jar))!
  const gone = '00000000-0000-7000-8000-000000000000'
  expect(await lookOn(it.town.program.given, [id, gone])).toEqual([gone])
  passes(30 * dayMs)
  expect(new Set(await lookOn(it.town.program.given, [id, gone]))).toEqual(new Set([gone, id]))
})

test('no other site presses a button of ours: links, signing out, the API', async () => {
  const jar = await enter(it.town.a.elder.name)
  const link = await linkOf(it.town.a.neighbour.name)
  for (const origin of ['https://example.org', 'null', 'http://127.0.0.1:1']) {
    const headers = { origin }
    expect((await jar.send('POST', link, { headers })).status).toBe(403)
    expect((await jar.send('POST', '/sign-out', { headers })).status).toBe(403)
    const body = { phone: newPhone() }
    expect((await jar.post('/api/identity/codes', body, headers)).status).toBe(403)
    expect((await jar.post('/api/identity/devices/end-others', {}, headers)).status).toBe(403)
  }
  const headers = { origin: it.town.program.url }
  expect((await me(jar)).body.name).toBe(it.town.a.elder.name)
  expect((await jar.send('POST', link, { headers })).status).toBe(303)
})

test('cookies are the browser’s alone, and not for scripts', async () => {
  const jar = it.browser()
  const answer = await jar.send('POST', await linkOf(it.town.a.elder.name))
  const [device, session] = answer.headers.getSetCookie()
  for (const line of [device, session]) {
    expect(line).toMatch(/; Path=\/.*; HttpOnly; SameSite=Lax/i)
    expect(line).not.toMatch(/domain=/i)
  }
  expect(device).toMatch(/^lilong-device=[\w-]{43}; Max-Age=31536000/)
  expect(session).toMatch(/^lilong=[\w-]{43}; Max-Age=2592000/)
})

test.each([
  ['iphone', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)'],
  ['ipad', 'Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X)'],
  ['android', 'Mozilla/5.0 (Linux; Android 15; Pixel)'],
  ['harmony', 'Mozilla/5.0 (Phone; OpenHarmony 5.0)'],
  ['mac', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)'],
  ['linux', 'Mozilla/5.0 (X11; Linux x86_64)'],
  ['wechat', 'Mozilla/5.0 (Linux; Android 15) MicroMessenger/8'],
  ['other', ''],
  ['other', 'x'.repeat(5_000)],
])('a browser is %s and nothing more', (name, agent) => {
  expect(deviceNameOf(agent)).toBe(name)
})
