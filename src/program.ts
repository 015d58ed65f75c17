/**
 * One running Lilong: from a database's address to open ports, and to goodbye. main and the tests
 * open it.
 */
import type { FastifyInstance } from 'fastify'
import { hourMs, minuteMs, secondMs, type Clock } from './kernel/clock.ts'
import { tagOf } from './platform/access-log.ts'
import { dropReplaced } from './platform/backup/index.ts'
import { bus, queueOf, type Listener } from './platform/bus.ts'
import type { MovableClock } from './platform/clock.ts'
import { watchDisk } from './platform/disk-watch.ts'
import { findsMaxUsual, openFinding, type FindsMax } from './platform/finding.ts'
import type { Given } from './platform/given.ts'
import { answerNotFound, openHttp, type Doorway } from './platform/http.ts'
import { idsBy } from './platform/ids.ts'
import { prepareJobs, startJobs } from './platform/jobs.ts'
import { openLive, type Live } from './platform/live.ts'
import { errorFacts, type Log } from './platform/log.ts'
import type { Push } from './platform/push/index.ts'
import {
  keptKeyring,
  openRotation,
  sealWith,
  type Rotation,
  type SealedPart,
} from './platform/seal/index.ts'
import { digest } from './platform/secrets.ts'
import { openDatabase, type Database, type Tx } from './platform/sql.ts'
import { openMetrics } from './platform/metrics.ts'
import { openRounds, soonMs, type Round } from './platform/rounds.ts'
import { openTroubles, stopping, type Troubles } from './platform/trouble.ts'
import * as delivery from './desks/delivery/index.ts'
import * as identity from './desks/identity/index.ts'
import * as tasks from './desks/tasks/index.ts'
import * as duties from './ground/duties/index.ts'
import * as people from './ground/people/index.ts'
import * as places from './ground/places/index.ts'
import * as privacy from './ground/privacy/index.ts'
import * as demo from './outlook/demo/index.ts'
import * as overview from './outlook/overview/index.ts'
import * as care from './watch/care/index.ts'
import * as devices from './watch/devices/index.ts'
import * as scenarios from './watch/scenarios/index.ts'
import * as sensing from './watch/sensing/index.ts'
import { openFront } from './front.ts'
import { readingsOf } from './readings.ts'
import { isHttps, mqttUrlFor, openHttpDoors, openMqttDoors, type PortsWish } from './ports.ts'

export { migrationsDir } from './database.ts'

export type ProgramWish = PortsWish & {
  urls: { ownerUrl: string; appUrl: string }
  clock: Clock | MovableClock
  real: Clock
  log: Log
  operatorKey: string
  /** The key ring, outside the database; nothing: keys of this program alone, as in most tests. */
  keysFile?: string
  version: string
  town: 'demo' | 'empty'
  /** Built pages; null serves the API alone. */
  distDir: string | null
  /** False where a test moves time and calls `tick` itself. */
  ticks: boolean
  /** The models of devices that ship; nothing: those that are there. */
  models?: readonly devices.Model[]
  /** Erasures are kept here, outside the database; null or nothing: nowhere else. */
  erasuresFile?: string | null
  /** How messages leave; nothing: they stay in inboxes, as in most tests. */
  ways?: delivery.WaysWish
  /** Whom staff sign in with; null or nothing: nobody. */
  organisation?: identity.Organisation | null
  /** Calls a minute and asker; nothing: as many as somebody at a page ever makes. */
  callsPerMinuteMax?: number
  /** Believed for whom they ask; nothing: only a proxy of this machine. */
  tlsProxies?: readonly string[]
  /** So often a post finds people; nothing: as usual. */
  findsMax?: FindsMax
  onReset?: () => void
  /** What is wrong under the program is noticed and told here. */
  troubles?: Troubles
  /** A connection that the program lives by is gone: only a program opened anew has it back. */
  onLost?: () => void
}

