import { hourMs, minuteMs, type Instant } from '../../kernel/clock.ts'
import { biometricField } from '../../kernel/biometric.ts'
import type { DeviceId, StreetCode } from '../../kernel/ids.ts'
import type { Device, DeviceKind, DeviceState, Message, Refusal } from './types.ts'
import { readingStates } from './types.ts'

/** A device's clock may run ahead by so much before its time is not believed. */
export const aheadMsMax = 2 * minuteMs
/** Older than this a care reading may not be kept, so it is not taken. */
export const lateMsMax = 72 * hourMs
/** A device that misses three promised heartbeats in a row is unknown. */
const heartbeatsMissedMax = 3
/** Sign in MQTT's topic: one street, one device, one direction. */
export function topicOf(device: { street: StreetCode; device: DeviceId }): string {
  return `lilong/${device.street}/${device.device}/event`
}

export function limitMsOf(heartbeatSeconds: number): number {
  return heartbeatSeconds * 1000 * heartbeatsMissedMax
}

export function stateOf(
  device: Pick<Device, 'heartbeatSeconds' | 'revokedAt'>,
  heardAt: Instant | null,
  now: Instant,
): DeviceState {
  if (device.revokedAt !== null) return 'revoked'
  if (heardAt === null) return 'never-reported'
  return now - heardAt > limitMsOf(device.heartbeatSeconds) ? 'unknown' : 'alive'
}

const known = new Set(['seq', 'at', 'state', 'battery'])
const isoWithZone = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/

/**
 * One message in the canonical form
 * `{"seq": 17, "at": "2026-07-09T09:42:00+08:00", "state": "open"}`.
 * `seq` counts up per device, `at` is ISO 8601 with a zone or whole milliseconds since 1970,
 * `state` is one of the kind's states or `heartbeat`; `battery` (0–100) may stand beside.
 */
export function messageFrom(
  value: unknown,
  device: Pick<Device, 'device' | 'kind'>,
  now: Instant,
): Message | { refused: Refusal; field?: string } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { refused: 'malformed' }
  }
  const biometric = biometricField(value)
  if (biometric !== undefined) return { refused: 'biometric', field: biometric }
  const { seq, at, state, battery, ...more } = value as Record<string, unknown>
  if (Object.keys(more).some((name) => !known.has(name))) return { refused: 'malformed' }
  if (!Number.isSafeInteger(seq) || (seq as number) < 0) return { refused: 'malformed' }
  if (battery !== undefined && !isPercent(battery)) return { refused: 'malformed' }
  const eventAt = eventTime(at)
  if (eventAt === undefined) return { refused: 'malformed' }
  if (eventAt > now + aheadMsMax) return { refused: 'future' }
  if (eventAt < now - lateMsMax) return { refused: 'too-old' }
  const found = { device: device.device, sequence: seq as number, eventAt }
  if (state === 'heartbeat') return { ...found, kind: 'heartbeat', state: null }
  const states: readonly string[] = readingStates[device.kind]
  if (typeof state !== 'string' || !states.includes(state)) return { refused: 'wrong-kind' }
  return { ...found, kind: device.kind, state }
}

function eventTime(at: unknown): Instant | undefined {
  if (Number.isSafeInteger(at)) return at as number
  if (typeof at !== 'string' || !isoWithZone.test(at)) return undefined
  const parsed = Date.parse(at)
  return Number.isNaN(parsed) ? undefined : parsed
}

function isPercent(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 100
}

/** What says that somebody moved. A refused card or an emptied room does not. */
export function isSignOfLife(kind: DeviceKind | 'heartbeat', state: string | null): boolean {
  switch (kind) {
    case 'door-access':
      return state === 'granted'
    case 'door-contact':
      return true
    case 'motion':
      return state === 'occupied'
    case 'heartbeat':
      return false
    default:
      return kind satisfies never
  }
}
