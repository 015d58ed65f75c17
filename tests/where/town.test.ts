import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import mqtt from 'mqtt'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TownMap } from '../../town/map.ts'
import { distributionBin, noDistribution, startDistribution } from '../rig/distribution.ts'
import { ask, startProduct, type Started } from '../rig/started.ts'

const minutesMax = 300_000
let folder: string
let mounted: string[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lilong-where-'))
  chmodSync(folder, 0o755)
  mounted = []
})
afterEach(() => {
  for (const at of mounted) spawnSync('umount', ['-l', at])
  rmSync(folder, { recursive: true, force: true })
})

const isThere = distributionBin() !== undefined

test.runIf(isThere)(
  isThere
    ? 'on a server of the distribution: the town opens, lives, starts again, and is reset'
    : noDistribution,
  { timeout: minutesMax },
  async () => {
    await using server = await startDistribution()
    await server.ask(`create role town login createrole password 'geheim'`)
    await server.ask(`create database town owner town encoding 'UTF8' template template0`)
    const LILONG_DATABASE_URL = server.at({ database: 'town', user: 'town', password: 'geheim' })
    const dataDir = join(folder, 'data')
    {
      await using first = await startProduct(dataDir, { LILONG_DATABASE_URL })
      const stored = await heardUntil(LILONG_DATABASE_URL)
      expect(stored).toBeGreaterThan(0)
      await hurriedUntil(first, async () => (await heardUntil(LILONG_DATABASE_URL)) > stored)
      expect(first.words()).not.toContain('geheim')
    }
    await using second = await startProduct(dataDir, { LILONG_DATABASE_URL })
    const headers = { authorization: `Bearer ${second.operatorKey()}` }
    const town = await ask('GET', `${second.running().httpUrl}/api/demo/town`, { headers })
    expect(JSON.parse(town.text).people.length).toBeGreaterThan(5)
    // The server goes away and comes back, as it does when somebody updates it.
    const { pid } = second
    await server.stop()
    await until(async () => (await second.health()).says?.includes('database-away') ?? false)
    await server.start()
    await until(async () => (await second.health()).ok === true)
    const before = await heardUntil(LILONG_DATABASE_URL)
    await hurriedUntil(second, async () => (await heardUntil(LILONG_DATABASE_URL)) > before)
    await server.ask('create schema theirs', 'town')
    const body = { really: 'delete everything' }
    await ask('POST', `${second.running().httpUrl}/api/demo/reset`, { headers, body })
    await until(() => (second.words().match(/^ready /gm) ?? []).length === 2)
    expect(
      await server.ask(`select from pg_namespace where nspname = 'theirs'`, 'town'),
    ).toHaveLength(1)
    expect(second.pid).toBe(pid)
  },
)

const canMount = process.getuid?.() === 0 && mountable()

test.runIf(canMount)(
  canMount
    ? 'the disk fills while the town lives: nothing is acknowledged, nothing ends, and it goes on'
    : 'the disk fills (not here: tmpfs cannot be mounted, which takes root)',
  { timeout: minutesMax },
  async () => {
    const disk = mount('disk', 600)
    const dataDir = join(disk, 'data')
    await using town = await startProduct(dataDir, {})
    const database = databaseIn(dataDir)
    const ballast = join(disk, 'ballast')
    spawnSync('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=64k'])
    // Lets the log need a new file now, and not after some hours.
    await askDatabase(database(), 'select pg_switch_wal()').catch(() => undefined)
    await until(async () => (await town.health()).says?.includes('disk-full') ?? false)
    const health = await town.health()
    expect(health).toMatchObject({ status: 503, ok: false })
    expect(await acknowledges(town, dataDir, 3_000)).toBe(false)
    rmSync(ballast)
    await until(async () => (await town.health()).ok === true)
    await until(() => acknowledges(town, dataDir, 3_000))
    const words = town.words()
    expect(words.match(/The disk is full: nothing can be stored/g)).toHaveLength(1)
    expect(words.match(/The disk has room again/g)).toHaveLength(1)
    expect(words).not.toMatch(/uncaught|unhandled/i)
    // And a server that is killed is started again under the same program.
    process.kill(postmaster(dataDir), 'SIGKILL')
    await until(() => /The database does not answer[\s\S]*The database is back/.test(town.words()))
    await until(() => acknowledges(town, dataDir, 3_000))
    expect(await town.stop()).toBe(0)
  },
)

/** Whether a heartbeat of one of the town's devices is acknowledged within the time. */
async function acknowledges(town: Started, dataDir: string, withinMs: number): Promise<boolean> {
  try {
    const map = JSON.parse(readFileSync(join(dataDir, 'town.json'), 'utf8')) as TownMap
    // One with a password of its own: others speak through their gateway.
    const device = map.devices.findLast(({ username }) => username !== null)
    if (!device?.username || !device.password) return false
    const { username, password, topic } = device
    const { mqttUrl } = town.running()
    const wish = { username, password, reconnectPeriod: 0, connectTimeout: withinMs }
    const wire = await mqtt.connectAsync(mqttUrl, wish)
    wire.on('error', () => undefined)
    const said = wire.publishAsync(
      topic,
      JSON.stringify({ seq: Date.now(), at: Date.now(), state: 'heartbeat' }),
      { qos: 1 },
    )
    const closed = new Promise<false>((done) => wire.once('close', () => done(false)))
    const came = said.then(
      () => true,
      () => false,
    )
    const isTaken = await Promise.race([came, closed, pause(withinMs, false)])
    await wire.endAsync(true)
    return isTaken
  } catch {
    return false
  }
}

/**
 * A neighbourhood may be quiet for some minutes: sixty of them go by in one. The simulator says
 * how fast the clock goes when it begins, so it is told again; and a program that is opened anew
 * behind a server that came back refuses for a moment.
 */
async function hurriedUntil(town: Started, isSo: () => Promise<boolean>): Promise<void> {
  const headers = { authorization: `Bearer ${town.operatorKey()}` }
  await until(async () => {
    const body = { speed: 60 }
    const told = ask('POST', `${town.running().httpUrl}/api/demo/clock`, { headers, body })
    return told.then(isSo, () => false)
  })
}

/** Seconds until when some device is known to have spoken: it grows with every heartbeat. */
async function heardUntil(url: string): Promise<number> {
  const rows = await askDatabase<{ n: number }>(
    url,
    'select coalesce(extract(epoch from max(to_at)), 0)::float8 as n from sensing.coverage',
  )
  return rows[0]?.n ?? 0
}

/** The embedded server's address, from the files that it keeps. */
function databaseIn(dataDir: string): () => string {
  return () => {
    const lines = readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')
    const secret = readFileSync(join(dataDir, 'owner.secret'), 'utf8').trim()
    return `postgres://owner:${secret}@127.0.0.1:${lines[3]}/lilong`
  }
}

function postmaster(dataDir: string): number {
  return Number.parseInt(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8'), 10)
}

function mount(name: string, megabytes: number): string {
  const at = join(folder, name)
  mkdirSync(at)
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'none', at])
  mounted.push(at)
  return at
}

function mountable(): boolean {
  const at = mkdtempSync(join(tmpdir(), 'lilong-mount-'))
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', at]).status === 0
  if (isMounted) spawnSync('umount', [at])
  rmSync(at, { recursive: true, force: true })
  return isMounted
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isSo()); tries++) {
    if (tries > 600) throw new Error(`not so for a minute: ${String(isSo)}`)
    await pause(100)
  }
}

async function askDatabase<Row = unknown>(url: string, statement: string): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(statement)).rows as Row[]
  } finally {
    await client.end()
  }
}
