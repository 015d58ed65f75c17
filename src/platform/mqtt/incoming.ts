import { ownCopy } from '../bytes.ts'
import { takeMessage } from './acknowledge.ts'
import { acknowledged } from './deliver.ts'
import { farewell } from './leave.ts'
import { pingresp, textOf } from './packets.ts'
import { cut, send, sendShort } from './send.ts'
import { connect } from './sign-in.ts'
import type { Connection } from './state.ts'
import { subscribe, unsubscribe } from './subscribe.ts'
import { isTopicName, type QoS } from './topics.ts'

/** From bytes to packets, and what each one does (MQTT 3.1.1, chapters 2 and 3). */

const pubrec = 0x50
const pubcomp = 0x70

/** What the socket read. */
export function feed(connection: Connection, chunk: Buffer): void {
  if (connection.phase === 'closed') return
  if (connection.isHeld) return keep(connection, chunk)
  if (connection.parts.length === 0) return parse(connection, chunk)
  keep(connection, chunk)
  if (connection.partBytes >= connection.neededBytes) parse(connection, whole(connection))
}

/** Reads on, unless there is still a reason not to. */
export function resume(connection: Connection): void {
  const { broker, phase, flying, blockedAt } = connection
  if (phase !== 'open' || blockedAt > 0 || flying > broker.limits.flyingMax / 2) return
  connection.isHeld = false
  if (connection.partBytes > 0) parse(connection, whole(connection))
  if (!connection.isHeld) connection.socket.resume()
}

function hold(connection: Connection): void {
  connection.isHeld = true
  connection.socket.pause()
}

function keep(connection: Connection, chunk: Buffer): void {
  const { broker } = connection
  connection.parts.push(chunk)
  connection.partBytes += chunk.length
  broker.partialBytes += chunk.length
  if (broker.partialBytes > broker.limits.partialBytesMax) cut(connection)
}

function whole(connection: Connection): Buffer {
  const { parts } = connection
  connection.broker.partialBytes -= connection.partBytes
  connection.parts = []
  connection.partBytes = 0
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)
}

function parse(connection: Connection, chunk: Buffer): void {
  const { broker } = connection
  const end = chunk.length
  let at = 0
  connection.neededBytes = 0
  while (at < end) {
    if (connection.phase === 'closed') return
    const { limits } = broker
    if (connection.isHeld) break
    if (connection.flying >= limits.flyingMax || connection.blockedAt > 0) {
      hold(connection)
      break
    }
    // The remaining length: seven bits a byte, at most four bytes.
    let body = at + 1
    let length = 0
    let shift = 0
    let byte = 128
    while (byte > 127 && body < end) {
      if (shift > 21) return cut(connection)
      byte = chunk[body++] as number
      length |= (byte & 127) << shift
      shift += 7
    }
    if (byte > 127) {
      if (shift > 21) return cut(connection)
      break
    }
    const { phase } = connection
    if (length > (phase === 'open' ? limits.packetBytesMax : limits.packetBytesBeforeSignInMax)) {
      return cut(connection)
    }
    if (body + length > end) {
      connection.neededBytes = body + length - at
      break
    }
    const first = chunk[at] as number
    at = body + length
    connection.heardAt = broker.at
    if (first >> 4 === 3) published(connection, first, chunk, body, at)
    else packet(connection, first, chunk.subarray(body, at))
  }
  if (at < end && (connection.phase as string) !== 'closed') keep(connection, chunk.subarray(at))
}

function published(
  connection: Connection,
  first: number,
  chunk: Buffer,
  from: number,
  end: number,
): void {
  const { session } = connection
  const qos = (first >> 1) & 3
  const start = from + 2
  if (!session || qos === 3 || (first & 0x0e) === 8 || start > end) return cut(connection)
  const stop = start + (((chunk[from] as number) << 8) | (chunk[from + 1] as number))
  let payload = stop
  let id = 0
  if (qos > 0) {
    payload += 2
    if (payload > end) return cut(connection)
    id = ((chunk[stop] as number) << 8) | (chunk[stop + 1] as number)
    if (id === 0) return cut(connection)
  }
  if (payload > end) return cut(connection)
  const topic = topicAt(connection, chunk, start, stop)
  if (topic === null) return cut(connection)
  const isRetained = (first & 1) === 1
  if (qos === 2 && !isNew(connection, id)) return
  const { who } = connection
  takeMessage(connection, who, topic, chunk.subarray(payload, end), qos as QoS, isRetained, id)
}

/** Null unless it is the name of a topic. A device says the same one every time. */
function topicAt(connection: Connection, chunk: Buffer, from: number, to: number): string | null {
  const last = connection.topicBytes
  if (last && last.length === to - from && chunk.compare(last, 0, last.length, from, to) === 0) {
    return connection.topic
  }
  const { limits } = connection.broker
  const topic = textOf(chunk, from, to)
  if (topic === null || !isTopicName(topic, limits.topicBytesMax, limits.topicLevelsMax)) {
    return null
  }
  connection.topicBytes = ownCopy(chunk, from, to)
  connection.topic = topic
  return topic
}

/** QoS 2: what came already is acknowledged again and not taken again. */
function isNew(connection: Connection, id: number): boolean {
  const { session, broker } = connection
  if (!session) return false
  const isTaken = session.unreleased.get(id)
  if (isTaken === true) sendShort(connection, pubrec, id)
  if (isTaken !== undefined) return false
  if (session.unreleased.size >= broker.limits.unreleasedMax) {
    cut(connection)
    return false
  }
  session.unreleased.set(id, false)
  return true
}

/** Every packet but PUBLISH. Flags and lengths unknown to the protocol end the connection. */
function packet(connection: Connection, first: number, body: Buffer): void {
  const { session } = connection
  if (first === 0x10 && connection.phase === 'new') return connect(connection, body)
  if (!session) return cut(connection)
  switch (first) {
    case 0x40:
    case 0x50:
    case 0x70:
    case 0x62:
      if (body.length !== 2) return cut(connection)
      return confirmed(connection, first >> 4, body.readUInt16BE(0))
    case 0x82:
      return subscribe(connection, session, body)
    case 0xa2:
      return unsubscribe(connection, session, body)
    case 0xc0:
      return body.length === 0 ? send(connection, pingresp) : cut(connection)
    case 0xe0:
      return body.length === 0 ? farewell(connection) : cut(connection)
    default:
      return cut(connection)
  }
}

function confirmed(connection: Connection, kind: number, id: number): void {
  if (kind === 4 || kind === 5 || kind === 7) return acknowledged(connection, kind, id)
  connection.session?.unreleased.delete(id)
  sendShort(connection, pubcomp, id)
}
