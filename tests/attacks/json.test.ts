import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { every, inputs, isOpenTo, callersOf, requestOf, type Named } from '../rig/contracts.ts'
import { openStreets, type Streets } from '../rig/streets.ts'
import { openLine } from './raw.ts'

let town: Streets
let url: string

beforeAll(async () => {
  town = await openStreets({ everyRole: true })
  url = town.program.url
})
afterAll(() => town[Symbol.asyncDispose]())

/** Nobody of this street reaches further than the door of these; there it ends before the body. */
const isShut = ({ endpoint }: Named) =>
  endpoint.stepUp === true ||
  !callersOf(town.a).some((caller) => caller.token !== '' && isOpenTo(endpoint, caller))

const refusals = (one: Named) => (isShut(one) ? [400, 401, 403] : [400])

const posts = every.filter(({ endpoint }) => endpoint.post !== undefined)
const gets = every.filter(({ endpoint }) => endpoint.get !== undefined)

function tokenFor({ endpoint }: Named): string {
  return callersOf(town.a).find((caller) => isOpenTo(endpoint, caller))?.token ?? ''
}

async function send(
  one: Named,
  body: string | Uint8Array<ArrayBuffer>,
  more: Record<string, string> = {},
) {
  const { path } = requestOf(one.endpoint, {})
  const token = tokenFor(one)
  const signed = token ? { authorization: `Bearer ${token}` } : {}
  const headers = { 'content-type': 'application/json', ...signed, ...more }
  const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body })
  return { status: answer.status, fault: (await answer.json()).fault as string }
}

const nature = () => [
  ...Object.getOwnPropertyNames(Object.prototype),
  ...Object.getOwnPropertyNames(Array.prototype),
]

