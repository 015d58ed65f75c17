import { afterAll, beforeAll, expect, test } from 'vitest'
import { every, inputs, requestOf } from '../rig/contracts.ts'
import { openStreets, type Streets } from '../rig/streets.ts'
import { asked, headerOf } from './raw.ts'

let town: Streets
let url: string

beforeAll(async () => {
  town = await openStreets()
  url = town.program.url
})
afterAll(() => town[Symbol.asyncDispose]())

/** Some paths are two endpoints: one to read, one to write. */
const has = (path: string, method: 'get' | 'post') =>
  every.some(({ endpoint }) => endpoint[method] === path)

const signed = () => `Authorization: Bearer ${town.a.worker.token}`

test('no endpoint answers to another method than its own', async () => {
  const others = ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY', 'LINK']
  for (const { name, endpoint } of every) {
    const own = endpoint.get ?? endpoint.post
    const { path } = requestOf(endpoint, {})
    const wrong = [
      ...(has(own, 'get') ? [] : ['GET', 'HEAD']),
      ...(has(own, 'post') ? [] : ['POST']),
      ...others,
    ]
    for (const method of wrong) {
      const heard = await asked(url, `${method} ${path}`, [signed(), 'X-Canary: canary-4711'])
      // 400 is the parser's own: of these methods it knows not all.
      const isRefused = [400, 404].includes(heard.status)
      expect({ name, method, isRefused }).toEqual({ name, method, isRefused: true })
      expect(heard.whole).not.toContain('canary-4711')
      expect(headerOf(heard, 'access-control-allow-methods')).toBeUndefined()
    }
  }
})

test('a header or a field does not make another method of a request', async () => {
  const posts = every.filter(({ endpoint: { post } }) => post && !has(post, 'get'))
  const names = ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override', '_method']
  for (const { name, endpoint } of posts) {
    const path = `/api${endpoint.post}`
    const headers = [...names.map((each) => `${each}: POST`), signed()]
    const heard = await asked(url, `GET ${path}?_method=POST`, headers)
    expect({ name, status: heard.status }).toEqual({ name, status: 404 })
  }
})

test('who asks for the head alone is asked who they are, like who asks for all', async () => {
  for (const { name, endpoint } of every.filter((one) => one.endpoint.get !== undefined)) {
    const { path } = requestOf(endpoint, inputs[name]?.(town.a) ?? {})
    const whole = await asked(url, `GET ${path}`)
    const head = await asked(url, `HEAD ${path}`)
    expect({ name, status: head.status, body: head.body }).toEqual({
      ...{ name, status: endpoint.who.anyone ? whole.status : 401, body: '' },
    })
  }
})

test.each(['CONNECT 127.0.0.1:22', 'GET http://127.0.0.1:22/', 'PRI *', 'FOO /health'])(
  'we are nobody’s proxy: %s',
  async (line) => {
    const heard = await asked(url, line)
    expect(heard.status === 0 || heard.status >= 400).toBe(true)
    expect(heard.whole).not.toContain('SSH-')
  },
)

test('what asks to speak another protocol is answered in this one, or not at all', async () => {
  for (const upgrade of ['websocket', 'h2c', 'TLS/1.0']) {
    const headers = [`Upgrade: ${upgrade}`, 'Connection: Upgrade', 'HTTP2-Settings: AAMAAABk']
    const heard = await asked(url, 'GET /health', headers)
    expect([0, 200, 400, 404]).toContain(heard.status)
  }
})
