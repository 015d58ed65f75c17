/**
 * The front doors: server-rendered pages, sign-in links, the live stream, files. No data of its
 * own.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ownsElsewhere, type Asker } from './kernel/asker.ts'
import { isFault } from './kernel/fault.ts'
import type { Given } from './platform/given.ts'
import { browserOf, shownBy } from './platform/browser.ts'
import { yearSeconds } from './platform/edge.ts'
import { answerNotFound, isFromAnotherSite } from './platform/http.ts'
import type { Live } from './platform/live.ts'
import { digest } from './platform/secrets.ts'
import { officersOf } from './desks/delivery/index.ts'
import { enter, isOpenLink, leave } from './desks/identity/index.ts'
import { answerLink, answers, behindLink, type CareGiven } from './watch/care/index.ts'
import { choose, document, html, plain, preferencesOf, type Bundle } from './drawing.ts'
import { openForms, type Drawn } from './forms.ts'
import type { PageSpec } from '../web/shell/pages.ts'
import type { Manifest } from '../web/shell/page.ts'

export type FrontGiven = {
  given: Given
  care: CareGiven
  live: Live
  distDir: string
  isDemo: boolean
  /** People come by https: cookies never leave it, and browsers do not try without. */
  isHttps: boolean
  /** The origin that people open where it is not the bound address. */
  publicUrl: string | null
  whoAsks(token: string, device: Buffer | null): Promise<Asker>
}

export async function openFront(app: FastifyInstance, front: FrontGiven): Promise<void> {
  const bundle = (await import(
    pathToFileURL(join(front.distDir, 'server/server.js')).href
  )) as Bundle
  const manifest = JSON.parse(
    readFileSync(join(front.distDir, 'client/.vite/manifest.json'), 'utf8'),
  ) as Manifest
  await app.register(fastifyStatic, {
    root: join(front.distDir, 'client'),
    index: false,
    maxAge: yearSeconds * 1000,
    immutable: true,
    // The list of what was built from what lies in such a folder.
    dotfiles: 'ignore',
    setHeaders(reply, path) {
      if (path.endsWith('.svg')) reply.header('content-type', 'image/svg+xml; charset=utf-8')
    },
  })
  await app.register(async (forms) => {
    // Plain forms without fields, so that they work without script; the API takes only JSON.
    forms.addContentTypeParser('application/x-www-form-urlencoded', (_request, _body, done) =>
      done(null, {}),
    )
    guard(forms, front, bundle, manifest)
    openLinks(forms, front, bundle, manifest)
    openAnswers(forms, front, bundle, manifest)
  })
  await app.register(async (forms) => {
    guard(forms, front, bundle, manifest)
    openForms(forms, app, (request, reply, drawn) =>
      drawAgain({ app, front, bundle, manifest, request, reply }, drawn),
    )
  })
  openPages(app, front, bundle, manifest)
  openStream(app, front)
}

/** No other site presses a button here. */
function guard(
  forms: FastifyInstance,
  front: FrontGiven,
  bundle: Bundle,
  manifest: Manifest,
): void {
  forms.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'POST' || !isFromAnotherSite(request, front.publicUrl)) return
    const sent = plain(front, request, 'not-allowed')
    return html(reply)
      .code(403)
      .send(document(bundle, manifest, sent))
  })
}

/** A page in answer to its own form. */
async function drawAgain(
  at: {
    app: FastifyInstance
    front: FrontGiven
    bundle: Bundle
    manifest: Manifest
    request: FastifyRequest
    reply: FastifyReply
  },
  { path, params, made, refused, written, code }: Drawn,
): Promise<FastifyReply> {
  const { app, front, bundle, manifest, request, reply } = at
  const page = bundle.pageAt(path)
  const heardTo = front.live.moment()
  const answers = await answersOf(app, request, page?.needs(params, front.given.clock.now()) ?? [])
  const said = { ...(made ? { made } : {}), ...(refused ? { refused, written } : {}) }
  const first = { ...answers, ...said }
  const drawn = { ...plain(front, request), path, at: path, params, first, heardTo }
  return html(reply)
    .code(code)
    .send(document(bundle, manifest, drawn))
}

async function askerOf(front: FrontGiven, request: FastifyRequest): Promise<Asker> {
  const { token, device } = shownBy(request, front)
  return token ? front.whoAsks(token, device) : { kind: 'nobody' }
}

