import { ownCopy } from '../bytes.ts'
import { deliverToAll } from './deliver.ts'
import { retain } from './retained.ts'
import type { Taken } from './room.ts'
import { cut, sendShort } from './send.ts'
import type { Broker, Connection, Slot } from './state.ts'
import type { QoS } from './topics.ts'

/**
 * The hot path: a message goes to the room, and its PUBACK leaves after the room said `done`. In the
 * order of arrival, whatever the order of `done`. Slots are used again, so that a message costs its
 * topic, its view of the bytes, and nothing else.
 */

const puback = 0x40
const pubrec = 0x50
const empty = Buffer.alloc(0)
const spareSlotsMax = 20_000

/** `id` is 0 for QoS 0 and for a will, which nobody waits for. */
export function takeMessage(
  connection: Connection,
  who: unknown,
  topic: string,
  payload: Buffer,
  qos: QoS,
  isRetained: boolean,
  id: number,
): void {
  const { broker } = connection
  const slot = broker.spareSlots.pop() ?? newSlot()
  slot.connection = connection
  slot.session = connection.session
  slot.topic = topic
  slot.payload = payload
  slot.qos = qos
  slot.retain = isRetained
  slot.id = id
  if (connection.last) connection.last.next = slot
  else connection.first = slot
  connection.last = slot
  connection.flying++
  try {
    broker.room.take(who, topic, payload, slot.done)
  } catch (error) {
    slot.done(error as Error)
  }
}

function newSlot(): Slot {
  const slot: Slot = {
    ...{ connection: null, session: null, topic: '', payload: empty, qos: 0, retain: false },
    ...{ id: 0, taken: null, next: null },
    done: (taken) => settle(slot, taken),
  }
  return slot
}

function settle(slot: Slot, taken: Taken | Error): void {
  const { connection } = slot
  if (!connection || slot.taken !== null) return
  slot.taken = taken
  if (connection.first !== slot) return
  let next: Slot | null = slot
  while (next && next.taken !== null) {
    connection.first = next.next
    if (!connection.first) connection.last = null
    connection.flying--
    answer(connection, next)
    next = connection.first
  }
  if (connection.isHeld) connection.broker.resume(connection)
}

function answer(connection: Connection, slot: Slot): void {
  const { broker } = connection
  const { session, taken, id, qos } = slot
  if (taken === 'acknowledged') {
    if (slot.retain || broker.filters.size > 0) hand(broker, connection, slot)
    if (id > 0 && qos === 1) sendShort(connection, puback, id)
    if (id > 0 && qos === 2 && session?.unreleased.has(id)) {
      session.unreleased.set(id, true)
      // The client may have come back meanwhile and wait on another connection.
      if (session.connection) sendShort(session.connection, pubrec, id)
    }
  } else {
    if (qos === 2) session?.unreleased.delete(id)
    cut(connection)
  }
  slot.connection = null
  slot.session = null
  slot.payload = empty
  slot.taken = null
  slot.next = null
  if (broker.spareSlots.length < spareSlotsMax) broker.spareSlots.push(slot)
}

/** To those who listen, and to those who will. */
function hand(broker: Broker, connection: Connection, slot: Slot): void {
  const { topic, qos } = slot
  const message = { topic, qos, payload: ownCopy(slot.payload), retain: false }
  if (slot.retain && broker.room.mayRetain(connection.who, topic)) {
    retain(broker.retained, broker.limits, message, connection.name)
  }
  deliverToAll(broker, message)
}
