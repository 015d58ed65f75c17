import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createServer, type AddressInfo } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { becomeKeeper, pidsIn } from './keeper.ts'
import { findLaunch, giveTo, isRootsOwn, type Launch } from './postgres-launch.ts'
import { readRefusal, refuseFolder } from './postgres-refusal.ts'
import { keptSecret, readSecret } from './kept-secret.ts'
import { StartRefusal } from './start-refusal.ts'

/** Our own PostgreSQL server, a child of this process. */
export type Postgres = {
  /** connection of the owner: everything is allowed; give it to migrations and to nobody else */
  url: string
  port: number
  /** ends the server cleanly; may be called again */
  stop(): Promise<void>
  /** resolves when the server ends though nobody asked it to; after `revive` it is a new promise */
  readonly died: Promise<void>
  /** starts a server that died once more, at the same address; throws as the first start does */
  revive(): Promise<void>
}

export type PostgresWish = {
  /** made when it is missing; holds the cluster, the secrets and the keeper's mark */
  dataDir: string
  /** hears one line where somebody has to wait */
  say: (line: string) => void
  /** hears what the server writes to its log: no values of rows are in it */
  hear?: (words: string) => void
  /** a free one unless given */
  port?: number
  /** false only in tests: survives no power cut, and is much faster */
  durable?: boolean
  /** Where it listens besides, without the network; nothing: nowhere. */
  socketDir?: string
}

const database = 'lilong'
const owner = 'owner'
const lockWaitMs = 20_000
const orphanWaitMs = 5_000
const stopWaitMs = 60_000

/**
 * Start the PostgreSQL that came with the packages on `dataDir`, and wait until it answers.
 * On the first start the cluster is made under a temporary name, so a kill half-way leaves nothing
 * that a later start could mistake for a database.
 * @throws StartRefusal where a person has to act: folder, disk, ports, a second start.
 */
export async function startPostgres(wish: PostgresWish): Promise<Postgres> {
  const dataDir = ownFolder(wish.dataDir)
  const keeper = refuseFolder(dataDir, () => becomeKeeper(dataDir))
  if ('keptBy' in keeper) throw alreadyRunning(dataDir, keeper.keptBy)
  try {
    const launch = refuseFolder(dataDir, () => findLaunch(dataDir))
    const cluster = join(dataDir, 'postgres')
    const password = ownerPassword(dataDir, existsSync(cluster))
    await endOrphans(cluster)
    if (!existsSync(cluster)) await makeCluster({ ...wish, dataDir }, launch, password)
    takeOver(cluster, launch)
    let server = await untilUnlocked(() => serve(cluster, launch, wish))
    let reviving: Promise<void> = Promise.resolve()
    const { port } = server
    const url = `postgres://${owner}:${password}@127.0.0.1:${port}/${database}`
    await makeDatabase(url).catch(async (why: unknown) => {
      await server.stop()
      throw why
    })
    return {
      ...{ url, port },
      get died() {
        return server.died
      },
      revive() {
        const once = async () => {
          await server.stop()
          await endOrphans(cluster)
          server = await untilUnlocked(() => serve(cluster, launch, { ...wish, port }))
        }
        return (reviving = once())
      },
      async stop() {
        await reviving.catch(() => undefined)
        await server.stop().finally(() => keeper.letGo())
      },
    }
  } catch (why) {
    keeper.letGo()
    throw why
  }
}

export function ownFolder(dir: string): string {
  return refuseFolder(dir, () => {
    mkdirSync(dirname(resolve(dir)), { recursive: true })
    if (!existsSync(dir)) mkdirSync(dir, { mode: 0o700 })
    return realpathSync(dir)
  })
}

function ownerPassword(dataDir: string, clusterExists: boolean): string {
  const path = join(dataDir, 'owner.secret')
  return refuseFolder(dataDir, () => {
    if (existsSync(path)) checkMaker(path)
    if (!clusterExists || readSecret(path)) return keptSecret(path)
    throw new StartRefusal({
      zh: `数据库的密码文件 ${path} 不见了。请从备份中恢复这个文件，然后再启动。`,
      en: `The database's password file ${path} is missing. Restore it from a backup, then start again.`,
    })
  })
}