function openPages(
  app: FastifyInstance,
  front: FrontGiven,
  bundle: Bundle,
  manifest: Manifest,
): void {
  app.get('/', { schema: { hide: true } }, async (request, reply) => {
    const asker = await askerOf(front, request)
    return reply.redirect((await isBeginning(app, request, asker)) ? '/begin' : homeOf(asker))
  })
  for (const page of bundle.pages.filter(({ path }) => !isLink(path))) {
    app.get(page.path, { schema: { hide: true } }, (request, reply) =>
      show(app, front, bundle, manifest, page, request, reply),
    )
  }
  for (const page of ['parts', 'phone', 'desk'] as const) {
    app.get(
      `/ui${page === 'parts' ? '' : `/${page}`}`,
      { schema: { hide: true } },
      (request, reply) => {
        const { language, view } = preferencesOf(request, front)
        const assets = bundle.assetsOf(manifest, 'web/ui/browser.tsx')
        return html(reply).send(bundle.renderGallery({ language, view, page, assets }))
      },
    )
  }
  app.setNotFoundHandler(async (request, reply) => {
    if (request.url.startsWith('/api/')) return answerNotFound(reply)
    const sent = plain(front, request, 'not-found')
    return html(reply)
      .code(404)
      .send(document(bundle, manifest, sent))
  })
}

/** These open by what they carry, and not by who asks. */
function isLink(path: string): boolean {
  return path.startsWith('/in/') || path.startsWith('/answer/')
}

/** An officer and a worker stand at the desk; who only lives here, at their own start. */
function homeOf(asker: Asker): string {
  if (asker.kind === 'account') return '/home'
  if (asker.kind !== 'person') return '/sign-in'
  return asker.post ? '/desk' : '/home'
}

/** Came by the owner's link, and has no street yet: every door but the open ones is the guide. */
async function isBeginning(
  app: FastifyInstance,
  request: FastifyRequest,
  asker: Asker,
): Promise<boolean> {
  if (asker.kind !== 'account') return false
  const state = (await ask(app, request, '/api/identity/begin')) as { mayFound?: boolean }
  return state.mayFound === true
}

function isAllowed(page: PageSpec, asker: Asker): boolean {
  if (page.front === 'open' || page.isShell) return true
  if (asker.kind === 'account') return page.forAccounts === true
  if (asker.kind !== 'person') return false
  if (page.front === 'centre') return asker.post?.role === 'street'
  if (page.front === 'desk') return asker.post !== null
  if (page.forStaff === true && asker.post !== null) return true
  if (ownsElsewhere(asker)) return page.forAccounts === true || page.forOwners === true
  return asker.home !== null || (page.forAccounts === true && asker.post === null)
}

async function show(
  app: FastifyInstance,
  front: FrontGiven,
  bundle: Bundle,
  manifest: Manifest,
  page: PageSpec,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const chosen = choose(front, request, reply)
  if (chosen) return chosen
  const asker = await askerOf(front, request)
  const isOpen = page.front === 'open' || page.isShell === true
  if (!isOpen && (await isBeginning(app, request, asker))) {
    const sent = plain(front, request, 'beginning')
    return html(reply)
      .code(403)
      .send(document(bundle, manifest, sent))
  }
  if (!isAllowed(page, asker)) {
    // Whoever acted for somebody until just now, or has no home yet, is shown what is theirs.
    if (asker.kind === 'account') return reply.redirect('/home')
    const isNobody = asker.kind !== 'person'
    const first = isNobody ? await answersOf(app, request, ['/api/identity/ways']) : {}
    const sent = { ...plain(front, request, isNobody ? 'sign-in' : 'not-allowed'), first }
    return html(reply)
      .code(isNobody ? 401 : 403)
      .send(document(bundle, manifest, sent))
  }
  const params = request.params as Record<string, string>
  const now = front.given.clock.now()
  const wanted = page.isShell ? [] : page.needs(params, now)
  const needs = isOpen ? wanted : ['/api/identity/me', ...wanted]
  const heardTo = front.live.moment()
  const first = await answersOf(app, request, needs)
  // An account without a person has no stream.
  const session = isOpen || asker.kind !== 'person' ? null : asker.signIn.session
  const signIn = session ? { signIn: digest(`live ${session}`).toString('base64url', 0, 12) } : {}
  const sent = { ...plain(front, request), params, first, heardTo, ...signIn }
  return html(reply).send(document(bundle, manifest, sent))
}

async function answersOf(
  app: FastifyInstance,
  request: FastifyRequest,
  urls: readonly string[],
): Promise<Record<string, unknown>> {
  const asked = urls.map(async (url) => [url, await ask(app, request, url)] as const)
  return Object.fromEntries(await Promise.all(asked))
}

