import { Type } from 'typebox'
import { describe, expect, test } from 'vitest'
import { type Asker, type SignedIn, vouchedFor } from '../kernel/asker.ts'
import type { Book, WrittenLook } from '../kernel/book.ts'
import { closed, endpoint } from '../kernel/endpoint.ts'
import { fault } from '../kernel/fault.ts'
import type { PersonId, PostId, StreetCode } from '../kernel/ids.ts'
import { openHttp, serve, type Doorway, type Handler } from './http.ts'

const street = '310104011' as StreetCode
const elder = 'elder' as PersonId
const post = { id: 'post' as PostId, role: 'committee', title: '社工', unit: '居委' } as const
const worker: SignedIn = {
  ...{ kind: 'person', person: 'worker' as PersonId, street, home: null },
  post: { ...post, committee: null },
  signIn: vouchedFor,
}
const matter = { kind: 'task', id: 't1', label: 'care-visit' } as const
const look = { street, person: elder, fields: ['name'], matter } as const

const card = endpoint({
  get: '/card',
  says: 'Shows a name',
  who: { committee: 'task', operator: 'city' },
  sees: ['name'],
  why: 'task',
  input: closed({}),
  output: closed({ name: Type.String(), inner: Type.Array(closed({ n: Type.Integer() })) }),
})

type Open = { book?: Book; asker?: Asker; handler?: Handler<typeof card>; callsMax?: number }

async function open({ book, asker = worker, handler, callsMax = 100 }: Open) {
  const written: WrittenLook[] = []
  const said: string[] = []
  const doorway: Doorway = {
    book: book ?? { write: async (looks) => void written.push(...looks) },
    clock: { now: () => 1_000 },
    log: { say: (what, facts) => void said.push(JSON.stringify({ what, ...facts })) },
    whoAsks: async () => asker,
    callsPerMinuteMax: callsMax,
    isHttps: false,
  }
  const app = await openHttp(doorway, 'test')
  await app.register(async (api) => {
    serve(api, doorway, 'test.card', card, handler ?? show)
    const { get, ...rest } = card
    const posted = { ...rest, post: get, sees: [] } as const
    serve(api, doorway, 'test.post', posted, async () => answer)
  })
  const ask = () =>
    app.inject({ method: 'GET', url: '/api/card', headers: { authorization: 'Bearer t' } })
  return { app, ask, written, said }
}

const answer = { name: '沈阿宝', inner: [{ n: 1 }] }
const show: Handler<typeof card> = async () => ({ answer, looks: [look] })

test('who asks is believed of a proxy of this machine and of a named one alone', async () => {
  const seen: string[] = []
  const doorway: Doorway = {
    ...{ book: { write: async () => undefined }, clock: { now: () => 1_000 } },
    ...{ log: { say: () => undefined }, whoAsks: async () => worker, callsPerMinuteMax: 100 },
    ...{ isHttps: true, publicUrl: 'https://lilong.example', tlsProxies: ['10.0.0.5'] },
  }
  const app = await openHttp(doorway, 'test')
  serve(app, doorway, 'test.card', card, async (_input, _asker, _gone, browser) => {
    seen.push(browser().address)
    return { answer, looks: [] }
  })
  for (const remoteAddress of ['127.0.0.1', '10.0.0.5', '10.0.0.6']) {
    const headers = { authorization: 'Bearer t', 'x-forwarded-for': '203.0.113.7' }
    await app.inject({ method: 'GET', url: '/api/card', remoteAddress, headers })
  }
  expect(seen).toEqual(['203.0.113.7', '203.0.113.7', '10.0.0.6'])
})