type Rooms = {
  given: Given
  sensing: sensing.Sensing
  scenarios: scenarios.Scenarios
  pulse: overview.Pulse
  erasuresFile: string | null
}

export type Program = Awaited<ReturnType<typeof openProgram>>

const tickMs = 15_000
const letGoEveryMs = 10 * minuteMs
const gapsEveryMs = hourMs
const sessionsEveryMs = 5 * secondMs
const callsPerMinuteUsual = 3_000

export const listeners: readonly Listener<Rooms>[] = [
  ...privacy.listens<Rooms>(),
  ...delivery.listens<Rooms>(),
  ...tasks.listens<Rooms>(),
  ...sensing.listens<Rooms>(),
  ...scenarios.listens<Rooms>(),
  ...care.listens<Rooms>(),
]

/** What fails half-way closes what was open by then, in turn. */
export async function openProgram(wish: ProgramWish) {
  await using opened = new AsyncDisposableStack()
  const { clock, log } = wish
  await prepareJobs(wish.urls.ownerUrl, listeners.map(queueOf), new URL(wish.urls.appUrl).username)
  const troubles = wish.troubles ?? openTroubles(() => undefined)
  const db = openDatabase(wish.urls, troubles.hear)
  opened.defer(() => db.close())
  const boss = await startJobs(wish.urls.ownerUrl, (error) => log.say('jobs', errorFacts(error)))
  opened.defer(() => boss.stop({ graceful: true, timeout: 5_000 }))
  const { tell, listen } = bus(boss, listeners)
  const parts = sealedParts(() => given)
  const keyring = await keptKeyring(wish.keysFile, db.asOwner, parts)
  const seal = sealWith(keyring.ring)
  const given: Given = { db, clock, newId: idsBy(clock), tell, log, seal }
  const keys = openRotation(keyring, wish.real, parts)
  await people.sealWhatIsClear(given)
  await care.sealWhatIsClear(given)
  await devices.importModels(given, wish.models ?? [])
  const rooms = await openRooms(given, wish.erasuresFile ?? null)
  const live = await openLive(
    wish.urls.ownerUrl,
    (told) => void delivery.wereSent(given, told).catch(() => undefined),
    () => {
      log.say('live.lost')
      wish.onLost?.()
    },
  )
  opened.defer(() => live.close())
  const doors: Doors = {
    keys,
    mqttConnected: () => mqtt.connected(),
    publicUrl: () => http.publicUrl,
    mqttUrl: () => mqttUrlFor(wish, http.publicUrl, mqtt),
  }
  // Where somebody is reached who is no user here: the owner of the matter knows it.
  const known = { ...doors, addressOf: { contact: care.addressOfContact(doors.publicUrl) } }
  const out = wish.ways && (await delivery.openWays(wish.ways, wish.real, known))
  const sending = opened.use(delivery.openSending(given, out?.ways ?? null))
  const sent = {
    ...{ push: out?.push ?? null, sendCode: out?.sendCode ?? null },
    sendWord: out?.sendWord ?? null,
    provider: wish.organisation ? identity.openProvider(wish.organisation, wish.real) : null,
  }
  const app = await openDoors({ ...wish, troubles, ...sent }, rooms, live, doors)
  opened.defer(() => app.close())
  opened.use(rooms.sensing.intake)
  opened.use(rooms.scenarios.trials)
  const mqtt = await openMqttDoors(wish, sensing.mqttRoom(rooms.sensing))
  opened.defer(() => mqtt.close())
  const http = await openHttpDoors(app, wish)
  opened.defer(() => http.close())
  await listen(rooms)
  if (wish.ticks) {
    const beat = openBeat(wish, rooms)
    opened.defer(() => beat.stop())
    opened.use(rooms.scenarios.beginAtOnce())
    opened.use(openRounds(wish, roundsOf(rooms, sending, live, keys)))
    opened.use(watchDisk(db.ownerPool, troubles))
  }
  const owned = opened.move()
  return {
    ...{ ...rooms, app, url: http.url, publicUrl: http.publicUrl, httpPort: http.port },
    ...{ mqttPort: mqtt.port, mqttsPort: mqtt.mqttsPort, sending },
    keys,
    letGo: () => letGo(rooms),
    /** Nothing new comes in before what is there has gone out. */
    close: () => owned.disposeAsync(),
  }
}

