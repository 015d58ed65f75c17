/**
 * One call to somebody outside. https alone; no redirect is followed; bounded in time and size.
 * Whoever an address was given by a person's browser is never one of this machine or its network.
 */
import { lookup as lookUp } from 'node:dns'
import {
  request as plainRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http'
import { request as tlsRequest } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

export type Outward = {
  url: string
  headers: Readonly<Record<string, string>>
  body: string | Buffer
}
export type Answered = { status: number; retryAfter: string | undefined; body: string }

/**
 * `public`: a person's browser gave the address, or somebody outside. `chosen`: whoever runs the
 * program did, perhaps inside their network; plain http only to this machine. `rehearsed`: only
 * this machine, with any certificate.
 */
export type Reach = 'public' | 'chosen' | 'rehearsed'

/** Why nothing was sent; in its message is nothing of the address. */
export class NotReached extends Error {
  readonly code: 'address' | 'timeout' | 'network' | 'too-large'

  constructor(code: NotReached['code']) {
    super(code)
    this.code = code
  }
}

const answerBytesMax = 64 * 1024
const timeoutMsUsual = 10_000

export function isAllowed(url: string, reach: Reach): boolean {
  const to = URL.canParse(url) ? new URL(url) : null
  if (!to || to.username || to.password || url.length > 2_000) return false
  const host = to.hostname.replace(/^\[|\]$/g, '')
  if (reach === 'rehearsed') return isHere(host) && /^https?:$/.test(to.protocol)
  if (to.protocol === 'http:') return reach === 'chosen' && isHere(host)
  if (to.protocol !== 'https:') return false
  if (tellingNames.test(host) || isTelling(host)) return false
  if (reach === 'chosen') return true
  return isIP(host)
    ? isPublic(host)
    : !/(^|\.)(localhost|local|internal|home\.arpa)\.?$/i.test(host)
}

/** Rejects with `NotReached` alone. */
export async function postOutward(
  outward: Outward,
  reach: Reach,
  timeoutMs = timeoutMsUsual,
): Promise<Answered> {
  const { status, headers, body } = await callOutward('POST', outward, reach, timeoutMs)
  return { status, retryAfter: headers['retry-after'], body }
}

/** For libraries that bring their own words of a protocol: as `fetch`, by the rules here. */
export async function fetchOutward(
  url: string,
  asked: { method: string; headers: Readonly<Record<string, string>>; body: string | null },
  reach: Reach,
): Promise<Response> {
  const { method, headers, body } = asked
  const outward = { url, headers, body: body ?? '' }
  const got = await callOutward(method, outward, reach, timeoutMsUsual)
  const type = got.headers['content-type'] ?? 'text/plain'
  const isEmpty = [204, 205, 304].includes(got.status)
  return new Response(isEmpty ? null : got.body, {
    ...{ status: got.status, headers: { 'content-type': type } },
  })
}

type Called = { status: number; headers: IncomingHttpHeaders; body: string }

function callOutward(
  method: string,
  { url, headers, body }: Outward,
  reach: Reach,
  timeoutMs: number,
): Promise<Called> {
  if (!isAllowed(url, reach)) return Promise.reject(new NotReached('address'))
  const to = new URL(url)
  const length = method === 'GET' ? {} : { 'content-length': Buffer.byteLength(body) }
  const options: RequestOptions & { rejectUnauthorized: boolean } = {
    ...{ method, agent: false, rejectUnauthorized: reach !== 'rehearsed' },
    ...{ headers: { ...headers, ...length } },
    // After the look-up, so that a name cannot lead inside.
    ...(reach === 'public' ? { lookup: publicOnly } : {}),
    ...(reach === 'chosen' ? { lookup: neverTelling } : {}),
  }
  const request = to.protocol === 'https:' ? tlsRequest : plainRequest
  return new Promise((resolve, reject) => {
    const fail = (code: NotReached['code']) => {
      clearTimeout(timer)
      sent.destroy()
      reject(new NotReached(code))
    }
    const sent = request(to, options, (response) => {
      read(response).then(
        (text) => {
          clearTimeout(timer)
          const { statusCode: status = 0, headers: got } = response
          resolve({ status, headers: got, body: text })
        },
        (why: unknown) => fail(why instanceof NotReached ? why.code : 'network'),
      )
    })
    // For the whole of it: a peer that sends a byte now and then is none.
    const timer = setTimeout(() => fail('timeout'), timeoutMs)
    sent.on('error', (why) => fail(why instanceof NotReached ? why.code : 'network'))
    sent.end(method === 'GET' ? undefined : body)
  })
}

async function read(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of response as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > answerBytesMax) throw new NotReached('too-large')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

/** Looks a name up, and finds nothing where any of its addresses is not public. */
export const publicOnly = lookUpOnly(isPublic)
const neverTelling = lookUpOnly((address) => !isTelling(address))

function lookUpOnly(isFine: (address: string) => boolean): LookupFunction {
  return (name, options, done) => {
    lookUp(name, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '', 0)
      const [first] = found
      if (!first || !found.every(({ address }) => isFine(address))) {
        return done(new NotReached('address'), '', 0)
      }
      if (options.all) return done(null, found)
      return done(null, first.address, first.family)
    })
  }
}

/** Where a cloud tells a machine its own secrets: nobody's choice, and nobody's service. */
const telling = new BlockList()
telling.addSubnet('169.254.0.0', 16, 'ipv4')
telling.addAddress('100.100.100.200', 'ipv4')
telling.addAddress('192.0.0.192', 'ipv4')
telling.addSubnet('fe80::', 10, 'ipv6')
telling.addAddress('fd00:ec2::254', 'ipv6')
const tellingNames = /^(metadata(\.google\.internal|\.goog)|instance-data(\.ec2\.internal)?)\.?$/i

function isTelling(address: string): boolean {
  const family = isIP(address)
  return family !== 0 && telling.check(address, family === 4 ? 'ipv4' : 'ipv6')
}

/** Special-purpose networks (RFC 6890 and its registry); of IPv6 all but 2000::/3. */
const inside = new BlockList()
for (const network of [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'],
  ...['172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16'],
  ...['198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
]) {
  const [address = '', bits] = network.split('/')
  inside.addSubnet(address, Number(bits), 'ipv4')
}
const outside6 = new BlockList()
outside6.addSubnet('2000::', 3, 'ipv6')
/** Written there, but leads elsewhere or nowhere: Teredo, documentation, 6to4. */
const turned6 = new BlockList()
turned6.addSubnet('2001::', 23, 'ipv6')
turned6.addSubnet('2001:db8::', 32, 'ipv6')
turned6.addSubnet('2002::', 16, 'ipv6')

export function isPublic(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !inside.check(address, 'ipv4')
  return family === 6 && outside6.check(address, 'ipv6') && !turned6.check(address, 'ipv6')
}

function isHere(host: string): boolean {
  return /^(127(\.\d+){3}|::1|localhost)$/.test(host)
}
