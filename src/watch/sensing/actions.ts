import type { Asker, SignedIn } from '../../kernel/asker.ts'
import type { Look, Seen } from '../../kernel/book.ts'
import { dayOf } from '../../kernel/calendar.ts'
import { dayMs, hourMs, type Instant } from '../../kernel/clock.ts'
import type { Input, Output } from '../../kernel/endpoint.ts'
import { fault, type Fault } from '../../kernel/fault.ts'
import type { ConsentId, DeviceId, HomeCode, StreetCode } from '../../kernel/ids.ts'
import type { Given } from '../../platform/given.ts'
import { newSecret } from '../../platform/ids.ts'
import type { MqttRoom } from '../../platform/mqtt.ts'
import { digest, isSame } from '../../platform/secrets.ts'
import type { Tx } from '../../platform/sql.ts'
import { committeeOf, placeOf } from '../../ground/places/index.ts'
import { findConsent, liveConsents } from '../../ground/privacy/index.ts'
import type * as api from './api.ts'
import { limitMsOf, stateOf, topicOf } from './decide.ts'
import { Intake, intakeStore, openMemory } from './intake/index.ts'
import * as store from './store.ts'
import { readingStates } from './types.ts'
import type { Device, Reading } from './types.ts'

/** Kept at the very latest for so long after arrival, judged or not (product: ≤ 72 h + 1 h). */
const keptMsMax = 72 * hourMs
const heartbeatSecondsDefault = 300

/** The running room: memory of devices, intake, and who listens to what was committed. */
export type Sensing = Awaited<ReturnType<typeof openSensing>>

export async function openSensing(given: Given, lastJudged: number) {
  const { ownerPool: pool } = given.db
  const memory = openMemory()
  const hours = new Set<Instant>(await intakeStore.hoursKept(pool))
  const listeners: ((taken: Reading[]) => void)[] = []
  let judgedThrough = lastJudged
  const first = Math.max(await intakeStore.lastPosition(pool), lastJudged)
  const intake = new Intake(
    given.clock,
    first,
    async (batch) => {
      const needed = new Set(batch.readings.map((one) => intakeStore.hourOf(one.arrivedAt)))
      const newHours = [...needed].filter((hour) => !hours.has(hour))
      await intakeStore.saveBatch(pool, batch, newHours)
      for (const hour of newHours) hours.add(hour)
    },
    (taken) => {
      for (const listener of listeners) listener(taken)
    },
  )

  const reload = async (device?: DeviceId) => {
    const rows = await given.db.asOwner((tx) => store.devicesWithDigests(tx, device))
    const streams = new Map(
      (await intakeStore.loadSequences(pool, device)).map((row) => [row.device, row]),
    )
    for (const row of rows) {
      memory.put(row.device, row.passwordDigest, streams.get(row.device.device))
    }
  }
  for (const consent of await given.db.asOwner((tx) =>
    liveConsents(tx, 'agreed-care', given.clock.now()),
  )) {
    memory.agree(consent)
  }
  await reload()

  return {
    given,
    intake,
    memory,
    reload,
    afterCommit: (listener: (taken: Reading[]) => void) => void listeners.push(listener),
    /** Readings up to here are judged for good; their hours may go. */
    judged: (position: number) => (judgedThrough = Math.max(judgedThrough, position)),
    readingsAfter: (position: number) => intakeStore.readingsAfter(pool, position),
    heardAt: (device: string): Instant | null => memory.get(device)?.heardAt ?? null,
    /** Drops every hour that is over and judged, or over its term. Answers how many went. */
    async dropHours(now: Instant): Promise<number> {
      let gone = 0
      for (const hour of hours) {
        if (hour + hourMs > now) continue
        const isJudged = (await intakeStore.lastPositionIn(pool, hour)) <= judgedThrough
        if (!isJudged && now < hour + keptMsMax) continue
        await saveMarks(given, memory)
        await intakeStore.dropHour(pool, hour)
        hours.delete(hour)
        gone++
      }
      return gone
    },
  }
}

/**
 * The sequences of devices that spoke since the last time, so that a copy is known after a start.
 */
async function saveMarks(given: Given, memory: ReturnType<typeof openMemory>): Promise<void> {
  const changed = [...memory.all()].filter((known) => known.isChanged)
  if (changed.length === 0) return
  for (const known of changed) known.isChanged = false
  const rows = changed.map(({ device, marks }) => ({
    device: device.device,
    recent: [...marks.recent],
  }))
  await intakeStore.saveRecent(given.db.ownerPool, rows)
}

/** What the broker asks of this room. A revoked or unknown device cannot sign in or publish. */
export function mqttRoom(sensing: Sensing): MqttRoom {
  return {
    async signIn(username, password) {
      const known = sensing.memory.get(username)
      return (
        known !== undefined &&
        known.device.revokedAt === null &&
        isSame(known.passwordDigest, digest(password))
      )
    },
    async take(username, topic, payload) {
      const known = sensing.memory.get(username)
      if (!known || known.device.revokedAt !== null) return 'disconnect'
      return sensing.intake.take(known, topic, payload)
    },
  }
}

