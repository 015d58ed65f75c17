import { openMqtt } from './broker.ts'
import type { Mqtt, MqttRoom } from './room.ts'

/** Filters that conformance suites expect to be refused. */
const refusedFilters = ['test/nosubscribe', 'nosubscribe']

/**
 * The same broker with an open room, on loopback only: nobody signs in, everything is heard,
 * nothing is stored. For trials of the protocol from outside.
 */
export async function openMqttTrial(port: number): Promise<Mqtt> {
  return openMqtt([{ bind: '127.0.0.1', port, tls: null }], openRoom())
}

export function openRoom(): MqttRoom {
  return {
    signIn: async ({ clientId }) => clientId,
    take: (_session, _topic, _payload, done) => done('acknowledged'),
    maySubscribe: (_session, filter) => !refusedFilters.includes(filter),
    mayRetain: () => true,
    left: () => undefined,
    ownerOf: () => null,
  }
}
