/** A client of bytes and packets, for what a well-behaved client would never send. */
import { connect, type Socket } from 'node:net'
import { generate, parser, type IConnectPacket, type Packet } from 'mqtt-packet'
import {
  openMqtt,
  openRoom,
  usualLimits,
  type Held,
  type Limits,
  type MqttRoom,
} from '../../src/platform/mqtt/index.ts'

export type OpenBroker = AsyncDisposable & { port: number; connected(): number; held(): Held }

/** Our broker with an open room, as `mqtt-trial` has it; `room` and `limits` change it. */
export async function openBroker(
  room: Partial<MqttRoom> = {},
  limits: Partial<Limits> = {},
): Promise<OpenBroker> {
  const listener = { bind: '127.0.0.1', port: 0, tls: null }
  const { ports, connected, held, close } = await openMqtt(
    [listener],
    { ...openRoom(), ...room },
    { ...usualLimits, ...limits },
  )
  return { port: ports[0] ?? 0, connected, held, [Symbol.asyncDispose]: close }
}

export type Wire = Disposable & {
  socket: Socket
  /** Everything that came and was not asked for yet. */
  came: Packet[]
  closed: Promise<void>
  say(...packets: (Packet | Buffer)[]): void
  next<Cmd extends Packet['cmd']>(cmd: Cmd): Promise<Packet & { cmd: Cmd }>
  /** The broker has worked through everything said before; answers what came meanwhile. */
  settled(): Promise<Packet[]>
}

export async function dial(port: number): Promise<Wire> {
  const socket = connect(port, '127.0.0.1')
  const reading = parser({ protocolVersion: 4 })
  const came: Packet[] = []
  let wake = () => {}
  let isClosed = false
  socket.on('data', (chunk) => reading.parse(chunk))
  socket.on('error', () => undefined)
  reading.on('packet', (packet) => {
    came.push({ ...packet })
    wake()
  })
  const closed = new Promise<void>((done) =>
    socket.once('close', () => {
      isClosed = true
      done()
      wake()
    }),
  )
  const wire: Wire = {
    ...{ socket, came, closed },
    say: (...packets) =>
      void socket.write(
        Buffer.concat(packets.map((one) => (Buffer.isBuffer(one) ? one : generate(one)))),
      ),
    async next(cmd) {
      for (;;) {
        const packet = came.shift()
        if (packet?.cmd === cmd) return packet as never
        if (packet) throw new Error(`${packet.cmd} came instead of ${cmd}`)
        if (isClosed) throw new Error(`closed while waiting for ${cmd}`)
        await new Promise<void>((done) => (wake = done))
      }
    },
    async settled() {
      wire.say({ cmd: 'pingreq' })
      while (!came.some(({ cmd }) => cmd === 'pingresp')) {
        if (isClosed) throw new Error('closed')
        await new Promise<void>((done) => (wake = done))
      }
      return came.splice(0).filter(({ cmd }) => cmd !== 'pingresp')
    },
    [Symbol.dispose]: () => void socket.destroy(),
  }
  await new Promise<void>((done) => socket.once('connect', () => done()))
  return wire
}

export function connecting(more: Partial<IConnectPacket> = {}): IConnectPacket {
  return {
    ...{ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, keepalive: 0 },
    clientId: 'one',
    ...more,
  }
}

/** Connected and accepted. */
export async function join(port: number, more: Partial<IConnectPacket> = {}) {
  const wire = await dial(port)
  wire.say(connecting(more))
  const { returnCode, sessionPresent } = await wire.next('connack')
  if (returnCode !== 0) throw new Error(`CONNACK ${returnCode}`)
  return Object.assign(wire, { sessionPresent })
}

/** Somebody who hears `filters` at `qos`. */
export async function listener(
  port: number,
  filters: string[],
  more: Partial<IConnectPacket> & { qos?: 0 | 1 | 2 } = {},
) {
  const { qos = 2, ...rest } = more
  const wire = await join(port, { clientId: 'listener', ...rest })
  await subscribe(wire, filters, qos)
  return wire
}

export async function subscribe(wire: Wire, filters: string[], qos: 0 | 1 | 2 = 2) {
  const subscriptions = filters.map((topic) => ({ topic, qos }))
  wire.say({ cmd: 'subscribe', messageId: 1, subscriptions })
  return (await wire.next('suback')).granted
}

export function message(
  topic: string,
  payload: string | Buffer,
  more: { qos?: 0 | 1 | 2; messageId?: number; retain?: boolean; dup?: boolean } = {},
): Packet {
  return { cmd: 'publish', topic, payload, qos: 0, retain: false, dup: false, ...more }
}

/** What was heard, as [topic, payload, qos]. */
export function heard(packets: Packet[]): [string, string, number][] {
  return packets.flatMap((packet) =>
    packet.cmd === 'publish' ? [[packet.topic, String(packet.payload), packet.qos]] : [],
  )
}
