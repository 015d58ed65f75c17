import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWaker, type Manner, type Waker } from '../../../tests/rig/waker.ts'
import { openPush, type Push } from './index.ts'

const secret = randomBytes(32).toString('base64url')
const wish = { secret, contact: 'mailto:street@lilong.example', isRehearsed: true, timeoutMs: 300 }
const how = { ttlSeconds: 60, isUrgent: true, topic: 'matter-1' }
let service: Waker
let push: Push

beforeAll(async () => {
  service = await openWaker()
  push = await openPush(wish)
})
afterAll(() => service[Symbol.asyncDispose]())

test('a message reaches the browser that agreed, and only it can read it', async () => {
  const browser = service.browser(push.publicKey)
  const answer = await push.send(browser.subscription, { says: 'task', word: '任务' }, how)
  expect(service.faults).toEqual([])
  expect(answer).toEqual({ result: 'sent', detail: '201', retryAfter: null })
  expect(browser.got).toMatchObject([
    { payload: { says: 'task', word: '任务' }, ttl: 60, urgency: 'high', topic: 'matter-1' },
  ])
})

test('all messages have one length, so that it says nothing', async () => {
  const browser = service.browser(push.publicKey)
  for (const says of ['task', 'contact-asked', '任务']) {
    await push.send(browser.subscription, { says }, how)
  }
  expect(new Set(browser.got.map(({ bytes }) => bytes)).size).toBe(1)
})

const cases: [string, Manner, object][] = [
  ['is taken', { does: 'answer', status: 202 }, { result: 'sent', detail: '202' }],
  [
    'is too much',
    { does: 'answer', status: 429, headers: { 'retry-after': '120' } },
    { result: 'limited', detail: '429', retryAfter: '120' },
  ],
  ['is for nobody any more', { does: 'answer', status: 410 }, { result: 'gone', detail: '410' }],
  ['is for nobody at all', { does: 'answer', status: 404 }, { result: 'gone', detail: '404' }],
  ['is refused', { does: 'answer', status: 403 }, { result: 'refused', detail: '403' }],
  ['is too large', { does: 'answer', status: 413 }, { result: 'refused', detail: '413' }],
  ['meets a broken service', { does: 'answer', status: 500 }, { result: 'failed', detail: '500' }],
  [
    'is sent elsewhere, and does not go',
    { does: 'answer', status: 307, headers: { location: 'https://127.0.0.1:1/' } },
    { result: 'refused', detail: '307' },
  ],
  ['hangs', { does: 'hang' }, { result: 'failed', detail: 'timeout' }],
  ['is answered for ever', { does: 'drip' }, { result: 'failed', detail: 'timeout' }],
  ['is answered too long', { does: 'flood' }, { result: 'failed', detail: 'too-large' }],
]
test.each(cases)('a message that %s', async (_, manner, answer) => {
  const browser = service.browser(push.publicKey)
  browser.manner = manner
  expect(await push.send(browser.subscription, { says: 'task' }, how)).toMatchObject(answer)
  expect(browser.calls).toBe(1)
})

test('the same secret is the same key after a restart', async () => {
  expect((await openPush(wish)).publicKey).toBe(push.publicKey)
  const other = await openPush({ ...wish, secret: randomBytes(32).toString('base64url') })
  expect(other.publicKey).not.toBe(push.publicKey)
})

test('a key that is none is gone, and nobody is called', async () => {
  const { endpoint, auth } = service.browser(push.publicKey).subscription
  const p256dh = Buffer.alloc(65, 4).toString('base64url')
  const answer = await push.send({ endpoint, auth, p256dh }, { says: 'task' }, how)
  expect(answer).toMatchObject({ result: 'gone' })
})

test('outside a rehearsal no message goes to this machine, whatever a browser says', async () => {
  const real = await openPush({ ...wish, isRehearsed: false })
  const browser = service.browser(real.publicKey)
  expect(real.isAllowed(browser.subscription.endpoint)).toBe(false)
  const answer = await real.send(browser.subscription, { says: 'task' }, how)
  expect(answer).toMatchObject({ result: 'refused', detail: 'address' })
  expect(browser.calls).toBe(0)
})
