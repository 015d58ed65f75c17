import cookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import Fastify from 'fastify'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { mayCall, reachesLevel } from '../kernel/access.ts'
import { rolesOf, type Asker } from '../kernel/asker.ts'
import { biometricField } from '../kernel/biometric.ts'
import type { Book, Look, Looker, Seen } from '../kernel/book.ts'
import type { Clock, Instant } from '../kernel/clock.ts'
import type { Endpoint, Input, Output } from '../kernel/endpoint.ts'
import { fault, faults, isFault, type Fault, type FaultKind } from '../kernel/fault.ts'
import { browserOf, cookieNames, shownBy, type Browser } from './browser.ts'
import { connectionsPerAddressUsual, limitForwarded, limitSockets } from './crowding.ts'
import { sayRefused } from './access-log.ts'
import { guardEdge, guardsOf, spoken } from './edge.ts'
import type { Finding } from './finding.ts'
import { readJson } from './json.ts'
import { errorFacts, type Log } from './log.ts'

/**
 * What every answer but 200 looks like, in both languages, so that the page shows the reader's own.
 */
export const faultShape = Type.Object(
  {
    fault: Type.String(),
    field: Type.Optional(Type.String()),
    who: Type.Optional(Type.String()),
    waitMs: Type.Optional(Type.Integer()),
    sentence: Type.Object(
      { 'zh-CN': Type.String(), en: Type.String() },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
)

export type Doorway = {
  book: Book
  clock: Clock
  log: Log
  /** `device`: of the browser that asks; a page's session is of one browser alone. */
  whoAsks(token: string, device: Buffer | null): Promise<Asker>
  /** Calls a minute and asker (a session, or an address without one). */
  callsPerMinuteMax: number
  /** What one address may hold open; nothing: as usual. */
  connectionsPerAddressMax?: number | undefined
  /** Whether a post may find people once more; nothing: not counted, as in a test of one door. */
  finding?: Finding
  /** What a person or a network is called in the log; nothing: not named at all. */
  tag?: (id: string) => string
  /** People come by https: cookies never leave it. */
  isHttps: boolean
  /** The origin that people open where it is not the bound address: behind a proxy, say. */
  publicUrl?: string | null
  /** Addresses of machines that end TLS in front of us. */
  tlsProxies?: readonly string[]
}

/** With `sees: []` an answer is just an answer; with anything in it the looks come with it. */
type Answer<E extends Endpoint> = E['sees'] extends readonly [] ? Output<E> : Seen<Output<E>>
/**
 * `gone` aborts where the asker left before the answer: work that nobody waits for can stop.
 * `browser` is asked where somebody signs in.
 */
export type Handler<E extends Endpoint> = (
  input: Input<E>,
  asker: Asker,
  gone: () => AbortSignal,
  browser: () => Browser,
) => Promise<Answer<E> | Fault>

/** Whoever is too slow is looked for so often, in ms. */
export const connectionsCheckingInterval = 2_000

export async function openHttp(doorway: Doorway, version: string): Promise<FastifyInstance> {
  const { tlsProxies = [] } = doorway
  const app = Fastify({
    logger: false,
    bodyLimit: 64 * 1024,
    requestTimeout: 30_000,
    // Nothing sent and nothing read for so long: open streams beat more often.
    connectionTimeout: 300_000,
    http: { headersTimeout: 10_000, connectionsCheckingInterval },
    forceCloseConnections: true,
    // Only a proxy on this machine, or a named one, is believed when it says for whom it asks.
    trustProxy: doorway.publicUrl ? ['loopback', ...tlsProxies] : false,
    routerOptions: { maxParamLength: 200 },
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allErrors: false } },
    // An address that cannot be read is nobody's, and is not repeated.
    frameworkErrors: (_error, _request, reply) =>
      answerNotFound(reply.headers({ ...guardsOf(doorway), 'cache-control': 'no-store' })),
  })
  guardEdge(app, doorway)
  const perAddressMax = doorway.connectionsPerAddressMax ?? connectionsPerAddressUsual
  limitSockets(app.server, perAddressMax, tlsProxies)
  limitForwarded(app, perAddressMax, tlsProxies)
  readOnlyJson(app)
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const refused = faultOf(error)
    if (refused.fault === 'bug') doorway.log.say('http.failed', errorFacts(error))
    return reply.code(faults[refused.fault].status).send(spoken(refused))
  })
  await app.register(cookie)
  await app.register(rateLimit, {
    max: doorway.callsPerMinuteMax,
    timeWindow: 60_000,
    keyGenerator: (request) => shownBy(request, doorway).token?.slice(0, 16) ?? request.ip,
  })
  await app.register(swagger, { openapi: openApi(version) })
  return app
}

/** The API's own 404, in the shape of every other refusal. */
export function answerNotFound(reply: FastifyReply): FastifyReply {
  return reply.code(404).send(spoken(fault('not-found')))
}

/** Who asks, found before the body is read. */
const askers = new WeakMap<FastifyRequest, Asker>()

