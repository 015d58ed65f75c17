/** One running Lilong: from a database's address to open ports, and to goodbye. main and the tests open it. */
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { minuteMs, type Clock } from './kernel/clock.ts'
import { bus, queueOf, type Listener } from './platform/bus.ts'
import type { MovableClock } from './platform/clock.ts'
import type { Given } from './platform/given.ts'
import { answerNotFound, openHttp, type Doorway } from './platform/http.ts'
import { idsBy } from './platform/ids.ts'
import { prepareJobs, startJobs } from './platform/jobs.ts'
import { openLive } from './platform/live.ts'
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

export async function openProgram(wish: ProgramWish) {
  const { clock, log } = wish
  await prepareJobs(wish.urls.ownerUrl, listeners.map(queueOf))
  const db = openDatabase(wish.urls)
  const boss = await startJobs(wish.urls.ownerUrl, (error) => log.say('jobs', errorFacts(error)))
  const { tell, listen } = bus(boss, listeners)
  const given: Given = { db, clock, newId: idsBy(clock), tell, log }
  const judged = await db.asOwner((tx) => scenarios.judgedPosition(tx))
  const ear = await sensing.openSensing(given, judged)
  const judge = await scenarios.openScenarios(given, ear)
  const rooms: Rooms = { given, sensing: ear, scenarios: judge }
  const live = await openLive(
    wish.urls.ownerUrl,
    ({ note, person }) => void (note && delivery.wasSent(given, note, person).catch(() => undefined)),
    () => log.say('live.lost'),
  )
  const running = { ...wish, mqttConnected: () => mqtt.connected(), pagesConnected: live.count }
  const mqtt = await openMqtt(wish.bindAddress, wish.mqttPort, sensing.mqttRoom(ear))
  const app = await openDoors(wish, rooms, {
    ...running,
    reset: () => wish.onReset?.(),
  })
  if (wish.distDir) {
    const isDemo = wish.town === 'demo'
    const whoAsks = (token: string) => askers(wish, given)(token)
    await openFront(app, { given, live, distDir: wish.distDir, isDemo, whoAsks })
  } else app.setNotFoundHandler((_request, reply) => answerNotFound(reply))
  const address = await app.listen({ host: wish.bindAddress, port: wish.httpPort })
  await listen(rooms)
  const beat = wish.ticks ? openBeat(rooms, { ...running, reset: () => undefined }) : undefined

  return {
    ...rooms,
    url: address,
    httpPort: Number(new URL(address).port),
    mqttPort: mqtt.port,
    app,
    letGo: () => letGo(rooms),
    /** Closes in the order in which nothing new comes in before what is there has gone out. */
    async close() {
      await beat?.stop()
      await mqtt.close()
      await ear.intake.idle()
      await live.close()
      await app.close()
      await boss.stop({ graceful: true, timeout: 5_000 })
      await db.close()
    },
  }
}

function askers(wish: ProgramWish, given: Given) {
  const operator = { keyDigest: digest(wish.operatorKey) }
  return (token: string) => identity.whoAsks(given, operator, token)
}

async function openDoors(
  wish: ProgramWish,
  rooms: Rooms,
  running: demo.Running,
): Promise<FastifyInstance> {
  const { given } = rooms
  const doorway: Doorway = {
    book: privacy.bookOf(given),
    clock: given.clock,
    log: given.log,
    whoAsks: askers(wish, given),
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
  return app
}

function publicUrl(wish: ProgramWish, app: FastifyInstance): string {
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : wish.httpPort
  return `http://127.0.0.1:${port}`
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
    ...identity.keeps(given),
    ...tasks.keeps(given),
    ...sensing.keeps(rooms.sensing),
    ...scenarios.keeps(rooms.scenarios),
  ])
}

/** The timetable: judge often, let go now and then. A slow round is waited for, never overtaken. */
function openBeat(rooms: Rooms, running: demo.Running) {
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
      await demo.saveAhead({ ...rooms, running })
    }
  }
  const schedule = () => {
    if (isStopped) return
    const speed = 'speed' in running.clock ? running.clock.speed : 1
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
