import type { Instant } from '../../../kernel/clock.ts'
import type { ConsentId, DeviceId } from '../../../kernel/ids.ts'
import type { Taken } from '../../../platform/mqtt/index.ts'
import type { Fact, Refusal } from '../types.ts'
import type { Known } from './known.ts'
import type { Marks } from './marks.ts'

/** One message of one device that waits to be stored, or to be counted as refused. */
export type Entry = {
  ticket: Ticket
  /** Whom a refusal is counted for: a device or a gateway. */
  street: string
  source: string
  device: DeviceId
  known: Known | null
  refusal: Refusal | null
  facts: readonly Fact[]
  sequence: number | null
  /** The count that took the sequence, to give it back to. */
  marks: Marks | null
  isTimed: boolean
  eventAt: Instant
  arrivedAt: Instant
  /** Position in the whole stream, given when the batch leaves. */
  order: number
  isSignOfLife: boolean
  consent: ConsentId | null
}

/** One MQTT message: acknowledged when all that it said is stored. */
export type Ticket = {
  left: number
  taken: Taken
  done: (taken: Taken | Error) => void
}

export function settle(ticket: Ticket, failure: Error | undefined): void {
  if (ticket.left <= 0) return
  if (failure) {
    ticket.left = 0
    ticket.done(failure)
    return
  }
  ticket.left--
  if (ticket.left === 0) ticket.done(ticket.taken)
}
