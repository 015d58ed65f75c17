import { randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { hostname } from 'node:os'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { openProvider } from '../../src/desks/identity/oidc/index.ts'
import { isAllowed, postOutward } from '../../src/platform/outward.ts'
import { openStreets, type Streets } from '../rig/streets.ts'
import { visitor } from '../rig/visitor.ts'

let town: Streets
let inside: Server
let port: number
const called: string[] = []

beforeAll(async () => {
  inside = createServer((request, response) => {
    called.push(`${request.method} ${request.url}`)
    const to = /^\/redirect\/(\d{3})$/.exec(request.url ?? '')?.[1]
    if (!to) return void response.end('the secret of this machine')
    response.writeHead(Number(to), { location: `http://127.0.0.1:${port}/secret` }).end()
  })
  await new Promise<void>((done) => void inside.listen(0, '127.0.0.1', done))
  port = (inside.address() as AddressInfo).port
  town = await openStreets({
    ways: {
      ...{ pushSecret: randomBytes(32).toString('base64url'), isPushRehearsed: false },
      ...{ pushContact: 'mailto:street@lilong.example', sms: null, wecom: null, voice: null },
      ...{ outboxFile: '/dev/null', quiet: null },
    },
  })
})
afterAll(async () => {
  await town[Symbol.asyncDispose]()
  await new Promise((done) => inside.close(done))
})

/** Ways to write this machine, its network, and the machine of a cloud that knows all secrets. */
const hosts = [
  ...['127.0.0.1', '127.1', '127.0.1', '0x7f000001', '0x7f.1', '017700000001', '2130706433'],
  ...['0177.0.0.1', '127.0.0.1.', '127.127.127.127', '0.0.0.0', '0', '00000177.1', '１２７.0.0.1'],
  ...['①②⑦.0.0.1', '127。0。0。1', '[::1]', '[0:0:0:0:0:0:0:1]', '[::]', '[::ffff:127.0.0.1]'],
  ...['[::ffff:7f00:1]', '[::127.0.0.1]', '[64:ff9b::127.0.0.1]', '[2002:7f00:1::]', '[fe80::1]'],
  ...['[fc00::1]', '[fd00:ec2::254]', '[ff02::1]', '[2001:db8::1]', '[2001:0:7f00:1::]'],
  ...['169.254.169.254', '169.254.170.2', '2852039166', '0xa9fea9fe', '[::ffff:169.254.169.254]'],
  ...['100.100.100.200', '10.0.0.1', '172.16.0.1', '192.168.1.1', '192.0.0.192', '198.18.0.1'],
  ...['224.0.0.1', '255.255.255.255', 'localhost', 'LOCALHOST', 'localhost.', 'a.localhost'],
  ...['metadata.google.internal', 'printer.local', 'router.home.arpa', 'db.internal.'],
]

const key = { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22), language: 'en' }

describe('a browser’s push service is somebody outside', () => {
  test.each(hosts)('%s is none', async (host) => {
    for (const place of [`https://${host}/`, `https://${host}:${port}/push`, `http://${host}/`]) {
      expect({ place, isAllowed: isAllowed(place, 'public') }).toEqual({ place, isAllowed: false })
      const answer = await town.a.worker.post('/api/delivery/wake', { endpoint: place, ...key })
      expect(answer).toMatchObject({ status: 400, body: { fault: 'bad-input', field: 'endpoint' } })
    }
    expect(called).toEqual([])
  })

  test.each([
    ...[
      'https://a:b@push.example/',
      'https://push.example@127.0.0.1/',
      'https://127.0.0.1#@push.example/',
    ],
    ...['https://127.0.0.1\\@push.example/', 'gopher://127.0.0.1/'],
    ...[
      'file:///etc/passwd',
      'ftp://push.example/',
      'data:,x',
      'https:/127.0.0.1',
      'https:127.0.0.1',
    ],
    ...['https://push.example%2f@127.0.0.1/', 'https://%31%32%37.0.0.1/', 'https:///127.0.0.1/'],
  ])('%s is none', async (endpoint) => {
    const answer = await town.a.worker.post('/api/delivery/wake', { endpoint, ...key })
    expect(answer).toMatchObject({ status: 400, body: { fault: 'bad-input' } })
  })

  test('a name that leads here is found to do so when it is looked up, not before', async () => {
    const names = [hostname(), 'ip6-localhost', 'localhost6', 'localhost.localdomain']
    for (const name of names) {
      const sent = { url: `https://${name}:${port}/`, headers: {}, body: '' }
      await expect(postOutward(sent, 'public'), name).rejects.toThrow(/^(address|network)$/)
    }
    expect(called).toEqual([])
  })
})

