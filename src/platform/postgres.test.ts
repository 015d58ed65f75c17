import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pidsIn } from './keeper.ts'
import { startPostgres } from './postgres.ts'
import { readRefusal } from './postgres-refusal.ts'
import { StartRefusal } from './start-refusal.ts'

const isRoot = process.getuid?.() === 0
let folder: string
let keepers: ChildProcess[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lilong-postgres-'))
  chmodSync(folder, 0o755)
  keepers = []
})
afterEach(async () => {
  for (const child of keepers.filter(({ exitCode }) => exitCode === null)) {
    child.kill('SIGTERM')
    await ended(child)
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 100, retryDelay: 100 })
})

test('what was committed is there after a stop and a new start', async () => {
  const dataDir = join(folder, 'new', 'data')
  const first = await startPostgres({ dataDir, say: quiet })
  await write(first.url)
  await first.stop()
  await first.stop()
  const second = await startPostgres({ dataDir, say: quiet })
  expect(await count(second.url)).toBe(1)
  await second.stop()
  expect(readdirSync(dataDir).toSorted()).toEqual(['owner.secret', 'postgres'])
  expect(statSync(join(dataDir, 'owner.secret')).mode & 0o777).toBe(0o600)
})

test('a second start is refused while the first lives, and the first goes on', async () => {
  const dataDir = join(folder, 'data')
  const first = await startPostgres({ dataDir, say: quiet })
  await expect(startPostgres({ dataDir, say: quiet })).rejects.toThrow(/Already running: process/)
  const other = keep(dataDir)
  expect(await said(other)).toMatch(/Already running: process \d+ is using/)
  await write(first.url)
  await first.stop()
})

test('kill -9 of the keeper: its server ends, and the next start finds what was committed', async () => {
  const dataDir = join(folder, 'data')
  const keeper = keep(dataDir)
  await write(urlOf(await said(keeper)))
  keeper.kill('SIGKILL')
  await ended(keeper)
  // By itself: nobody starts anew or asks it to.
  while (pidsIn(join(dataDir, 'postgres')).length > 0) await pause(20)
  const next = await startPostgres({ dataDir, say: quiet })
  expect(await count(next.url)).toBe(1)
  await next.stop()
})

test('kill -9 of keeper and server: the next start finds what was committed', async () => {
  const dataDir = join(folder, 'data')
  const keeper = keep(dataDir)
  await write(urlOf(await said(keeper)))
  keeper.kill('SIGKILL')
  process.kill(postmaster(dataDir), 'SIGKILL')
  await ended(keeper)
  const next = await startPostgres({ dataDir, say: quiet })
  expect(await count(next.url)).toBe(1)
  await next.stop()
})

test('a server that ends unasked is told; one that was stopped is not', async () => {
  const dataDir = join(folder, 'data')
  const first = await startPostgres({ dataDir, say: quiet })
  process.kill(postmaster(dataDir), 'SIGKILL')
  await first.died
  await first.stop()
  const second = await startPostgres({ dataDir, say: quiet })
  await second.stop()
  const heard = await Promise.race([second.died.then(() => 'died'), pause(20, 'nothing')])
  expect(heard).toBe('nothing')
})

test('a kill in the middle of creating the database leaves nothing in the way', async () => {
  const dataDir = join(folder, 'data')
  const keeper = keep(dataDir)
  const half = await appears(dataDir, 'half-')
  await appears(join(half, 'postgres'), 'base')
  keeper.kill('SIGKILL')
  await ended(keeper)
  expect(existsSync(join(dataDir, 'postgres'))).toBe(false)
  const next = await startPostgres({ dataDir, say: quiet })
  await write(next.url)
  await next.stop()
  expect(readdirSync(dataDir).toSorted()).toEqual(['owner.secret', 'postgres'])
})

test("a stale mark with a living stranger's number does not lock anybody out", async () => {
  const dataDir = join(folder, 'data')
  const first = await startPostgres({ dataDir, say: quiet })
  await first.stop()
  writeFileSync(join(dataDir, 'keeper'), `${process.ppid} somebody-else 1`)
  writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), `${process.ppid}\n`)
  const second = await startPostgres({ dataDir, say: quiet })
  await second.stop()
})

test('a lost password file is said, not replaced', async () => {
  const dataDir = join(folder, 'data')
  const first = await startPostgres({ dataDir, say: quiet })
  await first.stop()
  rmSync(join(dataDir, 'owner.secret'))
  await expect(startPostgres({ dataDir, say: quiet })).rejects.toThrow(
    /password file .* is missing/,
  )
})

