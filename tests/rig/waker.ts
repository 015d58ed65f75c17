import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  hkdfSync,
  randomBytes,
  randomUUID,
  verify,
} from 'node:crypto'
import { createServer, type Server } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { makeCertificate } from './certificate.ts'

/** What the service does with the next messages to a browser. */
export type Manner =
  | { does: 'take' }
  | { does: 'answer'; status: number; headers?: Record<string, string> }
  | { does: 'hang' }
  /** A byte now and then, for ever. */
  | { does: 'drip' }
  | { does: 'flood' }

/** A message as a browser gets it: the service could not read it. */
export type Pushed = {
  payload: any
  ttl: number
  urgency: string
  topic: string
  /** How long it was on the way. */
  bytes: number
}

/** A browser that agreed to be woken. */
export type RigBrowser = {
  subscription: { endpoint: string; p256dh: string; auth: string }
  manner: Manner
  /** Every call that came for it, taken or not. */
  calls: number
  got: Pushed[]
}

export type Waker = AsyncDisposable & {
  origin: string
  /** `key`: the program's public key, which the browser subscribed with. */
  browser(key: string): RigBrowser
  /** What was wrong with a call: nothing, if all is as the standards say. */
  faults: string[]
}

/**
 * A push service (RFC 8030) on this machine. It checks who sends (RFC 8292), and its browsers
 * decrypt what they get (RFC 8188, 8291), by a code of its own.
 */
export async function openWaker(): Promise<Waker> {
  const browsers = new Map<string, RigBrowser & { open(body: Buffer): string; key: string }>()
  const faults: string[] = []
  const open = new Set<ServerResponse>()
  const server = createServer(makeCertificate(), (request, response) => {
    open.add(response)
    response.on('close', () => open.delete(response))
    const browser = browsers.get(request.url ?? '')
    void bodyOf(request).then((body) => {
      if (!browser) return void response.writeHead(404).end()
      browser.calls++
      const wrong = faultsOf(request, service.origin, browser.key)
      faults.push(...wrong)
      if (wrong.length > 0) return void response.writeHead(403).end()
      return answer(response, browser, request, body)
    })
  })
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  const service: Waker = {
    origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    browser(key) {
      const path = `/push/${randomUUID()}`
      const { keys, open: decrypt } = keysOfBrowser()
      const subscription = { endpoint: `${service.origin}${path}`, ...keys }
      const made = { subscription, manner: { does: 'take' } as Manner, calls: 0, got: [], key }
      const browser = Object.assign(made, { open: decrypt })
      browsers.set(path, browser)
      return browser
    },
    [Symbol.asyncDispose]: () => close(server, open),
  }
  return service
}

function answer(
  response: ServerResponse,
  browser: RigBrowser & { open(body: Buffer): string },
  request: IncomingMessage,
  body: Buffer,
): void {
  const { manner } = browser
  switch (manner.does) {
    case 'take': {
      const { ttl, urgency, topic } = request.headers
      const payload = JSON.parse(browser.open(body))
      const told = { ttl: Number(ttl), urgency: String(urgency), topic: String(topic) }
      const bytes = body.length
      browser.got.push({ payload, ...told, bytes })
      return void response.writeHead(201, { location: `${request.url}/1` }).end()
    }
    case 'answer':
      return void response.writeHead(manner.status, manner.headers).end()
    case 'hang':
      return
    case 'drip': {
      response.writeHead(201)
      const timer = setInterval(() => response.write('.'), 5)
      return void response.on('close', () => clearInterval(timer))
    }
    case 'flood':
      return void response.writeHead(201).end(Buffer.alloc(1024 * 1024))
    default:
      return manner satisfies never
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts)
}

async function close(server: Server, open: ReadonlySet<ServerResponse>): Promise<void> {
  for (const response of open) response.destroy()
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
}

/** RFC 8030, 5; RFC 8292, 2 to 4. */
function faultsOf({ method, headers }: IncomingMessage, origin: string, key: string): string[] {
  const found: string[] = []
  const must = (isSo: boolean, what: string) => void (isSo || found.push(what))
  must(method === 'POST', 'method')
  must(/^\d+$/.test(String(headers['ttl'])), 'TTL')
  must(/^(very-low|low|normal|high)$/.test(String(headers['urgency'])), 'Urgency')
  must(/^[A-Za-z0-9_-]{1,32}$/.test(String(headers['topic'])), 'Topic')
  must(headers['content-encoding'] === 'aes128gcm', 'Content-Encoding')
  const [, jwt = '', k = ''] =
    /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(headers.authorization ?? '') ?? []
  must(k === key, 'k')
  const [head = '', claims = '', signature = ''] = jwt.split('.')
  if (!head || !claims || !signature) return [...found, 'token']
  const parsed = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
  must(parsed(head).alg === 'ES256', 'alg')
  const { aud, exp, sub } = parsed(claims)
  const seconds = Date.now() / 1_000
  must(aud === origin, 'aud')
  must(exp > seconds && exp <= seconds + 24 * 3_600, 'exp')
  must(/^(mailto:|https:)/.test(sub), 'sub')
  const point = Buffer.from(k, 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((each) =>
    each.toString('base64url'),
  )
  const jwk = { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }
  const publicKey = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' }
  const signed = Buffer.from(`${head}.${claims}`)
  const bytes = Buffer.from(signature, 'base64url')
  must(verify('sha256', signed, publicKey as Parameters<typeof verify>[2], bytes), 'signature')
  return found
}

function keysOfBrowser() {
  const curve = createECDH('prime256v1')
  const own = curve.generateKeys()
  const auth = randomBytes(16)
  const keys = { p256dh: own.toString('base64url'), auth: auth.toString('base64url') }
  return {
    keys,
    /** RFC 8291, 3.4, then RFC 8188, 2: one record. */
    open(body: Buffer): string {
      const salt = body.subarray(0, 16)
      const theirs = body.subarray(21, 21 + body.readUInt8(20))
      const sealed = body.subarray(21 + theirs.length)
      const shared = curve.computeSecret(theirs)
      const label = Buffer.concat([Buffer.from('WebPush: info\0'), own, theirs])
      const secret = Buffer.from(hkdfSync('sha256', shared, auth, label, 32))
      const part = (name: string, bytes: number) =>
        Buffer.from(hkdfSync('sha256', secret, salt, `Content-Encoding: ${name}\0`, bytes))
      const cipher = createDecipheriv('aes-128-gcm', part('aes128gcm', 16), part('nonce', 12))
      cipher.setAuthTag(sealed.subarray(-16))
      const plain = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()])
      const end = plain.lastIndexOf(2)
      return plain.subarray(0, end).toString()
    },
  }
}
