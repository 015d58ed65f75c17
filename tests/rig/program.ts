import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mqtt, { type MqttClient } from 'mqtt'
import type { Instant } from '../../src/kernel/clock.ts'
import type { MovableClock } from '../../src/platform/clock.ts'
import { openProgram, type Program, type ProgramWish } from '../../src/program.ts'
import { importCalendar } from '../../src/ground/rules/index.ts'
import { openDatabase } from './database.ts'

/** Tuesday, 7 July 2026, 08:00 in Shanghai. */
export const firstMorning: Instant = Date.parse('2026-07-07T08:00:00+08:00')

export const operatorKey = 'the-operator-key-of-this-test'

/** A clock that stands still until the test moves it; the whole program lives by it. */
export function standingClock(start: Instant): MovableClock {
  let at = start
  return { now: () => at, speed: 1, set: (to) => void (at = Math.max(at, to.at ?? at)) }
}

export type Answer = { status: number; body: any }

export type TestProgram = AsyncDisposable & {
  readonly program: Program
  /** The owner's address of its database, for what no endpoint shows. */
  ownerUrl: string
  /** The address of the request role, which row-level security binds. */
  appUrl: string
  clock: MovableClock
  /** What the program logged, line by line. */
  logged: string[]
  call(token: string, method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer>
  /** As `call`, and the answer must be 200. */
  ask(token: string, method: 'GET' | 'POST', path: string, body?: unknown): Promise<any>
  tokenOf(name: string): Promise<string>
  /** A device's own connection; closed with the program. */
  connect(device: { username: string; password: string }): Promise<MqttClient>
  /** Waits until everything told is heard. */
  settled(): Promise<void>
  /**
   * Closes the program and, `downMs` later, opens it on the same database; connections are gone.
   */
  restart(downMs?: number): Promise<void>
  /** Opens the program anew after a restart that failed. */
  reopen(): Promise<void>
  /** Where its key ring lies. */
  keysFile: string
}

/**
 * A whole Lilong on a database of its own, with the city's register and the calendar, and no
 * street.
 */
export async function openTestProgram(
  wish: {
    start?: Instant
    distDir?: string
    ways?: ProgramWish['ways']
    organisation?: ProgramWish['organisation']
    town?: 'demo' | 'empty'
    callsPerMinuteMax?: number
    findsMax?: ProgramWish['findsMax']
  } = {},
): Promise<TestProgram> {
  const database = await openDatabase()
  const clock = standingClock(wish.start ?? firstMorning)
  const logged: string[] = []
  const folder = mkdtempSync(join(tmpdir(), 'lilong-keys-'))
  const open = () =>
    openProgram({
      urls: database,
      ...{ clock, real: clock, operatorKey, version: 'test', town: wish.town ?? 'demo' },
      log: { say: (what, facts) => void logged.push(JSON.stringify({ what, ...facts })) },
      ...{ bindAddress: '127.0.0.1', httpPort: 0, mqttPort: 0 },
      ...{ distDir: wish.distDir ?? null, ticks: false },
      keysFile: join(folder, 'keys.json'),
      ...(wish.ways ? { ways: wish.ways } : {}),
      ...(wish.callsPerMinuteMax ? { callsPerMinuteMax: wish.callsPerMinuteMax } : {}),
      organisation: wish.organisation ?? null,
      // Time stands still in most tests: all of one is within a minute.
      findsMax: wish.findsMax ?? { minute: 1_000_000, day: 1_000_000 },
    })
  let program = await open()
  let connections: MqttClient[] = []
  const close = async () => {
    await Promise.all(connections.map((each) => each.endAsync(true)))
    connections = []
    await program.close()
  }
  const call: TestProgram['call'] = (...asked) => caller(program.url)(...asked)
  const ask: TestProgram['ask'] = async (...asked) => {
    const answer = await call(...asked)
    if (answer.status === 200) return answer.body
    throw new Error(`${asked[1]} ${asked[2]}: ${answer.status} ${JSON.stringify(answer.body)}`)
  }
  await importCalendar(program.given, data('working-days.json'))
  const { source, districts } = data('shanghai-divisions.json')
  await ask(operatorKey, 'POST', '/api/places/divisions', { source, districts })
  return {
    get program() {
      return program
    },
    ...{ clock, logged, call, ask, ownerUrl: database.ownerUrl, appUrl: database.appUrl },
    tokenOf: async (name) =>
      (await ask(operatorKey, 'POST', '/api/identity/tokens', { name })).token,
    async connect({ username, password }) {
      const url = `mqtt://127.0.0.1:${program.mqttPort}`
      const made = await mqtt.connectAsync(url, { username, password, reconnectPeriod: 0 })
      connections.push(made)
      return made
    },
    settled: () => settled(program),
    async restart(downMs = 0) {
      await close()
      clock.set({ at: clock.now() + downMs })
      program = await open()
    },
    reopen: async () => void (program = await open()),
    keysFile: join(folder, 'keys.json'),
    async [Symbol.asyncDispose]() {
      await close()
      await database[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true })
    },
  }
}

function caller(url: string): TestProgram['call'] {
  return async (token, method, path, body) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: await answer.json() }
  }
}

/** Looks at the outbox itself: nothing waits and nothing is being heard. */
async function settled(program: Program): Promise<void> {
  await program.sensing.intake.idle()
  for (let tries = 0; tries < 400; tries++) {
    const { rows } = await program.given.db.ownerPool.query<{ n: number }>(
      `select count(*) as n from pgboss.job where state in ('created', 'retry', 'active')
       and name like '%/%'`,
    )
    if (rows[0]?.n === 0) return
    await new Promise((done) => setTimeout(done, 10))
  }
  throw new Error('the outbox does not come to rest')
}

function data(name: string): any {
  return JSON.parse(readFileSync(`data/${name}`, 'utf8'))
}
