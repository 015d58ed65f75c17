import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { bearerOf } from './browser.ts'
import { digest, isSame } from './secrets.ts'

/** A figure that is read when somebody asks. `read` gives it whole, or by one label. */
export type Reading = {
  name: string
  help: string
  label?: string
  read(): Promise<number | ReadonlyMap<string, number>> | number
}

/**
 * `GET /metrics` in Prometheus' text format (version 0.0.4), for whoever holds the operator's key:
 * figures of the program and its work, of nobody.
 */
export function openMetrics(
  app: FastifyInstance,
  keyDigest: Buffer,
  readings: readonly Reading[],
): void {
  const register = new Registry()
  collectDefaultMetrics({ register })
  for (const { name, help, label, read } of readings) {
    const gauge: Gauge = new Gauge({
      ...{ name, help, registers: [register] },
      ...(label === undefined ? {} : { labelNames: [label] }),
      async collect() {
        const value = await read()
        gauge.reset()
        if (typeof value === 'number') gauge.set(value)
        else for (const [key, number] of value) gauge.set({ [label ?? '']: key }, number)
      },
    })
  }
  const seconds = new Histogram({
    name: 'lilong_http_seconds',
    help: 'How long answers took, by endpoint',
    labelNames: ['endpoint', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [register],
  })
  app.addHook('onResponse', (request, reply, done) => {
    const endpoint = request.routeOptions.url
    if (endpoint !== undefined) {
      const status = `${Math.floor(reply.statusCode / 100)}xx`
      seconds.observe({ endpoint, status }, reply.elapsedTime / 1000)
    }
    done()
  })
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    const token = bearerOf(request)
    if (!token || !isSame(digest(token), keyDigest)) return reply.code(401).send()
    return reply.type(register.contentType).send(await register.metrics())
  })
}
