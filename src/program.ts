/**
 * One running Lilong: from a database's address to open ports, and to goodbye. main and the tests
 * open it.
 */
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { minuteMs, type Clock } from './kernel/clock.ts'
import { bus, queueOf, type Listener } from './platform/bus.ts'
import type { MovableClock } from './platform/clock.ts'
import type { Given } from './platform/given.ts'
import { answerNotFound, openHttp, type Doorway } from './platform/http.ts'
import { idsBy } from './platform/ids.ts'
import { prepareJobs, startJobs } from './platform/jobs.ts'
import { openLive, type Live } from './platform/live.ts'
import { errorFacts, type Log } from './platform/log.ts'
import { openMqtt } from './platform/mqtt.ts'
import { digest } from './platform/secrets.ts'
import { openDatabase, type Database } from './platform/sql.ts'
import * as delivery from './desks/delivery/index.ts'
import * as identity from './desks/identity/index.ts'
import * as tasks from './desks/tasks/index.ts'
import * as duties from './ground/duties/index.ts'
import * as people from './ground/people/index.ts'
import * as places from './ground/places/index.ts'
import * as privacy from './ground/privacy/index.ts'
import * as demo from './outlook/demo/index.ts'
import * as care from './watch/care/index.ts'
import * as scenarios from './watch/scenarios/index.ts'
import * as sensing from './watch/sensing/index.ts'
import { openFront } from './front.ts'

export type ProgramWish = {
  urls: { ownerUrl: string; appUrl: string }
  clock: Clock | MovableClock
  real: Clock
  log: Log
  operatorKey: string
  version: string
  town: 'demo' | 'empty'
  bindAddress: string
  httpPort: number
  mqttPort: number
  /** Built pages; null serves the API alone. */
  distDir: string | null
  /** False where a test moves time and calls `tick` itself. */
  ticks: boolean
  onReset?: () => void
}

type Rooms = {
  given: Given
  sensing: sensing.Sensing
  scenarios: scenarios.Scenarios
}

export type Program = Awaited<ReturnType<typeof openProgram>>

const tickMs = 15_000
const letGoEveryMs = 10 * minuteMs
const callsPerMinuteMax = 3_000

const listeners: readonly Listener<Rooms>[] = [
  ...sensing.listens<Rooms>(),
  ...scenarios.listens<Rooms>(),
  ...care.listens<Rooms>(),
]

/** What fails half-way closes what was open by then, in turn. */
export async function openProgram(wish: ProgramWish) {
  await using opened = new AsyncDisposableStack()
  const { clock, log } = wish
  await prepareJobs(wish.urls.ownerUrl, listeners.map(queueOf))
  const db = openDatabase(wish.urls)
  opened.defer(() => db.close())
  const boss = await startJobs(wish.urls.ownerUrl, (error) => log.say('jobs', errorFacts(error)))
  opened.defer(() => boss.stop({ graceful: true, timeout: 5_000 }))
  const { tell, listen } = bus(boss, listeners)
  const given: Given = { db, clock, newId: idsBy(clock), tell, log }
  const rooms = await openRooms(given)
  const live = await openLive(
    wish.urls.ownerUrl,
    ({ note, person }) =>
      void (note && delivery.wasSent(given, note, person).catch(() => undefined)),
    () => log.say('live.lost'),
  )
  opened.defer(() => live.close())
  const app = await openDoors(wish, rooms, live, () => mqtt.connected())
  opened.defer(() => app.close())
  opened.use(rooms.sensing.intake)
  const mqtt = await openMqtt(wish.bindAddress, wish.mqttPort, sensing.mqttRoom(rooms.sensing))
  opened.defer(() => mqtt.close())
  const url = await app.listen({ host: wish.bindAddress, port: wish.httpPort })
  await listen(rooms)
  if (wish.ticks) {
    const beat = openBeat(wish, rooms)
    opened.defer(() => beat.stop())
  }
  const owned = opened.move()
  const httpPort = Number(new URL(url).port)
  return {
    ...{ ...rooms, app, url: localUrl(wish.bindAddress, url), httpPort, mqttPort: mqtt.port },
    letGo: () => letGo(rooms),
    /** Nothing new comes in before what is there has gone out. */
    close: () => owned.disposeAsync(),
  }
}

function portOf(address: AddressInfo | string | undefined): number {
  return typeof address === 'object' ? address.port : 0
}

