import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import { answers } from '../../src/watch/care/index.ts'
import { every, inputs, requestOf } from '../rig/contracts.ts'
import { pagesDir } from '../rig/pages.ts'
import { operatorKey } from '../rig/program.ts'
import { openStreets, type Streets } from '../rig/streets.ts'
import { asked, enter, headerOf } from './raw.ts'

let town: Streets
let url: string
let host: string
const cookies: Record<string, string> = {}

beforeAll(async () => {
  await buildWeb({ outDir: pagesDir })
  town = await openStreets({ distDir: pagesDir })
  url = town.program.url
  host = new URL(url).host
  const { officer, worker, neighbour } = town.a
  for (const { name } of [officer, worker, neighbour]) {
    cookies[name] = await enter(town, name, operatorKey)
  }
})
afterAll(() => town[Symbol.asyncDispose]())

/** What a browser says of a request that another site made it send. */
const foreign: [string, () => string[]][] = [
  ['another site', () => ['Origin: https://evil.example']],
  ['another port of ours', () => [`Origin: http://127.0.0.1:1`]],
  ['a site that begins like ours', () => [`Origin: http://${host}.evil.example`]],
  ['a site with us as its user', () => [`Origin: http://${host}@evil.example`]],
  ['a sandboxed frame', () => ['Origin: null']],
  ['a file', () => ['Origin: file://']],
  ['a browser that names no site', () => ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: no-cors']],
  ['a sister site', () => ['Sec-Fetch-Site: same-site']],
  [
    'another scheme of ours',
    () => [`Origin: https://${host}`, 'Sec-Fetch-Site: cross-site', `Referer: https://${host}/`],
  ],
  ['an origin with nothing in it', () => ['Origin: ']],
]

const posts = every.filter(({ endpoint }) => endpoint.post !== undefined)

describe.each(foreign)('a press from %s', (_who, headersOf) => {
  test('does nothing at any endpoint, in nobody’s name', async () => {
    for (const { name, endpoint } of posts) {
      const { path, body = '' } = requestOf(endpoint, inputs[name]?.(town.a) ?? {})
      for (const cookie of Object.values(cookies)) {
        const type = [
          'Content-Type: application/json',
          `Content-Length: ${Buffer.byteLength(body)}`,
        ]
        const headers = [...headersOf(), ...type, `Cookie: ${cookie}`]
        const heard = await asked(url, `POST ${path}`, headers, body)
        expect({ name, status: heard.status }).toEqual({ name, status: 403 })
        expect(JSON.parse(heard.body).fault).toBe('not-allowed')
      }
    }
  })

  test('signs nobody out, and opens no link', async () => {
    const { name } = town.a.worker
    const made = await town.ask(operatorKey, 'POST', '/api/identity/links', { name })
    const paths = [
      '/sign-out',
      new URL(made.url).pathname,
      `/answer/${'a'.repeat(43)}/${answers[0]}`,
    ]
    for (const path of paths) {
      const type = ['Content-Type: application/x-www-form-urlencoded', 'Content-Length: 0']
      const headers = [...headersOf(), ...type, `Cookie: ${cookies[name]}`]
      const heard = await asked(url, `POST ${path}`, headers)
      expect({ path, status: heard.status }).toEqual({ path, status: 403 })
      expect(headerOf(heard, 'set-cookie')).toBeUndefined()
    }
    const still = await asked(url, 'GET /api/identity/me', [`Cookie: ${cookies[name]}`])
    expect(still.status).toBe(200)
    // The link is as good as before.
    expect((await asked(url, `GET ${new URL(made.url).pathname}`)).status).toBe(200)
  })
})

describe('what a form of another site can send without asking', () => {
  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    '%s is no JSON, though JSON stands in it',
    async (type) => {
      const { name } = town.a.officer
      const body = JSON.stringify({ committee: town.a.committee, name: '外站新村' })
      const headers = [`Content-Type: ${type}`, `Content-Length: ${Buffer.byteLength(body)}`]
      const heard = await asked(
        url,
        'POST /api/places/compounds',
        [...headers, `Cookie: ${cookies[name]}`],
        body,
      )
      expect(heard.status).toBe(415)
      expect(await town.tablesHolding('外站新村')).toEqual([])
    },
  )

  test('JSON under two names at once is read as none', async () => {
    const { name } = town.a.officer
    const body = JSON.stringify({ committee: town.a.committee, name: '两名新村' })
    const types = ['Content-Type: text/plain; application/json', 'Content-Type: text/plain']
    const length = `Content-Length: ${Buffer.byteLength(body)}`
    const headers = [...types, length, `Cookie: ${cookies[name]}`]
    const heard = await asked(url, 'POST /api/places/compounds', headers, body)
    expect(heard.status).toBeGreaterThanOrEqual(400)
    expect(await town.tablesHolding('两名新村')).toEqual([])
  })
})

test('another site is told by no header that it may read or send', async () => {
  const { name } = town.a.worker
  const headers = [
    ...['Origin: https://evil.example', `Cookie: ${cookies[name]}`],
    ...['Access-Control-Request-Method: POST', 'Access-Control-Request-Private-Network: true'],
  ]
  for (const line of ['GET /api/identity/me', 'OPTIONS /api/tasks/act', 'GET /', 'OPTIONS /live']) {
    const heard = await asked(url, line, headers)
    const names = heard.headers.map(([each]) => each)
    expect(names.filter((each) => each.startsWith('access-control-'))).toEqual([])
  }
})

test('a press of our own page, and of a program that is no browser, goes through', async () => {
  const { name, token } = town.a.worker
  const body = JSON.stringify({ notes: [] })
  const type = ['Content-Type: application/json', `Content-Length: ${body.length}`]
  const own = [`Origin: http://${host}`, 'Sec-Fetch-Site: same-origin', `Cookie: ${cookies[name]}`]
  for (const who of [own, [`Authorization: Bearer ${token}`]]) {
    const heard = await asked(url, 'POST /api/delivery/shown', [...type, ...who], body)
    expect(heard.status).toBe(200)
  }
})

test('what a browser keeps for us goes nowhere else and is read by no script', async () => {
  const { name } = town.a.worker
  const made = await town.ask(operatorKey, 'POST', '/api/identity/links', { name })
  const answer = await fetch(made.url, { method: 'POST', redirect: 'manual' })
  const set = answer.headers.getSetCookie()
  expect(set.length).toBeGreaterThanOrEqual(2)
  for (const cookie of set) expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/)
})
