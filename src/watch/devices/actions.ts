import type { Asker } from '../../kernel/asker.ts'
import { dayOf } from '../../kernel/calendar.ts'
import type { Instant } from '../../kernel/clock.ts'
import type { Input, Output } from '../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../kernel/fault.ts'
import type { DeviceId, GatewayId, PlaceCode, StreetCode } from '../../kernel/ids.ts'
import type { Given } from '../../platform/given.ts'
import { newSecret } from '../../platform/ids.ts'
import { digest } from '../../platform/secrets.ts'
import type { Tx } from '../../platform/sql.ts'
import { committeeOf, placeOf } from '../../ground/places/index.ts'
import type * as api from './api.ts'
import {
  exampleOf,
  gatewayTopicOf,
  heartbeatSecondsDefault,
  inletOf,
  isLendingDay,
  misfitOf,
  nameAt,
  purposeGiven,
  settingsOf,
  speaksByGateway,
  streetOf,
} from './decide.ts'
import { modelsNamed } from './models/index.ts'
import { neverAdd, notPermitted, type MayAdd } from './permits/index.ts'
import * as store from './store.ts'
import { perMinuteMaxUsual, type Device, type Gateway, type StepAct } from './types.ts'

/** A credential is told once; only its digest stays. */
export type Credential = { username: string | null; password: string | null; digest: Buffer }

/** Who did it, as the step keeps it. The operator has no post. */
export function byWhom(asker: Asker): Pick<store.Step, 'byPost' | 'title' | 'unit'> {
  const post = asker.kind === 'person' ? asker.post : null
  return { byPost: post?.id ?? null, title: post?.title ?? null, unit: post?.unit ?? null }
}

/** A registrar acts in the street of the place; a street's own people in their own alone. */
export function mayActIn(asker: Asker, street: StreetCode): boolean {
  return asker.kind === 'operator' || (asker.kind === 'person' && asker.street === street)
}

/** The row of a step, its event and nothing else: each act ends with it, in its transaction. */
async function tellStep(
  given: Given,
  tx: Tx,
  asker: Asker,
  done: {
    act: StepAct
    street: StreetCode
    source: DeviceId | GatewayId
    place: PlaceCode
    before?: PlaceCode | null
    words?: string | undefined
  },
): Promise<void> {
  const { act, street, source, place, before = place, words = '' } = done
  const at = given.clock.now()
  const row = { street, id: given.newId<string>(), source, at, act, place, words }
  await store.addSteps(tx, [{ ...row, ...byWhom(asker) }])
  await given.tell(tx, { name: 'devices.changed', street, source, place, before })
}

/** The street of a device or gateway, as far as the asker may know of it. */
async function streetFor(
  given: Given,
  asker: Asker,
  source: DeviceId | GatewayId,
): Promise<StreetCode | undefined> {
  if (asker.kind === 'person') return asker.street
  return given.db.asOwner(async (tx) => {
    const device = await store.deviceNamed(tx, source as DeviceId)
    return (device ?? (await store.gatewayNamed(tx, source as GatewayId)))?.street
  })
}

/** A device that works, locked, with the work that is done to it in one transaction. */
async function withDevice<T>(
  given: Given,
  asker: Asker,
  device: DeviceId,
  work: (tx: Tx, device: Device) => Promise<T | Fault>,
): Promise<T | Fault> {
  const street = await streetFor(given, asker, device)
  if (!street) return fault('not-found', 'device')
  return given.db.inStreet({ street }, async (tx) => {
    const found = await store.lockDevice(tx, device)
    if (!found) return fault('not-found', 'device')
    return found.revokedAt === null ? work(tx, found) : fault('revoked', 'device')
  })
}

/** A device behind a gateway that decodes for it gets a digest of what nobody knows. */
export function credentialFor(device: DeviceId, gateway: Gateway | null): Credential {
  const password = newSecret()
  const isOwn = !speaksByGateway(gateway?.format ?? null)
  return {
    username: isOwn ? device : null,
    password: isOwn ? password : null,
    digest: digest(password),
  }
}

