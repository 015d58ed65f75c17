import { connect as connectPlain, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { generate, parser, type Packet } from 'mqtt-packet'
import { StartRefusal, type Sentence } from '../start-refusal.ts'
import type { MqttRoom, Taken } from './room.ts'
import { said } from './sentences.ts'

/** What an outside broker holds for us, also while we are away, stands under this name. */
const clientId = 'lilong'
const topics = 'lilong/#'
const keepAliveSeconds = 30
const answerMsMax = 10_000
const waitMsMin = 500
const waitMsMax = 30_000
const flyingMax = 1_000
const packetBytesMax = 16 * 1024 * 1024

export type Followed = { taken: number; foreign: number; retained: number }
export type OutsideBroker = {
  isConnected(): boolean
  /**
   * What came: taken, of nobody here, and retained copies (old by definition: acknowledged, not
   * taken).
   */
  counted(): Followed
  close(): Promise<void>
}

type Coming = { id: number; taken: Taken | Error | null }
type Follow = {
  room: MqttRoom
  say: (sentence: Sentence) => void
  url: URL
  socket: Socket | null
  isSubscribed: boolean
  isStopped: boolean
  lastSaid: string
  waitMs: number
  retry: NodeJS.Timeout | undefined
  count: Followed
  /** The first attempt has ended, well or not. */
  tried: () => void
}
type Line = { socket: Socket; coming: Coming[]; heardBytes: number; isHeard: boolean }

/**
 * Follows an outside broker (MQTT 3.1.1, `mqtt[s]://user:pass@host:port`) instead of our own. One
 * persistent session at QoS 1; PUBACK leaves after the room said `done`, in order, many in flight.
 * Resolves after the first attempt, also when the broker is away: it goes on trying.
 */
export async function followBroker(
  url: string,
  room: MqttRoom,
  say: (sentence: Sentence) => void,
): Promise<OutsideBroker> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const follow: Follow = {
    ...{ room, say, url: brokerUrl(url), socket: null, isSubscribed: false, isStopped: false },
    ...{ lastSaid: '', waitMs: waitMsMin, retry: undefined, tried: resolve },
    count: { taken: 0, foreign: 0, retained: 0 },
  }
  attempt(follow)
  await promise
  return {
    isConnected: () => follow.isSubscribed,
    counted: () => ({ ...follow.count }),
    async close() {
      follow.isStopped = true
      clearTimeout(follow.retry)
      const { socket } = follow
      if (!socket || socket.destroyed) return
      const closed = new Promise<void>((done) => socket.once('close', () => done()))
      if (follow.isSubscribed) socket.write(generate({ cmd: 'disconnect' }))
      socket.setTimeout(1_000, () => socket.destroy())
      socket.destroySoon()
      await closed
    },
  }
}

function brokerUrl(given: string): URL {
  const url = URL.canParse(given) ? new URL(given) : null
  if (url?.hostname && /^mqtts?:$/.test(url.protocol)) return url
  throw new StartRefusal(said.badUrl)
}

function attempt(follow: Follow): void {
  const { url } = follow
  const socket = dial(url)
  const line: Line = { socket, coming: [], heardBytes: 0, isHeard: true }
  follow.socket = socket
  const reading = parser({ protocolVersion: 4 })
  reading.on('packet', (packet) => {
    line.heardBytes = socket.bytesRead
    line.isHeard = true
    received(follow, line, packet)
  })
  reading.on('error', () => socket.destroy())
  socket.setTimeout(answerMsMax, () => socket.destroy(new Error('ETIMEDOUT')))
  socket.on('data', (chunk: Buffer) => {
    reading.parse(chunk)
    if (socket.bytesRead - line.heardBytes > packetBytesMax) socket.destroy()
  })
  socket.on('error', (error: NodeJS.ErrnoException) =>
    tell(follow, 'away', said.away(url.host, error.code ?? error.message)),
  )
  const beat = setInterval(() => {
    if (!line.isHeard) return socket.destroy(new Error('ETIMEDOUT'))
    line.isHeard = false
    socket.write(generate({ cmd: 'pingreq' }))
  }, keepAliveSeconds * 1_000)
  socket.on('close', () => {
    clearInterval(beat)
    closed(follow)
  })
  socket.write(
    generate({
      ...{ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clientId, clean: false },
      keepalive: keepAliveSeconds,
      ...(url.username ? { username: decodeURIComponent(url.username) } : {}),
      ...(url.password ? { password: Buffer.from(decodeURIComponent(url.password)) } : {}),
    }),
  )
}

