/** MQTT 3.1.1 packets as bytes (OASIS Standard, chapter 3), written once and patched afterwards. */

/** CONNECT with a clean session, a name and a password. */
export function connectPacket(clientId: string, username: string, password: string): Buffer {
  const head = Buffer.from([0, 4, 77, 81, 84, 84, 4, 0b1100_0010, ...short(keepAliveSeconds)])
  return framed(0x10, Buffer.concat([head, text(clientId), text(username), text(password)]))
}
const keepAliveSeconds = 3_600

/** PUBLISH at QoS 1. */
export function publishPacket(topic: string, packetId: number, payload: Buffer): Buffer {
  return framed(0x32, Buffer.concat([text(topic), Buffer.from(short(packetId)), payload]))
}

function framed(first: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([first, ...lengthOf(body.length)]), body])
}

/** Remaining length, seven bits a byte (2.2.3). */
function lengthOf(bytes: number): number[] {
  return bytes < 128 ? [bytes] : [(bytes % 128) | 128, ...lengthOf(Math.floor(bytes / 128))]
}

function text(words: string): Buffer {
  const bytes = Buffer.from(words)
  return Buffer.concat([Buffer.from(short(bytes.length)), bytes])
}

function short(value: number): [number, number] {
  return [value >> 8, value & 255]
}