export function told(device: Device, gateway: Gateway | null, credential: Credential, at: Instant) {
  const { username, password } = credential
  const example = exampleOf(device.kind, device.purpose, new Date(at).toISOString())
  return { device: device.device, username, password, topic: inletOf(device, gateway), example }
}

export async function addDevice(
  given: Given,
  asker: Asker,
  input: Input<typeof api.addDevice>,
  mayAdd: MayAdd = neverAdd,
): Promise<Output<typeof api.addDevice> | Fault> {
  const { kind, place } = input
  const street = streetOf(place)
  if (!mayActIn(asker, street)) return fault('not-found', 'place')
  const fits = purposeGiven(kind, place, input.purpose)
  if ('wrong' in fits) return fault('bad-input', fits.wrong)
  const now = given.clock.now()
  return given.db.inStreet({ street }, async (tx) => {
    if (!(await placeOf(tx, place))) return fault('not-found', 'place')
    const refused = await notPermitted(tx, mayAdd, street, fits.purpose)
    if (refused) return refused
    const gateway = input.gateway ? await store.gatewayNamed(tx, input.gateway) : null
    if (gateway === undefined || gateway?.revokedAt) return fault('not-found', 'gateway')
    const named = nameAt(gateway?.format ?? null, input.nameAtGateway)
    if ('wrong' in named) return fault('bad-input', named.wrong)
    const device: Device = {
      ...{ device: given.newId<DeviceId>(), street, kind, place, purpose: fits.purpose },
      ...{ model: input.model ?? null, gateway: gateway?.gateway ?? null },
      nameAtGateway: named.name,
      heartbeatSeconds: input.heartbeatSeconds ?? heartbeatSecondsDefault,
      perMinuteMax: input.perMinuteMax ?? perMinuteMaxUsual[kind],
      ...{ label: input.label ?? '', keeper: input.keeper ?? '' },
      ...{ lentUntil: null, replaces: null, installedAt: now, revokedAt: null },
    }
    const misfit = await modelMisfit(tx, device, gateway)
    if (misfit) return misfit
    const credential = credentialFor(device.device, gateway)
    const isNew = await store.addDevices(tx, [{ device, passwordDigest: credential.digest }])
    if (!isNew) return fault('already-so', 'nameAtGateway')
    const source = device.device
    await tellStep(given, tx, asker, { act: 'installed', street, source, place, before: null })
    return told(device, gateway, credential, now)
  })
}

async function modelMisfit(
  tx: Tx,
  device: Pick<Device, 'kind' | 'model'>,
  gateway: Gateway | null,
): Promise<Fault | undefined> {
  if (device.model === null) return undefined
  const [model] = await modelsNamed(tx, [device.model])
  if (!model) return fault('not-found', 'model')
  return misfitOf(model, device.kind, gateway?.format ?? null)
    ? fault('bad-input', 'model')
    : undefined
}

export async function moveDevice(
  given: Given,
  asker: Asker,
  input: Input<typeof api.moveDevice>,
  mayAdd: MayAdd = neverAdd,
): Promise<Output<typeof api.moveDevice> | Fault> {
  const { place, purpose, words } = input
  return withDevice(given, asker, input.device, async (tx, device) => {
    if (device.place === place) return fault('already-so', 'place')
    return settle(given, tx, asker, device, { act: 'moved', place, purpose, words, mayAdd })
  })
}

/** Puts a device at a place, for a purpose that fits there. Lending ends unless it begins. */
async function settle(
  given: Given,
  tx: Tx,
  asker: Asker,
  device: Device,
  wish: {
    act: StepAct
    place: PlaceCode
    field?: string
    purpose?: Device['purpose'] | undefined
    lentUntil?: string
    words?: string | undefined
    mayAdd?: MayAdd
  },
): Promise<{ device: DeviceId } | Fault> {
  const { act, place, field = 'place', lentUntil = null, words, mayAdd = neverAdd } = wish
  const { street } = device
  if (streetOf(place) !== street || !(await placeOf(tx, place))) return fault('not-found', field)
  const fits = purposeGiven(device.kind, place, wish.purpose, device.purpose)
  if ('wrong' in fits) return fault('bad-input', fits.wrong === 'place' ? field : fits.wrong)
  const { purpose } = fits
  const refused = await notPermitted(tx, mayAdd, street, purpose)
  if (refused) return refused
  await store.changeDevice(tx, device.device, { place, purpose, lentUntil })
  const source = device.device
  await tellStep(given, tx, asker, { act, street, source, place, before: device.place, words })
  return { device: source }
}

