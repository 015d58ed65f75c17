/** Every room's routes, bound to what it needs of the others; health, numbers and pages beside. */
import type { FastifyInstance } from 'fastify'
import { tagOf } from './platform/access-log.ts'
import { findsMaxUsual, openFinding } from './platform/finding.ts'
import type { PersonId } from './kernel/ids.ts'
import type { Given } from './platform/given.ts'
import { answerNotFound, openHttp, type Doorway } from './platform/http.ts'
import type { Live } from './platform/live.ts'
import { openMetrics } from './platform/metrics.ts'
import type { Push } from './platform/push/index.ts'
import type { Rotation } from './platform/seal/index.ts'
import { digest } from './platform/secrets.ts'
import type { Database, Tx } from './platform/sql.ts'
import { stopping, type Troubles } from './platform/trouble.ts'
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
import { keepers } from './kept.ts'
import { pagesOf } from './own-copy.ts'
import { readingsOf } from './readings.ts'
import { isHttps } from './ports.ts'
import { seenBy } from './seen-by.ts'
import type { ProgramWish, Rooms } from './program.ts'
import { counted, reviewDuties } from './reviewing.ts'

const callsPerMinuteUsual = 3_000

function askers(wish: ProgramWish, given: Given) {
  const door = { keyDigest: digest(wish.operatorKey), isDemo: wish.town === 'demo' }
  return (token: string, device: Buffer | null) => identity.whoAsks(given, door, token, device)
}

/** Known once the ports are open. */
export type Doors = {
  keys: Rotation
  mqttConnected(): number
  publicUrl(): string
  mqttUrl(): string
}

export async function openDoors(
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
    const asked = { postsHeld, nameOf, taskEnds: tasks.endsFor }
    const numbered = { counted, reviewing: reviewDuties }
    const known = { isInCharge, whoIs: people.whoIs, whomItTells, isKeeper, ...asked, ...numbered }
    const owned = { keepers, personOf: identity.personOf, pagesOf }
    const agreed = agreementsOf(rooms)
    privacy.openRoutes(api, doorway, given, { ...known, ...owned, ...agreed, seenBy })
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
      looksAt: (source) => sensing.looksAt(rooms.sensing, source),
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

/** What stands on an agreement or a purpose ends in the transaction that ends it. */
function agreementsOf(rooms: Rooms) {
  const ends: privacy.EndsAgreement = (tx, who, purpose) =>
    care.endAgreement(rooms, tx, who, purpose)
  const stops: privacy.StopsPurpose = async (tx, street, purpose) => {
    await scenarios.stopPurpose(rooms.scenarios, tx, street, purpose)
    await care.stopPurpose(rooms, tx, purpose)
  }
  return { ends, stops }
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

/** Every post of the street: who answers for a look is found among them. */
function postsHeld(tx: Tx): ReturnType<typeof duties.heldPosts> {
  return duties.heldPosts(tx, 'all')
}

async function nameOf(tx: Tx, person: PersonId): Promise<string | undefined> {
  return (await people.personOf(tx, person))?.name
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