export async function consentGiven(
  sensing: Sensing,
  street: StreetCode,
  consent: ConsentId,
): Promise<void> {
  const { db, clock } = sensing.given
  const live = await db.inStreet({ street }, (tx) =>
    findConsent(tx, 'agreed-care', { consent }, clock.now()),
  )
  if (live) sensing.memory.agree(live)
}

/** Stops taking in at once, waits for what is flying, and erases what the consent let in. */
export async function consentEnded(sensing: Sensing, consent: ConsentId): Promise<void> {
  sensing.memory.endAgreement(consent)
  await sensing.intake.idle()
  await intakeStore.eraseConsent(sensing.given.db.ownerPool, consent)
}

export async function addDevice(
  sensing: Sensing,
  asker: Asker,
  input: Input<typeof api.addDevice>,
): Promise<Output<typeof api.addDevice> | Fault> {
  const { given } = sensing
  const { kind, home, gateway = null, heartbeatSeconds = heartbeatSecondsDefault } = input
  const street = home.slice(0, 9) as StreetCode
  if (asker.kind === 'person' && asker.street !== street) return fault('not-found', 'home')
  const password = newSecret()
  const installedAt = given.clock.now()
  const id = given.newId<DeviceId>()
  const device: Device = {
    ...{ device: id, street, kind, home, gateway, heartbeatSeconds, installedAt },
    revokedAt: null,
  }
  const isHome = await given.db.inStreet({ street }, async (tx) => {
    if (!(await placeOf(tx, home))) return false
    await store.addDevice(tx, device, digest(password))
    await given.tell(tx, { name: 'sensing.device-changed', street, device: id, home })
    return true
  })
  if (!isHome) return fault('not-found', 'home')
  await sensing.reload(id)
  const at = new Date(installedAt).toISOString()
  const example = JSON.stringify({ seq: 1, at, state: readingStates[kind][0] })
  return { device: id, username: id, password, topic: topicOf(device), example }
}

export async function revokeDevice(
  sensing: Sensing,
  asker: Asker,
  input: Input<typeof api.revokeDevice>,
): Promise<Output<typeof api.revokeDevice> | Fault> {
  const { given } = sensing
  const street = sensing.memory.get(input.device)?.device.street
  if (!street || (asker.kind === 'person' && asker.street !== street)) return fault('not-found')
  const revoked = await given.db.inStreet({ street }, async (tx) => {
    const done = await store.revoke(tx, input.device, given.clock.now())
    if (!done) return false
    const { device, home } = done
    await given.tell(tx, { name: 'sensing.device-changed', street, device, home })
    return true
  })
  if (!revoked) return fault('already-so', 'device')
  await sensing.reload(input.device)
  return { device: input.device }
}

export async function oneDevice(
  sensing: Sensing,
  asker: Asker,
  input: Input<typeof api.oneDevice>,
): Promise<Seen<Output<typeof api.oneDevice>> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const now = sensing.given.clock.now()
  return sensing.given.db.inStreet(asker, async (tx) => {
    const device = await store.deviceNamed(tx, input.device)
    const place = device && (await placeOf(tx, device.home))
    if (!device || !place || !isTheirs(asker, device)) return fault('not-found', 'device')
    const heardAt = sensing.heardAt(device.device)
    const { kind, gateway, heartbeatSeconds, installedAt, revokedAt } = device
    const answer = {
      ...{ device: device.device, kind, place, gateway, heartbeatSeconds },
      ...{ state: stateOf(device, heardAt, now), heardAt, installedAt, revokedAt },
      refusals: await store.refusalsOf(tx, device.device, dayOf(now - 14 * dayMs)),
      now,
    }
    return { answer, looks: looksAt(sensing, device) }
  })
}

function isTheirs({ post }: SignedIn, { home }: Device): boolean {
  return post?.role === 'street' || post?.committee === committeeOf(home)
}

function looksAt(sensing: Sensing, { device, street }: Device): Look[] {
  const agreement = sensing.memory.get(device)?.consent
  if (!agreement) return []
  const matter = { kind: 'operation', id: null, label: 'device-page' } as const
  return [{ street, person: agreement.person, fields: ['address'], matter }]
}

export type SensorAt = Device & { limitMs: number; heardAt: Instant | null; state: string }

/** The working devices of a home, with what is known of their health. */
export async function sensorsAt(sensing: Sensing, tx: Tx, home: HomeCode): Promise<SensorAt[]> {
  const now = sensing.given.clock.now()
  const devices = await store.devicesAt(tx, home)
  return devices.map((device) => {
    const heardAt = sensing.heardAt(device.device)
    const limitMs = limitMsOf(device.heartbeatSeconds)
    return { ...device, limitMs, heardAt, state: stateOf(device, heardAt, now) }
  })
}

/** Every device not revoked, in all streets. */
export function allSensors(sensing: Sensing): SensorAt[] {
  const now = sensing.given.clock.now()
  return [...sensing.memory.all()]
    .filter(({ device }) => device.revokedAt === null)
    .map(({ device, heardAt }) => ({
      ...device,
      limitMs: limitMsOf(device.heartbeatSeconds),
      heardAt,
      state: stateOf(device, heardAt, now),
    }))
}
