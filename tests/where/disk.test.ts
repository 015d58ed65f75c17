import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bringerBack } from '../../src/platform/bring-back.ts'
import { watchDisk } from '../../src/platform/disk-watch.ts'
import { startPostgres, type Postgres } from '../../src/platform/postgres.ts'
import { openDatabase } from '../../src/platform/sql.ts'
import { StartRefusal } from '../../src/platform/start-refusal.ts'
import {
  openTroubles,
  troubles as words,
  type Trouble,
  type Troubles,
} from '../../src/platform/trouble.ts'

const canMount = tryMount()
const onSmallDisk = canMount
  ? 'on a small disk'
  : 'on a small disk (not here: tmpfs cannot be mounted, which takes root)'

let folder: string
let said: string[]
let closing: (() => unknown)[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lilong-disk-'))
  chmodSync(folder, 0o755)
  said = []
  closing = []
})
afterEach(async () => {
  for (const close of closing.toReversed()) await close()
  rmSync(folder, { recursive: true, force: true })
})

const saidOf = (trouble: Trouble) => ({
  begins: said.filter((line) => line === words[trouble].begins.en).length,
  ends: said.filter((line) => line === words[trouble].ends.en).length,
})

const newTroubles = () => openTroubles(({ en }) => void said.push(en))

async function start(
  dataDir: string,
  {
    troubles = newTroubles(),
    lookAgainMs = 50,
  }: { troubles?: Troubles; lookAgainMs?: number } = {},
) {
  const postgres = await startPostgres({ dataDir, say: () => undefined, hear: troubles.hear })
  closing.push(() => postgres.stop())
  const urls = { ownerUrl: postgres.url, appUrl: postgres.url }
  const db = openDatabase(urls, troubles.hear)
  closing.push(() => db.close())
  const watch = watchDisk(db.ownerPool, troubles, { calm: 50, troubled: lookAgainMs })
  closing.push(() => watch[Symbol.asyncDispose]())
  return { postgres, db, troubles }
}

test('a commit that waits more than two seconds is a slow disk, until one is quick again', async () => {
  const { postgres, db, troubles } = await start(join(folder, 'data'))
  await until(async () => (await db.ownerPool.query('select 1')).rowCount === 1)
  expect(troubles.says()).toEqual([])
  await hang(postgres)
  await until(() => troubles.says().includes('disk-slow'))
  await release(postgres)
  await until(() => troubles.says().length === 0)
  expect(saidOf('disk-slow')).toEqual({ begins: 1, ends: 1 })
})

test('an error of the disk in anybody’s transaction is said once, and ends with the next commit', async () => {
  const { db, troubles } = await start(join(folder, 'data'))
  const failing = `do $$ begin raise exception using errcode = '58030'; end $$`
  await expect(db.ownerPool.query(failing)).rejects.toThrow()
  await until(() => troubles.says().length === 0)
  expect(saidOf('disk-failing')).toEqual({ begins: 1, ends: 1 })
})

test('what begins while a commit is under way is not ended by that commit', async () => {
  const never = 24 * 60 * 60 * 1000
  const { postgres, troubles } = await start(join(folder, 'data'), { lookAgainMs: never })
  await hang(postgres)
  await until(() => troubles.says().includes('disk-slow'))
  troubles.begin('disk-full')
  await release(postgres)
  await until(async () => (await ask(postgres.url, waitingForStandby)).length === 0)
  await new Promise((done) => setTimeout(done, 200))
  expect(troubles.says()).toEqual(['disk-full', 'disk-slow'])
})

test('a server that dies is started again at the same address, and what was committed is there', async () => {
  const dataDir = join(folder, 'data')
  const { postgres, db, troubles } = await start(dataDir)
  await db.ownerPool.query('create table kept (x int); insert into kept values (1)')
  process.kill(postmaster(dataDir), 'SIGKILL')
  await postgres.died
  expect(await bring(postgres, troubles)()).toBe('back')
  expect((await db.ownerPool.query('select x from kept')).rows).toEqual([{ x: 1 }])
  // A commit that was under way on the old server may be heard of after the new one answers.
  await until(() => troubles.says().length === 0)
  const { begins, ends } = saidOf('database-away')
  expect(begins).toBeGreaterThan(0)
  expect(ends).toBe(begins)
})

test('who ends the program does not wait for a database that does not come back', async () => {
  const { postgres, troubles } = await start(join(folder, 'data'))
  const ending = new AbortController()
  const back = bring(postgres, troubles, ending.signal)
  ending.abort()
  expect(await back()).toBe('ended')
})

test('a database that cannot come back is given up, with the reason', async () => {
  const dataDir = join(folder, 'data')
  const { postgres, troubles } = await start(dataDir)
  process.kill(postmaster(dataDir), 'SIGKILL')
  await postgres.died
  rmSync(join(dataDir, 'postgres', 'PG_VERSION'))
  const real = { now: Date.now }
  const back = bringerBack({
    ...{ postgres, troubles, real, say: ({ en }) => void said.push(en), triesMax: 2 },
    signal: new AbortController().signal,
  })
  expect(await back()).toBe('gone')
  expect(said.at(-1)).toMatch(/did not start/)
})

