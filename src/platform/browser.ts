/**
 * The browser at the other end: a random secret that only it keeps, and the session that it is
 * given. A session answers only together with the secret of the browser that it was opened in.
 */
import { createHmac } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Asker } from '../kernel/asker.ts'
import type { Clock, Instant } from '../kernel/clock.ts'
import type { Fault } from '../kernel/fault.ts'
import { newSecret } from './ids.ts'
import { digest } from './secrets.ts'

export type Browser = {
  /** Hash of its secret; one is made where it had none. */
  device(): Buffer
  /** Null where it keeps none yet. */
  knownDevice: Buffer | null
  /**
   * Made of its secret and this word: nobody else can make it, not from anything that is kept here.
   * Null where it keeps none yet.
   */
  ownKey(word: string): Buffer | null
  userAgent: string
  address: string
  /** The host it asked for, with its port. */
  host: string
  /** The token of the session that it holds. */
  token: string | undefined
  keep(session: { token: string; expiresAt: Instant }): void
  forget(): void
}

/** After something that makes the asker more than they were, or somebody else: a new token. */
export type Renewed = <T extends object>(
  done: Promise<T | Fault>,
  asker: Asker,
  browser: Browser,
) => Promise<T | Fault>

const deviceSeconds = 365 * 24 * 3600
/** Under https a cookie of this name is this host's alone and never in clear (RFC 6265bis). */
const hostOnly = '__Host-'

type Names = Record<'session' | 'device' | 'language' | 'view', string>

export function cookieNames(isHttps: boolean): Names {
  const prefix = isHttps ? hostOnly : ''
  const of = (what: string) => `${prefix}lilong${what}`
  return {
    ...{ session: of(''), device: of('-device') },
    ...{ language: of('-language'), view: of('-view') },
  }
}

export function bearerOf({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const { authorization } = headers
  return authorization?.startsWith('Bearer ') ? authorization.slice(7) : undefined
}

/** What a request shows of who asks: a program its bearer token, a browser what it keeps. */
export function shownBy(
  { headers, cookies }: Pick<FastifyRequest, 'headers' | 'cookies'>,
  { isHttps }: { isHttps: boolean },
): { token: string | undefined; device: Buffer | null } {
  const names = cookieNames(isHttps)
  const device = cookies[names.device]
  const token = bearerOf({ headers }) ?? cookies[names.session]
  return { token, device: device === undefined ? null : digest(device) }
}

export function browserOf(
  request: FastifyRequest,
  reply: FastifyReply,
  { isHttps, clock }: { isHttps: boolean; clock: Clock },
): Browser {
  const names = cookieNames(isHttps)
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure: isHttps } as const
  const kept = request.cookies[names.device]
  let made: string | undefined
  const make = () => {
    const secret = newSecret()
    reply.setCookie(names.device, secret, { ...options, maxAge: deviceSeconds })
    return secret
  }
  return {
    device: () => digest(kept ?? (made ??= make())),
    knownDevice: kept === undefined ? null : digest(kept),
    ownKey: (word) =>
      kept === undefined ? null : createHmac('sha256', kept).update(word).digest(),
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
    ...{ address: request.ip, host: request.headers.host ?? '' },
    token: request.cookies[names.session],
    keep: ({ token, expiresAt }) => {
      const maxAge = Math.max(0, Math.round((expiresAt - clock.now()) / 1000))
      reply.setCookie(names.session, token, { ...options, maxAge })
    },
    forget: () => void reply.clearCookie(names.session, options),
  }
}
