/**
 * One running Lilong: from a database's address to open ports, and to goodbye. main and the tests
 * open it.
 */
import { type Clock } from './kernel/clock.ts'
import { bus, queueOf, type Listener } from './platform/bus.ts'
import type { MovableClock } from './platform/clock.ts'
import { watchDisk } from './platform/disk-watch.ts'
import { type FindsMax } from './platform/finding.ts'
import type { Given } from './platform/given.ts'
import { idsBy } from './platform/ids.ts'
import { prepareJobs, startJobs } from './platform/jobs.ts'
import { openLive } from './platform/live.ts'
import { errorFacts, type Log } from './platform/log.ts'
import { keptKeyring, openRotation, sealWith, type SealedPart } from './platform/seal/index.ts'
import { openDatabase } from './platform/sql.ts'
import { openRounds } from './platform/rounds.ts'
import { openTroubles, type Troubles } from './platform/trouble.ts'
import * as delivery from './desks/delivery/index.ts'
import * as identity from './desks/identity/index.ts'
import * as tasks from './desks/tasks/index.ts'
import * as people from './ground/people/index.ts'
import * as privacy from './ground/privacy/index.ts'
import * as overview from './outlook/overview/index.ts'
import * as care from './watch/care/index.ts'
import * as devices from './watch/devices/index.ts'
import * as scenarios from './watch/scenarios/index.ts'
import * as sensing from './watch/sensing/index.ts'
import { openBook, type BookWish } from './book.ts'
import { openDoors, type Doors } from './doors.ts'
import { mqttUrlFor, openHttpDoors, openMqttDoors, type PortsWish } from './ports.ts'
import { letGo, openBeat, roundsOf } from './timetable.ts'

export { migrationsDir } from './database.ts'

type WishOfParts = PortsWish & BookWish

export type ProgramWish = WishOfParts & {
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

export type Rooms = {
  given: Given
  sensing: sensing.Sensing
  scenarios: scenarios.Scenarios
  pulse: overview.Pulse
  erasuresFile: string | null
  /** Where messages become lines, without a provider. */
  outboxFile: string | null
}

export type Program = Awaited<ReturnType<typeof openProgram>>

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
  await prepareRows(given, wish.models ?? [])
  const outboxFile = wish.ways?.outboxFile ?? null
  const rooms = await openRooms(given, wish.erasuresFile ?? null, outboxFile)
  const book = opened.use(openBook(wish, given, troubles))
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
  const addressOf = { contact: care.addressOfContact(doors.publicUrl) }
  const mayTell = { care: care.mayTell, contact: care.mayTell }
  const known = { ...doors, addressOf, mayTell }
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
    opened.use(openRounds(wish, [...roundsOf(rooms, sending, live, keys), ...book.rounds]))
    opened.use(watchDisk(db.ownerPool, troubles))
  }
  const owned = opened.move()
  return {
    ...{ ...rooms, app, url: http.url, publicUrl: http.publicUrl, httpPort: http.port },
    ...{ mqttPort: mqtt.port, mqttsPort: mqtt.mqttsPort, sending, keys },
    letGo: () => letGo(rooms),
    /** Nothing new comes in before what is there has gone out. */
    close: () => owned.disposeAsync(),
  }
}

/** What this version knows of words, seals and models, and the rows may not yet. */
async function prepareRows(given: Given, models: readonly devices.Model[]): Promise<void> {
  await privacy.noteWords(given)
  await people.sealWhatIsClear(given)
  await care.sealWhatIsClear(given)
  await devices.importModels(given, models)
}

/** Wherever something lies sealed with the key ring. */
function sealedParts(given: () => Given): SealedPart[] {
  return [people, identity, care, privacy].flatMap((room) => room.sealedParts(given))
}

export async function openRooms(
  given: Given,
  erasuresFile: string | null,
  outboxFile: string | null = null,
): Promise<Rooms> {
  if (erasuresFile !== null) await privacy.keepErasures(given, erasuresFile)
  const judged = await given.db.asOwner((tx) => scenarios.judgedPosition(tx))
  const ear = await sensing.openSensing(given, judged)
  const judge = await scenarios.openScenarios(given, ear)
  const pulse = overview.openPulse(given, ear)
  return { given, sensing: ear, scenarios: judge, pulse, erasuresFile, outboxFile }
}
