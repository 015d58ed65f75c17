import { isUtf8 } from 'node:buffer'
import { ownCopy } from '../bytes.ts'
import type { QoS } from './topics.ts'

/** Packets as bytes (MQTT 3.1.1, chapters 2 and 3). Null is malformed: the connection ends. */

export type Will = { topic: string; payload: Buffer; qos: QoS; retain: boolean }
export type Connect = {
  isClean: boolean
  keepAliveSeconds: number
  clientId: string
  will: Will | null
  username: string
  password: Buffer
}
export type Asked = { id: number; filters: { filter: string; qos: QoS }[] }

type Cursor = { body: Buffer; at: number }

/** 'version' is a level that we do not speak; nothing behind it is read. */
export function readConnect(body: Buffer): Connect | 'version' | null {
  const cursor = { body, at: 0 }
  const name = readText(cursor)
  if (name !== 'MQTT' && name !== 'MQIsdp') return null
  if (body.length < cursor.at + 1) return null
  // Level 3 is MQTT 3.1, which differs in what a client may send only.
  if (body.readUInt8(cursor.at++) !== (name === 'MQTT' ? 4 : 3)) return 'version'
  if (body.length < cursor.at + 3) return null
  const flags = body.readUInt8(cursor.at++)
  const keepAliveSeconds = readNumber(cursor)
  const clientId = readText(cursor)
  if (!areConnectFlags(flags) || keepAliveSeconds === null || clientId === null) return null
  const will = (flags & 0x04) === 0 ? undefined : readWill(cursor, flags)
  const username = (flags & 0x80) === 0 ? '' : readText(cursor)
  const password = (flags & 0x40) === 0 ? Buffer.alloc(0) : readBytes(cursor)
  if (will === null || username === null || password === null) return null
  if (cursor.at !== body.length) return null
  const isClean = (flags & 0x02) !== 0
  return { isClean, keepAliveSeconds, clientId, will: will ?? null, username, password }
}

function areConnectFlags(flags: number): boolean {
  const hasWill = (flags & 0x04) !== 0
  const willQoS = (flags >> 3) & 3
  if ((flags & 0x01) !== 0 || willQoS === 3) return false
  if (!hasWill && (flags & 0x38) !== 0) return false
  return (flags & 0x40) === 0 || (flags & 0x80) !== 0
}

function readWill(cursor: Cursor, flags: number): Will | null {
  const topic = readText(cursor)
  const payload = readBytes(cursor)
  if (topic === null || payload === null) return null
  return { topic, payload, qos: ((flags >> 3) & 3) as QoS, retain: (flags & 0x20) !== 0 }
}

export function readSubscribe(body: Buffer): Asked | null {
  const cursor = { body, at: 0 }
  const id = readNumber(cursor)
  const filters: Asked['filters'] = []
  while (id && cursor.at < body.length) {
    const filter = readText(cursor)
    if (filter === null || cursor.at >= body.length) return null
    const qos = body.readUInt8(cursor.at++)
    if (qos > 2) return null
    filters.push({ filter, qos: qos as QoS })
  }
  return id && filters.length > 0 ? { id, filters } : null
}

export function readUnsubscribe(body: Buffer): { id: number; filters: string[] } | null {
  const cursor = { body, at: 0 }
  const id = readNumber(cursor)
  const filters: string[] = []
  while (id && cursor.at < body.length) {
    const filter = readText(cursor)
    if (filter === null) return null
    filters.push(filter)
  }
  return id && filters.length > 0 ? { id, filters } : null
}

function readNumber(cursor: Cursor): number | null {
  if (cursor.body.length < cursor.at + 2) return null
  cursor.at += 2
  return cursor.body.readUInt16BE(cursor.at - 2)
}

function readBytes(cursor: Cursor): Buffer | null {
  const length = readNumber(cursor)
  if (length === null || cursor.body.length < cursor.at + length) return null
  cursor.at += length
  return ownCopy(cursor.body, cursor.at - length, cursor.at)
}

function readText(cursor: Cursor): string | null {
  const length = readNumber(cursor)
  if (length === null || cursor.body.length < cursor.at + length) return null
  cursor.at += length
  return textOf(cursor.body, cursor.at - length, cursor.at)
}

/** Ill-formed UTF-8 and U+0000 are malformed; U+FEFF stays where it is. */
export function textOf(bytes: Buffer, from: number, to: number): string | null {
  const text = bytes.toString('utf8', from, to)
  if (text.includes('\0')) return null
  // A character that replaces ill-formed bytes may also have been sent as itself.
  if (text.includes('\uFFFD') && !isUtf8(bytes.subarray(from, to))) return null
  return text
}

export function connack(code: number, isPresent: boolean): Buffer {
  return Buffer.from([0x20, 2, isPresent ? 1 : 0, code])
}

export function suback(id: number, codes: number[]): Buffer {
  return Buffer.from([0x90, ...lengthBytes(2 + codes.length), id >> 8, id & 255, ...codes])
}

export const pingresp = Buffer.from([0xd0, 0])

export type Outgoing = { topic: string; payload: Buffer; qos: QoS; retain: boolean }

/** `id` is 0 for QoS 0. */
export function publish(message: Outgoing, qos: QoS, id: number, isAgain: boolean): Buffer {
  const topicBytes = Buffer.byteLength(message.topic)
  const remaining = 2 + topicBytes + (qos > 0 ? 2 : 0) + message.payload.length
  const length = lengthBytes(remaining)
  const bytes = Buffer.allocUnsafe(1 + length.length + remaining)
  let at = bytes.writeUInt8(0x30 | (isAgain ? 8 : 0) | (qos << 1) | (message.retain ? 1 : 0), 0)
  for (const byte of length) at = bytes.writeUInt8(byte, at)
  at = bytes.writeUInt16BE(topicBytes, at)
  at += bytes.write(message.topic, at)
  if (qos > 0) at = bytes.writeUInt16BE(id, at)
  message.payload.copy(bytes, at)
  return bytes
}

function lengthBytes(length: number): number[] {
  const bytes: number[] = []
  let left = length
  do {
    bytes.push((left & 127) | (left > 127 ? 128 : 0))
    left >>= 7
  } while (left > 0)
  return bytes
}
