/** The whole program with pages, ways out and rounds, on a durable database, in its own process. */
import { join } from 'node:path'
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { systemClock } from '../../src/platform/clock.ts'
import { keptSecret } from '../../src/platform/kept-secret.ts'
import { logTo } from '../../src/platform/log.ts'
import { ensureRoles, migrate } from '../../src/platform/migrate.ts'
import { startPostgres, type Postgres } from '../../src/platform/postgres.ts'
import { importCalendar } from '../../src/ground/rules/index.ts'
import { migrationsDir, openProgram, type Program } from '../../src/program.ts'
import { answer } from '../load/child.ts'

const mb = 1_048_576
let postgres: Postgres | undefined
let program: Program | undefined

export type Opened = { url: string; mqttPort: number; databaseUrl: string; operatorKey: string }
/** CPU in µs since its start; memory in MB, resident and in use. */
export type Used = { cpuUs: number; rssMb: number; heapMb: number }

async function open(place: { folder: string; distDir: string }): Promise<Opened> {
  const dataDir = join(place.folder, 'data')
  postgres = await startPostgres({ dataDir, say: () => undefined })
  await migrate(postgres.url, migrationsDir)
  const { appUrl } = await ensureRoles(postgres.url, dataDir)
  const operatorKey = keptSecret(join(dataDir, 'operator.secret'))
  program = await openProgram({
    urls: { ownerUrl: postgres.url, appUrl },
    ...{ clock: systemClock, real: systemClock, log: logTo(process.stderr) },
    ...{ operatorKey, version: 'bench', town: 'empty', distDir: place.distDir, ticks: true },
    ...{ bindAddress: '127.0.0.1', httpPort: 0, mqttPort: 0 },
    // As an installation has them that nobody has given a provider yet.
    ways: {
      ...{ pushSecret: keptSecret(join(dataDir, 'push.secret')), isPushRehearsed: true },
      ...{ pushContact: 'mailto:bench@lilong.example', sms: null, wecom: null, voice: null },
      ...{ outboxFile: join(dataDir, 'outbox.jsonl'), quiet: null },
    },
  })
  const calendar = readFileSync('data/working-days.json', 'utf8')
  await importCalendar(program.given, JSON.parse(calendar) as Parameters<typeof importCalendar>[1])
  const { url, mqttPort } = program
  return { url, mqttPort, databaseUrl: postgres.url, operatorKey }
}

/** `isSettled` lets what only waits to be collected go first. */
async function used(words: { isSettled: boolean } | null): Promise<Used> {
  for (let round = 0; words?.isSettled && round < 2; round++) {
    globalThis.gc?.()
    await pause(200)
  }
  const { user, system } = process.cpuUsage()
  const { rss, heapUsed, external } = process.memoryUsage()
  return { cpuUs: user + system, rssMb: rss / mb, heapMb: (heapUsed + external) / mb }
}

async function close(): Promise<void> {
  await program?.close()
  await postgres?.stop()
}

answer({ open, used }, close)