/** Wherever something lies sealed with the key ring. */
function sealedParts(given: () => Given): SealedPart[] {
  return [people, identity, care, privacy].flatMap((room) => room.sealedParts(given))
}

export async function openRooms(given: Given, erasuresFile: string | null): Promise<Rooms> {
  if (erasuresFile !== null) await privacy.keepErasures(given, erasuresFile)
  const judged = await given.db.asOwner((tx) => scenarios.judgedPosition(tx))
  const ear = await sensing.openSensing(given, judged)
  const judge = await scenarios.openScenarios(given, ear)
  const pulse = overview.openPulse(given, ear)
  return { given, sensing: ear, scenarios: judge, pulse, erasuresFile }
}

function askers(wish: ProgramWish, given: Given) {
  const door = { keyDigest: digest(wish.operatorKey), isDemo: wish.town === 'demo' }
  return (token: string, device: Buffer | null) => identity.whoAsks(given, door, token, device)
}

/** Known once the ports are open. */
type Doors = {
  keys: Rotation
  mqttConnected(): number
  publicUrl(): string
  mqttUrl(): string
}

async function openDoors(
  wish: ProgramWish & { troubles: Troubles; push: Push | null } & identity.Out,
  rooms: Rooms,
  live: Live,
  doors: Doors,
): Promise<FastifyInstance> {
  const { given } = rooms
  const whoAsks = askers(wish, given)
  const pages = { mqttConnected: doors.mqttConnected, pagesConnected: live.count }
  const running = { ...wish, ...pages, reset: () => wish.onReset?.() }
  const doorway: Doorway = {
    book: privacy.bookOf(given),
    clock: given.clock,
    log: given.log,
    whoAsks,
    callsPerMinuteMax: wish.callsPerMinuteMax ?? callsPerMinuteUsual,
    connectionsPerAddressMax: wish.connectionsPerAddressMax,
    finding: openFinding(given.clock, wish.findsMax ?? findsMaxUsual),
    tag: (id) => tagOf(given.seal, id),
    isHttps: isHttps(wish),
    publicUrl: wish.publicUrl ?? null,
    tlsProxies: wish.tlsProxies ?? [],
  }
  const app = await openHttp(doorway, wish.version)
  await app.register(async (api) => {
    places.openRoutes(api, doorway, given, doors.publicUrl)
    const { isInCharge, keepsReporters: isKeeper } = duties
    const known = { isInCharge, whoIs: people.whoIs, whomItTells, isKeeper }
    privacy.openRoutes(api, doorway, given, known)
    people.openRoutes(api, doorway, given, { taskAbout: tasks.taskAbout, keys: doors.keys })
    people.openImportRoutes(api, doorway, given, duties.staffDoor)
    people.openExportRoutes(api, doorway, given, duties.staffDoor)
    for (const room of [duties, tasks]) {
      room.openRoutes(api, doorway, given)
    }
    const outboxFile = wish.ways?.outboxFile ?? null
    const isDemo = wish.town === 'demo'
    delivery.openRoutes(api, doorway, given, { push: wish.push, outboxFile, isDemo })
    identity.openRoutes(api, doorway, given, doors.publicUrl, wish)
    devices.openRoutes(api, doorway, given, {
      ...doors,
      mayAdd: async (_tx, street, purpose) =>
        purpose !== 'crowding-check' ||
        scenarios.isInForce(rooms.scenarios, street, scenarios.overcrowding),
    })
    sensing.openRoutes(api, doorway, rooms.sensing)
    scenarios.openRoutes(api, doorway, rooms.scenarios)
    care.openRoutes(api, doorway, rooms)
    overview.openRoutes(api, doorway, rooms)
    demo.openRoutes(api, doorway, { ...rooms, running })
  })
  openHealth(app, given.db, wish.troubles)
  openMetrics(app, digest(wish.operatorKey), readingsOf(rooms, pages))
  const { distDir } = wish
  const isDemo = wish.town === 'demo'
  if (distDir)
    await openFront(app, {
      ...{ given, care: rooms, live, distDir, isDemo, whoAsks, isHttps: isHttps(wish) },
      publicUrl: wish.publicUrl ?? null,
    })
  else app.setNotFoundHandler((_request, reply) => answerNotFound(reply))
  return app
}

