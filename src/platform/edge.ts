/** What holds for every request and every answer, whichever door of the program it goes through. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fault, faults, type Fault } from '../kernel/fault.ts'

const policy = [
  "default-src 'none'",
  ...['script-src', 'style-src', 'font-src', 'img-src', 'connect-src', 'form-action'].map(
    (kind) => `${kind} 'self'`,
  ),
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

/** Said with data and refusals, too: a browser may be led to open them as if they were pages. */
const guards = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
} as const

export const yearSeconds = 365 * 24 * 3600

/** `isHttps`: browsers are told to come by https from now on, to all names below this one too. */
export function guardsOf({ isHttps }: { isHttps: boolean }): Record<string, string> {
  if (!isHttps) return guards
  const strict = `max-age=${yearSeconds}; includeSubDomains`
  return { ...guards, 'strict-transport-security': strict }
}

/** Before anything else is opened: what is opened later is inside. */
export function guardEdge(app: FastifyInstance, { isHttps }: { isHttps: boolean }): void {
  app.addHook('onRequest', async (request, reply) => {
    const refused = refusedUnread(request)
    if (refused) return reply.code(faults[refused.fault].status).send(spoken(refused))
  })
  app.addHook('onSend', async (request, reply) => {
    reply.headers(guardsOf({ isHttps }))
    if (!isAsset(request, reply)) reply.header('cache-control', 'no-store')
  })
}

/** The names of these files say what is in them; they never change. */
function isAsset(request: FastifyRequest, { statusCode }: FastifyReply): boolean {
  return request.url.startsWith('/assets/') && [200, 206, 304].includes(statusCode)
}

/**
 * Two hosts are read by two readers as two things (RFC 9112 §3.2 asks for a refusal); of packed
 * bodies nobody knows what they unfold to, and none are taken.
 */
function refusedUnread({ raw, headers }: FastifyRequest): Fault | undefined {
  const names = raw.rawHeaders.filter((_text, at) => at % 2 === 0)
  if (names.filter((name) => name.toLowerCase() === 'host').length > 1) return fault('bad-input')
  const coding = headers['content-encoding']
  return coding === undefined || coding === 'identity' ? undefined : fault('wrong-media-type')
}

export function spoken(refused: Fault) {
  const { 'zh-CN': zh, en } = faults[refused.fault]
  return { ...refused, sentence: { 'zh-CN': zh, en } }
}