function dial({ protocol, hostname, port }: URL): Socket {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (protocol === 'mqtt:') {
    return connectPlain({ host, port: Number(port || 1883), noDelay: true })
  }
  const name = isIP(host) ? {} : { servername: host }
  return connectTls({ host, port: Number(port || 8883), minVersion: 'TLSv1.2', ...name })
}

function closed(follow: Follow): void {
  const { url, isSubscribed } = follow
  follow.isSubscribed = false
  if (!follow.isStopped) {
    if (isSubscribed) tell(follow, 'away', said.away(url.host, 'closed'))
    follow.retry = setTimeout(() => attempt(follow), follow.waitMs)
    follow.waitMs = Math.min(follow.waitMs * 2, waitMsMax)
  }
  follow.tried()
}

/** Each state is said once. */
function tell(follow: Follow, state: string, sentence: Sentence): void {
  if (follow.isStopped || follow.lastSaid === state) return
  follow.lastSaid = state
  follow.say(sentence)
}

function received(follow: Follow, line: Line, packet: Packet): void {
  const { socket } = line
  const { host } = follow.url
  switch (packet.cmd) {
    case 'connack':
      if (packet.returnCode === 0) {
        const subscriptions = [{ topic: topics, qos: 1 as const }]
        socket.write(generate({ cmd: 'subscribe', messageId: 1, subscriptions }))
        return
      }
      tell(follow, 'refused', said.refused(host, packet.returnCode ?? 0))
      socket.destroy()
      return
    case 'suback':
      if (packet.granted[0] === 0x80) {
        tell(follow, 'deaf', said.deaf(host, topics))
        socket.destroy()
        return
      }
      socket.setTimeout(0)
      follow.isSubscribed = true
      follow.waitMs = waitMsMin
      if (follow.lastSaid !== '') tell(follow, 'back', said.back(host))
      follow.tried()
      return
    case 'publish':
      return take(follow, line, packet)
    default:
  }
}

function take(follow: Follow, line: Line, packet: Packet & { cmd: 'publish' }): void {
  const { room, count } = follow
  const coming: Coming = { id: packet.qos > 0 ? (packet.messageId ?? 0) : 0, taken: null }
  line.coming.push(coming)
  const owner = packet.retain ? null : room.ownerOf(packet.topic)
  if (owner === null) {
    if (packet.retain) count.retained++
    else count.foreign++
    coming.taken = 'acknowledged'
    return acknowledge(line)
  }
  if (line.coming.length >= flyingMax) line.socket.pause()
  const payload = Buffer.isBuffer(packet.payload) ? packet.payload : Buffer.from(packet.payload)
  room.take(owner, packet.topic, payload, (taken) => {
    if (coming.taken !== null) return
    coming.taken = taken
    if (taken === 'acknowledged') count.taken++
    else if (taken === 'disconnect') count.foreign++
    acknowledge(line)
  })
}

/** In the order of arrival. What could not be committed ends the line, and is sent again. */
function acknowledge({ socket, coming }: Line): void {
  if (socket.destroyed) return
  let done = 0
  const acks: Buffer[] = []
  for (const { id, taken } of coming) {
    if (taken === null) break
    if (taken instanceof Error) {
      socket.destroy()
      break
    }
    done++
    if (id > 0) acks.push(Buffer.from([0x40, 2, id >> 8, id & 255]))
  }
  coming.splice(0, done)
  if (acks.length > 0 && !socket.destroyed) socket.write(Buffer.concat(acks))
  if (coming.length <= flyingMax / 2) socket.resume()
}
