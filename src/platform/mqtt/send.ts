import type { Broker, Connection } from './state.ts'

/** Answers are small and many: those of one turn leave in one write. */
const outBytesMax = 1_024

/** PUBACK, PUBREC, PUBREL, PUBCOMP and UNSUBACK: four bytes with a packet id. */
export function sendShort(connection: Connection, kind: number, id: number): void {
  if (connection.phase === 'closed') return
  if (connection.outBytes + 4 > outBytesMax) flush(connection)
  const out = (connection.out ??= Buffer.allocUnsafe(outBytesMax))
  const at = connection.outBytes
  out[at] = kind
  out[at + 1] = 2
  out[at + 2] = id >> 8
  out[at + 3] = id & 255
  connection.outBytes = at + 4
  if (connection.isUnflushed) return
  connection.isUnflushed = true
  const { unflushed } = connection.broker
  if (unflushed.push(connection) === 1) process.nextTick(flushAll, connection.broker)
}

export function send(connection: Connection, bytes: Buffer): void {
  if (connection.phase === 'closed') return
  flush(connection)
  write(connection, bytes)
}

export function flush(connection: Connection): void {
  const { out, outBytes } = connection
  if (!out || outBytes === 0) return
  connection.out = null
  connection.outBytes = 0
  write(connection, out.subarray(0, outBytes))
}

function flushAll(broker: Broker): void {
  const all = broker.unflushed
  broker.unflushed = []
  for (const connection of all) {
    connection.isUnflushed = false
    if (connection.phase !== 'closed') flush(connection)
  }
}

/** Ends it at once; what it leaves behind is settled at its `close`. */
export function cut(connection: Connection): void {
  connection.phase = 'closed'
  connection.socket.destroy()
}

/** Whoever does not fetch is not read either; the sweep ends it, or `drain` lets it go on. */
function write(connection: Connection, bytes: Buffer): void {
  const { socket, broker } = connection
  if (socket.write(bytes) || connection.blockedAt > 0) return
  if (socket.writableLength > broker.limits.unsentBytesMax) connection.blockedAt = broker.at
}