export async function replaceDevice(
  given: Given,
  asker: Asker,
  input: Input<typeof api.replaceDevice>,
): Promise<Output<typeof api.replaceDevice> | Fault> {
  const now = given.clock.now()
  return withDevice(given, asker, input.device, async (tx, old) => {
    const { street, place } = old
    const gateway = old.gateway ? ((await store.gatewayNamed(tx, old.gateway)) ?? null) : null
    const format = gateway?.format ?? null
    const named = nameAt(format, input.nameAtGateway ?? old.nameAtGateway ?? undefined)
    if ('wrong' in named) return fault('bad-input', named.wrong)
    const device: Device = {
      ...old,
      ...{ device: given.newId<DeviceId>(), replaces: old.device, installedAt: now },
      ...{ model: input.model ?? old.model, nameAtGateway: named.name },
    }
    const misfit = input.model === undefined ? undefined : await modelMisfit(tx, device, gateway)
    if (misfit) return misfit
    if (await isNameTaken(tx, device, old)) return fault('already-so', 'nameAtGateway')
    const credential = credentialFor(device.device, gateway)
    await store.changeDevice(tx, old.device, { revokedAt: now })
    const isNew = await store.addDevices(tx, [{ device, passwordDigest: credential.digest }])
    // Taken since the look: only a throw takes the old one's end back.
    if (!isNew) throw new Error('the name at the gateway was taken meanwhile')
    const { words } = input
    const ended = { act: 'replaced', street, source: old.device, place, words } as const
    await tellStep(given, tx, asker, ended)
    const begun = { act: 'installed', street, source: device.device, place, words } as const
    await tellStep(given, tx, asker, { ...begun, before: null })
    return told(device, gateway, credential, now)
  })
}

/** Asked before anything is written: the new device may have the name of the old one alone. */
async function isNameTaken(tx: Tx, device: Device, old: Device): Promise<boolean> {
  const { gateway, nameAtGateway } = device
  if (!gateway || !nameAtGateway) return false
  const holder = await store.namedAtGateway(tx, gateway, nameAtGateway)
  return holder !== undefined && holder !== old.device
}

export async function revokeDevice(
  given: Given,
  asker: Asker,
  input: Input<typeof api.revokeDevice>,
): Promise<Output<typeof api.revokeDevice> | Fault> {
  const done = await withDevice(
    given,
    asker,
    input.device,
    async (tx, { street, device, place }) => {
      await store.changeDevice(tx, device, { revokedAt: given.clock.now() })
      const step = { act: 'revoked', street, source: device, place, words: input.words } as const
      await tellStep(given, tx, asker, step)
      return { device }
    },
  )
  return isFault(done) && done.fault === 'revoked' ? fault('already-so', 'device') : done
}

export async function lendDevice(
  given: Given,
  asker: Asker,
  { device, home, until }: Input<typeof api.lendDevice>,
): Promise<Output<typeof api.lendDevice> | Fault> {
  if (!isLendingDay(until, dayOf(given.clock.now()))) return fault('bad-input', 'until')
  return withDevice(given, asker, device, async (tx, found) => {
    if (found.lentUntil !== null && found.place !== home) return fault('already-so', 'device')
    const wish = {
      act: 'lent',
      place: home,
      field: 'home',
      lentUntil: until,
      words: until,
    } as const
    return settle(given, tx, asker, found, wish)
  })
}

export async function returnDevice(
  given: Given,
  asker: Asker,
  { device, place }: Input<typeof api.returnDevice>,
): Promise<Output<typeof api.returnDevice> | Fault> {
  return withDevice(given, asker, device, async (tx, found) => {
    if (found.lentUntil === null) return fault('already-so', 'device')
    return settle(given, tx, asker, found, { act: 'returned', place })
  })
}

