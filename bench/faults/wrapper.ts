import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { freePort } from '../start.ts'
import { openLedger, tally, type Asked } from './ledger.ts'
import { promiseNone, say, sayFault, sayTimes } from './report.ts'
import { acknowledgedBy, closeAll, keepSending, openLines, send, untilUp } from './senders.ts'
import { openStreet } from './street.ts'

const root = resolve(import.meta.dirname, '../..')
const blows = ['program', 'everything', 'database'] as const

/** `npm start` itself, pages and all, killed and started again as a person would. */
export async function proveWrapper(): Promise<void> {
  if (!isInstalled()) return say('wrapper_skipped', 1, 0)
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lilong-wrapper-')))
  try {
    await prove(folder)
  } finally {
    for (const pid of processesOf(folder)) kill(pid)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** With another lockfile than the one installed, `npm start` would install first. */
function isInstalled(): boolean {
  const stamp = join(root, 'node_modules/.lockfile-sha256')
  const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')))
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === lock.digest('hex')
}

async function prove(folder: string): Promise<void> {
  const ports = { http: await freePort(), mqtt: await freePort() }
  const env = { LILONG_HTTP_PORT: `${ports.http}`, LILONG_MQTT_PORT: `${ports.mqtt}` }
  const start = () => startOnce({ ...env, LILONG_DATA_DIR: folder, LILONG_TOWN: 'empty' })
  let running = await start()
  const key = readFileSync(join(folder, 'operator.secret'), 'utf8').trim()
  const httpUrl = `http://127.0.0.1:${ports.http}`
  const street = await openStreet({ httpUrl, key }, 10, () => 'door-access')
  const asked: Asked = { query: (text, values) => ask(folder, text, values) }
  await openLedger(asked)
  const senders = street.homes.map((home) => home.sender)
  const lines = openLines(senders, ports.mqtt)
  await untilUp(lines)
  const stop = keepSending(lines, async (line) => {
    await send(line, Date.now(), 'granted')
    await pause(40)
  })
  const restartMs: number[] = []
  for (const blow of blows) {
    await pause(700)
    const began = performance.now()
    strike(blow, folder, running)
    running = await untilGoingOn(running, httpUrl, start, () => acknowledgedBy(lines))
    restartMs.push(performance.now() - began)
  }
  await stop()
  closeAll(lines)
  sayFault('wrapper', blows.length, await tally(asked, lines))
  sayTimes('wrapper_restart_s', restartMs)
  running.kill('SIGTERM')
  await ended(running)
  promiseNone('wrapper_processes_left', processesOf(folder).length, blows.length)
}

async function startOnce(env: Record<string, string>): Promise<ChildProcess> {
  const child = spawn('npm', ['start'], {
    ...{ cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  })
  let said = ''
  await new Promise<void>((ready, reject) => {
    const hear = (part: Buffer) => {
      said = (said + part.toString()).slice(-4_000)
      if (/^ready http/m.test(said)) ready()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', () => reject(new Error(`npm start ended before it was ready:\n${said}`)))
  })
  return child
}

function strike(blow: (typeof blows)[number], folder: string, running: ChildProcess): void {
  const { pid } = JSON.parse(readFileSync(join(folder, 'running.json'), 'utf8')) as { pid: number }
  if (blow === 'program') kill(pid)
  if (blow === 'database') kill(postmaster(folder).pid)
  if (blow !== 'everything') return
  for (const one of [...processesOf(folder), running.pid ?? 0]) kill(one)
}

/** Mended by itself, or ended and started again. */
async function untilGoingOn(
  running: ChildProcess,
  httpUrl: string,
  start: () => Promise<ChildProcess>,
  acknowledged: () => number,
): Promise<ChildProcess> {
  const isOver = () => running.exitCode !== null || running.signalCode !== null
  const before = acknowledged()
  while (!isOver()) {
    if (acknowledged() > before + 50 && (await isWell(httpUrl))) return running
    await pause(50)
  }
  return start()
}

async function isWell(httpUrl: string): Promise<boolean> {
  const [health, page] = await Promise.all(
    ['/health', '/'].map((path) => fetch(`${httpUrl}${path}`).catch(() => undefined)),
  )
  return health?.ok === true && page?.ok === true
}

async function ended(child: ChildProcess): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) await pause(20)
}

/** Every process that was started for this folder: by its environment, or by its place of work. */
function processesOf(folder: string): number[] {
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name)
    if (!Number.isInteger(pid) || pid === process.pid) return []
    const said = ['environ', 'cmdline'].map((file) => read(`/proc/${name}/${file}`)).join('\0')
    return said.includes(folder) ? [pid] : []
  })
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function kill(pid: number): void {
  if (!(pid > 0)) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Gone by itself meanwhile.
  }
}

function postmaster(folder: string): { pid: number; port: number } {
  const lines = read(join(folder, 'postgres/postmaster.pid')).split('\n')
  return { pid: Number(lines[0] ?? 0), port: Number(lines[3] ?? 0) }
}

async function ask<Row extends pg.QueryResultRow>(
  folder: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const password = read(join(folder, 'owner.secret')).trim()
  const { port } = postmaster(folder)
  const client = new pg.Client(`postgres://owner:${password}@127.0.0.1:${port}/lilong`)
  await client.connect()
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end()
  }
}
