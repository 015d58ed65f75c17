import type { Asker, SignedIn } from '../../kernel/asker.ts'
import type { Look, Seen } from '../../kernel/book.ts'
import { dayOf } from '../../kernel/calendar.ts'
import { dayMs, type Instant } from '../../kernel/clock.ts'
import type { EventOf } from '../../kernel/event.ts'
import type { Input, Output } from '../../kernel/endpoint.ts'
import { fault, type Fault } from '../../kernel/fault.ts'
import type { CommitteeCode, ConsentId, PlaceCode, StreetCode } from '../../kernel/ids.ts'
import type { Tx } from '../../platform/sql.ts'
import { committeeOf, divisionNamed, placeOf, placesOf } from '../../ground/places/index.ts'
import { findConsent } from '../../ground/privacy/index.ts'
import { tasksAbout } from '../../desks/tasks/index.ts'
import {
  deviceNamed,
  devicesAt,
  devicesIn,
  gatewayNamed,
  inletOf,
  isHome,
  replacementOf,
  speaksByGateway,
  type Device,
} from '../devices/index.ts'
import type * as api from './api.ts'
import {
  canTellOfPerson,
  commonCoverage,
  gatewaySubject,
  limitMsOf,
  stateOf,
  termOf,
} from './decide.ts'
import { forgetStream, intakeStore, type Known } from './intake/index.ts'
import type { Sensing } from './running/index.ts'
import * as store from './store.ts'
import { conditions, type Condition, type DeviceState } from './types.ts'

const pageDays = 14
const listMax = 500

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

/**
 * Stops taking in at once, waits for what is flying, and erases what the consent let in. Heard a
 * second time, or after a start, memory names no sensors: then those of the home are meant.
 */
export async function consentEnded(
  sensing: Sensing,
  { consent, home, purpose }: EventOf<'privacy.consent-ended'>,
): Promise<void> {
  // The guard has no readings of its own: those of agreed care stay while that lives.
  if (purpose !== 'agreed-care') return
  const { memory, intake, given } = sensing
  memory.endAgreement(consent)
  // A batch of its own, behind everything that was taken under the consent.
  await intake.saveMarks()
  const served = [...memory.all()].filter(
    ({ device, consent: other }) =>
      device.place === home && other === null && canTellOfPerson(device),
  )
  for (const known of served) forgetStream(known)
  const devices = served.map(({ device }) => device.device)
  await intakeStore.eraseConsent(given.db.ownerPool, consent, devices)
}

/** Nothing is compared any more, so nothing is kept for it: the sums of the street's homes go. */
export async function purposeSwitched(
  { given, intake }: Sensing,
  { street, purpose, isOn }: EventOf<'privacy.purpose-switched'>,
): Promise<void> {
  if (isOn || purpose !== 'crowding-check') return
  await intake.saveMarks()
  await intakeStore.eraseSums(given.db.ownerPool, street)
}

/** A device or gateway came, moved, went or has a new credential. */
export async function registryChanged(
  sensing: Sensing,
  { source }: EventOf<'devices.changed'>,
): Promise<void> {
  await sensing.registryChanged(source)
}

export async function listDevices(
  sensing: Sensing,
  asker: Asker,
  input: Input<typeof api.listDevices>,
): Promise<Output<typeof api.listDevices> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const now = sensing.given.clock.now()
  const committee = asker.post?.role === 'street' ? undefined : asker.post?.committee
  if (committee === null) return fault('not-allowed')
  return sensing.given.db.inStreet(asker, async (tx) => {
    const where = { street: asker.street, ...(committee ? { committee } : {}) }
    const ours = (await devicesIn(tx, where)).map((device) => healthOf(sensing, device, now))
    const wanted = ours.filter(
      ({ device, state }) =>
        !isHome(device.place) &&
        (!input.committee || committeeOf(device.place) === input.committee) &&
        (!input.kind || device.kind === input.kind) &&
        (!input.state || state === input.state),
    )
    const devices = await rowsOf(sensing, tx, wanted.slice(0, listMax))
    return { devices, total: wanted.length, counts: await countsOf(tx, ours), now }
  })
}

/** How the devices of a street are, by neighbourhood and kind: figures, no device and no home. */
export async function healthCounts(sensing: Sensing, tx: Tx, street: StreetCode) {
  const now = sensing.given.clock.now()
  return countsOf(
    tx,
    (await devicesIn(tx, { street })).map((one) => healthOf(sensing, one, now)),
  )
}

type Healthy = ReturnType<typeof healthOf>

/** The registry says what is there, memory how it does. One added a moment ago was never heard. */
function healthOf(sensing: Sensing, device: Device, now: Instant) {
  const known = sensing.memory.get(device.device)
  const heardAt = known?.heardAt ?? null
  return {
    device,
    state: stateOf(device, heardAt, now),
    heardAt,
    battery: known?.battery ?? null,
    conditions: [...(known?.conditions ?? [])].map(([condition, since]) => ({ condition, since })),
  }
}

