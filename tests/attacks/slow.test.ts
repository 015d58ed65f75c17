import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStreets, type Streets } from '../rig/streets.ts'
import { openLine, type Line } from './raw.ts'

let town: Streets
let url: string

beforeAll(async () => {
  town = await openStreets()
  url = town.program.url
})
afterAll(() => town[Symbol.asyncDispose]())

const many = 200

/** So many connections that begin and do not go on. */
async function begun(write: (line: Line) => void): Promise<Line[]> {
  return Promise.all(
    Array.from({ length: many }, async () => {
      const line = await openLine(url)
      write(line)
      return line
    }),
  )
}

test('the program waits for nobody longer than it says', () => {
  const { server } = town.program.app
  expect(server.headersTimeout).toBeLessThanOrEqual(10_000)
  expect(server.requestTimeout).toBeLessThanOrEqual(30_000)
  expect(server.keepAliveTimeout).toBeLessThanOrEqual(75_000)
  expect(server.timeout).toBeGreaterThan(0)
  expect(server.timeout).toBeLessThanOrEqual(300_000)
})

test('who sends slowly, half or nothing is closed, and others are served meanwhile', async () => {
  // The limits themselves stand above; here nobody waits for half a minute.
  const { server } = town.program.app
  const { headersTimeout, requestTimeout } = server
  Object.assign(server, { headersTimeout: 3_000, requestTimeout: 4_000 })
  const token = `Authorization: Bearer ${town.a.worker.token}`
  const head = `POST /api/tasks/act HTTP/1.1\r\nHost: x\r\n${token}\r\n`
  const length = 'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n'
  const chunked = 'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n'
  const lines = [
    ...(await begun(() => undefined)),
    ...(await begun((line) => line.write('GET /heal'))),
    ...(await begun((line) => line.write(head))),
    ...(await begun((line) => line.write(`${head}${length}{"task`))),
    ...(await begun((line) => line.write(`${head}${chunked}5\r\n{"tas`))),
  ]
  let isOver = false
  // A header, or a letter of the body, every now and then: it does not buy more time.
  const drip = setInterval(() => {
    for (const line of lines.slice(2 * many, 3 * many)) line.write('X-A: 1\r\n')
    for (const line of lines.slice(3 * many, 4 * many)) line.write(' ')
  }, 500)
  const served = (async () => {
    let times = 0
    while (!isOver) {
      const health = await fetch(`${url}/health`)
      expect(health.status).toBe(200)
      // Somebody whose calls of this minute are not spent by the lines above, and unhurried:
      // who asks as fast as a machine can is refused, and rightly.
      expect((await town.b.worker.get('/api/tasks/mine')).status).toBe(200)
      times++
      await setTimeout(100)
    }
    return times
  })()
  const heard = await Promise.all(lines.map((line) => line.closed))
  clearInterval(drip)
  isOver = true
  expect(await served).toBeGreaterThan(3)
  expect(heard.every(({ status }) => [0, 408, 400].includes(status))).toBe(true)
  expect((await fetch(`${url}/health`)).status).toBe(200)
  Object.assign(server, { headersTimeout, requestTimeout })
})

test('a thousand who ask at once, and leave before they are answered, harm nobody', async () => {
  const token = `Authorization: Bearer ${town.a.worker.token}`
  const logged = town.logged.length
  const lines = await begun((line) => {
    line.write(`GET /api/tasks/mine HTTP/1.1\r\nHost: x\r\n${token}\r\n\r\n`.repeat(5))
  })
  await Promise.all(lines.map((line) => line[Symbol.asyncDispose]()))
  expect((await town.b.worker.get('/api/tasks/mine')).status).toBe(200)
  expect(town.logged.slice(logged)).toEqual([])
})

test('what is asked one after the other on one connection is answered in that order', async () => {
  await using line = await openLine(url)
  const ask = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n`
  // Of somebody whose calls of this minute are not spent by the test before.
  const token = `Authorization: Bearer ${town.a.deputy.token}\r\n`
  line.write(
    `${ask('/api/tasks/mine')}${token}\r\n${ask('/api/tasks/mine')}Connection: close\r\n\r\n`,
  )
  const { whole } = await line.closed
  // The second one shows nobody: what the first one showed does not last.
  expect([...whole.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual([
    '200',
    '401',
  ])
})