/**
 * Opens one endpoint. Nothing else in the program may answer a call of the API. Whoever may not
 * call is refused before the body is read, and a biometric field before anything else is judged.
 */
export function serve<E extends Endpoint>(
  app: FastifyInstance,
  doorway: Doorway,
  name: string,
  contract: E,
  handler: Handler<E>,
): void {
  const isGet = contract.get !== undefined
  app.route({
    method: isGet ? 'GET' : 'POST',
    url: `/api${contract.get ?? contract.post}`,
    ...(contract.bodyBytesMax === undefined ? {} : { bodyLimit: contract.bodyBytesMax }),
    schema: {
      operationId: name,
      summary: contract.says,
      tags: [name.split('.')[0] ?? name],
      description: `who: ${whoSaid(contract)} · sees: ${contract.sees.join(', ') || 'nothing personal'} · why: ${contract.why}`,
      security: contract.who.anyone ? [] : [{ bearer: [] }, { cookie: [] }],
      [isGet ? 'querystring' : 'body']: contract.input,
      response: { 200: contract.output, default: faultShape },
    },
    async onRequest(request, reply) {
      const { token, device } = shownBy(request, doorway)
      const asker: Asker = token ? await doorway.whoAsks(token, device) : { kind: 'nobody' }
      askers.set(request, asker)
      const refused = refusedAtTheDoor(doorway, contract, asker, request)
      if (refused) {
        sayRefused(doorway, { name, why: contract.why }, asker, refused, request.ip)
        return refuse(reply, refused)
      }
    },
    async preValidation(request, reply) {
      const field = biometricField(request.body) ?? biometricField(request.query)
      if (field !== undefined) return refuse(reply, fault('biometric-refused', field))
    },
    async handler(request, reply) {
      const opened = { doorway, name, contract, handler }
      const browser = () => browserOf(request, reply, doorway)
      const answer = await ask(opened, request, () => goneOf(reply), browser)
      return isFault(answer) ? refuse(reply, answer) : reply.send(answer)
    },
  })
}

function whoSaid({ who, level, stepUp }: Endpoint): string {
  const words = Object.entries(who).map(([role, reach]) => `${role} (${reach})`)
  const more = [level ? `at least ${level}` : '', stepUp ? 'signed in anew' : '']
  return [...words, ...more].filter(Boolean).join(', ')
}

function refuse(reply: FastifyReply, refused: Fault): FastifyReply {
  return reply.code(faults[refused.fault].status).send(spoken(refused))
}

type Opened<E extends Endpoint> = {
  doorway: Doorway
  name: string
  contract: E
  handler: Handler<E>
}

async function ask<E extends Endpoint>(
  { doorway, name, contract, handler }: Opened<E>,
  request: FastifyRequest,
  gone: () => AbortSignal,
  browser: () => Browser,
): Promise<unknown> {
  const asker = askers.get(request) ?? { kind: 'nobody' }
  const input = (contract.get ? request.query : request.body) as Input<E>
  const tooOften = contract.finds ? doorway.finding?.(asker) : undefined
  const answer = tooOften ?? (await handler(input, asker, gone, browser))
  if (isFault(answer)) {
    sayRefused(doorway, { name, why: contract.why }, asker, answer, request.ip)
    return answer
  }
  const own = looksByHand(contract, name, asker)
  if (contract.sees.length === 0) {
    await writeLooks(doorway, contract, asker, own)
    return answer
  }
  const seen = answer as Seen<unknown>
  await writeLooks(doorway, contract, asker, [...own, ...seen.looks])
  return seen.answer
}

/** Whoever acts for a person by a grant looks at that person, and acts in their name. */
function looksByHand(contract: Endpoint, name: string, asker: Asker): Look[] {
  const hand = asker.kind === 'person' ? asker.signIn.hand : null
  if (!hand || asker.kind !== 'person') return []
  if (contract.get !== undefined && contract.sees.length === 0) return []
  const { street, person } = asker
  const matter = { kind: 'grant', id: hand.grant, label: name } as const
  return [{ street, person, fields: contract.sees, matter }]
}

/** Not `request.signal`: that one aborts as soon as the body was read. */
function goneOf(reply: FastifyReply): AbortSignal {
  const leaving = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) leaving.abort()
  })
  return leaving.signal
}

/** Role, then level, then whether they have just shown who they are. */
function refusedByContract(contract: Endpoint, asker: Asker, now: Instant): Fault | undefined {
  if (!mayCall(contract.who, rolesOf(asker))) {
    if (asker.kind === 'nobody') return fault('not-signed-in')
    // What is a resident's is theirs once they have proven their home.
    return fault(
      asker.kind === 'account' && contract.who.resident ? 'level-too-low' : 'not-allowed',
    )
  }
  if (asker.kind !== 'person') return undefined
  const { level, steppedUpUntil, hand } = asker.signIn
  if (hand && contract.inPerson) return fault('in-person-only')
  const isStaff = asker.post !== null && contract.who[asker.post.role] !== undefined
  if (contract.level && !isStaff && !reachesLevel(level, contract.level)) {
    return fault('level-too-low')
  }
  if (contract.stepUp && isStaff && (steppedUpUntil ?? 0) <= now) return fault('step-up-needed')
  return undefined
}

