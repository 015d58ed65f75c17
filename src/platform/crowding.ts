/**
 * What one address may hold open at the same time. Sockets from outside are counted as they come,
 * before a byte is read. Behind a proxy of this machine all sockets are the proxy's; there requests
 * that are not answered yet, open streams too, are counted by the address that it names.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Server } from 'node:http'
import type { Server as HttpsServer } from 'node:https'
import type { Socket } from 'node:net'
import { fault, faults } from '../kernel/fault.ts'
import { spoken } from './edge.ts'
import { networkOf } from './network.ts'

/** A whole office, or a street's mobile network, may stand behind one address. */
export const connectionsPerAddressUsual = 500

const refusal =
  'HTTP/1.1 503 Service Unavailable\r\nRetry-After: 10\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'

/** Who is one too many hears 503 and is closed; over TLS, where nothing was agreed yet, closed. */
export function limitSockets(
  server: Server | HttpsServer,
  perAddressMax: number,
  proxies: readonly string[] = [],
): void {
  const open = openCount(perAddressMax)
  const isTls = 'setSecureContext' in server
  server.on('connection', (socket: Socket) => {
    const { remoteAddress } = socket
    if (remoteAddress === undefined || isOwn(remoteAddress, proxies)) return
    if (open.enter(remoteAddress)) {
      socket.once('close', () => open.leave(remoteAddress))
    } else if (isTls) socket.destroy()
    else {
      socket.write(refusal)
      socket.destroySoon()
    }
  })
}

/** Only what a trusted proxy says is believed, so that others are counted by their socket alone. */
export function limitForwarded(
  app: FastifyInstance,
  perAddressMax: number,
  proxies: readonly string[] = [],
): void {
  const open = openCount(perAddressMax)
  app.addHook('onRequest', async (request, reply) => {
    if (!isForwarded(request, proxies)) return
    const { ip } = request
    if (open.enter(ip)) return void reply.raw.once('close', () => open.leave(ip))
    const refused = fault('too-many')
    return reply.code(faults[refused.fault].status).header('retry-after', 10).send(spoken(refused))
  })
}

function isForwarded({ ip, socket }: FastifyRequest, proxies: readonly string[]): boolean {
  return isOwn(socket.remoteAddress ?? '', proxies) && !isOwn(ip, proxies)
}

function openCount(perAddressMax: number) {
  const counts = new Map<string, number>()
  return {
    enter(address: string): boolean {
      const who = networkOf(address)
      const count = counts.get(who) ?? 0
      if (count >= perAddressMax) return false
      counts.set(who, count + 1)
      return true
    },
    leave(address: string): void {
      const who = networkOf(address)
      const count = counts.get(who) ?? 0
      if (count > 1) counts.set(who, count - 1)
      else counts.delete(who)
    },
  }
}

/** Programs of this machine, and the proxies in front of us. */
function isOwn(address: string, proxies: readonly string[]): boolean {
  const plain = address.replace(/^::ffff:(?=[\d.]+$)/, '')
  return ['127.0.0.1', '::1', ...proxies].includes(plain)
}
