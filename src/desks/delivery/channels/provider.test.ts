import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { providerChannel, type Message } from './index.ts'

const now = Date.parse('2026-07-07T10:00:00+08:00')
const clock = { now: () => now }
const message: Message = {
  ...{ id: 'of-this-try', note: 'n', says: 'overdue', urgency: 'usual', at: now, browsers: [] },
  ...{ link: 'https://lilong.example/desk', phone: '+86 138 1234 5678' },
}
let url = ''
let answer: { status: number; body: string; headers?: Record<string, string> }
let asked: { path: string; headers: Record<string, any>; body: any }[] = []
const server = createServer(async (request, response) => {
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  const body = JSON.parse(Buffer.concat(parts).toString())
  asked.push({ path: request.url ?? '', headers: request.headers, body })
  response.writeHead(answer.status, answer.headers).end(answer.body)
})

beforeAll(async () => {
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`
})
afterAll(() => new Promise((done) => void server.close(done)))

function send(name: 'sms' | 'voice' | 'wecom', more: Partial<Message> = {}) {
  asked = []
  return providerChannel(name, { url, secret: 's3' }, clock, 500).send({ ...message, ...more })
}

test('a text message has its sentence and its link, and a number by which twice is once', async () => {
  answer = { status: 200, body: '' }
  expect(await send('sms')).toEqual({ result: 'sent', detail: '200', retryAt: null })
  expect(asked).toMatchObject([
    {
      path: '/send',
      headers: { authorization: 'Bearer s3', 'idempotency-key': 'of-this-try' },
      body: {
        ...{ id: 'of-this-try', phone: message.phone, says: 'overdue', urgency: 'usual' },
        ...{
          text: '有一项任务过了期限，请打开查看。 https://lilong.example/desk',
          link: message.link,
        },
      },
    },
  ])
})

test('a call reads no link aloud', async () => {
  answer = { status: 200, body: '' }
  await send('voice')
  expect(JSON.stringify(asked[0]?.body)).not.toContain('https:')
})

test('the robot of a group calls the colleague by the number that WeCom knows', async () => {
  answer = { status: 200, body: '{"errcode":0,"errmsg":"ok"}' }
  expect(await send('wecom')).toMatchObject({ result: 'sent' })
  const content = '有一项任务过了期限，请打开查看。 https://lilong.example/desk'
  expect(asked).toMatchObject([
    {
      path: '/send?key=s3',
      body: { msgtype: 'text', text: { content, mentioned_mobile_list: ['13812345678'] } },
    },
  ])
})

test.each([
  ['wecom', 200, '{"errcode":45009}', 'limited', '45009', 60_000],
  ['wecom', 200, '{"errcode":-1}', 'failed', '-1', null],
  ['wecom', 200, '{"errcode":93000}', 'refused', '93000', null],
  ['wecom', 200, 'not JSON', 'refused', 'body', null],
  ['sms', 429, '', 'limited', '429', 7_000],
  ['sms', 503, '', 'failed', '503', 7_000],
  ['sms', 401, '', 'refused', '401', 7_000],
  ['sms', 302, '', 'refused', '302', 7_000],
] as const)('%s answers %i %s: %s', async (name, status, body, result, detail, afterMs) => {
  answer = { status, body, headers: { 'retry-after': '7', location: 'http://127.0.0.1:1/' } }
  const retryAt = afterMs === null ? null : now + afterMs
  expect(await send(name)).toEqual({ result, detail, retryAt })
  expect(asked).toHaveLength(1)
})

test.each(['sms', 'voice', 'wecom'] as const)('%s calls nobody without a number', async (name) => {
  expect(await send(name, { phone: null })).toMatchObject({ result: 'none' })
  expect(asked).toEqual([])
})

test('a provider that nobody answers at failed, and may be asked again', async () => {
  const nobody = { url: 'http://127.0.0.1:1/', secret: 's3' }
  const sent = await providerChannel('sms', nobody, clock).send(message)
  expect(sent).toEqual({ result: 'failed', detail: 'network', retryAt: null })
})