test('a file in the place of the folder is said in both languages', async () => {
  const dataDir = join(folder, 'data')
  writeFileSync(dataDir, '')
  const refusal = await startPostgres({ dataDir, say: quiet }).catch((why: unknown) => why)
  expect(refusal).toBeInstanceOf(StartRefusal)
  expect((refusal as StartRefusal).sentence.en).toMatch(/an ordinary file stands in its path/)
  expect((refusal as StartRefusal).sentence.zh).toMatch(/有一个普通文件/)
})

test.runIf(isRoot)("another user's database is refused, and nothing of it is changed", async () => {
  const dataDir = join(folder, 'data')
  const first = await startPostgres({ dataDir, say: quiet })
  await first.stop()
  chownSync(join(dataDir, 'owner.secret'), 4321, 4321)
  chownSync(join(dataDir, 'postgres'), 4321, 4321)
  await expect(startPostgres({ dataDir, say: quiet })).rejects.toThrow(/another user \(4321\)/)
  expect(statSync(join(dataDir, 'postgres')).uid).toBe(4321)
})

test.runIf(isRoot)('root where user namespaces are forbidden', async () => {
  const shim = join(folder, 'shim')
  mkdirSync(shim)
  writeFileSync(join(shim, 'unshare'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
  for (const home of ['open', 'private']) {
    mkdirSync(join(folder, home))
    chmodSync(join(folder, home), home === 'private' ? 0o700 : 0o755)
    const dataDir = join(folder, home, 'data')
    const keeper = keep(dataDir, { ...process.env, PATH: `${shim}:${process.env['PATH']}` })
    await write(urlOf(await said(keeper)))
    expect(statSync(join(dataDir, 'postgres')).uid).toBe(65534)
    keeper.kill('SIGKILL')
    await ended(keeper)
    const next = await startPostgres({ dataDir, say: quiet })
    expect(await count(next.url)).toBe(1)
    await next.stop()
  }
})

test.runIf(isRoot)('root that can take no other user: one sentence', async () => {
  const shim = join(folder, 'shim')
  mkdirSync(shim)
  for (const name of ['unshare', 'setpriv']) {
    writeFileSync(join(shim, name), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
  }
  const env = { ...process.env, PATH: `${shim}:${process.env['PATH']}` }
  expect(await said(keep(join(folder, 'data'), env))).toMatch(/no other user can be taken here/)
})

test.each([
  ['could not write: No space left on device', /the disk is full/],
  ['HINT:  Check free disk space.\nPANIC:  cannot abort', /the disk is full/],
  ['FATAL:  could not open file: Permission denied', /may not be written to/],
  ['FATAL:  could not create any TCP/IP sockets', /port is taken/],
  ['FATAL:  database files are incompatible with server', /another major version/],
  ['LOG:  x\nFATAL:  something new', /FATAL: {2}something new/],
])('%s', (words, sentence) => {
  expect(readRefusal(words, '/data').sentence.en).toMatch(sentence)
})

function quiet(): void {}

function keep(dataDir: string, env: NodeJS.ProcessEnv = process.env): ChildProcess {
  const child = spawn(process.execPath, ['tests/rig/keep-postgres.ts', dataDir], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  keepers.push(child)
  return child
}

/** The first line that is an address or a refusal; what is said before it is only progress. */
async function said(child: ChildProcess): Promise<string> {
  let text = ''
  for await (const part of child.stdout ?? []) {
    text += String(part)
    if (/^\{.*\}$|StartRefusal/m.test(text)) return text
  }
  return text
}

function urlOf(text: string): string {
  const line = text.split('\n').find((one) => one.startsWith('{')) ?? text
  return (JSON.parse(line) as { url: string }).url
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

function postmaster(dataDir: string): number {
  return Number.parseInt(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10)
}

async function appears(dir: string, start: string): Promise<string> {
  for (;;) {
    const found = existsSync(dir) && readdirSync(dir).find((name) => name.startsWith(start))
    if (found) return join(dir, found)
    await pause(5)
  }
}

async function write(url: string): Promise<void> {
  await ask(url, 'create table kept (x int); insert into kept values (1)')
}

async function count(url: string): Promise<number> {
  const rows = await ask(url, 'select count(*)::int as rows from kept')
  return (rows[0] as { rows: number }).rows
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}