export function alreadyRunning(dataDir: string, pid: number): StartRefusal {
  return new StartRefusal({
    zh: `已经在运行：进程 ${pid} 正在使用 ${dataDir}。请先停止它，或另选一个数据文件夹。`,
    en: `Already running: process ${pid} is using ${dataDir}. Stop it first, or choose another data folder.`,
  })
}

/** A killed keeper's server ends by itself within a second or so; ask it again, and wait. */
async function endOrphans(cluster: string): Promise<void> {
  const postmaster = join(cluster, 'postmaster.pid')
  for (let waitedMs = 0; pidsIn(cluster).length > 0; waitedMs += 50) {
    const pid = existsSync(postmaster) ? Number.parseInt(readFileSync(postmaster, 'utf8'), 10) : 0
    if (waitedMs === 0 && pidsIn(cluster).includes(pid)) process.kill(pid, 'SIGINT')
    // PostgreSQL 18 hears a stop in the midst of its own recovery, and then waits for ever.
    if (waitedMs === orphanWaitMs && pidsIn(cluster).includes(pid)) process.kill(pid, 'SIGQUIT')
    if (waitedMs > lockWaitMs) throw new StartRefusal(stillAtWork(cluster))
    await pause(50)
  }
  // Nobody works here any more: without this, a number given to somebody else would lock us out.
  rmSync(postmaster, { force: true })
}

function stillAtWork(cluster: string) {
  const pids = pidsIn(cluster).join(', ')
  return {
    zh: `上一次运行留下的数据库（进程 ${pids}）还没有结束。请稍等片刻再启动。`,
    en: `The database of an earlier run (process ${pids}) has not ended yet. Wait a moment and start again.`,
  }
}

