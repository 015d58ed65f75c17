import { takeMessage } from './acknowledge.ts'
import { flush } from './send.ts'
import { setAside } from './sessions.ts'
import type { Connection } from './state.ts'

/**
 * Settles what a connection leaves behind, once: its session, its place, and its last will, which
 * is taken like a message unless the client said goodbye.
 */
export function leave(connection: Connection): void {
  const { broker, session, who, will } = connection
  connection.phase = 'closed'
  if (!broker.connections.delete(connection)) return
  broker.partialBytes -= connection.partBytes
  connection.parts = []
  connection.partBytes = 0
  connection.will = null
  connection.session = null
  connection.socket.setTimeout(broker.limits.signInMsMax, () => connection.socket.destroy())
  connection.socket.destroySoon()
  if (!session) return
  broker.openCount--
  setAside(broker, session)
  if (will && !broker.isClosing) {
    takeMessage(connection, who, will.topic, will.payload, will.qos, will.retain, 0)
  }
  broker.room.left(who)
}

/** After DISCONNECT, or a refusal: what was written still leaves, the will does not. */
export function farewell(connection: Connection): void {
  flush(connection)
  connection.will = null
  leave(connection)
}