/** The page's first data are the answers of the same endpoints, in the asker's name. */
async function ask(app: FastifyInstance, request: FastifyRequest, url: string): Promise<unknown> {
  const { authorization, cookie, host } = request.headers
  const answer = await app.inject({
    ...{ method: 'GET', url, remoteAddress: request.ip },
    headers: { host, ...(authorization ? { authorization } : {}), ...(cookie ? { cookie } : {}) },
  })
  return answer.json()
}

/** A secret in an address is not guessed often. */
const limited = {
  schema: { hide: true },
  config: { rateLimit: { max: 30, timeWindow: 60_000 } },
}

/** A link is used by a press: chat programs open links by themselves. */
function openLinks(
  app: FastifyInstance,
  front: FrontGiven,
  bundle: Bundle,
  manifest: Manifest,
): void {
  const { given } = front
  app.get<{ Params: { token: string } }>('/in/:token', limited, async (request, reply) => {
    const chosen = choose(front, request, reply)
    if (chosen) return chosen
    const isOpen = await isOpenLink(given, request.params.token)
    const sent = plain(front, request, isOpen ? 'enter' : 'link-used')
    return html(reply)
      .code(isOpen ? 200 : 410)
      .send(document(bundle, manifest, sent))
  })
  app.post<{ Params: { token: string } }>('/in/:token', limited, async (request, reply) => {
    const browser = browserOf(request, reply, { isHttps: front.isHttps, clock: given.clock })
    const entered = await enter(given, request.params.token, browser, front.isDemo)
    if (isFault(entered)) {
      const sent = plain(front, request, 'link-used')
      return html(reply)
        .code(410)
        .send(document(bundle, manifest, sent))
    }
    browser.keep(entered)
    return reply.redirect(entered.to ?? '/', 303)
  })
  app.post('/sign-out', limited, async (request, reply) => {
    const browser = browserOf(request, reply, { isHttps: front.isHttps, clock: given.clock })
    if (browser.token) await leave(given, browser.token)
    browser.forget()
    return reply.redirect('/sign-in', 303)
  })
}

/** A chosen contact answers without signing in; of a link that opens nothing it is not said why. */
function openAnswers(
  app: FastifyInstance,
  front: FrontGiven,
  bundle: Bundle,
  manifest: Manifest,
): void {
  const gone = (request: FastifyRequest, reply: FastifyReply) =>
    html(reply)
      .code(410)
      .send(document(bundle, manifest, plain(front, request, 'answer-gone')))
  app.get<{ Params: { token: string } }>('/answer/:token', limited, async (request, reply) => {
    const chosen = choose(front, request, reply)
    if (chosen) return chosen
    const { token } = request.params
    const behind = await behindLink(front.care, token)
    if (behind.is === 'gone') return gone(request, reply)
    const { calledAs, until } = behind
    const sent = { ...plain(front, request), params: { token, calledAs, until: String(until) } }
    return html(reply).send(document(bundle, manifest, sent))
  })
  for (const said of answers) {
    const path = `/answer/:token/${said}`
    app.post<{ Params: { token: string } }>(path, limited, async (request, reply) => {
      const answered = await answerLink(front.care, request.params.token, said)
      if (!answered) return gone(request, reply)
      const sent = { ...plain(front, request, 'answered'), params: { said } }
      return html(reply).send(document(bundle, manifest, sent))
    })
  }
}

const since = { type: 'string', pattern: '^[0-9a-f]{8}\\.[0-9]{1,15}$' } as const
const streaming = {
  schema: { hide: true, querystring: { type: 'object', properties: { since } } },
}

/** One stream a page that says "ask again", never what. */
function openStream(app: FastifyInstance, front: FrontGiven): void {
  app.get<{ Querystring: { since?: string } }>('/live', streaming, async (request, reply) => {
    const asker = await askerOf(front, request)
    if (asker.kind !== 'person') return reply.code(401).send()
    reply.hijack()
    const { session } = asker.signIn
    front.live.watch(asker.person, reply.raw, {
      ...{ since: request.query.since, isHttps: front.isHttps },
      ...(asker.post?.role === 'street' ? { group: officersOf(asker.street) } : {}),
      ...(session === null ? {} : { session }),
      // In the example town a link lasts as long as a resident's sign-in.
      isShort: asker.post !== null && !front.isDemo,
    })
  })
}