function refusedAtTheDoor(
  doorway: Doorway,
  contract: Endpoint,
  asker: Asker,
  request: FastifyRequest,
): Fault | undefined {
  const refused = refusedByContract(contract, asker, doorway.clock.now())
  if (refused) return refused
  return contract.post && isFromAnotherSite(request, doorway.publicUrl)
    ? fault('not-allowed')
    : undefined
}

/** As the browser says it. A program that is no browser says nothing. */
export function isFromAnotherSite(
  { headers }: Pick<FastifyRequest, 'headers'>,
  publicUrl: string | null | undefined,
): boolean {
  const { origin, host } = headers
  const from = headers['sec-fetch-site']
  if (from === 'cross-site' || from === 'same-site') return true
  return origin !== undefined && origin !== publicUrl && isForeign(origin, host)
}

/**
 * A link of a page of ours was pressed: as the browser says it, or, where it says nothing of that,
 * by the page it names (`referrer-policy` lets ours name themselves to us, and never to others).
 */
export function isFromOurPage(
  { headers }: Pick<FastifyRequest, 'headers'>,
  publicUrl: string | null | undefined,
): boolean {
  const { referer, host } = headers
  const from = headers['sec-fetch-site']
  if (from !== undefined) return from === 'same-origin'
  if (referer === undefined || !URL.canParse(referer)) return false
  const { origin } = new URL(referer)
  return origin === publicUrl || !isForeign(origin, host)
}

/** `null`, as a sandboxed frame says it, is foreign too. */
function isForeign(origin: string, host: string | undefined): boolean {
  return !URL.canParse(origin) || new URL(origin).host !== host
}

/** A person's own data shown to that person is no look. */
async function writeLooks(
  doorway: Doorway,
  contract: Endpoint,
  asker: Asker,
  looks: readonly Look[],
): Promise<void> {
  const by = lookerOf(asker)
  const isForeign = by.kind === 'operator' || by.kind === 'helper'
  const others = looks.filter((look) => isForeign || look.person !== personOf(asker))
  if (others.length === 0) return
  const at = doorway.clock.now()
  const isAct = by.kind === 'helper' && contract.post !== undefined
  const how = isAct ? 'act' : (contract.how ?? 'page')
  await doorway.book.write(others.map((look) => ({ ...look, at, by, how, why: contract.why })))
}

function personOf(asker: Asker): string | undefined {
  return asker.kind === 'person' ? asker.person : undefined
}

function lookerOf(asker: Asker): Looker {
  if (asker.kind === 'account') return { kind: 'account' }
  if (asker.kind !== 'person') return { kind: 'operator' }
  const { hand } = asker.signIn
  if (hand) return { kind: 'helper', relation: hand.relation, grant: hand.grant }
  if (!asker.post) return { kind: 'resident', person: asker.person }
  const { id: post, title, unit } = asker.post
  return { kind: 'post', person: asker.person, post, title, unit }
}

/** What a request was refused for before anything of ours judged it. */
export function faultOf(error: FastifyError & { field?: string }): Fault {
  if (error.validation) return fault('bad-input', fieldOf(error))
  const known: Record<number, FaultKind> = {
    400: 'bad-input',
    // What the server of files refuses to look for.
    403: 'not-found',
    404: 'not-found',
    413: 'too-large',
    415: 'wrong-media-type',
    429: 'too-many',
  }
  return fault(known[error.statusCode ?? 500] ?? 'bug')
}

function fieldOf(error: FastifyError): string {
  const first = error.validation?.[0]
  const missing = first?.params['missingProperty'] ?? first?.params['additionalProperty']
  const path = (first?.instancePath ?? '').replaceAll('/', '.').replace(/^\./, '')
  // A field that is none of ours may be named by anything: only what is a name is said back.
  const isName = typeof missing === 'string' && /^[A-Za-z]\w{0,39}$/.test(missing)
  return [path, isName ? missing : ''].filter(Boolean).join('.').slice(0, 80)
}

/**
 * Only JSON, read strictly. An empty body is an empty object, as a form without fields sends it.
 */
function readOnlyJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  const parse = (_request: unknown, body: string, done: (e: Error | null, v?: unknown) => void) => {
    if (body === '') return done(null, {})
    const read = readJson(body)
    if ('value' in read) return done(null, read.value)
    done(Object.assign(new Error(read.refused), { statusCode: 400 }))
  }
  app.addContentTypeParser('application/json', { parseAs: 'string' }, parse)
}

function openApi(version: string) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Lilong 里弄',
      version,
      description:
        'The open operating system of a city neighbourhood. Each operation says who may call it, ' +
        'which personal data it shows and why; each look at a person is in the book before the answer leaves.',
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
    },
    servers: [{ url: '/' }],
    components: {
      securitySchemes: {
        bearer: { type: 'http' as const, scheme: 'bearer' },
        cookie: {
          type: 'apiKey' as const,
          in: 'cookie' as const,
          name: cookieNames(false).session,
        },
      },
    },
  }
}
