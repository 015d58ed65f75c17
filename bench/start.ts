/**
 * How long the first start takes with an empty package cache, and every later one; memory and disk.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median, print, round } from './figure.ts'

const firstBoundS = 180
const laterBoundS = 5
const laterRuns = 5

/** Works on a fresh clone of what is committed, so that nothing already built helps. */
export async function benchStart(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lilong-start-'))
  const clone = join(folder, 'lilong')
  try {
    execFileSync('git', ['clone', '--quiet', '--no-hardlinks', '.', clone])
    const env = {
      ...withoutNpm(process.env),
      npm_config_cache: join(folder, 'empty-cache'),
      LILONG_DATA_DIR: join(folder, 'data'),
      LILONG_HTTP_PORT: String(await freePort()),
      LILONG_MQTT_PORT: String(await freePort()),
    }
    const first = await startOnce(clone, env)
    figure('first_s', 's', [first.seconds], firstBoundS)
    const later = []
    for (let run = 0; run < laterRuns; run++) later.push(await startOnce(clone, env))
    figure(
      'second_s',
      's',
      later.map((one) => one.seconds),
      laterBoundS,
    )
    figure(
      'rss_mb',
      'MB',
      later.map((one) => one.rssMb),
    )
    figure('installed_mb', 'MB', [sizeMb(join(clone, 'node_modules'))])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The outer npm's own settings would follow us into the clone. */
function withoutNpm(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^npm_(package|lifecycle|execpath|node)/.test(name)),
  )
}

function figure(metric: string, unit: string, values: number[], bound?: number): void {
  const middle = round(median(values))
  const held = bound === undefined ? {} : { bound, holds: middle <= bound }
  print({ bench: 'start', metric, unit, median: middle, n: values.length, ...held })
}

async function startOnce(
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<{ seconds: number; rssMb: number }> {
  const began = performance.now()
  const child = spawn('npm', ['start'], { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((done) => child.once('exit', done))
  await untilReady(child)
  const seconds = (performance.now() - began) / 1000
  const rssMb = treeRssMb(child.pid ?? 0)
  child.kill('SIGTERM')
  await ended
  return { seconds, rssMb }
}

async function untilReady(child: ChildProcess): Promise<void> {
  let said = ''
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (/^ready http/m.test(said)) resolve()
    })
    child.once('exit', () => reject(new Error(`npm start ended before it was ready:\n${said}`)))
  })
}

/** Resident memory of a process and all below it, in MB; shared pages count for each. */
function treeRssMb(pid: number): number {
  const parents = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    const status = /^[0-9]+$/.test(name) ? statusOf(name) : ''
    const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? -1)
    parents.set(parent, [...(parents.get(parent) ?? []), Number(name)])
  }
  const kb = (of: number): number =>
    Number(/^VmRSS:\s+(\d+)/m.exec(statusOf(String(of)))?.[1] ?? 0) +
    (parents.get(of) ?? []).reduce((sum, child) => sum + kb(child), 0)
  return round(kb(pid) / 1024, 0)
}

function statusOf(pid: string): string {
  const file = `/proc/${pid}/status`
  try {
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  } catch {
    return ''
  }
}

function sizeMb(dir: string): number {
  const kb = execFileSync('du', ['-sk', dir], { encoding: 'utf8' }).split('\t')[0]
  return round(Number(kb) / 1024, 0)
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