test('no redirect is followed, and what stands behind it is not asked', async () => {
  for (const status of [301, 302, 303, 307, 308]) {
    const sent = { url: `http://127.0.0.1:${port}/redirect/${status}`, headers: {}, body: 'x' }
    expect(await postOutward(sent, 'chosen')).toMatchObject({ status, body: '' })
  }
  expect(called.filter((each) => each.includes('/secret'))).toEqual([])
  called.length = 0
})

describe('the organisation’s provider names addresses, and is not believed', () => {
  /** Answers as it is told to; what is asked of it beside that is written down. */
  let wicked: Server
  let issuer: string
  let names: Record<string, string> = {}
  let sendsOn: string | null = null
  let token: (() => string) | null = null
  const asked: string[] = []

  beforeAll(async () => {
    wicked = createServer((request, response) => {
      const path = request.url ?? '/'
      asked.push(path)
      if (path === sendsOn) {
        return void response.writeHead(302, { location: `http://127.0.0.1:${port}/secret` }).end()
      }
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(answerTo(path)))
    })
    await new Promise<void>((done) => void wicked.listen(0, '127.0.0.1', done))
    issuer = `http://127.0.0.1:${(wicked.address() as AddressInfo).port}`
  })
  afterAll(() => new Promise((done) => wicked.close(done)))
  beforeEach(() => {
    names = {}
    sendsOn = null
    token = null
    called.length = 0
    asked.length = 0
  })

  function answerTo(path: string): object {
    if (path === '/token') {
      return { access_token: 'x', token_type: 'bearer', id_token: token?.() ?? 'x.y.z' }
    }
    if (path === '/jwks') return { keys: [] }
    return {
      ...{ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` },
      ...{ jwks_uri: `${issuer}/jwks`, response_types_supported: ['code'] },
      ...{ subject_types_supported: ['public'], code_challenge_methods_supported: ['S256'] },
      ...{ id_token_signing_alg_values_supported: ['RS256'], ...names },
    }
  }

  const wish = () => ({ url: issuer, id: 'lilong', secret: 'of a test', name: '示例单位' })
  const redirectUri = 'http://localhost/in/oidc'

  /** From the button to the answer that comes back from there. */
  async function comesBack(): Promise<unknown> {
    const provider = openProvider(wish(), { now: Date.now })
    const { facts } = await provider.begin({ redirectUri, isAnew: false })
    token = () => unsigned({ nonce: facts.nonce, iss: issuer, aud: 'lilong', sub: 'li.min' })
    const current = new URL(`${redirectUri}?code=x&state=${facts.state}`)
    return provider.judge(current, facts, false)
  }

  const elsewhere = () => [
    ...hosts.map((host) => `https://${host}/x`),
    ...[`http://127.0.0.1:${port}/secret`, `https://127.0.0.1:${port}/secret`],
    ...[`http://localhost:${port}/secret`, `https://${hostname()}:${port}/secret`],
    ...['file:///etc/passwd', 'https://a:b@login.example/', 'gopher://127.0.0.1/'],
  ]

  test('its own origin is asked, and nobody else, where nothing is wrong', async () => {
    expect(await comesBack()).toBe(undefined)
    expect(asked).toEqual(['/.well-known/openid-configuration', '/token', '/jwks'])
  })

  test('no token is asked for at an address inside', async () => {
    for (const place of elsewhere()) {
      names = { token_endpoint: place }
      expect(await comesBack().catch(() => undefined), place).toBe(undefined)
    }
    expect(called).toEqual([])
    expect(asked.filter((path) => path !== '/.well-known/openid-configuration')).toEqual([])
  })

  test('no keys are read at an address inside', async () => {
    for (const place of elsewhere()) {
      names = { jwks_uri: place }
      expect(await comesBack().catch(() => undefined), place).toBe(undefined)
    }
    expect(called).toEqual([])
    expect(asked).not.toContain('/jwks')
  })

  test('nobody’s browser is sent to an address inside, or to none', async () => {
    const street = await openStreets({ organisation: wish() })
    // A name is looked up by the browser itself, far from here.
    const read = elsewhere().filter((place) => !place.includes(hostname()))
    const places = [...read, 'javascript:alert(1)', '//evil.example', 'data:,x']
    for (const authorization_endpoint of places) {
      names = { authorization_endpoint }
      const going = await visitor(street, '127.0.0.1').goes('/sign-in/organisation')
      expect({ authorization_endpoint, to: going.to }).toEqual({
        ...{ authorization_endpoint, to: '/sign-in/said/organisation-away' },
      })
    }
    expect(called).toEqual([])
    await street[Symbol.asyncDispose]()
  })

  test.each(['/.well-known/openid-configuration', '/token', '/jwks'])(
    'from %s it sends nobody on',
    async (path) => {
      sendsOn = path
      await comesBack().catch(() => undefined)
      expect(asked).toContain(path)
      expect(called).toEqual([])
    },
  )

  test('another issuer than the one that was chosen is none', async () => {
    names = { issuer: 'https://login.example' }
    await expect(comesBack()).rejects.toThrow()
    expect(asked).toEqual(['/.well-known/openid-configuration'])
  })
})

describe('an address that is given at the start', () => {
  const start = (env: Record<string, string>) => () => readConfig(env)

  test.each(['LILONG_SMS', 'LILONG_WECOM', 'LILONG_VOICE'])('%s_URL is https', (name) => {
    const given = (url: string) => start({ [`${name}_URL`]: url, [`${name}_SECRET`]: 'geheim' })
    expect(given('https://sms.example/send')).not.toThrow()
    for (const url of [
      ...['http://sms.example/', 'http://169.254.169.254/latest', 'file:///etc/passwd', 'ftp://x/'],
      ...[
        'http://2852039166/',
        'http://[fe80::1]/',
        'http://127.0.0.1.evil.example/',
        'sms.example',
      ],
      ...['https://169.254.169.254/latest', 'https://100.100.100.200/', 'https://[fe80::1]/'],
      ...['http://localhost.evil.example/', 'https://a:geheim@sms.example/', 'javascript:0'],
    ]) {
      expect(given(url), url).toThrow(/cannot be used/)
      expect(given(url), url).not.toThrow(/geheim/)
    }
  })

  test.each([
    ...['http://login.example', 'http://127.0.0.1:4000', 'http://localhost:4000', 'login.example'],
    ...['https://169.254.169.254/', 'https://2852039166/', 'https://[::ffff:169.254.169.254]/'],
    ...['https://[fe80::1]/', 'https://[fd00:ec2::254]/', 'https://100.100.100.200/latest'],
    ...[
      'https://metadata.google.internal/',
      'https://a:geheim@login.example/',
      'file:///etc/passwd',
    ],
    ...['https://login.example/?x', 'https://login.example/#x', 'javascript:0'],
  ])('LILONG_OIDC_URL is not %s', (url) => {
    const all = { LILONG_OIDC_URL: url, LILONG_OIDC_ID: 'lilong', LILONG_OIDC_SECRET: 'geheim' }
    expect(start(all)).toThrow(/LILONG_OIDC_URL/)
    expect(start(all)).not.toThrow(/geheim/)
  })

  test.each([
    ...['http://evil.example', 'https://a:geheim@lilong.example', 'https://lilong.example/path'],
    ...['ftp://lilong.example', 'https://lilong.example?x', '//lilong.example', 'lilong.example'],
    ...['http://127.0.0.1.evil.example', 'http://localhost.evil.example', 'javascript:0'],
  ])('LILONG_PUBLIC_URL is not %s', (url) => {
    expect(start({ LILONG_PUBLIC_URL: url })).toThrow(/LILONG_PUBLIC_URL/)
    expect(start({ LILONG_PUBLIC_URL: url })).not.toThrow(/geheim/)
  })

  test.each([
    ['LILONG_DATABASE_URL', 'http://127.0.0.1/x', 'file:///x', 'postgres://a:geheim@h:1'],
    ['LILONG_MQTT_URL', 'http://a:geheim@127.0.0.1/', 'ws://x/', 'file:///x'],
    ['LILONG_PUSH_CONTACT', 'http://evil.example', 'mailto:', 'javascript:0'],
  ])('%s is of its own kind', (name, ...urls) => {
    for (const url of urls) {
      expect(start({ [name]: url }), url).toThrow(new RegExp(name))
      expect(start({ [name]: url }), url).not.toThrow(/geheim/)
    }
  })
})

/** An id token that says what it should, with a signature of nobody. */
function unsigned(claims: object): string {
  const seconds = Math.floor(Date.now() / 1000)
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const said = { ...claims, iat: seconds, exp: seconds + 60 }
  return `${part({ alg: 'RS256', kid: 'x' })}.${part(said)}.${Buffer.alloc(256).toString('base64url')}`
}
