import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import { useServer } from '../rig/database.ts'
import { openServer, teardown } from '../rig/global.ts'
import { browse, pagesDir, type Browsing } from '../rig/pages.ts'
import { longHeartbeat, openStreets, type Streets } from '../rig/streets.ts'
import { openWaker, type Waker } from '../rig/waker.ts'
import { canaryWords, driveCanaries, type Driven } from './canaries.ts'

let town: Streets
let service: Waker
let browsing: Browsing
let driven: Driven
const folder = mkdtempSync(join(tmpdir(), 'lilong-canaries-'))
const outboxFile = join(folder, 'outbox.jsonl')
let databaseWords = ''

beforeAll(async () => {
  await buildWeb({ outDir: pagesDir })
  writeFileSync(outboxFile, '')
  useServer(await openServer((heard) => void (databaseWords += heard)))
  service = await openWaker()
  town = await openStreets({
    ...{ ...longHeartbeat, everyRole: true, distDir: pagesDir },
    ways: {
      ...{ pushSecret: randomBytes(32).toString('base64url'), isPushRehearsed: true },
      ...{ pushContact: 'mailto:street@lilong.example', sms: null, wecom: null, voice: null },
      ...{ outboxFile, quiet: null },
    },
  })
  browsing = await browse(town)
  const pages = [await browsing.open(town.a.worker.name), await browsing.open(town.a.officer.name)]
  for (const page of pages) await page.close()
  driven = await driveCanaries({
    ...{ town, service, outboxFile, databaseWords: () => databaseWords },
  })
}, 300_000)
afterAll(async () => {
  await browsing[Symbol.asyncDispose]()
  await town[Symbol.asyncDispose]()
  await service[Symbol.asyncDispose]()
  await teardown()
  rmSync(folder, { recursive: true, force: true })
})

test('no word of anybody is in a log, a refusal, a message, a figure or a stream', () => {
  expect(driven.seen).toEqual([])
})

test('and there was something to look through', () => {
  expect(driven.failed).toBeGreaterThan(100)
  for (const [sink, letters] of Object.entries(driven.sinks)) {
    expect([sink, letters > 20]).toEqual([sink, true])
  }
})

test('no page asks for anything by an address with a word of anybody in it', async () => {
  const asked: string[] = []
  const { tasks } = (await town.a.worker.get('/api/tasks/mine')).body
  const task = tasks[0].task
  const paths = [`/desk`, `/desk/tasks/${task}`, '/desk/search', '/desk/closed', '/desk/shift']
  for (const who of [town.a.worker, town.a.officer]) {
    const { page, goto, quiet, close } = await browsing.open(who.name)
    page.on('request', (request) => void asked.push(request.url()))
    for (const path of [...paths, '/desk/devices', '/desk/people', '/centre']) {
      await goto(path)
      const fields = page.locator('input[type=search], input[type=text], input:not([type])')
      for (const field of (await fields.all()).slice(0, 3)) {
        await field.fill('金丝雀').catch(() => undefined)
        await field.press('Enter').catch(() => undefined)
        await quiet()
      }
    }
    await close()
  }
  const plain = asked.map((url) => decodeURIComponent(url))
  expect(plain.length).toBeGreaterThan(30)
  const told = plain.filter((url) => canaryWords.some((word) => url.includes(word)))
  expect(told).toEqual([])
})
