import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { connect, type TLSSocket } from 'node:tls'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import { openHttp } from '../../src/platform/http.ts'
import { openHttps } from '../../src/platform/https.ts'
import { openTls } from '../../src/platform/tls.ts'
import { makeCertificate } from '../rig/certificate.ts'
import { pagesDir } from '../rig/pages.ts'
import { openStreets } from '../rig/streets.ts'
import { openLine, type Line } from './raw.ts'

const most = 5
const asks = 'GET /who HTTP/1.1\r\nHost: x\r\n\r\n'

/** The edge as the program opens it, with a small allowance and an answer that can be held back. */
async function openEdge(publicUrl: string | null = null) {
  const app = await openHttp(
    {
      ...{ book: { write: async () => undefined }, clock: { now: () => 0 }, isHttps: false },
      ...{ log: { say: () => undefined }, whoAsks: async () => ({ kind: 'nobody' }) as const },
      ...{ callsPerMinuteMax: 10_000, publicUrl, connectionsPerAddressMax: most },
    },
    'test',
  )
  const held = Promise.withResolvers<void>()
  app.get('/who', (request) => ({ ip: request.ip }))
  app.get('/held', async () => {
    await held.promise
    return { held: true }
  })
  return { app, letGo: () => held.resolve() }
}

describe('one address that opens and opens', () => {
  let app: FastifyInstance
  let url: string
  let lines: Line[] = []

  beforeAll(async () => {
    ;({ app } = await openEdge())
    url = await app.listen({ host: '127.0.0.1', port: 0 })
    lines = await Promise.all(Array.from({ length: most }, () => openLine(url, '127.0.0.2')))
  })
  afterAll(async () => {
    await Promise.all(lines.map((line) => line[Symbol.asyncDispose]()))
    await app.close()
  })

  test('hears 503 and is closed at once, whatever it says or does not say', async () => {
    for (const words of [
      '',
      asks,
      'GET /who HTTP/1.1\r\nX-Forwarded-For: 10.0.0.1\r\nHost: x\r\n',
    ]) {
      await using line = await openLine(url, '127.0.0.2')
      if (words) line.write(words)
      const { status, body } = await line.closed
      // A reset may overtake the words: what was sent to a closed socket.
      expect([503, 0]).toContain(status)
      expect(body).not.toContain('127.0.0.2')
    }
    await using silent = await openLine(url, '127.0.0.2')
    expect((await silent.closed).status).toBe(503)
  })

  test('takes nothing from others: another address, and programs of this machine', async () => {
    await using other = await openLine(url, '127.0.0.3')
    other.write(asks.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'))
    expect(await other.closed).toMatchObject({ status: 200, body: '{"ip":"127.0.0.3"}' })
    const own = await Promise.all(Array.from({ length: 3 * most }, () => openLine(url)))
    for (const line of own) line.write(asks.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'))
    for (const line of own) expect((await line.closed).status).toBe(200)
  })

  test('may come again as soon as one of its own has gone', async () => {
    await lines.pop()?.[Symbol.asyncDispose]()
    await expect
      .poll(async () => {
        await using line = await openLine(url, '127.0.0.2')
        line.write(asks.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'))
        return (await line.closed).status
      })
      .toBe(200)
  })
})

test('over TLS it is closed before anything is agreed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lilong-crowd-'))
  const { cert, key } = makeCertificate()
  const files = { certFile: join(folder, 'c.pem'), keyFile: join(folder, 'k.pem') }
  writeFileSync(files.certFile, cert)
  writeFileSync(files.keyFile, key, { mode: 0o600 })
  const tls = openTls(files, { real: { now: Date.now }, host: null, say: () => undefined })
  const { app } = await openEdge()
  const https = await openHttps(app, tls, '127.0.0.1', 0, most)
  const greet = async (): Promise<TLSSocket | null> => {
    const socket = connect({
      ...{ host: '127.0.0.1', port: https.port, localAddress: '127.0.0.2' },
      ...{ ca: cert, servername: 'localhost' },
    })
    return new Promise((done) => {
      socket.once('secureConnect', () => done(socket))
      socket.once('error', () => done(null)).once('close', () => done(null))
    })
  }
  const greeted: (TLSSocket | null)[] = []
  for (let n = 0; n < most + 3; n++) greeted.push(await greet())
  expect(greeted.map((socket) => socket !== null)).toEqual([
    ...[...Array.from({ length: most }, () => true), false, false, false],
  ])
  greeted[0]?.destroy()
  await expect.poll(async () => (await greet())?.destroy() !== undefined).toBe(true)
  for (const socket of greeted) socket?.destroy()
  await https.close()
  await app.close()
  tls.close()
  rmSync(folder, { recursive: true })
})