describe.runIf(canMount)(onSmallDisk, () => {
  let disk: string

  beforeEach(() => {
    disk = join(folder, 'disk')
    spawnSync('mkdir', [disk])
  })

  function mount(megabytes: number): void {
    const { status, stderr } = spawnSync('mount', [
      '-t',
      'tmpfs',
      '-o',
      `size=${megabytes}m`,
      'none',
      disk,
    ])
    if (status !== 0) throw new Error(String(stderr))
    closing.push(() => spawnSync('umount', ['-l', disk]))
  }

  /** Takes all the room there is; returns a way to give it back. */
  function fill(): () => void {
    const ballast = join(disk, 'ballast')
    spawnSync('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=64k'])
    return () => rmSync(ballast)
  }

  test('too small to make the database: one sentence, and nothing left in the way', async () => {
    mount(20)
    const why = startPostgres({ dataDir: join(disk, 'data'), say: () => undefined })
    await expect(why).rejects.toThrow(/the disk is full/)
    await expect(why).rejects.toBeInstanceOf(StartRefusal)
    spawnSync('mount', ['-o', 'remount,size=200m', disk])
    const { postgres } = await start(join(disk, 'data'))
    expect(await ask(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('read-only: one sentence', async () => {
    mount(20)
    spawnSync('mount', ['-o', 'remount,ro', disk])
    const why = startPostgres({ dataDir: join(disk, 'data'), say: () => undefined })
    await expect(why).rejects.toThrow(/may not be written to/)
  })

  test('full while it runs: said once, nothing more is committed, and it goes on with room', async () => {
    mount(220)
    const { postgres, db, troubles } = await start(join(disk, 'data'))
    const back = bring(postgres, troubles)
    await db.ownerPool.query('create table kept (x int, filling text)')
    const giveBack = fill()
    let committed = 0
    const write = async () => {
      const { rowCount } = await db.ownerPool.query(
        `insert into kept select ${committed}, repeat(md5(random()::text), 30) from generate_series(1, 500)`,
      )
      committed += rowCount ?? 0
    }
    await until(() =>
      write().then(
        () => false,
        () => true,
      ),
    )
    await until(() => troubles.says().includes('disk-full'))
    giveBack()
    await until(async () => (await isAlive(postgres)) || (await back()) === 'back')
    await until(() => !troubles.says().includes('disk-full'))
    await until(() =>
      write().then(
        () => true,
        () => false,
      ),
    )
    expect(await ask(postgres.url, 'select count(*)::int as rows from kept')).toEqual([
      { rows: committed },
    ])
    expect(saidOf('disk-full')).toEqual({ begins: 1, ends: 1 })
  })

  test('no room even for the log: the server gives up, and is there again when there is room', async () => {
    mount(300)
    const { postgres, db, troubles } = await start(join(disk, 'data'))
    const back = bring(postgres, troubles)
    await db.ownerPool.query('create table kept (x int)')
    await db.ownerPool.query('insert into kept values (1)')
    const giveBack = fill()
    // Switching the log needs a new file of 16 MB, and there is no room for it.
    await until(() =>
      db.ownerPool.query(`insert into kept values (2); select pg_switch_wal()`).then(
        () => false,
        () => true,
      ),
    )
    await until(() => troubles.says().includes('disk-full'))
    const came = back()
    giveBack()
    expect(await came).toBe('back')
    const [row] = await ask<{ rows: number }>(
      postgres.url,
      'select count(*)::int as rows from kept',
    )
    expect(row?.rows).toBeGreaterThanOrEqual(1)
    await until(() => troubles.says().length === 0)
  })
})

function bring(
  postgres: Postgres,
  troubles: ReturnType<typeof newTroubles>,
  signal: AbortSignal = new AbortController().signal,
) {
  const real = { now: Date.now }
  return bringerBack({ postgres, troubles, real, say: ({ en }) => void said.push(en), signal })
}

/** Commits must be confirmed by a standby, and there is none: they hang as on a disk that hangs. */
const hang = (postgres: Postgres) => confirmedBy(postgres, 'nobody')
const release = (postgres: Postgres) => confirmedBy(postgres, '')

async function confirmedBy({ url }: Postgres, standby: string): Promise<void> {
  await ask(url, `alter system set synchronous_standby_names = '${standby}'`)
  await ask(url, 'select pg_reload_conf()')
}

const waitingForStandby = `select 1 from pg_stat_activity where wait_event = 'SyncRep'`

async function isAlive({ url }: Postgres): Promise<boolean> {
  return ask(url, 'select 1').then(
    () => true,
    () => false,
  )
}

function postmaster(dataDir: string): number {
  return Number.parseInt(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10)
}

function tryMount(): boolean {
  if (process.getuid?.() !== 0) return false
  const at = mkdtempSync(join(tmpdir(), 'lilong-mount-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', at]).status === 0
  if (mounted) {
    writeFileSync(join(at, 'x'), '')
    spawnSync('umount', [at])
  }
  rmSync(at, { recursive: true, force: true })
  return mounted
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((done) => setTimeout(done, 20))
}

async function ask<Row = unknown>(url: string, statement: string): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(statement)).rows as Row[]
  } finally {
    await client.end()
  }
}
