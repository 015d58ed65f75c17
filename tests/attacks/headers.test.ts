import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import { openHttp } from '../../src/platform/http.ts'
import { pagesDir } from '../rig/pages.ts'
import { operatorKey } from '../rig/program.ts'
import { openStreets, type Streets } from '../rig/streets.ts'
import { asked, headerOf, say } from './raw.ts'

let town: Streets
let url: string

beforeAll(async () => {
  await buildWeb({ outDir: pagesDir })
  town = await openStreets({ distDir: pagesDir })
  url = town.program.url
})
afterAll(() => town[Symbol.asyncDispose]())

describe('what a stranger writes never becomes a header of ours', () => {
  test.each([
    '/in/%0d%0aX-Evil:%201',
    '/in/x%0d%0aX-Evil:%201?language=en',
    '/answer/%0d%0aX-Evil:%201?view=elder',
    '/sign-in?language=en%0d%0aX-Evil:%201',
    '/desk/tasks/%0d%0aX-Evil:%201?language=en',
    '/assets/%0d%0aX-Evil:%201',
    '/%0d%0aX-Evil:%201',
    '/api/tasks/one?task=%0d%0aX-Evil:%201',
  ])('%s', async (path) => {
    const heard = await asked(url, `GET ${path}`)
    expect(heard.status).toBeGreaterThan(0)
    expect(heard.headers.map(([name]) => name)).not.toContain('x-evil')
    expect(heard.status).toBeLessThan(500)
  })

  test.each([
    ['a bare line feed', 'X-A: 1\nX-Evil: 1'],
    ['a bare carriage return', 'X-A: 1\rX-Evil: 1'],
    ['NUL', 'X-A: 1\0'],
    ['a folded line', 'X-A: 1\r\n X-Evil: 1'],
    ['a space before the colon', 'X-A : 1'],
    ['no name', ': 1'],
  ])('a header with %s is no request', async (_what, header) => {
    const heard = await asked(url, 'GET /health', [header])
    expect(heard.status).toBe(400)
  })
})

