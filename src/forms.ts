/**
 * Plain forms of the pages by which one comes in, of the book of looks and of one's own data, so
 * that they work without script. A form is handed on to the one endpoint that judges it, in the
 * name of the same browser; what is refused is drawn on the page again with all that was written,
 * secrets apart, and the field that the refusal names is marked. Nothing that was written stands in
 * an address.
 */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { minuteMs } from './kernel/clock.ts'
import { spoken } from './platform/edge.ts'
import { faultOf } from './platform/http.ts'
import type { Written } from '../web/shell/pages.ts'

/** Which endpoint takes the form, with what else; where it leads; which page says a refusal. */
type Form = {
  api: string
  /** Written by hand: drawn again, and marked where the refusal names one. */
  asks?: readonly string[]
  /** As `asks`, and never drawn again. */
  secrets?: readonly string[]
  /** Travels along unseen. */
  carries?: readonly string[]
  also?: Readonly<Record<string, unknown>>
  /** Another page; what stands in a path as `:place` is a field of the form. */
  to?: string
  /** There instead, where the answer says that it is done. */
  whenDone?: string
  /** The answer is a file to keep, and the page stays. */
  gives?: 'file'
  /** The next page, drawn at once with these fields of the form. */
  shows?: { path: string; with: readonly string[] }
  /** Drawn again with these fields where it is refused. */
  page: string
  keeps?: readonly string[]
}

const hours = { opensAt: '08:30', closesAt: '17:30' }
const keys = '/me/keys'
const mine = '/identity/passkeys'
const devices = '/identity/devices'
const looks = '/care/looks'
const myData = '/my-data'
const ownApi = '/privacy/my-data'

/** Each is pressed, refused and looked at by `tests/browser/forms.test.ts`. */
export const forms = {
  '/sign-in/code': {
    ...{ api: '/identity/codes', asks: ['phone'], page: '/sign-in' },
    shows: { path: '/sign-in/code', with: ['phone'] },
  },
  '/sign-in/code/use': {
    ...{ api: '/identity/codes/use', carries: ['phone'], secrets: ['code'], to: '/' },
    ...{ page: '/sign-in/code', keeps: ['phone'] },
  },
  '/step-up/code': {
    ...{ api: '/identity/step-up/code', page: '/step-up/:to', keeps: ['to'] },
    shows: { path: '/step-up/:to', with: ['to', 'sent'] },
  },
  '/step-up/code/use': {
    ...{ api: '/identity/step-up/code/use', secrets: ['code'], to: '/step-up/:to' },
    ...{ page: '/step-up/:to', keeps: ['to', 'sent'] },
  },
  '/me/keys/name': {
    ...{ api: `${mine}/name`, carries: ['id'], asks: ['name'], to: keys, page: keys },
  },
  '/me/keys/remove': { api: `${mine}/remove`, carries: ['id'], to: keys, page: keys },
  '/me/keys/unlink': { api: '/identity/organisation/unlink', to: keys, page: keys },
  '/me/keys/end': { api: `${devices}/end`, carries: ['session'], to: keys, page: keys },
  '/me/keys/end-others': { api: `${devices}/end-others`, to: keys, page: keys },
  '/me/act-for-none': {
    ...{ api: '/identity/act-for', also: { grant: null }, to: '/home', page: keys },
  },
  '/begin': {
    ...{ api: '/identity/begin', asks: ['street', 'name', 'phone'], to: '/begin' },
    ...{ page: '/begin/:place', keeps: ['place'] },
  },
  '/begin/committee': {
    ...{ api: '/duties/bodies', asks: ['committee', 'phone'], also: hours, to: '/begin/:place' },
    ...{ page: '/begin/:place', keeps: ['place'] },
  },
  '/care/looks/why': {
    ...{ api: '/privacy/looks/why', carries: ['look'], to: looks, page: looks },
  },
  '/care/looks/who': {
    ...{ api: '/privacy/looks/who', carries: ['look'], page: looks },
    shows: { path: looks, with: ['look'] },
  },
  '/my-data/correct': {
    ...{ api: `${ownApi}/correct`, carries: ['part'], asks: ['says'], to: myData, page: myData },
  },
  '/my-data/copy': { api: `${ownApi}/copy`, gives: 'file', page: myData },
  '/my-data/account': {
    ...{ api: `${ownApi}/erase`, also: { part: 'account' }, to: myData, page: myData },
    whenDone: '/goodbye',
  },
  '/my-data/erase': { api: `${ownApi}/erase`, carries: ['part'], to: myData, page: myData },
  '/my-data/withdraw': {
    api: `${ownApi}/withdraw`,
    carries: ['request'],
    to: myData,
    page: myData,
  },
  '/invite': {
    ...{ api: '/identity/invitations', carries: ['post'], page: '/invite' },
    shows: { path: '/invite', with: ['post'] },
  },
} as const satisfies Readonly<Record<string, Form>>

