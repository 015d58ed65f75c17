import { randomUUID } from 'node:crypto'
import { sendAgain } from './deliver.ts'
import { farewell, leave } from './leave.ts'
import { connack, readConnect, type Connect } from './packets.ts'
import { cut, send } from './send.ts'
import { keyOf, openSession } from './sessions.ts'
import type { Broker, Connection } from './state.ts'
import { isTopicName } from './topics.ts'

const accepted = 0
const wrongVersion = 1
const wrongClientId = 2
const notNow = 3
const wrongPassword = 4

/** The first packet. Nothing behind it is read before the room has answered. */
export function connect(connection: Connection, body: Buffer): void {
  const asked = readConnect(body)
  if (asked === null) return cut(connection)
  if (asked === 'version') return refuse(connection, wrongVersion)
  const { broker } = connection
  const { limits } = broker
  const { clientId, will, username, password, isClean } = asked
  if (will && !isTopicName(will.topic, limits.topicBytesMax, limits.topicLevelsMax)) {
    return cut(connection)
  }
  const isLong = Buffer.byteLength(clientId) > limits.clientIdBytesMax
  if (isLong || (clientId === '' && !isClean)) return refuse(connection, wrongClientId)
  if (broker.connections.size > limits.connectionsMax) return refuse(connection, notNow)
  connection.phase = 'signing-in'
  connection.isHeld = true
  connection.socket.pause()
  broker.room.signIn({ username, password, clientId, from: connection.from }).then(
    (who) => {
      if (connection.phase !== 'signing-in') {
        // Gone meanwhile; the room has counted it.
        if (who !== null) broker.room.left(who)
        return
      }
      if (who === null) failed(connection)
      else signedIn(connection, asked, who)
    },
    () => refuse(connection, notNow),
  )
}

function refuse(connection: Connection, code: number): void {
  send(connection, connack(code, false))
  farewell(connection)
}

function failed(connection: Connection): void {
  const { failedSignIns, limits } = connection.broker
  const address = countedAs(connection.broker, connection.from)
  if (failedSignIns.size < limits.failingAddressesMax || failedSignIns.has(address)) {
    failedSignIns.set(address, (failedSignIns.get(address) ?? 0) + 1)
  }
  refuse(connection, wrongPassword)
}

/** Addresses beyond the bound share one count. */
function countedAs({ failedSignIns, limits }: Broker, from: string): string {
  const isRoom = failedSignIns.has(from) || failedSignIns.size < limits.failingAddressesMax - 1
  return isRoom ? from : 'others'
}

/** Whether this address failed so often that it is not listened to. */
export function isShutOut(broker: Broker, from: string): boolean {
  const count = broker.failedSignIns.get(countedAs(broker, from)) ?? 0
  return count >= broker.limits.failedSignInsMax
}

function signedIn(connection: Connection, asked: Connect, who: unknown): void {
  const { broker } = connection
  const clientId = asked.clientId || `lilong-${randomUUID()}`
  const taken = broker.sessions.get(keyOf(asked.username, clientId))?.connection
  if (taken) {
    cut(taken)
    leave(taken)
  }
  const { session, isPresent } = openSession(connection, asked.username, clientId, asked.isClean)
  connection.session = session
  connection.name = asked.username
  connection.who = who
  connection.will = asked.will
  connection.silentMsMax = asked.keepAliveSeconds * 1_500
  connection.heardAt = broker.at
  connection.phase = 'open'
  broker.openCount++
  send(connection, connack(accepted, isPresent))
  sendAgain(connection, session)
  broker.resume(connection)
}
