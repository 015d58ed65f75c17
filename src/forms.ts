/**
 * Plain forms of the pages by which one comes in, so that they work without script. A form is
 * handed on to the one endpoint that judges it, in the name of the same browser; what is refused is
 * drawn on the page again with its sentence. Nothing that was written stands in an address.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { minuteMs } from './kernel/clock.ts'

/** Which endpoint takes the form, with what else; where it leads; which page says a refusal. */
type Form = {
  api: string
  fields: readonly string[]
  also?: Readonly<Record<string, unknown>>
  /** Another page. */
  to?: string
  /** The next page, drawn at once with these fields of the form. */
  shows?: { path: string; with: readonly string[] }
  /** Drawn again with these fields where it is refused. */
  page: string
  keeps?: readonly string[]
}

const hours = { opensAt: '08:30', closesAt: '17:30' }
const keys = '/me/keys'
const mine = '/identity/passkeys'

const forms: Readonly<Record<string, Form>> = {
  '/sign-in/code': {
    ...{ api: '/identity/codes', fields: ['phone'], page: '/sign-in' },
    shows: { path: '/sign-in/code', with: ['phone'] },
  },
  '/sign-in/code/use': {
    ...{ api: '/identity/codes/use', fields: ['phone', 'code'], to: '/' },
    ...{ page: '/sign-in/code', keeps: ['phone'] },
  },
  '/step-up/code': {
    ...{ api: '/identity/step-up/code', fields: [], page: '/step-up' },
    shows: { path: '/step-up', with: ['sent'] },
  },
  '/step-up/code/use': {
    ...{ api: '/identity/step-up/code/use', fields: ['code'], to: '/step-up' },
    ...{ page: '/step-up', keeps: ['sent'] },
  },
  [`${keys}/name`]: { api: `${mine}/name`, fields: ['id', 'name'], to: keys, page: keys },
  [`${keys}/remove`]: { api: `${mine}/remove`, fields: ['id'], to: keys, page: keys },
  [`${keys}/unlink`]: { api: '/identity/organisation/unlink', fields: [], to: keys, page: keys },
  [`${keys}/end`]: { api: '/identity/devices/end', fields: ['session'], to: keys, page: keys },
  [`${keys}/end-others`]: {
    ...{ api: '/identity/devices/end-others', fields: [], to: keys, page: keys },
  },
  '/begin': {
    ...{ api: '/identity/begin', fields: ['street', 'name', 'phone'], to: '/begin' },
    ...{ page: '/begin/:place', keeps: ['place'] },
  },
  '/invite': {
    ...{ api: '/identity/invitations', fields: ['post'], page: '/invite' },
    shows: { path: '/invite', with: [] },
  },
  '/begin/committee': {
    ...{ api: '/duties/bodies', fields: ['committee', 'phone'], also: hours, to: '/begin' },
    ...{ page: '/begin/:place', keeps: ['place'] },
  },
}

/** A page of ours in the name of who asks; `made`, `refused`: what the form was answered. */
export type Drawn = {
  path: string
  params: Record<string, string>
  made?: unknown
  refused?: unknown
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
  config: { rateLimit: { max: 60, timeWindow: minuteMs } },
}

/** `app` hears nothing but these; the endpoints are asked through `program`. */
export function openForms(app: FastifyInstance, program: FastifyInstance, draw: Draw): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  )
  for (const [path, form] of Object.entries(forms)) {
    app.post(path, limited, async (request, reply) => {
      const said = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
      const answer = await handOn(program, request, form, said)
      const set = answer.headers['set-cookie']
      if (set !== undefined) reply.header('set-cookie', set)
      const kept = (names: readonly string[] = []) =>
        Object.fromEntries(names.map((name) => [name, said.get(name) ?? '']))
      if (answer.statusCode === 200) {
        if (!form.shows) return reply.redirect(form.to ?? '/', 303)
        const { path: next, with: names } = form.shows
        const made: unknown = answer.json()
        return draw(request, reply, { path: next, params: kept(names), made, code: 200 })
      }
      const refused: unknown = answer.json()
      if (isStepUp(refused)) return reply.redirect('/step-up', 303)
      const params = kept(form.keeps)
      const at = form.page.replace(':place', encodeURIComponent(params['place'] ?? ''))
      return draw(request, reply, { path: at, params, refused, code: answer.statusCode })
    })
  }
}

function handOn(
  program: FastifyInstance,
  request: FastifyRequest,
  { api, fields, also }: Form,
  said: URLSearchParams,
) {
  const { cookie, host, 'user-agent': agent = '' } = request.headers
  const written = Object.fromEntries(fields.map((name) => [name, (said.get(name) ?? '').trim()]))
  return program.inject({
    ...{ method: 'POST', url: `/api${api}`, remoteAddress: request.ip },
    headers: {
      ...{ 'content-type': 'application/json', 'user-agent': agent, host },
      ...(cookie ? { cookie } : {}),
    },
    payload: JSON.stringify({ ...written, ...also }),
  })
}

function isStepUp(refused: unknown): boolean {
  return (refused as { fault?: unknown } | null)?.fault === 'step-up-needed'
}
