import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { isAllowed, isPublic, NotReached, postOutward, publicOnly, type Reach } from './outward.ts'

const allowed: [string, Record<Reach, boolean>][] = [
  ['https://push.example/1', { public: true, chosen: true, rehearsed: false }],
  ['https://push.example:8443/1', { public: true, chosen: true, rehearsed: false }],
  ['http://push.example/1', { public: false, chosen: false, rehearsed: false }],
  ['https://127.0.0.1/1', { public: false, chosen: true, rehearsed: true }],
  ['http://127.0.0.1:1/1', { public: false, chosen: true, rehearsed: true }],
  ['http://2130706433/', { public: false, chosen: true, rehearsed: true }],
  ['https://localhost/1', { public: false, chosen: true, rehearsed: true }],
  ['https://[::1]/1', { public: false, chosen: true, rehearsed: true }],
  ['https://[::ffff:10.0.0.1]/', { public: false, chosen: true, rehearsed: false }],
  ['https://10.0.0.8/sms', { public: false, chosen: true, rehearsed: false }],
  ['https://sms.local/', { public: false, chosen: true, rehearsed: false }],
  ['https://me:word@push.example/', { public: false, chosen: false, rehearsed: false }],
  ['ftp://push.example/', { public: false, chosen: false, rehearsed: false }],
  ['file:///etc/passwd', { public: false, chosen: false, rehearsed: false }],
  ['push.example', { public: false, chosen: false, rehearsed: false }],
]
test.each(allowed)('%s', (url, by) => {
  for (const reach of ['public', 'chosen', 'rehearsed'] as const) {
    expect(isAllowed(url, reach), reach).toBe(by[reach])
  }
})

test.each([
  ['8.8.8.8', true],
  ['9.255.255.255', true],
  ['10.0.0.0', false],
  ['10.255.255.255', false],
  ['11.0.0.0', true],
  ['100.63.255.255', true],
  ['100.64.0.0', false],
  ['100.127.255.255', false],
  ['100.128.0.0', true],
  ['127.0.0.1', false],
  ['169.254.169.254', false],
  ['172.15.255.255', true],
  ['172.16.0.0', false],
  ['172.31.255.255', false],
  ['172.32.0.0', true],
  ['192.168.1.1', false],
  ['223.255.255.255', true],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['0.0.0.0', false],
  ['2606:4700::1111', true],
  ['2001:4860:4860::8888', true],
  ['2001::1', false],
  ['2001:db8::1', false],
  ['2002:7f00:1::', false],
  ['::1', false],
  ['::', false],
  ['::ffff:8.8.8.8', false],
  ['64:ff9b::7f00:1', false],
  ['fe80::1', false],
  ['fc00::1', false],
  ['ff02::1', false],
  ['no address', false],
])('%s is public: %s', (address, is) => {
  expect(isPublic(address)).toBe(is)
})

test.each([{ all: true }, { all: false }])('a name that leads to this machine: %o', async (how) => {
  const found = await new Promise((done) =>
    publicOnly('localhost', how, (error, addresses) => done(error ?? addresses)),
  )
  expect(found).toBeInstanceOf(NotReached)
  expect(found).toMatchObject({ code: 'address' })
})

test('who runs the program may have a provider on this machine', async () => {
  const server = createServer((request, response) => void response.end(request.headers['x-word']))
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const asked = { url: `http://127.0.0.1:${port}/`, headers: { 'x-word': 'a' }, body: 'x' }
  expect(await postOutward(asked, 'chosen')).toMatchObject({ status: 200, body: 'a' })
  await new Promise((done) => server.close(done))
  await expect(postOutward(asked, 'chosen')).rejects.toMatchObject({ code: 'network' })
})
