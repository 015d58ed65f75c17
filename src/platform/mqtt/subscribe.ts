import { deliver } from './deliver.ts'
import { publish, readSubscribe, readUnsubscribe, suback, type Asked } from './packets.ts'
import { retainedFor } from './retained.ts'
import { cut, send, sendShort } from './send.ts'
import type { Connection, Session } from './state.ts'
import { addFilter, isTopicFilter, removeFilter, type QoS } from './topics.ts'

const unsuback = 0xb0
const refused = 0x80

export function subscribe(connection: Connection, session: Session, body: Buffer): void {
  const asked = readSubscribe(body)
  if (!asked || !asked.filters.every(({ filter }) => isTopicFilter(filter))) {
    return cut(connection)
  }
  const granted: Asked['filters'] = []
  const codes = asked.filters.map(({ filter, qos }) => {
    if (!isGranted(connection, session, filter)) return refused
    session.subscriptions.add(filter)
    addFilter(connection.broker.filters, filter, session, qos)
    granted.push({ filter, qos })
    return qos
  })
  send(connection, suback(asked.id, codes))
  for (const { filter, qos } of granted) sendRetained(connection, session, filter, qos)
}

function isGranted(connection: Connection, session: Session, filter: string): boolean {
  const { limits, room } = connection.broker
  if (Buffer.byteLength(filter) > limits.topicBytesMax) return false
  if (filter.split('/').length > limits.topicLevelsMax) return false
  const { subscriptions } = session
  if (subscriptions.size >= limits.subscriptionsMax && !subscriptions.has(filter)) return false
  return room.maySubscribe(connection.who, filter)
}

function sendRetained(connection: Connection, session: Session, filter: string, asked: QoS): void {
  const { broker } = connection
  for (const message of retainedFor(broker.retained, filter)) {
    const qos = asked < message.qos ? asked : message.qos
    if (qos === 0) send(connection, publish(message, 0, 0, false))
    else deliver(broker, session, message, qos)
  }
}

export function unsubscribe(connection: Connection, session: Session, body: Buffer): void {
  const asked = readUnsubscribe(body)
  if (!asked || !asked.filters.every(isTopicFilter)) return cut(connection)
  for (const filter of asked.filters) {
    if (!session.subscriptions.delete(filter)) continue
    removeFilter(connection.broker.filters, filter, session)
  }
  sendShort(connection, unsuback, asked.id)
}
