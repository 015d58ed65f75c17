import type { Instant } from '../../../kernel/clock.ts'
import type { ConsentId, DeviceId, PersonId } from '../../../kernel/ids.ts'
import type { Device, Gateway, Model } from '../../devices/index.ts'
import type { Condition, Remark } from '../types.ts'
import type { Stream } from './stream.ts'

/** A live consent: nothing that happened before `since` or arrives from `until` on is taken. */
export type Agreement = { id: ConsentId; person: PersonId; since: Instant; until: Instant }

/**
 * What memory holds of a device. `consent` is live or null; without it nothing personal is stored.
 */
export type Known = {
  device: Device
  topic: string
  passwordDigest: Buffer
  model: Model | null
  consent: Agreement | null
  stream: Stream
  heardAt: Instant | null
  /** What the database knows: the newest moment heard, and since when without a hole. */
  savedHeardAt: Instant | null
  coveredFrom: Instant | null
  /** What it said last, by kind; kept only where it counts no sequence. */
  lastStates: Map<string, string>
  conditions: Map<Condition, Instant>
  battery: number | null
  remarks: Map<Remark, { count: number; at: Instant }>
  /** Moments at which its counter began anew, of the last day. */
  restarts: Instant[]
  minute: Instant
  inMinute: number
  /** Changed since the database was told. */
  isStreamChanged: boolean
  areStatesChanged: boolean
  isHealthChanged: boolean
  /** The columns `street` and `device` in COPY's binary form. */
  copyPrefix: Buffer
}

export type KnownGateway = {
  gateway: Gateway
  passwordDigest: Buffer
  prefix: string
  devices: Map<DeviceId, Known>
  byName: Map<string, Known>
  heardAt: Instant | null
  copiedAt: Instant | null
}

/** One open connection of a credential. `hasRival`: the same came from another address since. */
export type Connection = { from: string; hasRival: boolean }

/** Who holds a credential. */
export type Source =
  | { kind: 'device'; known: Known; connections: Set<Connection> }
  | { kind: 'gateway'; gateway: KnownGateway; connections: Set<Connection> }