async function rowsOf(sensing: Sensing, tx: Tx, ours: readonly Healthy[]) {
  const codes = [...new Set(ours.map(({ device }) => device.place))]
  const places = new Map((await placesOf(tx, codes)).map((place) => [place.place, place]))
  return ours.flatMap((one) => {
    const place = places.get(one.device.place)
    return place ? [{ ...rowOf(sensing, one), place }] : []
  })
}

function rowOf(sensing: Sensing, { device: one, ...health }: Healthy) {
  const { device, kind, purpose, label, model, heartbeatSeconds, lentUntil } = one
  const gateway = one.gateway && sensing.memory.gateway(one.gateway)
  return {
    ...{ device, kind, purpose, label, model, heartbeatSeconds, lentUntil },
    gateway: gateway ? { gateway: gateway.gateway.gateway, name: gateway.gateway.name } : null,
    ...health,
  }
}

async function countsOf(tx: Tx, ours: readonly Healthy[]) {
  const cells = Map.groupBy(ours, ({ device }) => `${committeeOf(device.place)} ${device.kind}`)
  const names = new Map<CommitteeCode, string>()
  for (const { device } of ours) {
    const committee = committeeOf(device.place)
    if (!names.has(committee)) names.set(committee, (await divisionNamed(tx, committee)) ?? '')
  }
  return [...cells.values()].flatMap((cell) => {
    const [first] = cell
    if (!first) return []
    const count = (state: DeviceState) => cell.filter((one) => one.state === state).length
    const { place, kind } = first.device
    const committee = committeeOf(place)
    const name = names.get(committee) ?? ''
    const heard = { alive: count('alive'), quiet: count('quiet'), unknown: count('unknown') }
    return [{ committee, name, kind, ...heard, neverReported: count('never-reported') }]
  })
}

export async function oneDevice(
  sensing: Sensing,
  asker: Asker,
  input: Input<typeof api.oneDevice>,
): Promise<Seen<Output<typeof api.oneDevice>> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const now = sensing.given.clock.now()
  return sensing.given.db.inStreet(asker, async (tx) => {
    const device = await deviceNamed(tx, input.device)
    const place = device && (await placeOf(tx, device.place))
    if (!device || !place || !isTheirs(asker, device)) return fault('not-found', 'device')
    const gateway = device.gateway && (await gatewayNamed(tx, device.gateway))
    const { keeper, nameAtGateway, perMinuteMax, replaces, installedAt, revokedAt } = device
    const answer = {
      ...{ ...rowOf(sensing, healthOf(sensing, device, now)), place },
      ...{ keeper, nameAtGateway, perMinuteMax, replaces, installedAt, revokedAt, now },
      replacedBy: await replacementOf(tx, device.device),
      topic: inletOf(device, gateway || null),
      hasCredential: !speaksByGateway(gateway ? gateway.format : null),
      ...(await storyOf(tx, asker, device, now)),
    }
    return { answer, looks: looksAt(sensing, device.device) }
  })
}

async function storyOf(tx: Tx, asker: SignedIn, device: Device, now: Instant) {
  const id = device.device
  const since = now - pageDays * dayMs
  const sinceDay = dayOf(since)
  const isLasting = termOf(device.purpose).shelf === 'day'
  const isSums = device.purpose === 'crowding-check'
  const usage = (await store.usageByDay(tx, id, sinceDay)).map((row) => ({
    ...row,
    purpose: device.purpose,
  }))
  const subjects = device.gateway ? [id, gatewaySubject(device.gateway)] : [id]
  const tasks = await tasksAbout(tx, subjects, 50)
  return {
    refusals: withoutDevice(await store.refusalsOf(tx, [id], sinceDay)),
    remarks: withoutDevice(await store.remarksOf(tx, id, sinceDay)),
    coverage: await store.coverageOf(tx, id, since),
    homeCoverage: await homeCoverageOf(tx, device, since),
    readings: isLasting ? await store.lastingByDay(tx, id, since) : usage,
    // Sums of a home are for the rule that compares them, and for nobody's eyes.
    newest: isLasting && !isSums ? await store.newestLasting(tx, id, 20) : [],
    tasks: tasks.map(({ task, rule, state, openedAt, outcome, responsible }) => ({
      ...{ task, rule, state, openedAt, outcome, isMine: responsible === asker.person },
    })),
  }
}

async function homeCoverageOf(tx: Tx, { place, purpose }: Device, since: Instant) {
  if (purpose !== 'agreed-care') return null
  const rows = await store.coverageAt(tx, place, since)
  const sensors = (await devicesAt(tx, place)).filter((one) => one.purpose === purpose)
  const lists = sensors.map(({ device }) => rows.filter((row) => row.device === device))
  return commonCoverage(lists).slice(-1_000)
}

function withoutDevice<Row extends { device: string }>(rows: readonly Row[]) {
  return rows.map(({ device: _device, ...row }) => row)
}

/** A device in shared space is the whole street's; one in a home its own committee's. */
function isTheirs({ post }: SignedIn, { place }: Device): boolean {
  return post?.role === 'street' || post?.committee === committeeOf(place)
}