export async function renewCredential(
  given: Given,
  asker: Asker,
  { source }: Input<typeof api.renewCredential>,
): Promise<Output<typeof api.renewCredential> | Fault> {
  const street = await streetFor(given, asker, source)
  if (!street) return fault('not-found', 'source')
  const password = newSecret()
  const passwordDigest = digest(password)
  return given.db.inStreet({ street }, async (tx) => {
    const device = await store.deviceNamed(tx, source as DeviceId)
    const gateway = await store.gatewayNamed(tx, device?.gateway ?? (source as GatewayId))
    if (device && speaksByGateway(gateway?.format ?? null)) return fault('bad-input', 'source')
    const found = device ?? gateway
    if (!found) return fault('not-found', 'source')
    const changed = device
      ? await store.changeDevice(tx, device.device, { passwordDigest })
      : await store.changeGateway(tx, source as GatewayId, { passwordDigest })
    if (!changed) return fault('revoked', 'source')
    const { place } = found
    await tellStep(given, tx, asker, { act: 'credential-renewed', street, source, place })
    return { username: source, password }
  })
}

export async function addGateway(
  given: Given,
  asker: Asker,
  input: Input<typeof api.addGateway>,
  mqttUrl: string,
): Promise<Output<typeof api.addGateway> | Fault> {
  const { name, maker = '', format, place } = input
  const street = streetOf(place)
  if (!mayActIn(asker, street)) return fault('not-found', 'place')
  const id = given.newId<GatewayId>()
  const password = newSecret()
  const installedAt = given.clock.now()
  const gateway: Gateway = {
    ...{ gateway: id, street, name, maker, format, place, installedAt, revokedAt: null },
  }
  return given.db.inStreet({ street }, async (tx) => {
    if (!(await placeOf(tx, place))) return fault('not-found', 'place')
    if (!(await store.addGateway(tx, gateway, digest(password)))) return fault('already-so', 'name')
    await tellStep(given, tx, asker, { act: 'installed', street, source: id, place, before: null })
    const settings = settingsOf(gateway, mqttUrl, new Date(installedAt).toISOString())
    const topic = gatewayTopicOf(gateway)
    return { gateway: id, username: id, password, topic, settings }
  })
}

export async function revokeGateway(
  given: Given,
  asker: Asker,
  { gateway }: Input<typeof api.revokeGateway>,
): Promise<Output<typeof api.revokeGateway> | Fault> {
  const street = await streetFor(given, asker, gateway)
  if (!street) return fault('not-found', 'gateway')
  return given.db.inStreet({ street }, async (tx) => {
    if (!(await store.gatewayNamed(tx, gateway))) return fault('not-found', 'gateway')
    const gone = await store.changeGateway(tx, gateway, { revokedAt: given.clock.now() })
    if (!gone) return fault('already-so', 'gateway')
    const { place } = gone
    await tellStep(given, tx, asker, { act: 'revoked', street, source: gateway, place })
    return { gateway }
  })
}

/** The street's gateways; for the operator, all of the installation. */
export async function listGateways(
  given: Given,
  asker: Asker,
): Promise<Output<typeof api.listGateways>> {
  const gateways =
    asker.kind === 'person'
      ? await given.db.inStreet(asker, (tx) => store.gatewaysIn(tx, asker.street))
      : await given.db.asOwner((tx) => store.gatewaysIn(tx))
  return { gateways: gateways.slice(0, 1_000) }
}

export async function story(
  given: Given,
  asker: Asker,
  { source }: Input<typeof api.story>,
): Promise<Output<typeof api.story> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  return given.db.inStreet(asker, async (tx) => {
    const device = await store.deviceNamed(tx, source as DeviceId)
    const found = device ?? (await store.gatewayNamed(tx, source as GatewayId))
    if (!found || !isTheirs(asker, found.place)) return fault('not-found', 'source')
    const steps = await store.stepsOf(tx, source)
    return { steps: steps.map(({ byPost: _post, ...step }) => step) }
  })
}

/** A street sees its whole street, a neighbourhood's worker their own neighbourhood. */
export function isTheirs(asker: Asker, place: PlaceCode): boolean {
  if (asker.kind !== 'person') return asker.kind === 'operator'
  return asker.post?.role === 'street' || asker.post?.committee === committeeOf(place)
}
