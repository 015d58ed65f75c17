import { createServer as createPlain, type Server, type Socket } from 'node:net'
import { createServer as createTls, type Server as TlsServer } from 'node:tls'
import { sendNext } from './deliver.ts'
import { feed, resume } from './incoming.ts'
import { leave } from './leave.ts'
import { usualLimits, type Limits } from './limits.ts'
import { openRetained } from './retained.ts'
import type { Certificate, Held, Listener, Mqtt, MqttRoom } from './room.ts'
import { cut } from './send.ts'
import { endOverdue } from './sessions.ts'
import { isShutOut } from './sign-in.ts'
import { newConnection, type Broker, type Connection } from './state.ts'
import { openFilters } from './topics.ts'

const sweepMs = 250
const minuteMs = 60_000
/** Beyond the last place a few more are let in, to be told that there is none. */
const toldMax = 1_000

/**
 * The embedded broker: MQTT 3.1.1 for devices (decision 11). A message is taken by the room before
 * it is acknowledged, before anybody hears it and before a copy is kept.
 */
export async function openMqtt(
  listeners: Listener[],
  room: MqttRoom,
  limits: Limits = usualLimits,
): Promise<Mqtt> {
  const broker = newBroker(room, limits)
  const servers = listeners.map((listener) => newServer(broker, listener))
  const sweeping = setInterval(() => sweep(broker), sweepMs)
  const close = async () => {
    broker.isClosing = true
    clearInterval(sweeping)
    const closed = servers.map((server) => closeServer(server))
    for (const connection of broker.connections) cut(connection)
    for (const socket of broker.sockets) socket.destroy()
    await Promise.all(closed)
  }
  try {
    for (const [at, server] of servers.entries()) await listen(server, listeners[at])
  } catch (error) {
    await close()
    throw error
  }
  return {
    ports: servers.map(portOf),
    connected: () => broker.openCount,
    held: () => heldBy(broker),
    close,
    renewTls(tls) {
      for (const server of servers) {
        if ('setSecureContext' in server) server.setSecureContext(secureWith(tls))
      }
    },
  }
}

function newBroker(room: MqttRoom, limits: Limits): Broker {
  return {
    ...{ room, limits, at: performance.now(), connections: new Set(), openCount: 0 },
    sockets: new Set(),
    ...{ sessions: new Map(), filters: openFilters(), retained: openRetained() },
    ...{ partialBytes: 0, queuedBytes: 0, unflushed: [], spareSlots: [] },
    ...{ failedSignIns: new Map(), isClosing: false, resume },
  }
}

function heldBy({ sessions, filters, queuedBytes, partialBytes, retained }: Broker): Held {
  const subscriptions = filters.size
  const { bytes: retainedBytes } = retained
  return { sessions: sessions.size, subscriptions, queuedBytes, partialBytes, retainedBytes }
}

function newServer(broker: Broker, { tls }: Listener): Server | TlsServer {
  const server = tls
    ? createTls({ ...secureWith(tls), handshakeTimeout: broker.limits.signInMsMax })
    : createPlain()
  server.maxConnections = broker.limits.connectionsMax + toldMax
  // For TLS this is the socket below, before its handshake costs anything.
  server.on('connection', (socket: Socket) => {
    broker.sockets.add(socket)
    socket.on('close', () => broker.sockets.delete(socket))
    socket.on('error', () => undefined)
    socket.setNoDelay(true)
    if (isShutOut(broker, socket.remoteAddress ?? '')) socket.destroy()
    else if (!tls) accept(broker, socket)
  })
  server.on('tlsClientError', () => undefined)
  server.on('secureConnection', (socket: Socket) => accept(broker, socket))
  return server
}

function secureWith({ cert, key }: Certificate) {
  return { cert, key, minVersion: 'TLSv1.2' as const }
}

function accept(broker: Broker, socket: Socket): void {
  const connection = newConnection(broker, socket)
  broker.connections.add(connection)
  socket.on('error', () => undefined)
  socket.on('data', (chunk: Buffer) => feed(connection, chunk))
  socket.on('end', () => cut(connection))
  socket.on('close', () => leave(connection))
  socket.on('drain', () => {
    connection.blockedAt = 0
    if (connection.session) sendNext(connection.session)
    if (connection.isHeld) resume(connection)
  })
}

/** Moves the coarse clock, and ends who is late, silent or does not fetch. */
function sweep(broker: Broker): void {
  const before = broker.at
  broker.at = performance.now()
  for (const connection of broker.connections) {
    if (isOverdue(broker, connection)) cut(connection)
  }
  if (Math.floor(before / minuteMs) === Math.floor(broker.at / minuteMs)) return
  broker.failedSignIns.clear()
  endOverdue(broker)
}

function isOverdue({ at, limits }: Broker, connection: Connection): boolean {
  const { phase, openedAt, heardAt, silentMsMax, blockedAt, flying } = connection
  if (phase !== 'open') return at - openedAt > limits.signInMsMax
  if (blockedAt > 0) return at - blockedAt > limits.signInMsMax
  // Whoever is not read, because of us, is not silent.
  if (silentMsMax === 0 || (connection.isHeld && flying > 0)) return false
  return at - heardAt > silentMsMax + 2 * sweepMs
}

async function listen(server: Server, listener: Listener | undefined): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(listener?.port, listener?.bind, resolve)
  })
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}
