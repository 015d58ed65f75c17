import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import { Provider } from 'oidc-provider'
import type { Organisation } from '../../src/desks/identity/index.ts'

/** What a wicked provider, or whoever stands before it, writes into the id token. */
export type Forgery = {
  alg?: 'none' | 'HS256'
  key?: KeyObject
  kid?: string
  claims?: Record<string, unknown>
}

/** The real `oidc-provider`, on this machine, in which anybody signs in by being `person`. */
export type TestOrganisation = AsyncDisposable & {
  wish: Organisation
  /** Who signs in there next, and what is done to what it says. */
  person: string
  forgery: Forgery | null
  /** What it is asked at its authorization endpoint. */
  asked: URLSearchParams[]
  /** Goes through its pages, as a browser of its own; answers where it is sent back to. */
  answers(begun: string, cookies?: Map<string, string>): Promise<URL>
  /** Once the program is open: where answers go. */
  ready(publicUrl: string): void
}

const id = 'lilong-test'

export async function openOrganisation(): Promise<TestOrganisation> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const secret = randomBytes(32).toString('base64url')
  let provider: Provider | undefined
  const server: Server = createServer((request, response) => {
    if (!provider) return void response.writeHead(503).end()
    if (!request.url?.startsWith('/interaction/')) return provider.callback()(request, response)
    const login = { accountId: made.person, remember: false }
    void provider.interactionFinished(request, response, { login })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const made: TestOrganisation = {
    wish: { url: issuer, id, secret, name: '示例单位' },
    ...{ person: 'nobody', forgery: null, asked: [] },
    answers: (begun, cookies) => throughPages(issuer, begun, cookies),
    ready(publicUrl) {
      provider = providerOf({ issuer, secret, privateKey, publicUrl })
      provider.use(async (context, next) => {
        await next()
        if (context.oidc?.route !== 'token' || !made.forgery || !context.body?.id_token) return
        context.body.id_token = forged(context.body.id_token, privateKey, made.forgery)
      })
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
  return made
}

function providerOf(of: {
  issuer: string
  secret: string
  privateKey: KeyObject
  publicUrl: string
}): Provider {
  const jwk = { ...of.privateKey.export({ format: 'jwk' }), kid: 'of-the-test', use: 'sig' }
  const provider: Provider = new Provider(of.issuer, {
    jwks: { keys: [jwk] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_context: unknown, sub: string) => ({
      ...{ accountId: sub, claims: () => ({ sub }) },
    }),
    clients: [
      {
        ...{ client_id: id, client_secret: of.secret, redirect_uris: [`${of.publicUrl}/in/oidc`] },
        ...{ response_types: ['code'], grant_types: ['authorization_code'] },
      },
    ],
    async loadExistingGrant({ oidc }: any) {
      const grant = new provider.Grant({
        ...{ clientId: oidc.client.clientId, accountId: oidc.session.accountId },
      })
      grant.addOIDCScope('openid')
      await grant.save()
      return grant
    },
  })
  return provider
}

async function throughPages(
  issuer: string,
  begun: string,
  cookies = new Map<string, string>(),
): Promise<URL> {
  let at = new URL(begun)
  for (let steps = 0; at.origin === issuer; steps++) {
    if (steps > 10) throw new Error('the provider does not come to an end')
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(at, { redirect: 'manual', headers: { cookie } })
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    const to = answer.headers.get('location')
    if (!to) throw new Error(`the provider answers ${answer.status}: ${await answer.text()}`)
    at = new URL(to, at)
  }
  return at
}

const coded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** The provider's own token with other words, signed as the forgery says. */
function forged(token: string, own: KeyObject, { alg, key = own, kid, claims }: Forgery): string {
  const [head = '', body = ''] = token.split('.')
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
  const said = { ...read(body), ...claims }
  const header = { ...read(head), ...(alg ? { alg } : {}), ...(kid ? { kid } : {}) }
  const text = `${coded(header)}.${coded(said)}`
  if (alg === 'none') return `${text}.`
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`
}