describe('the book', () => {
  test('is written before the answer leaves', async () => {
    let write = () => {}
    const book: Book = { write: () => new Promise((done) => (write = done)) }
    const { ask } = await open({ book })
    let isAnswered = false
    const asked = ask().then((response) => {
      isAnswered = true
      return response
    })
    await new Promise((done) => setTimeout(done, 50))
    expect(isAnswered).toBe(false)
    write()
    expect((await asked).json()).toEqual(answer)
  })

  test('that cannot be written keeps the answer in', async () => {
    const book: Book = { write: async () => Promise.reject(new Error('沈阿宝 is not written')) }
    const { ask, said } = await open({ book })
    const response = await ask()
    expect(response.statusCode).toBe(500)
    expect(response.json()).toMatchObject({ fault: 'bug' })
    expect(response.body + said.join()).not.toContain('沈阿宝')
  })

  test('says who, as what, how and why', async () => {
    const { ask, written } = await open({})
    await ask()
    const { id, title, unit } = post
    const by = { kind: 'post', person: 'worker', post: id, title, unit }
    expect(written).toEqual([{ ...look, at: 1_000, by, how: 'page', why: 'task' }])
  })

  test('has no line for a look at oneself, and one for the operator', async () => {
    const self = { ...worker, person: elder }
    const mine = await open({ asker: self })
    expect((await mine.ask()).statusCode).toBe(200)
    expect(mine.written).toEqual([])
    const command = await open({ asker: { kind: 'operator' } })
    await command.ask()
    expect(command.written).toMatchObject([{ by: { kind: 'operator' } }])
  })

  test('has no line for a refusal', async () => {
    const { ask, written } = await open({ handler: async () => fault('no-open-task') })
    expect((await ask()).statusCode).toBe(403)
    expect(written).toEqual([])
  })
})

test('a field that the contract does not list does not leave', async () => {
  const more = { ...answer, phone: '139', inner: [{ n: 1, secret: 's' }] }
  const { ask } = await open({ handler: async () => ({ answer: more, looks: [look] }) })
  expect((await ask()).json()).toEqual(answer)
})

test('a bug answers in both languages and says nothing of what failed', async () => {
  const { ask, said } = await open({
    handler: async () => {
      throw Object.assign(new Error('duplicate key\n    at (name)=(沈阿宝)'), { code: '23505' })
    },
  })
  const response = await ask()
  expect(response.statusCode).toBe(500)
  expect(Object.keys(response.json().sentence)).toEqual(['zh-CN', 'en'])
  expect(said.join()).toMatch(/23505.*http\.test\.ts/)
  expect(response.body + said.join()).not.toContain('沈阿宝')
})

test('too many calls in a minute are refused with a sentence', async () => {
  const { ask } = await open({ callsMax: 2 })
  const codes = [await ask(), await ask(), await ask()].map((each) => each.statusCode)
  expect(codes).toEqual([200, 200, 429])
  expect((await ask()).json()).toMatchObject({ fault: 'too-many' })
})

test('whoever may not call is refused before the body is read', async () => {
  const { app } = await open({ asker: { kind: 'nobody' } })
  const headers = { 'content-type': 'application/json' }
  const response = await app.inject({ method: 'POST', url: '/api/card', headers, payload: '{"a":' })
  expect(response.json()).toMatchObject({ fault: 'not-signed-in' })
})

describe('whoever leaves before the answer', () => {
  async function asked(leaves: boolean) {
    const leaving = new AbortController()
    let isGone: boolean | undefined
    const told = Promise.withResolvers<void>()
    const handler: Handler<typeof card> = async (_input, _asker, gone) => {
      const signal = gone()
      if (leaves) leaving.abort()
      await Promise.race([
        new Promise((done) => signal.addEventListener('abort', done)),
        new Promise((done) => setTimeout(done, leaves ? 5_000 : 50)),
      ])
      isGone = signal.aborted
      told.resolve()
      return { answer, looks: [] }
    }
    const { app } = await open({ handler })
    const url = await app.listen({ port: 0 })
    const answered = fetch(`${url}/api/card`, {
      headers: { authorization: 'Bearer t' },
      signal: leaving.signal,
    }).then(
      ({ status }) => status,
      () => null,
    )
    await told.promise
    const status = await answered
    await app.close()
    return { status, isGone }
  }

  test('is known to have left; whoever waits is not', async () => {
    expect(await asked(true)).toEqual({ status: null, isGone: true })
    expect(await asked(false)).toEqual({ status: 200, isGone: false })
  })
})
