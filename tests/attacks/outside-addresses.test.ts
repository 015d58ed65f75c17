import { randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { hostname } from 'node:os'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { isAllowed, postOutward } from '../../src/platform/outward.ts'
import { openStreets, type Streets } from '../rig/streets.ts'

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
      ...['http://localhost.evil.example/', 'https://a:geheim@sms.example/', 'javascript:0'],
    ]) {
      expect(given(url), url).toThrow(/cannot be used/)
      expect(given(url), url).not.toThrow(/geheim/)
    }
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
