/** How a page is drawn: what the built pages export, what a request prefers, the document. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from './kernel/clock.ts'
import { cookieNames } from './platform/browser.ts'
import { yearSeconds } from './platform/edge.ts'
import type { Front, PageRequest, PageSpec } from '../web/shell/pages.ts'
import type { Assets, Manifest } from '../web/shell/page.ts'
import type { GalleryPage } from '../web/ui/gallery.tsx'
import type { Language } from '../web/words/index.ts'

/** What the server bundle of the pages exports. */
export type Bundle = {
  pages: readonly PageSpec[]
  entries: Readonly<Record<Front, string>>
  pageAt(path: string): PageSpec | undefined
  render(request: PageRequest): { title: string; html: string; front: Front }
  renderGallery(page: {
    language: Language
    view: 'normal' | 'elder'
    page?: GalleryPage
    assets: Assets
  }): string
  renderPage(page: object): string
  assetsOf(manifest: Manifest, entry: string): Assets
}

export function plain(
  front: { given: { clock: Clock }; isDemo: boolean; isHttps: boolean },
  request: FastifyRequest,
  status?: PageRequest['status'],
): PageRequest {
  return {
    path: request.url.split('?')[0] ?? '/',
    params: (request.params as Record<string, string>) ?? {},
    ...preferencesOf(request, front),
    isDemo: front.isDemo,
    first: {},
    now: front.given.clock.now(),
    ...(status ? { status } : {}),
  }
}

export function document(bundle: Bundle, manifest: Manifest, request: PageRequest): string {
  const { title, html: body, front } = bundle.render(request)
  const assets = bundle.assetsOf(manifest, bundle.entries[front])
  const { language } = request
  const ground = front === 'centre' ? room : { view: request.view }
  return bundle.renderPage({ language, ...ground, title, assets, body, first: request })
}

/** The duty seat is dark and read from a chair's distance. */
const room = { view: 'room', theme: 'dark' } as const

export function html(reply: FastifyReply): FastifyReply {
  return reply.type('text/html; charset=utf-8')
}

export function preferencesOf(
  { cookies }: FastifyRequest,
  door: { isHttps: boolean },
): Pick<PageRequest, 'language' | 'view'> {
  const names = cookieNames(door.isHttps)
  return {
    language: cookies[names.language] === 'en' ? 'en' : 'zh-CN',
    view: cookies[names.view] === 'elder' ? 'elder' : 'normal',
  }
}

/** `?language=` and `?view=` are plain links that work without script: remembered, then back. */
export function choose(
  { isHttps: secure }: { isHttps: boolean },
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply | undefined {
  const query = request.query as Record<string, string>
  const choices = { language: ['zh-CN', 'en'], view: ['normal', 'elder'] }
  const names = cookieNames(secure)
  let isChosen = false
  for (const name of ['language', 'view'] as const) {
    const value = query[name]
    if (value === undefined || !choices[name].includes(value)) continue
    isChosen = true
    reply.setCookie(names[name], value, {
      ...{ path: '/', sameSite: 'lax', maxAge: yearSeconds, secure },
    })
  }
  return isChosen ? reply.redirect(pathOf(request)) : undefined
}

/** A proxy's client may name a whole address, whose host is not ours to lead to. */
function pathOf({ url }: FastifyRequest): string {
  return url.startsWith('/') && !url.startsWith('//') ? (url.split('?')[0] ?? '/') : '/'
}
