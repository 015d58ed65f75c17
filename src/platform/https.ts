import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { connectionsPerAddressUsual, limitSockets } from './crowding.ts'
import { connectionsCheckingInterval } from './http.ts'
import type { Tls } from './tls.ts'

export type Https = { port: number; close(): Promise<void> }

/**
 * The same application behind TLS 1.2 or newer, beside the plain port that only this machine
 * reaches. A renewed certificate serves who connects next; who is connected stays.
 */
export async function openHttps(
  app: FastifyInstance,
  tls: Tls,
  bind: string,
  port: number,
  connectionsPerAddressMax = connectionsPerAddressUsual,
): Promise<Https> {
  await app.ready()
  const { requestTimeout, headersTimeout, keepAliveTimeout, timeout } = app.server
  const server = createServer(
    {
      ...tls.pair(),
      ...{ minVersion: 'TLSv1.2', handshakeTimeout: 10_000, requestTimeout },
      ...{ headersTimeout, connectionsCheckingInterval },
    },
    app.routing,
  )
  Object.assign(server, { keepAliveTimeout, timeout })
  limitSockets(server, connectionsPerAddressMax)
  tls.onRenewed((pair) => server.setSecureContext({ ...pair, minVersion: 'TLSv1.2' }))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, bind, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}
