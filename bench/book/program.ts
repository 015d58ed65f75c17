/**
 * The whole program in a process of its own, and beside it two doors to the same rooms that differ
 * in the book alone: one writes it as the program does, the other has none. Nothing of the product
 * can be opened without its book; only here somebody builds such a door.
 */
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Book } from '../../src/kernel/book.ts'
import type { PersonId, PlaceCode, StreetCode } from '../../src/kernel/ids.ts'
import { isFault } from '../../src/kernel/fault.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { openHttp, type Doorway } from '../../src/platform/http.ts'
import { keptSecret } from '../../src/platform/kept-secret.ts'
import { logTo } from '../../src/platform/log.ts'
import { ensureRoles, migrate } from '../../src/platform/migrate.ts'
import { startPostgres, type Postgres } from '../../src/platform/postgres.ts'
import { digest } from '../../src/platform/secrets.ts'
import * as identity from '../../src/desks/identity/index.ts'
import * as tasks from '../../src/desks/tasks/index.ts'
import * as people from '../../src/ground/people/index.ts'
import * as privacy from '../../src/ground/privacy/index.ts'
import { headsFileIn } from '../../src/book.ts'
import { migrationsDir, openProgram, type Program } from '../../src/program.ts'
import { answer } from '../load/child.ts'
import type { Opened } from '../pages/program.ts'

let postgres: Postgres | undefined
let program: Program | undefined
const doors: FastifyInstance[] = []
const callsMax = 1_000_000_000

/** Addresses of the two doors. */
export type Beside = { booked: string; unbooked: string }
type Visited = { place: string; person: string }

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
    headsFile: headsFileIn(dataDir),
    ...{ callsPerMinuteMax: callsMax, findsMax: { minute: callsMax, day: callsMax } },
  })
  const { url, mqttPort } = program
  return { url, mqttPort, databaseUrl: postgres.url, operatorKey }
}

async function beside({ operatorKey }: { operatorKey: string }): Promise<Beside> {
  if (!program) throw new Error('not open')
  const { given } = program
  const booked = await openDoor(operatorKey, privacy.bookOf(given))
  return { booked, unbooked: await openDoor(operatorKey, { write: async () => undefined }) }
}

async function openDoor(operatorKey: string, book: Book): Promise<string> {
  if (!program) throw new Error('not open')
  const { given, keys } = program
  const door = { keyDigest: digest(operatorKey), isDemo: false }
  const doorway: Doorway = {
    ...{ book, clock: given.clock, log: given.log, callsPerMinuteMax: callsMax, isHttps: false },
    whoAsks: (token, device) => identity.whoAsks(given, door, token, device),
  }
  const app = await openHttp(doorway, 'bench')
  await app.register(async (api) => {
    people.openRoutes(api, doorway, given, { taskAbout: tasks.taskAbout, keys })
    tasks.openRoutes(api, doorway, given)
  })
  doors.push(app)
  return app.listen({ host: '127.0.0.1', port: 0 })
}

/** Somebody is to be visited: a task about each. */
async function visits({ street, visited }: { street: string; visited: Visited[] }) {
  if (!program) throw new Error('not open')
  const { given } = program
  const made: string[] = []
  for (const { place, person } of visited) {
    const asked = {
      ...({ kind: 'care-visit', rule: 'care-silence', ruleVersion: 1 } as const),
      ...{ subject: given.newId<string>(), place: place as PlaceCode, person: person as PersonId },
      facts: {
        ...{ since: null, silentMs: null, gapMs: null, gaps: [], devices: [] },
        ...{ gateway: null, heardAt: null },
      },
    }
    const code = street as StreetCode
    const task = await given.db.inStreet({ street }, (tx) =>
      tasks.openTask(given, tx, code, asked, { count: 2, kind: 'hour' }),
    )
    if (isFault(task)) throw new Error(task.fault)
    made.push(task.task)
  }
  return made
}

async function close(): Promise<void> {
  for (const door of doors) await door.close()
  await program?.close()
  await postgres?.stop()
}

answer({ open, beside, visits }, close)
