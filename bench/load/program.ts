/** The real program with a real database, durable, on its own ports, in a process of its own. */
import { Session } from 'node:inspector/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { movableClock, systemClock } from '../../src/platform/clock.ts'
import { logTo } from '../../src/platform/log.ts'
import { ensureRoles, migrate } from '../../src/platform/migrate.ts'
import { startPostgres, type Postgres } from '../../src/platform/postgres.ts'
import { migrationsDir, openProgram, type Program } from '../../src/program.ts'
import { answer } from './child.ts'
import { fillStreet, type StreetWish } from './street.ts'

const mb = 1_048_576
let postgres: Postgres | undefined
let program: Program | undefined
let profiler: Session | undefined

/** `aheadMs`: how far the program's clock is from the machine's. */
export type Place = { dataDir: string; aheadMs: number }
export type Opened = { port: number; databaseUrl: string }

/** Makes the database and its street, and ends: what that took in memory is not the program's. */
async function prepare({ dataDir, aheadMs, street }: Place & { street: StreetWish }) {
  postgres = await startPostgres({ dataDir, say: () => undefined })
  await migrate(postgres.url, migrationsDir)
  return fillStreet(postgres.url, street, Date.now() + aheadMs - 30_000)
}

async function open({ dataDir, aheadMs }: Place): Promise<Opened> {
  postgres = await startPostgres({ dataDir, say: () => undefined })
  const { appUrl } = await ensureRoles(postgres.url, dataDir)
  program = await openProgram({
    urls: { ownerUrl: postgres.url, appUrl },
    ...{ clock: movableClock(systemClock, aheadMs), real: systemClock },
    ...{ log: logTo(process.stderr), operatorKey: 'x'.repeat(43), version: 'bench' },
    ...{ town: 'empty', bindAddress: '127.0.0.1', httpPort: 0, mqttPort: 0 },
    ...{ distDir: null, ticks: true },
  })
  return { port: program.mqttPort, databaseUrl: postgres.url }
}

/**
 * CPU in µs of this process since its start (all threads); memory in MB, resident and in use.
 * `isSettled` lets what only waits to be collected go first.
 */
async function spent(words: { isSettled: boolean } | null) {
  for (let round = 0; words?.isSettled && round < 3; round++) {
    globalThis.gc?.()
    await pause(500)
  }
  const { user, system } = process.cpuUsage()
  const { rss, heapUsed, external } = process.memoryUsage()
  return { cpuUs: user + system, rssMb: rss / mb, heapMb: (heapUsed + external) / mb }
}

async function startProfile() {
  profiler = new Session()
  profiler.connect()
  await profiler.post('Profiler.enable')
  await profiler.post('Profiler.setSamplingInterval', { interval: 500 })
  await profiler.post('Profiler.start')
}

async function stopProfile() {
  const done = await profiler?.post('Profiler.stop')
  profiler?.disconnect()
  return done?.profile
}

async function close() {
  await program?.close()
  await postgres?.stop()
}

answer({ prepare, open, spent, startProfile, stopProfile }, close)
