import { createServer, type Server, type Socket } from 'node:net'
import { Aedes, type AuthenticateError, type Client } from 'aedes'

/**
 * What a message did: stored or refused for good (both acknowledged), or foreign (disconnected).
 */
export type Taken = 'acknowledged' | 'disconnect'

export type MqttRoom = {
  /** Whether this name and password are one of ours; returns what publishing needs to know. */
  signIn(username: string, password: Buffer): Promise<boolean>
  /**
   * Resolves after COMMIT, so that PUBACK follows it. Rejecting drops the client, which will send
   * again.
   */
  take(username: string, topic: string, payload: Buffer): Promise<Taken>
}

export type Mqtt = { port: number; connected(): number; close(): Promise<void> }

const refusedSignIn = 4
/** Above our own 64 KiB limit, so that a larger message is refused and counted, not torn off. */
const packetBytesMax = 16 * 1024 * 1024

/**
 * The embedded broker (MQTT 3.1.1). aedes acknowledges before `publish` listeners run, so a message
 * is taken in `authorizePublish`: commit first, PUBACK after. Devices only publish; nobody
 * subscribes.
 */
export async function openMqtt(bind: string, port: number, room: MqttRoom): Promise<Mqtt> {
  const names = new WeakMap<Client, string>()
  /** Per socket, the bytes read when its last message was whole. */
  const sockets = new Map<Socket, number>()
  const broker = await Aedes.createBroker({ concurrency: 5000, connectTimeout: 10_000 })
  broker.authenticate = (client, username, password, done) => {
    const refuse = () => done(refusal(), false)
    if (!username || !password) return refuse()
    room.signIn(username, password).then((known) => {
      if (!known) return refuse()
      names.set(client, username)
      done(null, true)
    }, refuse)
  }
  broker.authorizePublish = (client, packet, callback) => {
    const name = client ? names.get(client) : undefined
    if (!client || name === undefined) return callback(new Error('not signed in'))
    const socket = client.conn as Socket
    // A last will comes after the socket has gone.
    if (sockets.has(socket)) sockets.set(socket, socket.bytesRead)
    // Nobody subscribes, so a retained copy would only keep in memory what was refused or erased.
    packet.retain = false
    room.take(name, packet.topic, payloadOf(packet.payload)).then(
      (taken) => callback(taken === 'disconnect' ? new Error('foreign topic') : null),
      (error: Error) => callback(error),
    )
  }
  broker.authorizeSubscribe = (_client, _subscription, callback) => callback(null, null)
  broker.on('clientError', () => undefined)
  broker.on('connectionError', () => undefined)
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => undefined)
    sockets.set(socket, 0)
    socket.on('close', () => sockets.delete(socket))
    broker.handle(socket)
  })
  const guard = setInterval(() => endTooLarge(sockets), 1_000)
  const closeBroker = () =>
    new Promise<void>((resolve) => {
      clearInterval(guard)
      broker.close(() => resolve())
    })
  await listen(server, bind, port).catch(async (error: unknown) => {
    await closeBroker()
    throw error
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    connected: () => broker.connectedClients,
    async close() {
      await closeBroker()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
    },
  }
}

/** The protocol allows 256 MB in one packet; nobody may fill our memory with one. */
function endTooLarge(sockets: Map<Socket, number>): void {
  for (const [socket, whole] of sockets) {
    if (socket.bytesRead - whole > packetBytesMax) socket.destroy()
  }
}

function payloadOf(payload: string | Buffer): Buffer {
  return typeof payload === 'string' ? Buffer.from(payload) : payload
}

function refusal(): AuthenticateError {
  return Object.assign(new Error('unknown device'), { returnCode: refusedSignIn })
}

async function listen(server: Server, bind: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, bind, resolve)
  })
}
