import type { Instant } from '../../../kernel/clock.ts'
import type { ConsentId, DeviceId, PlaceCode } from '../../../kernel/ids.ts'
import { ownCopy } from '../../../platform/bytes.ts'
import type { Consented } from '../../../ground/privacy/index.ts'
import {
  gatewayTopicOf,
  topicOf,
  type Device,
  type Gateway,
  type Model,
} from '../../devices/index.ts'
import type { Condition } from '../types.ts'
import { rowPrefix, textColumn, uuidColumn } from './copy.ts'
import type { Agreement, Known, KnownGateway, Source } from './known.ts'
import { marksFrom } from './marks.ts'
import type { SavedMark } from './store.ts'
import { newStream, type Stream } from './stream.ts'

export type Health = { conditions: Map<Condition, Instant>; battery: number | null }

/**
 * What is known of every device and gateway, and which homes agree. Rebuilt at start; kept up by
 * events.
 */
export function openMemory() {
  const known = new Map<string, Known>()
  const gateways = new Map<string, KnownGateway>()
  const sources = new Map<string, Source>()
  const agreed = new Map<PlaceCode, Agreement>()

  return {
    get: (device: string) => known.get(device),
    gateway: (gateway: string) => gateways.get(gateway),
    source: (username: string) => sources.get(username),
    all: () => known.values(),
    gateways: () => gateways.values(),
    size: () => known.size,
    put(
      device: Device,
      digest: Buffer,
      model: Model | null,
      saved: SavedMark | undefined,
      health: Health,
    ): Known {
      const passwordDigest = ownCopy(digest)
      const before = known.get(device.device)
      const isRenewed = before !== undefined && !before.passwordDigest.equals(passwordDigest)
      const made: Known = before ?? knownFrom(device, passwordDigest, saved, health)
      const hasMoved = made.device.place !== device.place
      unlist(gateways, made)
      Object.assign(made, { device, passwordDigest, model, topic: topicOf(device) })
      made.consent = agreed.get(device.place) ?? null
      // What it saw before stays with the old place.
      if (hasMoved) made.coveredFrom = null
      if (isRenewed && made.conditions.delete('copied')) made.isHealthChanged = true
      known.set(device.device, made)
      sources.set(device.device, {
        kind: 'device',
        known: made,
        connections: sources.get(device.device)?.connections ?? new Set(),
      })
      list(gateways, made)
      return made
    },
    /** Answers whether a new credential ends the doubt about the old one. */
    putGateway(gateway: Gateway, digest: Buffer, copiedAt: Instant | null): boolean {
      const passwordDigest = ownCopy(digest)
      const before = gateways.get(gateway.gateway)
      const isRenewed = before !== undefined && !before.passwordDigest.equals(passwordDigest)
      const made: KnownGateway = before ?? {
        ...{ gateway, passwordDigest, prefix: gatewayTopicOf(gateway), heardAt: null, copiedAt },
        ...{ devices: new Map<DeviceId, Known>(), byName: new Map<string, Known>() },
      }
      Object.assign(made, { gateway, passwordDigest })
      const isCleared = isRenewed && made.copiedAt !== null
      if (isCleared) made.copiedAt = null
      gateways.set(gateway.gateway, made)
      sources.set(gateway.gateway, {
        kind: 'gateway',
        gateway: made,
        connections: sources.get(gateway.gateway)?.connections ?? new Set(),
      })
      if (before) return isCleared
      for (const one of known.values())
        if (one.device.gateway === gateway.gateway) list(gateways, one)
      return isCleared
    },
    ...agreements(known, agreed),
  }
}

/** Before it changes: it leaves the gateway and the name it had. */
function unlist(gateways: ReadonlyMap<string, KnownGateway>, one: Known): void {
  const { device, gateway: own, nameAtGateway } = one.device
  const gateway = own === null ? undefined : gateways.get(own)
  gateway?.devices.delete(device)
  if (nameAtGateway !== null && gateway?.byName.get(nameAtGateway) === one) {
    gateway.byName.delete(nameAtGateway)
  }
}

/** A device is listed under the gateway it has now, and under no other. */
function list(gateways: ReadonlyMap<string, KnownGateway>, one: Known): void {
  const { device, gateway: own, nameAtGateway, revokedAt } = one.device
  const gateway = own === null ? undefined : gateways.get(own)
  if (!gateway || revokedAt !== null) return
  gateway.devices.set(device, one)
  if (nameAtGateway !== null) gateway.byName.set(nameAtGateway, one)
}

function agreements(known: ReadonlyMap<string, Known>, agreed: Map<PlaceCode, Agreement>) {
  return {
    agree(consent: Consented<'agreed-care'>): void {
      const { consent: id, person, givenAt: since, until } = consent
      const live = { id, person, since, until }
      agreed.set(consent.home, live)
      for (const each of known.values()) {
        if (each.device.place === consent.home) each.consent = live
      }
    },
    /** Nothing personal is taken in from this moment on. */
    endAgreement(consent: ConsentId): void {
      for (const [home, live] of agreed) if (live.id === consent) agreed.delete(home)
      for (const each of known.values()) if (each.consent?.id === consent) each.consent = null
    },
  }
}

/** Both shelves have ten columns in COPY. */
const columns = 10

function knownFrom(
  device: Device,
  passwordDigest: Buffer,
  saved: SavedMark | undefined,
  { conditions, battery }: Health,
): Known {
  return {
    ...{ device, passwordDigest, model: null, consent: null, topic: topicOf(device) },
    stream: saved ? streamFrom(saved) : newStream(),
    heardAt: saved?.heardAt ?? null,
    savedHeardAt: saved?.heardAt ?? null,
    // A start is a cut: what was not heard meanwhile is unknown, so a new interval begins.
    coveredFrom: null,
    lastStates: new Map(Object.entries(saved?.lastStates ?? {})),
    ...{ conditions, battery, remarks: new Map(), restarts: [], minute: 0, inMinute: 0 },
    ...{ isStreamChanged: false, areStatesChanged: false, isHealthChanged: false },
    copyPrefix: ownCopy(rowPrefix(columns, textColumn(device.street), uuidColumn(device.device))),
  }
}

function streamFrom(saved: SavedMark): Stream {
  const { restartedAt, newestAt, windows } = saved
  return {
    ...{ marks: marksFrom(saved.taken), before: marksFrom(saved.before) },
    ...{ timed: marksFrom(saved.timed), restartedAt, newestAt, windows },
  }
}

/** What a device counted and said, as if it were new; that it lives is no secret of anybody's. */
export function forgetStream(known: Known): void {
  known.stream = newStream()
  known.lastStates.clear()
}