describe('no body changes what things are', () => {
  const keys = ['__proto__', 'constructor', 'prototype', '\\u005f\\u005fproto\\u005f\\u005f']
  const bodies = keys.flatMap((key) => [
    `{"${key}": {"polluted": 1}}`,
    `{"a": [{"b": {"${key}": {"polluted": 1}}}]}`,
  ])

  test('at any endpoint', async () => {
    const before = nature()
    for (const one of posts) {
      const { name } = one
      const statuses = await Promise.all(bodies.map(async (body) => (await send(one, body)).status))
      const others = statuses.filter((status) => !refusals(one).includes(status))
      expect({ name, others }).toEqual({ name, others: [] })
    }
    expect(nature()).toEqual(before)
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  test('and no address does', async () => {
    const before = nature()
    const queries = ['__proto__[polluted]=1', '__proto__.polluted=1', 'constructor[prototype][a]=1']
    for (const one of gets) {
      const token = tokenFor(one)
      const { path } = requestOf(one.endpoint, {})
      for (const query of [...queries, '__proto__=1', 'constructor=1', 'toString=1', 'a[]=1']) {
        const answer = await fetch(`${url}${path}${query}`, {
          headers: token ? { authorization: `Bearer ${token}` } : {},
        })
        expect({ path, query, status: answer.status }).toEqual({
          ...{ path, query, status: expect.toBeOneOf(refusals(one)) },
        })
      }
    }
    expect(nature()).toEqual(before)
  })
})

test('a field that is given twice in an address is not one of the two', async () => {
  for (const one of gets) {
    const [field] = Object.keys((one.endpoint.input as any).properties)
    if (!field) continue
    const right = inputs[one.name]?.(town.a) ?? {}
    const { path } = requestOf(one.endpoint, right)
    const token = tokenFor(one)
    const headers = token ? { authorization: `Bearer ${token}` } : {}
    const answer = await fetch(`${url}${path}&${field}=1&${field}=2`, { headers })
    expect({ path, status: answer.status }).toEqual({
      ...{ path, status: expect.toBeOneOf(refusals(one)) },
    })
  }
})

describe('numbers and letters that are none', () => {
  const one = posts.find(({ name }) => name === 'duties.goOnLeave')!
  test.each([
    ...['NaN', 'Infinity', '-Infinity', '1e400', '-1e400', '0x10', '01', '+1', '.5', '1.', '1_0'],
    ...['9007199254740993', '1e15.5', '--1', '1e', '"1"', '1n', '١', '１'],
  ])('%s', async (number) => {
    const body = `{"post": "${town.a.posts.deputy}", "until": ${number}}`
    expect((await send(one, body)).status).toBe(400)
  })

  test('minus nothing is nothing', async () => {
    const body = `{"post": "${town.a.posts.deputy}", "until": -0}`
    expect((await send(one, body)).status).toBeLessThan(500)
  })

  test.each([
    ['half a letter', Buffer.from('{"name": "\\ud800"}')],
    ['bytes that are no text', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
    ['a letter longer than it needs to be', Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
    ['two bytes a letter', Buffer.from('\ufeff{"name": "x"}', 'utf16le')],
    ['a mark of the order of bytes', Buffer.from('\ufeff{"name": "x"}')],
    ['NUL', Buffer.from('{"name": "a\\u0000b"}')],
  ])('%s', async (_what, body) => {
    const links = posts.find(({ name }) => name === 'identity.makeLink')!
    const { status } = await send(links, new Uint8Array(body))
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
  })
})

describe('more than anybody has to say', () => {
  test('ten megabytes are refused at every endpoint that expects less', async () => {
    const much = `{"a": "${'x'.repeat(10 * 1024 * 1024)}"}`
    const short = posts.filter(({ endpoint }) => (endpoint.bodyBytesMax ?? 0) < much.length)
    const each = async (one: Named) => {
      const { path } = requestOf(one.endpoint, {})
      await using line = await openLine(url)
      const head = [
        ...[`POST ${path} HTTP/1.1`, 'Host: x', `Authorization: Bearer ${tokenFor(one)}`],
        ...['Content-Type: application/json', `Content-Length: ${much.length}`],
      ]
      // Only the head: it is refused by what it says, before the rest was sent.
      line.write(`${head.join('\r\n')}\r\n\r\n`)
      const heard = await line.closed
      const isEarly = isShut(one) && [401, 403].includes(heard.status)
      expect({ path, status: isEarly ? 413 : heard.status }).toEqual({ path, status: 413 })
    }
    await Promise.all(short.map(each))
  })

  test('without a length it is refused as soon as it is too much', async () => {
    await using line = await openLine(url)
    const head = [
      ...['POST /api/tasks/act HTTP/1.1', 'Host: x'],
      ...[`Authorization: Bearer ${town.a.worker.token}`],
      ...['Content-Type: application/json', 'Transfer-Encoding: chunked'],
    ]
    line.write(`${head.join('\r\n')}\r\n\r\n`)
    for (let sent = 0; sent < 40; sent++) line.write(`1000\r\n${' '.repeat(4096)}\r\n`)
    expect((await line.closed).status).toBe(413)
  })

  test.each([10_000, 30_000])('%i levels deep', async (depth) => {
    const one = posts.find(({ name }) => name === 'tasks.act')!
    for (const [opens, closes] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const times = Math.min(depth, Math.floor(60_000 / (opens.length + closes.length)))
      const body = `{"a": ${opens.repeat(times)}1${closes.repeat(times)}}`
      expect(await send(one, body)).toEqual({ status: 400, fault: 'bad-input' })
      expect(await send(one, `{"a": ${opens.repeat(times)}`)).toEqual({
        ...{ status: 400, fault: 'bad-input' },
      })
    }
  })

  test('10,000 levels at every endpoint, the largest bodies too', async () => {
    for (const one of posts) {
      const body = `{"a": ${'['.repeat(10_000)}1${']'.repeat(10_000)}}`
      const { status } = await send(one, body)
      expect({ name: one.name, status }).toEqual({
        ...{ name: one.name, status: expect.toBeOneOf(refusals(one)) },
      })
    }
    // As many as the largest body may hold.
    const largest = posts.find(({ name }) => name === 'people.importDryRun')!
    expect(await send(largest, `{"a": ${'['.repeat(8_000_000)}`)).toEqual({
      ...{ status: 400, fault: 'bad-input' },
    })
  })

  test('ten thousand fields', async () => {
    const one = posts.find(({ name }) => name === 'tasks.act')!
    const fields = Array.from({ length: 5_000 }, (_, n) => `"a${n}":1`)
    expect((await send(one, `{${fields.join()}}`)).status).toBe(400)
    const query = Array.from({ length: 1_000 }, (_, n) => `a${n}=1`).join('&')
    const headers = { authorization: `Bearer ${town.a.worker.token}` }
    const answer = await fetch(`${url}/api/tasks/mine?${query}`, { headers })
    expect([400, 431]).toContain(answer.status)
  })
})

test('packed bodies are refused, whatever they unfold to', async () => {
  for (const one of posts) {
    const right = JSON.stringify(inputs[one.name]?.(town.a) ?? {})
    for (const [coding, body] of [
      ['gzip', new Uint8Array(gzipSync(right))],
      ['gzip', right],
      ['br', right],
      ['deflate', right],
      ['x-lilong', right],
    ] as const) {
      const answer = await send(one, body, { 'content-encoding': coding })
      expect({ name: one.name, coding, ...answer }).toEqual({
        ...{ name: one.name, coding, status: 415, fault: 'wrong-media-type' },
      })
    }
  }
})
