import type { Instant } from '../../kernel/clock.ts'
import type { ConsentId, DeviceId, HomeCode, StreetCode } from '../../kernel/ids.ts'

/**
 * Door access (card, code, pass), door contact, motion or presence. Eight more kinds come later.
 */
export const deviceKinds = ['door-access', 'door-contact', 'motion'] as const
export type DeviceKind = (typeof deviceKinds)[number]

/** Unknown is a value of its own: a dead sensor is never "fine". */
export const deviceStates = ['alive', 'unknown', 'never-reported', 'revoked'] as const
export type DeviceState = (typeof deviceStates)[number]

/** Why a message was acknowledged but not stored. Counted per device and day. */
export const refusals = [
  'malformed',
  'too-large',
  'too-deep',
  'biometric',
  'wrong-kind',
  'future',
  'too-old',
  'duplicate',
  'no-consent',
  'too-many',
  'foreign-topic',
] as const
export type Refusal = (typeof refusals)[number]

/** The states each kind can report; `heartbeat` is common to all. */
export const readingStates = {
  'door-access': ['granted', 'refused'],
  'door-contact': ['open', 'closed'],
  motion: ['occupied', 'clear'],
} as const satisfies Record<DeviceKind, readonly string[]>

export type Device = {
  device: DeviceId
  street: StreetCode
  kind: DeviceKind
  home: HomeCode
  gateway: string | null
  heartbeatSeconds: number
  installedAt: Instant
  revokedAt: Instant | null
}

/**
 * One message, read and believed. `sequence` counts up per device, so that a second copy is known.
 */
export type Message = {
  device: DeviceId
  sequence: number
  eventAt: Instant
  kind: DeviceKind | 'heartbeat'
  state: string | null
}

/**
 * A message after COMMIT, in the order it was taken. `order` is the position in the whole stream.
 */
export type Reading = Message & {
  street: StreetCode
  home: HomeCode
  arrivedAt: Instant
  order: number
  isSignOfLife: boolean
  consent: ConsentId | null
}
