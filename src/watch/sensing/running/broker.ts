import type { MqttRoom } from '../../../platform/mqtt/index.ts'
import { digest, isSame } from '../../../platform/secrets.ts'
import { errorFacts } from '../../../platform/log.ts'
import type { DeviceId, GatewayId } from '../../../kernel/ids.ts'
import { remark, type Connection, type Source } from '../intake/index.ts'
import { copied } from './copied.ts'
import type { Sensing } from './open.ts'

/** `digest`: of the password it signed in with; null where an outside broker asked for it. */
export type Session = { source: Source; connection: Connection; digest: Buffer | null }

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** What the broker asks of this room. A revoked or unknown device cannot sign in or publish. */
export function mqttRoom(sensing: Sensing): MqttRoom<Session> {
  const { memory, intake } = sensing
  return {
    async signIn({ username, password, from }) {
      if (!uuid.test(username)) return null
      const given = digest(password)
      let source = memory.source(username)
      if (!source || !isValid(source, given)) {
        // Registered or renewed a moment ago: the event may still be on its way.
        await sensing.reloadGateways(username as GatewayId)
        await sensing.reload({ device: username as DeviceId })
        source = memory.source(username)
      }
      if (!source || !isValid(source, given)) return null
      return { source, connection: newConnection(source, from), digest: given }
    },
    take({ source, connection, digest: own }, topic, payload, done) {
      // A renewed password ends whoever still holds the old one.
      const isOld = own !== null && !own.equals(digestOf(source))
      if (isOld || isRevoked(source)) return done('disconnect')
      if (connection.hasRival) noteRival(sensing, source, connection)
      intake.take(source, topic, payload, done)
    },
    // A device has nothing to hear; a gateway's software waits for orders below its own topics.
    maySubscribe: ({ source }, filter) =>
      source.kind === 'gateway' && filter.startsWith(`${source.gateway.prefix}/`),
    // Only what a gateway says of itself: nothing refused or erased may stay in memory.
    mayRetain: ({ source }, topic) =>
      source.kind === 'gateway' && topic.startsWith(`${source.gateway.prefix}/bridge/state`),
    left({ source, connection }) {
      source.connections.delete(connection)
    },
    ownerOf(topic) {
      const source = memory.source(topic.split('/')[2] ?? '')
      return source
        ? { source, connection: { from: 'broker', hasRival: false }, digest: null }
        : null
    },
  }
}

function isValid(source: Source, given: Buffer): boolean {
  return !isRevoked(source) && isSame(digestOf(source), given)
}

function digestOf(source: Source): Buffer {
  return source.kind === 'device' ? source.known.passwordDigest : source.gateway.passwordDigest
}

function isRevoked(source: Source): boolean {
  return source.kind === 'device'
    ? source.known.device.revokedAt !== null
    : source.gateway.gateway.revokedAt !== null
}

/**
 * A device that changed its address leaves its old connection to die. Only when an older connection
 * still speaks after the same credential came from another address are there two of them.
 */
function newConnection(source: Source, from: string): Connection {
  for (const older of source.connections) if (older.from !== from) older.hasRival = true
  const connection = { from, hasRival: false }
  source.connections.add(connection)
  return connection
}

/** It is a stolen or a copied one; its alarms are still heard. */
function noteRival(sensing: Sensing, source: Source, connection: Connection): void {
  connection.hasRival = false
  if (source.kind === 'device') remark(source.known, 'two-places', sensing.given.clock.now())
  copied(sensing, source).catch((error: unknown) =>
    sensing.given.log.say('sensing.copied-failed', errorFacts(error)),
  )
}