/** A person of the street, or everybody who lives in a home of it; undefined: not there. */
async function whomItTells(
  tx: Tx,
  { person, home }: Parameters<privacy.WhomItTells>[1],
): ReturnType<privacy.WhomItTells> {
  if (person !== null) return (await people.personOf(tx, person)) ? [person] : undefined
  if ((await places.placesOf(tx, [home])).length === 0) return undefined
  return (await people.residentsOf(tx, home)).map((one) => one.person)
}

/** Answers ok only while what is acknowledged can be stored. `says` is of a closed list of words. */
function openHealth(app: FastifyInstance, db: Database, troubles: Troubles): void {
  app.get('/health', { schema: { hide: true } }, async (_request, reply) => {
    const answers = await db.ownerPool.query('select 1').then(
      () => true,
      (error: unknown) => void troubles.hear(error),
    )
    const says = troubles.says()
    const ok = answers === true && !says.some((trouble) => stopping.has(trouble))
    return reply.code(ok ? 200 : 503).send({ ok, says })
  })
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
}

export async function letGo(rooms: Rooms): Promise<number> {
  const { given } = rooms
  return privacy.letGo(given, [
    ...privacy.keeps(given),
    ...people.keeps(given),
    ...people.importsKept(given),
    ...duties.keeps(given),
    ...delivery.keeps(given),
    ...identity.keeps(given),
    ...tasks.keeps(given),
    ...sensing.keeps(rooms.sensing),
    ...scenarios.keeps(rooms.scenarios),
    ...care.keeps(given),
    ...overview.keeps(given),
    {
      purpose: 'operation',
      what: 'databases that a restore replaced 35 days ago',
      expire: (now) => dropReplaced(given.db.ownerUrl, now),
    },
  ])
}

/** What somebody waits for: every second, each by itself. */
function roundsOf(
  { given }: Rooms,
  sending: delivery.Sending,
  live: Live,
  keys: Rotation,
): Round[] {
  return [
    { name: 'delivery', everyMs: soonMs, round: sending.tick },
    { name: 'tasks', everyMs: soonMs, round: tasks.openClimbing(given).tick },
    // A session that is over takes its open pages along; one with an open page is in use.
    {
      name: 'sessions',
      everyMs: sessionsEveryMs,
      round: async () =>
        live.end(await identity.lookOn(given, live.sessions(), live.sessions('short'))),
    },
    { name: 'keys', everyMs: soonMs, round: keys.step },
  ]
}

/** The timetable: judge often, let go now and then. A slow round is waited for, never overtaken. */
function openBeat({ clock, real }: Pick<ProgramWish, 'clock' | 'real'>, rooms: Rooms) {
  const { given, scenarios: judge } = rooms
  let letGoAt = 0
  let gapsAt = 0
  let timer: NodeJS.Timeout | undefined
  let round: Promise<void> = Promise.resolve()
  let isStopped = false

  const once = async () => {
    const now = given.clock.now()
    await judge.tick()
    await care.lookOn(rooms)
    await rooms.pulse.save()
    if (now - gapsAt >= gapsEveryMs) {
      gapsAt = now
      await duties.findGaps(given)
      await care.offerVisits(rooms)
    }
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
