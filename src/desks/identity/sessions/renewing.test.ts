import { once } from 'node:events'
import { get } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWeb } from '../../../../scripts/build-web.ts'
import type { Jar } from '../../../../tests/rig/jar.ts'
import { pagesDir } from '../../../../tests/rig/pages.ts'
import { openTelephones, type Telephones } from '../../../../tests/rig/telephones.ts'
import { minuteMs } from '../../../kernel/clock.ts'

const phone = '13830000001'
let it: Telephones
let jar: Jar
let session: string

beforeAll(async () => {
  await buildWeb({ outDir: pagesDir })
  it = await openTelephones({ distDir: pagesDir })
  jar = await it.signIn(phone)
  const [row] = await it.town.owner(
    'select id, account from identity.session where device = sha256($1)',
    [Buffer.from(jar.cookies.get('lilong-device')!)],
  )
  session = row.id
  await it.town.owner(
    `insert into identity.standing (street, id, account, person, capacity, proof, at)
     values ($1, gen_random_uuid(), $2, $3, 'resident', 'station', now())`,
    [it.town.a.street, row.account, it.town.a.neighbour.person],
  )
})
afterAll(() => it[Symbol.asyncDispose]())

const me = (by: Jar) => by.get('/api/identity/me')
const token = () => jar.cookies.get('lilong')

/** The same browser, with what it held then. */
function asItWas(cookies: Map<string, string>): Jar {
  const old = it.browser()
  for (const [name, value] of cookies) old.cookies.set(name, value)
  return old
}

async function openStream() {
  const cookie = [...jar.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const request = get(`${it.town.program.url}/live`, { headers: { cookie } })
  const [response] = await once(request, 'response')
  response.resume()
  const stream = { isOver: false, close: () => request.destroy() }
  response.once('end', () => (stream.isOver = true))
  return stream
}

test('showing anew gives a new token; the one before is dead, and the open stream goes on', async () => {
  const before = new Map(jar.cookies)
  const stream = await openStream()
  it.town.clock.set({ at: it.town.clock.now() + minuteMs })
  await jar.post('/api/identity/step-up/code')
  const code = await it.codeOf(phone, 2)
  expect((await jar.post('/api/identity/step-up/code/use', { code })).status).toBe(200)
  expect(token()).not.toBe(before.get('lilong'))
  expect((await me(asItWas(before))).status).toBe(401)
  expect((await me(jar)).body.name).toBe(it.town.a.neighbour.name)
  const { devices } = (await jar.get('/api/identity/devices')).body
  expect(devices).toMatchObject([{ session, isThis: true }])
  expect(stream.isOver).toBe(false)
  stream.close()
})

test('so does becoming somebody else: in another street, or for another', async () => {
  for (const [path, body] of [
    ['/street', { street: it.town.a.street }],
    ['/act-for', { grant: null }],
  ] as const) {
    const before = new Map(jar.cookies)
    expect((await jar.post(`/api/identity${path}`, body)).status, path).toBe(200)
    expect(token(), path).not.toBe(before.get('lilong'))
    expect((await me(asItWas(before))).status).toBe(401)
  }
})

test('what is refused leaves the token as it is', async () => {
  const before = token()
  expect((await jar.post('/api/identity/street', { street: it.town.b.street })).status).toBe(404)
  const code = '000000'
  expect((await jar.post('/api/identity/step-up/code/use', { code })).status).not.toBe(200)
  expect(token()).toBe(before)
  expect((await me(jar)).status).toBe(200)
})