describe('behind a proxy', () => {
  const from = (address: string) => ({ 'x-forwarded-for': address })

  test('what is not answered yet is counted by the address that the proxy names', async () => {
    const { app, letGo } = await openEdge('https://lilong.example')
    const url = await app.listen({ host: '127.0.0.1', port: 0 })
    const ask = (path: string, address: string) =>
      fetch(`${url}${path}`, { headers: from(address) })
    const waiting = Array.from({ length: most }, () => ask('/held', '198.51.100.7'))
    await expect.poll(async () => (await ask('/who', '198.51.100.7')).status).toBe(429)
    const refused = await ask('/who', '198.51.100.7')
    expect(refused.headers.get('retry-after')).toBe('10')
    expect((await refused.json()).fault).toBe('too-many')
    // Each other one has all of theirs, the program beside us and the neighbour in the same net.
    expect((await ask('/who', '198.51.100.8')).status).toBe(200)
    expect((await fetch(`${url}/who`)).status).toBe(200)
    letGo()
    for (const answer of await Promise.all(waiting)) expect(answer.status).toBe(200)
    expect((await ask('/who', '198.51.100.7')).status).toBe(200)
    await app.close()
  })

  test('who is no proxy of this machine names nobody', async () => {
    const { app, letGo } = await openEdge('https://lilong.example')
    const url = await app.listen({ host: '127.0.0.1', port: 0 })
    const lines = await Promise.all(Array.from({ length: most }, () => openLine(url, '127.0.0.2')))
    for (const [n, line] of lines.entries()) {
      line.write(`GET /held HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 198.51.100.${n}\r\n\r\n`)
    }
    await using next = await openLine(url, '127.0.0.2')
    expect((await next.closed).status).toBe(503)
    letGo()
    await Promise.all(lines.map((line) => line[Symbol.asyncDispose]()))
    await app.close()
  })

  test('without a proxy that was named at the start, nobody is believed', async () => {
    const { app, letGo } = await openEdge()
    const url = await app.listen({ host: '127.0.0.1', port: 0 })
    const waiting = Array.from({ length: 3 * most }, () =>
      fetch(`${url}/held`, { headers: from('198.51.100.7') }),
    )
    const who = await fetch(`${url}/who`, { headers: from('198.51.100.7') })
    expect(await who.json()).toEqual({ ip: '127.0.0.1' })
    letGo()
    for (const answer of await Promise.all(waiting)) expect(answer.status).toBe(200)
    await app.close()
  })
})

test('a person’s ninth open page closes the first one, and nobody else’s', async () => {
  await buildWeb({ outDir: pagesDir })
  await using town = await openStreets({ distDir: pagesDir })
  const open = async (token: string): Promise<IncomingMessage> => {
    const headers = { authorization: `Bearer ${token}` }
    const [answer] = (await once(get(`${town.program.url}/live`, { headers }), 'response')) as [
      IncomingMessage,
    ]
    expect(answer.statusCode).toBe(200)
    return answer.resume()
  }
  const other = await open(town.a.officer.token)
  const streams: IncomingMessage[] = []
  for (let n = 0; n < 8; n++) streams.push(await open(town.a.worker.token))
  expect(streams.some(({ readableEnded }) => readableEnded)).toBe(false)
  const first = once(streams[0]!, 'end')
  streams.push(await open(town.a.worker.token))
  await first
  expect(streams.slice(1).some(({ readableEnded }) => readableEnded)).toBe(false)
  expect(other.readableEnded).toBe(false)
  for (const stream of [other, ...streams]) stream.destroy()
})
