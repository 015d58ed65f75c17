import { connect, type Socket } from 'node:net'
import { generate, parser, type Packet } from 'mqtt-packet'

export type Credential = { username: string; password: string; clientId: string }

/**
 * One MQTT connection as a device keeps it in the field: it comes back by itself, sends again what
 * was not acknowledged, and takes a line that says nothing for a dead one.
 */
export type Wire = {
  /** Resolves at PUBACK, however many connections lie between. */
  publish(topic: string, payload: string): Promise<void>
  isUp(): boolean
  /** Tears the connection off; it comes back after `awayMs`. */
  drop(awayMs?: number): void
  end(): void
}

type Waiting = { packet: Packet & { cmd: 'publish' }; sentAt: number; done: () => void }
type State = {
  socket: Socket | undefined
  isUp: boolean
  isOver: boolean
  awayMs: number
  openedAt: number
  nextId: number
  waiting: Map<number, Waiting>
}

/** A line without an answer for so long is taken for dead. */
const silentMsUsual = 2_000
const comeBackMs = 60

export function openWire(who: Credential, port: number, silentMsMax = silentMsUsual): Wire {
  const state: State = {
    ...{ socket: undefined, isUp: false, isOver: false, awayMs: 0, openedAt: 0, nextId: 1 },
    waiting: new Map(),
  }
  dial(state, who, port)
  const guard = setInterval(() => endIfSilent(state, silentMsMax), 250)
  return {
    publish: (topic, payload) =>
      new Promise<void>((done) => {
        const messageId = freeId(state)
        const flags = { qos: 1, dup: false, retain: false } as const
        const packet = { cmd: 'publish', topic, payload, messageId, ...flags } as const
        state.waiting.set(messageId, { packet, sentAt: performance.now(), done })
        if (state.isUp) state.socket?.write(generate(packet))
      }),
    isUp: () => state.isUp,
    drop(awayMs = 0) {
      state.awayMs = awayMs
      state.socket?.destroy()
    },
    end() {
      state.isOver = true
      clearInterval(guard)
      state.socket?.destroy()
    },
  }
}

function freeId(state: State): number {
  do state.nextId = (state.nextId % 65_535) + 1
  while (state.waiting.has(state.nextId))
  return state.nextId
}

function dial(state: State, who: Credential, port: number): void {
  if (state.isOver) return
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  state.socket = socket
  state.openedAt = performance.now()
  const incoming = parser({ protocolVersion: 4 })
  incoming.on('packet', (packet: Packet) => take(state, socket, packet))
  incoming.on('error', () => socket.destroy())
  socket.on('data', (bytes: Buffer) => void incoming.parse(bytes))
  socket.on('error', () => undefined)
  socket.on('connect', () => {
    const { username, clientId } = who
    const password = Buffer.from(who.password)
    const protocol = { protocolId: 'MQTT', protocolVersion: 4, clean: false } as const
    const sign = { username, password, clientId, keepalive: 0 }
    socket.write(generate({ cmd: 'connect', ...protocol, ...sign }))
  })
  socket.on('close', () => {
    state.isUp = false
    const awayMs = state.awayMs || comeBackMs
    state.awayMs = 0
    setTimeout(() => dial(state, who, port), awayMs)
  })
}

function take(state: State, socket: Socket, packet: Packet): void {
  if (packet.cmd === 'connack') {
    if (packet.returnCode !== 0) return void socket.destroy()
    state.isUp = true
    const now = performance.now()
    for (const one of state.waiting.values()) {
      one.sentAt = now
      socket.write(generate({ ...one.packet, dup: true }))
    }
  }
  if (packet.cmd !== 'puback') return
  const acknowledged = state.waiting.get(packet.messageId ?? 0)
  state.waiting.delete(packet.messageId ?? 0)
  acknowledged?.done()
}

/** Only the line is given up; what was sent on it waits for the next one. */
function endIfSilent(state: State, silentMsMax: number): void {
  const now = performance.now()
  const [oldest] = state.waiting.values()
  const since = state.isUp ? oldest?.sentAt : state.openedAt
  if (since !== undefined && now - since > silentMsMax) state.socket?.destroy()
}
