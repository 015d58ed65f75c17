import { publish, type Outgoing } from './packets.ts'
import { send, sendShort } from './send.ts'
import { end } from './sessions.ts'
import type { Broker, Connection, Session } from './state.ts'
import { whoHears, type QoS } from './topics.ts'

/** Beside its payload a waiting message costs about so much. */
const waitingBytes = 128

const pubrel = 0x62

/** To everybody who asked for it, once each, with the highest QoS asked for. */
export function deliverToAll(broker: Broker, message: Outgoing): void {
  for (const [session, asked] of whoHears(broker.filters, message.topic)) {
    deliver(broker, session, message, asked < message.qos ? asked : message.qos)
  }
}

/**
 * QoS 0 is lost on whoever is away or does not fetch. QoS 1 and 2 wait; a session whose queue is
 * full ends, so that the client learns from "no session present" that something is missing.
 */
export function deliver(broker: Broker, session: Session, message: Outgoing, qos: QoS): void {
  const { connection } = session
  if (qos === 0) {
    if (connection && connection.blockedAt === 0) send(connection, publish(message, 0, 0, false))
    return
  }
  if (session.isOver) return
  const { limits } = broker
  const bytes = message.payload.length + waitingBytes
  const isFull =
    session.queue.length >= limits.queueMessagesMax ||
    broker.queuedBytes + bytes > limits.queuedBytesMax ||
    (session.queuedBytes > 0 && session.queuedBytes + bytes > limits.queueBytesMax)
  if (isFull) return end(broker, session)
  session.queue.push({ message, qos, bytes, isReleased: false })
  session.queuedBytes += bytes
  broker.queuedBytes += bytes
  sendNext(session)
}

export function sendNext(session: Session): void {
  const { connection, queue, inflight } = session
  while (connection && connection.phase === 'open' && connection.blockedAt === 0) {
    if (inflight.size >= connection.broker.limits.inflightMax) return
    const waiting = queue.shift()
    if (!waiting) return
    const id = idOf(session)
    inflight.set(id, waiting)
    send(connection, publish(waiting.message, waiting.qos, id, false))
  }
}

function idOf(session: Session): number {
  do session.nextId = (session.nextId % 65_535) + 1
  while (session.inflight.has(session.nextId))
  return session.nextId
}

/** What was sent and not acknowledged before the connection went, in the same order. */
export function sendAgain(connection: Connection, session: Session): void {
  for (const [id, { message, qos, isReleased }] of session.inflight) {
    if (isReleased) sendShort(connection, pubrel, id)
    else send(connection, publish(message, qos, id, true))
  }
  sendNext(session)
}

/** PUBACK, PUBREC or PUBCOMP of the client. */
export function acknowledged(connection: Connection, kind: 4 | 5 | 7, id: number): void {
  const { session, broker } = connection
  if (!session) return
  const waiting = session.inflight.get(id)
  if (kind === 5) {
    if (waiting?.qos === 2) waiting.isReleased = true
    if (waiting?.qos !== 1) sendShort(connection, pubrel, id)
    return
  }
  if (!waiting || (kind === 4) !== (waiting.qos === 1)) return
  session.inflight.delete(id)
  session.queuedBytes -= waiting.bytes
  broker.queuedBytes -= waiting.bytes
  sendNext(session)
}
