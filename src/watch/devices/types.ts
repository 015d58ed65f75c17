import type { Instant } from '../../kernel/clock.ts'
import type { DeviceId, GatewayId, PlaceCode, StreetCode } from '../../kernel/ids.ts'
import type { Purpose } from '../../kernel/purpose.ts'

/** The eleven kinds. GLOSSARY.md says each in both languages. */
export const deviceKinds = [
  'door-access',
  'door-contact',
  'motion',
  'smoke',
  'gas',
  'water-leak',
  'water-meter',
  'electrical',
  'sos-button',
  'camera-event',
  'ground',
] as const
export type DeviceKind = (typeof deviceKinds)[number]

/**
 * What each kind can say. Scenes and objects only: no state names a person, a face or a body.
 * `heartbeat` is common to all.
 */
export const readingStates = {
  'door-access': ['granted', 'refused', 'revoked-pass', 'forced', 'held-open', 'tailgate'],
  'door-contact': ['open', 'closed'],
  motion: ['occupied', 'clear'],
  smoke: ['alarm', 'clear', 'test'],
  gas: ['alarm', 'clear'],
  'water-leak': ['wet', 'dry'],
  'water-meter': [],
  electrical: ['overload', 'overheated', 'arc', 'normal'],
  'sos-button': ['pressed'],
  'camera-event': ['e-bike-in-lift', 'fire-lane-blocked', 'bin-overflowing', 'clear'],
  ground: ['occupied', 'free', 'tilted', 'upright', 'moved', 'still'],
} as const satisfies Record<DeviceKind, readonly string[]>

/** Happens, and is not a lasting state: two in a row are two. */
export const moments = new Set([
  'granted',
  'refused',
  'revoked-pass',
  'forced',
  'tailgate',
  'pressed',
  'test',
])

/** Numbers that a kind may report, as whole numbers of the unit that ends the name. */
export const measures = {
  'water-litres': 'water-meter',
  'water-level-mm': 'water-leak',
  'gas-ppm': 'gas',
  'current-ma': 'electrical',
  'power-w': 'electrical',
  'energy-wh': 'electrical',
  'temperature-centi-c': 'electrical',
  'angle-centi-degrees': 'ground',
  'water-litres-day': 'water-meter',
  'door-openings-day': 'door-access',
} as const satisfies Record<string, DeviceKind>
export type Measure = keyof typeof measures

/** Sums of one day, made where the meter is. All that a device for the crowding check may say. */
export const dailySums = ['water-litres-day', 'door-openings-day'] as const satisfies Measure[]

const often = 600
const seldom = 120
/** Messages a minute: meters and circuits say numbers all the time, the others what changed. */
export const perMinuteMaxUsual: Record<DeviceKind, number> = {
  'door-access': seldom,
  'door-contact': seldom,
  motion: seldom,
  smoke: seldom,
  gas: seldom,
  'water-leak': seldom,
  'water-meter': often,
  electrical: often,
  'sos-button': seldom,
  'camera-event': seldom,
  ground: seldom,
}

export const formats = ['canonical', 'zigbee2mqtt', 'chirpstack'] as const
export type Format = (typeof formats)[number]

/** Why a device is there. Decides where its readings lie and for how long. */
export const devicePurposes = [
  'agreed-care',
  'door-security',
  'home-safety',
  'emergency-call',
  'water-and-power',
  'crowding-check',
  'public-space',
] as const satisfies readonly Purpose[]
export type DevicePurpose = (typeof devicePurposes)[number]

/** So many are registered in one call. */
export const addedMax = 500

export type Device = {
  device: DeviceId
  street: StreetCode
  kind: DeviceKind
  place: PlaceCode
  purpose: DevicePurpose
  model: string | null
  gateway: GatewayId | null
  /** What the gateway calls it: a friendly name, a device EUI. */
  nameAtGateway: string | null
  heartbeatSeconds: number
  /** Messages a minute; more are acknowledged and counted. */
  perMinuteMax: number
  /** A word that people put on it: "二楼楼道". */
  label: string
  /** Who looks after it, as the street says: a firm, a post. Never a resident's name. */
  keeper: string
  /** A day: lent to this home until then. */
  lentUntil: string | null
  replaces: DeviceId | null
  installedAt: Instant
  revokedAt: Instant | null
}

export type Gateway = {
  gateway: GatewayId
  street: StreetCode
  name: string
  maker: string
  format: Format
  place: PlaceCode
  installedAt: Instant
  revokedAt: Instant | null
}

/**
 * One declared field of a model. `path` leads into the payload (`battery`, `object.pir`,
 * `history[].temperature`). `values` maps a payload's value, written as JSON (`false`, `"ON"`), to
 * a state, or to null where it says nothing. `missing` stands for an omitted field.
 */
export type Field =
  | {
      path: string
      reads: 'state'
      kind: DeviceKind
      values: Record<string, string | null>
      missing?: string
    }
  | { path: string; reads: 'measure'; measure: Measure; per: number }
  | { path: string; reads: 'battery' }
  | {
      path: string
      reads: 'battery-low' | 'tampered'
      values: Record<string, boolean>
      missing?: boolean
    }
  | { path: string; reads: 'time'; as: 'iso' | 'unix-seconds' | 'unix-ms' }
  | { path: string; reads: 'sequence' }
  /** Declared, and known not to be trusted or not to be ours: said when somebody asks why. */
  | { path: string; reads: 'nothing'; because: string }

export type Model = {
  id: string
  vendor: string
  model: string
  format: Format
  kinds: DeviceKind[]
  fields: Field[]
  source: string
}

export const stepActs = [
  'installed',
  'moved',
  'replaced',
  'revoked',
  'lent',
  'returned',
  'credential-renewed',
  'changed',
] as const
export type StepAct = (typeof stepActs)[number]