async function makeCluster(wish: PostgresWish, launch: Launch, password: string): Promise<void> {
  wish.say('正在创建数据库… · Creating the database…')
  removeHalves(wish.dataDir)
  const half = join(wish.dataDir, `half-${randomUUID()}`)
  const cluster = join(half, 'postgres')
  const passwordFile = join(half, 'password')
  refuseFolder(wish.dataDir, () => {
    for (const dir of [half, cluster]) mkdirSync(dir, { mode: 0o700 })
    writeFileSync(passwordFile, password, { mode: 0o600 })
    if (process.getuid?.() === 0) giveTo(launch.uid, half)
  })
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C.UTF-8']
  const sign = ['-U', owner, `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
  const sync = wish.durable === false ? ['--no-sync'] : []
  const args = ['-D', cluster, ...sign, '-E', 'UTF8', ...locale, '--data-checksums', ...sync]
  const child = begin(launch, 'initdb', args)
  const said = listen(child)
  const code = await ended(child)
  if (code !== 0) {
    rmSync(half, gone)
    throw readRefusal(said.text(), cluster)
  }
  renameSync(cluster, join(wish.dataDir, 'postgres'))
  // The children of a killed start may have written a last file after the first sweep.
  removeHalves(wish.dataDir)
}

function removeHalves(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    if (name.startsWith('half-')) rmSync(join(dataDir, name), gone)
  }
}

const gone = { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }

/** Who made the secret made the cluster; a stranger's files would only be spoilt for both. */
function checkMaker(secret: string): void {
  const { uid } = statSync(secret)
  if (uid !== process.getuid?.()) throw strangersFolder(dirname(secret), uid)
}

/** Root's two ways of starting need two owners; it may have used the other one last time. */
function takeOver(cluster: string, launch: Launch): void {
  const { uid } = statSync(cluster)
  if (uid === launch.uid) return
  if (!isRootsOwn(uid)) throw strangersFolder(cluster, uid)
  giveTo(launch.uid, cluster)
}

function strangersFolder(folder: string, uid: number): StartRefusal {
  return new StartRefusal({
    zh: `数据库文件夹 ${folder} 属于另一个用户（${uid}）。请以该用户启动，或把文件夹的所有者改为您自己。`,
    en: `The database folder ${folder} belongs to another user (${uid}). Start as that user, or make the folder your own.`,
  })
}

/** After a kill -9 the old server's last processes hold the lock for about a second. */
async function untilUnlocked<T>(start: () => Promise<T>): Promise<T> {
  for (let waitedMs = 0; ; waitedMs += 250) {
    try {
      return await start()
    } catch (why) {
      if (!(why instanceof LockedFor) || waitedMs > lockWaitMs) throw why
      await pause(250)
    }
  }
}

class LockedFor extends Error {}

type Server = Pick<Postgres, 'port' | 'stop' | 'died'>

async function serve(cluster: string, launch: Launch, wish: PostgresWish): Promise<Server> {
  const port = wish.port ?? (await freePort())
  const child = begin(launch, 'postgres', ['-D', cluster, ...settings(port, wish)])
  const said = listen(child, wish.hear)
  const over = ended(child)
  const isReady = await Promise.race([said.heard(/ready to accept connections/), over])
  if (isReady !== 'heard') {
    const text = said.text()
    const isPortTaken = /could not create any TCP\/IP sockets/.test(text)
    const isLocked = /postmaster\.pid" already exists|pre-existing shared memory/.test(text)
    if (isLocked || (isPortTaken && wish.port === undefined)) throw new LockedFor(text)
    throw readRefusal(text, cluster)
  }
  let asked = false
  const died = new Promise<void>((resolve) => void over.then(() => asked || resolve()))
  const stop = async () => {
    asked = true
    await stopServer(child, over)
  }
  return { port, stop, died }
}

function settings(port: number, { durable = true, socketDir = '' }: PostgresWish): string[] {
  const pairs = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: socketDir,
    max_wal_size: '1GB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    // A failed statement may carry somebody's name: it does not belong in a log.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  return Object.entries(pairs).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** SIGINT is PostgreSQL's fast stop; SIGTERM would wait for clients for ever. */
async function stopServer(child: ChildProcess, over: Promise<number>): Promise<void> {
  child.kill('SIGINT')
  const late = new AbortController()
  const tooLate = pause(stopWaitMs, 'late', { signal: late.signal }).catch(() => 'stopped')
  if ((await Promise.race([over, tooLate])) === 'late') child.kill('SIGQUIT')
  late.abort()
  await over
}

/** Detached: a Ctrl-C goes to the whole terminal, and the last requests still need the database. */
function begin(launch: Launch, name: 'initdb' | 'postgres', args: string[]): ChildProcess {
  const [program = '', ...before] = [...launch.before, join(launch.home, 'bin', name)]
  const env = { PATH: process.env['PATH'], LANG: 'C.UTF-8' }
  const child = spawn(program, [...before, ...args], {
    detached: true,
    env,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  return child
}

/** Status of a finished child; 127 where it could not even begin, 1 where a signal ended it. */
function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(127))
    child.once('close', (code) => resolve(code ?? 1))
  })
}

/** The last words of a child, and a promise for the first time it says a thing. */
function listen(child: ChildProcess, hear: (words: string) => void = () => {}) {
  let text = ''
  const waiting: { words: RegExp; resolve: (heard: 'heard') => void }[] = []
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    text = (text + part).slice(-100_000)
    hear(part)
    for (const one of waiting) if (one.words.test(text)) one.resolve('heard')
  })
  return {
    text: () => text,
    heard: (words: RegExp) =>
      new Promise<'heard'>((resolve) => void waiting.push({ words, resolve })),
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

async function makeDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url.replace(/\/[^/]*$/, '/postgres') })
  await client.connect()
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [database])
    if (found.rowCount === 0) await client.query(`create database ${database}`)
  } finally {
    await client.end()
  }
}