/** Where a device stands that looks after somebody, is where that somebody lives. */
export function looksAt(sensing: Sensing, source: string): Look[] {
  const known = sensing.memory.get(source)
  if (!known?.consent) return []
  const matter = { kind: 'operation', id: null, label: 'device-page' } as const
  const { street } = known.device
  return [{ street, person: known.consent.person, fields: ['address'], matter }]
}

export async function listGateways(
  sensing: Sensing,
  asker: Asker,
): Promise<Output<typeof api.listGateways> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const now = sensing.given.clock.now()
  const committee = asker.post?.role === 'street' ? null : asker.post?.committee
  const ours = [...sensing.memory.gateways()].filter(
    ({ gateway: { street, place, revokedAt } }) =>
      street === asker.street && revokedAt === null && (!committee || place.startsWith(committee)),
  )
  return sensing.given.db.inStreet(asker, async (tx) => {
    const codes = [...new Set(ours.map(({ gateway }) => gateway.place))]
    const places = new Map((await placesOf(tx, codes)).map((place) => [place.place, place]))
    const ids = ours.map(({ gateway }) => gateway.gateway)
    const refused = await store.refusalsOf(tx, ids, dayOf(now - pageDays * dayMs))
    const gateways = ours.slice(0, listMax).flatMap((one) => {
      const { gateway, name, maker, format } = one.gateway
      const place = places.get(one.gateway.place)
      const devices = [...one.devices.values()]
      const heard = devices.filter(({ device, heardAt }) =>
        ['alive', 'quiet'].includes(stateOf(device, heardAt, now)),
      )
      const source = sensing.memory.source(gateway)
      const isConnected = (source?.connections.size ?? 0) > 0
      const refusals = withoutDevice(refused.filter((row) => row.device === gateway))
      return place
        ? {
            ...{ gateway, name, maker, format, place, heardAt: heardOf(one, devices), isConnected },
            ...{ devices: devices.length, heard: heard.length, refusals },
            isCopied: one.copiedAt !== null,
          }
        : []
    })
    return { gateways, now }
  })
}

function heardOf({ heardAt }: { heardAt: Instant | null }, devices: readonly Known[]) {
  return devices.reduce<Instant | null>(
    (newest, one) => (one.heardAt === null ? newest : Math.max(newest ?? 0, one.heardAt)),
    heardAt,
  )
}

export type SensorAt = Device & { limitMs: number; heardAt: Instant | null; state: DeviceState }

function sensorOf(sensing: Sensing, device: Device, now: Instant): SensorAt {
  const heardAt = sensing.heardAt(device.device)
  const limitMs = limitMsOf(device.heartbeatSeconds)
  return { ...device, limitMs, heardAt, state: stateOf(device, heardAt, now) }
}

/** The working devices of a place that serve agreed care, with what is known of their health. */
export async function sensorsAt(sensing: Sensing, tx: Tx, place: PlaceCode): Promise<SensorAt[]> {
  const now = sensing.given.clock.now()
  const devices = await devicesAt(tx, place)
  return devices
    .filter((device) => device.purpose === 'agreed-care')
    .map((device) => sensorOf(sensing, device, now))
}

/** Undefined where the registry has it no more, or it is revoked. */
export function sensorNamed(sensing: Sensing, device: string): SensorAt | undefined {
  const known = sensing.memory.get(device)
  if (!known || known.device.revokedAt !== null) return undefined
  return sensorOf(sensing, known.device, sensing.given.clock.now())
}

/** Every device not revoked, in all streets. */
export function allSensors(sensing: Sensing): SensorAt[] {
  const now = sensing.given.clock.now()
  return [...sensing.memory.all()]
    .filter(({ device }) => device.revokedAt === null)
    .map(({ device }) => sensorOf(sensing, device, now))
}

/** A gateway as people call it, and where it stands. */
export function gatewayAt(sensing: Sensing, gateway: string) {
  const known = sensing.memory.gateway(gateway)
  if (!known) return undefined
  const { street, name, place } = known.gateway
  return { street, name, place }
}

export type Wrong = {
  street: StreetCode
  source: string
  place: PlaceCode
  condition: Condition
  since: Instant
}

/** What is wrong with devices and gateways now. */
export function wrongNow(sensing: Sensing): Wrong[] {
  const wrong: Wrong[] = []
  for (const { device, conditions: own } of sensing.memory.all()) {
    if (own.size === 0 || device.revokedAt !== null) continue
    for (const condition of conditions) {
      const since = own.get(condition)
      const { street, place } = device
      if (since !== undefined)
        wrong.push({ street, source: device.device, place, condition, since })
    }
  }
  for (const { gateway, copiedAt } of sensing.memory.gateways()) {
    if (copiedAt === null || gateway.revokedAt !== null) continue
    const { street, place, gateway: source } = gateway
    wrong.push({ street, source, place, condition: 'copied', since: copiedAt })
  }
  return wrong
}