describe('who stands before us is believed by nobody', () => {
  test('a stranger does not get a new allowance by naming another address', async () => {
    const names = ['X-Forwarded-For', 'X-Real-IP', 'Forwarded', 'X-Client-IP', 'CF-Connecting-IP']
    const statuses: number[] = []
    for (let n = 0; n < 32; n++) {
      const headers = names.map(
        (name) => `${name}: ${name === 'Forwarded' ? 'for=' : ''}10.0.0.${n}`,
      )
      statuses.push((await asked(url, `GET /in/guess-${n}`, headers)).status)
    }
    expect(statuses.filter((status) => status !== 429).length).toBeLessThanOrEqual(30)
    expect(statuses.slice(30)).toEqual([429, 429])
  })

  test('behind a proxy, what the proxy itself saw counts, and not what it was told', async () => {
    const doorway = {
      ...{ book: { write: async () => undefined }, clock: { now: () => 0 }, isHttps: true },
      ...{ log: { say: () => undefined }, whoAsks: async () => ({ kind: 'nobody' }) as const },
      ...{ callsPerMinuteMax: 3, publicUrl: 'https://lilong.example' },
    }
    await using app = await openHttp(doorway, 'test')
    app.get('/who', (request) => ({ ip: request.ip }))
    const ask = async (forwarded: string, from = '127.0.0.1') => {
      const headers = { 'x-forwarded-for': forwarded }
      const answer = await app.inject({ url: '/who', headers, remoteAddress: from })
      return answer.statusCode === 200 ? answer.json<{ ip: string }>().ip : answer.statusCode
    }
    expect(await ask('1.2.3.4, 198.51.100.7')).toBe('198.51.100.7')
    expect(await ask('1.2.3.5, 198.51.100.7')).toBe('198.51.100.7')
    expect(await ask('1.2.3.6, 198.51.100.7')).toBe('198.51.100.7')
    expect(await ask('1.2.3.7, 198.51.100.7')).toBe(429)
    // Not from a proxy on this machine: nothing of it counts.
    expect(await ask('198.51.100.9', '203.0.113.5')).toBe('203.0.113.5')
  })

  test('a link leads to us, whatever host was asked for', async () => {
    for (const header of ['Host: evil.example', 'X-Forwarded-Host: evil.example']) {
      const body = JSON.stringify({ name: town.a.worker.name })
      const heard = await asked(
        url,
        'POST /api/identity/links',
        [
          ...[header, `Authorization: Bearer ${operatorKey}`, 'X-Forwarded-Proto: https'],
          ...['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`],
        ],
        body,
      )
      expect(heard.status).toBe(200)
      expect(heard.body).not.toContain('evil.example')
      expect(heard.body).toContain(`"url":"${url}/in/`)
    }
  })
})

describe('what two readers could read as two things is refused', () => {
  const body = '{"a":1}'
  const type = 'Content-Type: application/json'
  test.each<[string, string[], string]>([
    ['two lengths', ['Content-Length: 7', 'Content-Length: 0'], body],
    ['two equal lengths in one', ['Content-Length: 7, 7'], body],
    ['a length with a sign', ['Content-Length: +7'], body],
    ['a negative length', ['Content-Length: -1'], body],
    ['a length in hexadecimal', ['Content-Length: 0x7'], body],
    ['a length that no number holds', [`Content-Length: ${'9'.repeat(40)}`], body],
    ['a length and pieces', ['Content-Length: 4', 'Transfer-Encoding: chunked'], '0\r\n\r\n'],
    ['pieces under another name', ['Transfer-Encoding: xchunked'], '0\r\n\r\n'],
    ['pieces that are not the last', ['Transfer-Encoding: chunked, identity'], '0\r\n\r\n'],
    ['a piece of no size', ['Transfer-Encoding: chunked'], 'zz\r\nx\r\n0\r\n\r\n'],
    ['two hosts', ['Host: a.example', 'Host: b.example', 'Content-Length: 7'], body],
  ])('%s', async (_what, headers, sent) => {
    const heard = await asked(url, 'POST /api/identity/links', [type, ...headers], sent)
    expect(heard.status).toBe(400)
    // One answer: nothing behind it was read as a second request.
    expect(heard.whole.match(/HTTP\/1\.1 /g)).toHaveLength(1)
  })

  test('without a host nothing is answered', async () => {
    expect(await say(url, 'GET /health HTTP/1.1\r\n\r\n')).toMatchObject({ status: 400 })
  })

  test('two ways to say who asks at once: the first one counts, and the other opens nothing', async () => {
    const { worker } = town.a
    const both = [`Authorization: Bearer wrong`, `Authorization: Bearer ${worker.token}`]
    expect(await asked(url, 'GET /api/tasks/mine', both)).toMatchObject({ status: 401 })
  })
})

describe('headers without measure', () => {
  test.each([
    ['one of 100 KB', [`X-Long: ${'x'.repeat(100_000)}`]],
    ['3,000 of them', Array.from({ length: 3_000 }, (_, n) => `X-${n}: ${n}`)],
    ['a cookie of 64 KB', [`Cookie: lilong=${'x'.repeat(65_536)}`]],
  ])('%s', async (_what, headers) => {
    expect((await asked(url, 'GET /health', headers)).status).toBe(431)
  })

  test('an address of 64 KB', async () => {
    expect((await asked(url, `GET /${'x'.repeat(65_536)}`)).status).toBe(431)
  })

  test('a name of a browser of 10 KB is not kept whole', async () => {
    const token = 'y'.repeat(8_000)
    const agent = [`User-Agent: ${'x'.repeat(6_000)}`, `Authorization: Bearer ${token}`]
    expect((await asked(url, 'GET /api/identity/me', agent)).status).toBe(401)
  })
})

describe('every answer says what a browser may do with it', () => {
  const paths = [
    ...['/', '/sign-in', '/desk', '/care', '/centre', '/in/x', '/answer/x', '/nowhere', '/ui'],
    ...['/api/identity/me', '/api/nowhere', '/api/tasks/one?task=x', '/health', '/openapi.json'],
    ...['/metrics', '/live', '/assets/nowhere.js', '/icon.svg', '/sw.js', '/%'],
  ]
  test.each(paths)('%s', async (path) => {
    const heard = await asked(url, `GET ${path}`)
    const policy = headerOf(heard, 'content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe|\*|data:|http:/)
    expect(headerOf(heard, 'x-content-type-options')).toBe('nosniff')
    expect(headerOf(heard, 'referrer-policy')).toBe('same-origin')
    expect(headerOf(heard, 'cross-origin-resource-policy')).toBe('same-origin')
    // An event stream is UTF-8 by its definition; JSON, too (RFC 8259 §8.1).
    const type = headerOf(heard, 'content-type') ?? 'application/json'
    expect(type).toMatch(/charset=utf-8|^application\/json|^text\/event-stream/)
    expect(headerOf(heard, 'access-control-allow-origin')).toBeUndefined()
    expect(headerOf(heard, 'server')).toBeUndefined()
    expect(headerOf(heard, 'x-powered-by')).toBeUndefined()
    if (heard.status !== 200 || !path.endsWith('.svg')) {
      expect(headerOf(heard, 'cache-control')).toBe('no-store')
    }
  })

  test('a refused body and a refused press, too', async () => {
    const lines = [
      'Content-Type: application/json',
      'Content-Length: 1',
      'Origin: http://evil.example',
    ]
    for (const path of ['/api/identity/links', '/sign-out', '/in/x']) {
      const heard = await asked(url, `POST ${path}`, lines, '{')
      expect(heard.status).toBeGreaterThanOrEqual(400)
      expect(headerOf(heard, 'content-security-policy')).toContain("default-src 'none'")
      expect(headerOf(heard, 'cache-control')).toBe('no-store')
    }
  })
})
