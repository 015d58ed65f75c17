import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { newSecret } from '../../src/platform/ids.ts'
import { pidsIn } from '../../src/platform/keeper.ts'
import { freePort } from '../start.ts'
import type { Chance } from './chance.ts'
import { openDisk, type Disk, type Undone } from './disk.ts'

export type Ports = { http: number; mqtt: number }
export const blows = ['program', 'database', 'both', 'power'] as const
export type Blow = (typeof blows)[number]

/** A program that lives gets so long to mend itself before somebody starts it anew. */
const mendMsMax = 8_000

export type VictimWish = {
  /** How far its clock is from ours. */
  aheadMs: number
  /** PostgreSQL writes to a disk that can be cut off. */
  hasDisk?: boolean
  /** Where set, the program reaches its database by this port. */
  databasePort?: number
}

/** The program under trial: started, killed, started again on the same folder and ports. */
export class Victim implements AsyncDisposable {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'lilong-faults-')))
  readonly key = newSecret()
  readonly disk: Disk | undefined
  readonly restartMs: number[] = []
  readonly kills: Record<Blow, number> = { program: 0, database: 0, both: 0, power: 0 }
  undone: Undone = { writes: 0, bytes: 0, names: 0 }
  ports: Ports = { http: 0, mqtt: 0 }
  aheadMs: number
  private readonly databasePort: number | undefined
  private child: ChildProcess | undefined
  private url = ''
  /** The last of what the program said. */
  private words = ''

  constructor(wish: VictimWish) {
    this.aheadMs = wish.aheadMs
    this.databasePort = wish.databasePort
    process.once('exit', this.sweep)
    if (wish.hasDisk) this.disk = openDisk(this.folder, this.cluster)
  }

  get httpUrl(): string {
    return `http://127.0.0.1:${this.ports.http}`
  }

  private get cluster(): string {
    return join(this.folder, 'data/postgres')
  }

  /** The time of the town, as the machine under trial sees it. */
  now(): number {
    return Date.now() + this.aheadMs
  }

  /** Moves the machine's clock under the running program. */
  jump(aheadMs: number): void {
    this.aheadMs = aheadMs
    this.child?.stdin?.write(`${JSON.stringify({ ahead: aheadMs })}\n`)
  }

  /** Resolves when the program answers. */
  async start(): Promise<void> {
    if (this.ports.http === 0) this.ports = { http: await freePort(), mqtt: await freePort() }
    const { http, mqtt } = this.ports
    const script = join(import.meta.dirname, 'child.ts')
    const words = ['--data', join(this.folder, 'data'), '--http', `${http}`, '--mqtt', `${mqtt}`]
    const more = [`--ahead=${Math.round(this.aheadMs)}`, `--key=${this.key}`]
    const way = this.databasePort ? [`--database=${this.databasePort}`] : []
    const path = [this.disk?.programs ?? [], process.env['PATH'] ?? []].flat().join(delimiter)
    const child = spawn(process.execPath, [script, ...words, ...more, ...way], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, PATH: path },
    })
    this.child = child
    child.stdin.on('error', () => undefined)
    this.words = ''
    child.stderr.on('data', (part: Buffer) => {
      if (process.env['FAULTS_LOG']) process.stderr.write(part)
      this.words = (this.words + part.toString()).slice(-2_000)
    })
    this.url = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        resolve((JSON.parse(line) as { up: string }).up)
      })
      child.once('exit', (code) => {
        reject(new Error(`the program ended at start with ${code}:\n${this.words}`))
      })
    })
  }

  /** `kill -9`, with nothing said before, or a power cut; then up again as soon as it can be. */
  async strike(blow: Blow, chance?: Chance): Promise<void> {
    await this.kill(blow, chance)
    await this.comeBack()
  }

  /** With `chance` a power cut takes some of what was not synced, without it all of it. */
  async kill(blow: Blow, chance?: Chance): Promise<void> {
    const { child } = this
    if (!child) return
    this.kills[blow]++
    if (blow === 'power') this.disk?.turn('cut', true)
    if (blow === 'program') child.kill('SIGKILL')
    if (blow === 'database') killIfThere(this.postmaster().pid)
    if (blow === 'program' || blow === 'database') return
    await this.killAll(child)
    if (blow === 'power' && this.disk) {
      const { writes, bytes, names } = this.disk.losePower(chance)
      this.undone.writes += writes
      this.undone.bytes += bytes
      this.undone.names += names
    }
  }

  /** Waits until the program mended itself, or has ended, and then starts it. */
  async comeBack(): Promise<void> {
    const began = performance.now()
    const before = this.postmaster().pid
    while (!this.isOver()) {
      const answers = this.postmaster().pid !== before && (await this.isHealthy())
      if (answers) return void this.restartMs.push(performance.now() - began)
      await pause(10)
    }
    await this.start()
    this.restartMs.push(performance.now() - began)
  }

  /**
   * After a fault that may or may not have ended it. Answers how often it had to be started:
   * also where it lives and cannot go on by itself.
   */
  async untilHealthy(): Promise<number> {
    let starts = 0
    for (let since = performance.now(); !(await this.isHealthy()); await pause(20)) {
      if (performance.now() - since > mendMsMax) {
        this.child?.kill('SIGKILL')
        while (!this.isOver()) await pause(5)
      }
      if (!this.isOver()) continue
      await this.start()
      starts++
      since = performance.now()
    }
    return starts
  }

  async isHealthy(): Promise<boolean> {
    return fetch(`${this.httpUrl}/health`, { signal: AbortSignal.timeout(2_000) }).then(
      (answer) => answer.ok,
      () => false,
    )
  }

  isOver(): boolean {
    const { child } = this
    return !child || child.exitCode !== null || child.signalCode !== null
  }

  /** One statement as the owner of everything; asked again while nobody is there. */
  async query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.databaseUrl() })
    client.on('error', () => undefined)
    await client.connect()
    try {
      return (await client.query<Row>(text, values)).rows
    } finally {
      await client.end()
    }
  }

  databaseUrl(): string {
    const url = new URL(this.url)
    url.port = String(this.postmaster().port)
    return url.href
  }

  /** Who serves, and where; zeroes where nobody does. */
  postmaster(): { pid: number; port: number } {
    try {
      const lines = readFileSync(join(this.cluster, 'postmaster.pid'), 'utf8').split('\n')
      return { pid: Number(lines[0]), port: Number(lines[3]) }
    } catch {
      return { pid: 0, port: 0 }
    }
  }

  private async killAll(child: ChildProcess): Promise<void> {
    for (;;) {
      const pids = pidsIn(this.cluster)
      for (const pid of pids) killIfThere(pid)
      child.kill('SIGKILL')
      if (pids.length === 0 && this.isOver()) return
      await pause(2)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { child } = this
    if (child && !this.isOver()) {
      const ended = new Promise((done) => child.once('exit', done))
      child.kill('SIGTERM')
      const timer = setTimeout(() => void this.killAll(child), 10_000)
      await ended
      clearTimeout(timer)
    }
    for (const pid of pidsIn(this.cluster)) killIfThere(pid)
    process.off('exit', this.sweep)
    this.sweep()
  }

  private readonly sweep = () => {
    if (!process.env['FAULTS_KEEP']) rmSync(this.folder, { recursive: true, force: true })
  }
}

function killIfThere(pid: number): void {
  // Zero would be our own group.
  if (!(pid > 0)) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Gone by itself meanwhile.
  }
}
