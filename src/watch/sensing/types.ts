import type { Instant } from '../../kernel/clock.ts'
import type { DeviceId } from '../../kernel/ids.ts'
import type { DeviceKind } from '../devices/index.ts'

/**
 * `alive`: heard as promised. `quiet`: a heartbeat is overdue, within three of them. `unknown`: the
 * third was missed. Unknown is a value of its own: a dead sensor is never "fine".
 */
export const deviceStates = ['alive', 'quiet', 'unknown', 'never-reported', 'revoked'] as const
export type DeviceState = (typeof deviceStates)[number]

/** Why a message was acknowledged but not stored. Counted per device or gateway and day. */
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
  /** A gateway spoke for a device that is not listed under it. */
  'not-listed',
  /** No declared fields are known for this model. */
  'unknown-model',
  /** The payload holds none of the fields that the model declares, or a value it does not. */
  'undeclared',
  /** More than one sum a day of a home, or no sum at all, though it is there for sums alone. */
  'too-fine',
  /** A sum of a home, while the street has not switched on the rule that needs it. */
  'rule-off',
] as const
export type Refusal = (typeof refusals)[number]

/** What was odd about a message that was taken. Counted per device and day. */
export const remarks = [
  'late',
  'out-of-order',
  'no-clock',
  'clock-wrong',
  'counter-restarted',
  'repeated-state',
  'two-places',
] as const
export type Remark = (typeof remarks)[number]

/** What is wrong with a device now. Each becomes a task with a deadline. */
export const conditions = ['battery-low', 'tampered', 'copied', 'clock-wrong'] as const
export type Condition = (typeof conditions)[number]

/** One thing that a message says. `value` is a whole number where `state` is a measure. */
export type Fact = { kind: DeviceKind; state: string; value: number | null }

/**
 * One message, read and believed: the common form of every format. No facts is a heartbeat. A
 * message without `sequence` is known by its states, one without `at` happened when it arrived.
 */
export type Said = {
  sequence: number | null
  at: Instant | null
  facts: readonly Fact[]
  battery: number | null
  isBatteryLow: boolean | null
  isTampered: boolean | null
}

/**
 * A message after COMMIT, as whoever judges hears it. `order` is its position in the whole stream;
 * heartbeats have one too.
 */
export type Heard = {
  device: DeviceId
  eventAt: Instant
  arrivedAt: Instant
  order: number
  isSignOfLife: boolean
  /** What it said; none is a heartbeat. */
  facts: readonly Fact[]
}