/** What is sensitive asks once more who it is, and leads back to where it was. */
const stepUps: Readonly<Record<string, string>> = {
  [keys]: '/step-up/keys',
  '/invite': '/step-up/invite',
}

type Refusal = { fault?: string; field?: string }

/** A page of ours in the name of who asks; `made`, `refused`: what the form was answered. */
export type Drawn = {
  path: string
  params: Record<string, string>
  made?: unknown
  refused?: unknown
  written?: Written
  code: number
}
export type Draw = (
  request: FastifyRequest,
  reply: FastifyReply,
  drawn: Drawn,
) => Promise<FastifyReply>

const limited = {
  schema: { hide: true },
  bodyLimit: 8 * 1024,
  // Counted when it has been read, so that even then it is drawn again.
  config: { rateLimit: { max: 60, timeWindow: minuteMs, hook: 'preHandler' as const } },
}

/** `app` hears nothing but these; the endpoints are asked through `program`. */
export function openForms(app: FastifyInstance, program: FastifyInstance, draw: Draw): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  )
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const form = (forms as Readonly<Record<string, Form>>)[request.routeOptions.url ?? '']
    const refused = spoken(faultOf(error))
    if (!form || refused.fault === 'bug') throw error
    return draw(request, reply, drawnAgain(request, form, refused, error.statusCode ?? 400))
  })
  for (const [at, form] of Object.entries<Form>(forms)) {
    app.post(at, limited, async (request, reply) => {
      const said = saidIn(request)
      const answer = await handOn(program, request, form, said)
      const set = answer.headers['set-cookie']
      if (set !== undefined) reply.header('set-cookie', set)
      if (answer.statusCode !== 200) {
        const refused: Refusal = answer.json()
        if (refused.fault === 'step-up-needed') {
          return reply.redirect(stepUps[form.page] ?? '/step-up', 303)
        }
        return draw(request, reply, drawnAgain(request, form, refused, answer.statusCode))
      }
      if (form.gives === 'file') return handOut(reply, answer.json())
      if (!form.shows) return reply.redirect(placed(leadsTo(form, answer.json()), said), 303)
      const { path: next, with: names } = form.shows
      const made: unknown = answer.json()
      const path = placed(next, said)
      return draw(request, reply, { path, params: kept(said, names), made, code: 200 })
    })
  }
}

function leadsTo({ to = '/', whenDone = to }: Form, made: { state?: unknown }): string {
  return made.state === 'done' ? whenDone : to
}

function handOut(
  reply: FastifyReply,
  { name, base64 }: { name: string; base64: string },
): FastifyReply {
  return reply
    .type('application/zip')
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(Buffer.from(base64, 'base64'))
}

function saidIn({ body }: FastifyRequest): URLSearchParams {
  return body instanceof URLSearchParams ? body : new URLSearchParams()
}

function kept(said: URLSearchParams, names: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = said.get(name)
      return value === null ? [] : [[name, value]]
    }),
  )
}

function placed(path: string, said: URLSearchParams): string {
  return path.replace(/\/:([a-z]+)$/, (_all, name: string) => {
    const value = said.get(name)
    return value ? `/${encodeURIComponent(value)}` : ''
  })
}

function drawnAgain(
  request: FastifyRequest,
  { asks = [], secrets = [], carries = [], keeps = [], page }: Form,
  refused: Refusal,
  code: number,
): Drawn {
  const said = saidIn(request)
  const { field = '' } = refused
  const form = request.routeOptions.url ?? ''
  const isMarked = [...asks, ...secrets].includes(field)
  const written: Written = {
    ...{ form, said: kept(said, [...asks, ...carries, ...keeps]) },
    ...(isMarked ? { marks: field } : {}),
  }
  return { path: placed(page, said), params: kept(said, keeps), refused, written, code }
}

const inDigits: ReadonlySet<string> = new Set(['phone', 'code'])

function handOn(
  program: FastifyInstance,
  request: FastifyRequest,
  { api, asks = [], secrets = [], carries = [], also }: Form,
  said: URLSearchParams,
) {
  const { cookie, host, 'user-agent': agent = '' } = request.headers
  const fields = [...asks, ...secrets, ...carries]
  const sent = Object.fromEntries(
    fields.map((name) => {
      const text = (said.get(name) ?? '').trim()
      // A Chinese keyboard writes digits as wide as its letters.
      return [name, inDigits.has(name) ? text.normalize('NFKC') : text]
    }),
  )
  return program.inject({
    ...{ method: 'POST', url: `/api${api}`, remoteAddress: request.ip },
    headers: {
      ...{ 'content-type': 'application/json', 'user-agent': agent, host },
      ...(cookie ? { cookie } : {}),
    },
    payload: JSON.stringify({ ...sent, ...also }),
  })
}