function hostOf(address: string): string {
  return address.includes(':') ? `[${address}]` : address
}

/** What somebody on this machine can open, where the address bound stands for all of them. */
function localUrl(bound: string, url: string): string {
  return ['0.0.0.0', '::'].includes(bound) ? `http://127.0.0.1:${new URL(url).port}` : url
}

async function openRooms(given: Given): Promise<Rooms> {
  const judged = await given.db.asOwner((tx) => scenarios.judgedPosition(tx))
  const ear = await sensing.openSensing(given, judged)
  return { given, sensing: ear, scenarios: await scenarios.openScenarios(given, ear) }
}

function askers(wish: ProgramWish, given: Given) {
  const operator = { keyDigest: digest(wish.operatorKey) }
  return (token: string) => identity.whoAsks(given, operator, token)
}

async function openDoors(
  wish: ProgramWish,
  rooms: Rooms,
  live: Live,
  mqttConnected: () => number,
): Promise<FastifyInstance> {
  const { given } = rooms
  const whoAsks = askers(wish, given)
  const pages = { mqttConnected, pagesConnected: live.count }
  const running = { ...wish, ...pages, reset: () => wish.onReset?.() }
  const doorway: Doorway = {
    book: privacy.bookOf(given),
    clock: given.clock,
    log: given.log,
    whoAsks,
    callsPerMinuteMax,
  }
  const app = await openHttp(doorway, wish.version)
  await app.register(async (api) => {
    for (const room of [places, privacy, people, duties, delivery, tasks]) {
      room.openRoutes(api, doorway, given)
    }
    identity.openRoutes(api, doorway, given, () => publicUrl(wish, app))
    sensing.openRoutes(api, doorway, rooms.sensing)
    scenarios.openRoutes(api, doorway, rooms.scenarios)
    care.openRoutes(api, doorway, rooms)
    demo.openRoutes(api, doorway, { ...rooms, running })
  })
  openHealth(app, given.db)
  const { distDir } = wish
  const isDemo = wish.town === 'demo'
  if (distDir) await openFront(app, { given, live, distDir, isDemo, whoAsks })
  else app.setNotFoundHandler((_request, reply) => answerNotFound(reply))
  return app
}

function publicUrl(wish: ProgramWish, app: FastifyInstance): string {
  const [address] = app.addresses()
  return localUrl(wish.bindAddress, `http://${hostOf(wish.bindAddress)}:${portOf(address)}`)
}

/** Answers ok only while the database answers. */
function openHealth(app: FastifyInstance, db: Database): void {
  app.get('/health', { schema: { hide: true } }, async (_request, reply) => {
    const answers = await db.ownerPool.query('select 1').then(
      () => true,
      () => false,
    )
    return reply.code(answers ? 200 : 503).send({ ok: answers })
  })
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
}

async function letGo(rooms: Rooms): Promise<number> {
  const { given } = rooms
  return privacy.letGo(given, [
    ...privacy.keeps(given),
    ...delivery.keeps(given),
    ...identity.keeps(given),
    ...tasks.keeps(given),
    ...sensing.keeps(rooms.sensing),
    ...scenarios.keeps(rooms.scenarios),
  ])
}

/** The timetable: judge often, let go now and then. A slow round is waited for, never overtaken. */
function openBeat({ clock, real }: Pick<ProgramWish, 'clock' | 'real'>, rooms: Rooms) {
  const { given, scenarios: judge } = rooms
  let letGoAt = 0
  let timer: NodeJS.Timeout | undefined
  let round: Promise<void> = Promise.resolve()
  let isStopped = false

  const once = async () => {
    const now = given.clock.now()
    await judge.tick()
    if (now - letGoAt >= letGoEveryMs) {
      letGoAt = now
      await letGo(rooms)
      await demo.saveAhead(given, real)
    }
  }
  const schedule = () => {
    if (isStopped) return
    const speed = 'speed' in clock ? clock.speed : 1
    timer = setTimeout(
      () => {
        round = once()
          .catch((error: unknown) => given.log.say('beat.failed', errorFacts(error)))
          .then(schedule)
      },
      Math.max(250, tickMs / speed),
    )
  }
  schedule()
  return {
    async stop(): Promise<void> {
      isStopped = true
      clearTimeout(timer)
      await round
    },
  }
}

export const migrationsDir = join(import.meta.dirname, '../migrations')
