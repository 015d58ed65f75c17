import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { connecting, dial, join, message, openBroker } from './wire.ts'

/** CONNECT byte by byte: [0x10, length, "MQTT", level, flags, keep alive 0, payload]. */
function rawConnect({
  name = 'MQTT',
  level = 4,
  flags = 2,
  payload = text('raw'),
}: { name?: string; level?: number; flags?: number; payload?: Buffer } = {}): Buffer {
  const body = Buffer.concat([text(name), Buffer.from([level, flags, 0, 0]), payload])
  return Buffer.concat([Buffer.from([0x10, body.length]), body])
}

function text(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value as string)
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes])
}

const malformed: [string, Buffer][] = [
  ['[MQTT-3.1.0-1] a first packet that is no CONNECT', Buffer.from([0xc0, 0])],
  ['[MQTT-3.1.2-1] a wrong protocol name', rawConnect({ name: 'hj' })],
  ['[MQTT-3.1.2-3] the reserved flag', rawConnect({ flags: 3 })],
  ['[MQTT-3.1.2-9] a will flag without a will', rawConnect({ flags: 0x06, payload: text('raw') })],
  ['[MQTT-3.1.2-11] will fields without a will', rawConnect({ flags: 0x02 | 0x20 })],
  ['[MQTT-3.1.2-13] a will QoS without a will', rawConnect({ flags: 0x02 | 0x08 })],
  [
    '[MQTT-3.1.2-14] a will of QoS 3',
    rawConnect({ flags: 0x1e, payload: Buffer.concat([text('raw'), text('t'), text('w')]) }),
  ],
  [
    '[MQTT-3.1.2-22] a password without a name',
    rawConnect({ flags: 0x42, payload: Buffer.concat([text('raw'), text('p')]) }),
  ],
  [
    '[MQTT-3.1.4-1] bytes behind the end',
    rawConnect({ payload: Buffer.concat([text('raw'), text('more')]) }),
  ],
  ['[MQTT-3.1.3-3] no client id', rawConnect({ payload: Buffer.alloc(0) })],
  ['[MQTT-2.2.2-2] flags on CONNECT', Buffer.from([0x11, ...rawConnect().subarray(1)])],
  ['[MQTT-1.5.3-1] ill-formed UTF-8', rawConnect({ payload: text(Buffer.from([0xc3, 0x28])) })],
  [
    '[MQTT-1.5.3-1] an encoded surrogate',
    rawConnect({ payload: text(Buffer.from([0xed, 0xa0, 0x80])) }),
  ],
  ['[MQTT-1.5.3-2] U+0000', rawConnect({ payload: text('a\0b') })],
  ['[MQTT-2.2.3] a length of five bytes', Buffer.from([0x10, 255, 255, 255, 255, 1])],
  [
    '[MQTT-3.1.2-8] a will on a topic with wildcards',
    rawConnect({ flags: 0x06, payload: Buffer.concat([text('raw'), text('a/#'), text('w')]) }),
  ],
]

test.each(malformed)('%s closes the connection, without CONNACK', async (_, bytes) => {
  await using broker = await openBroker()
  using wire = await dial(broker.port)
  wire.say(bytes)
  await wire.closed
  expect(wire.came).toEqual([])
})

test('[MQTT-3.1.0-2] a second CONNECT closes the connection', async () => {
  await using broker = await openBroker()
  using wire = await join(broker.port)
  wire.say(connecting())
  await wire.closed
})

test.each([3, 5, 0, 255])(
  '[MQTT-3.1.2-2] level %i of MQTT is answered 1, closed',
  async (level) => {
    await using broker = await openBroker()
    using wire = await dial(broker.port)
    wire.say(rawConnect({ level }))
    expect(await wire.next('connack')).toMatchObject({ returnCode: 1, sessionPresent: false })
    await wire.closed
  },
)

test('MQTT 3.1 is spoken too', async () => {
  await using broker = await openBroker()
  using wire = await dial(broker.port)
  wire.say(rawConnect({ name: 'MQIsdp', level: 3 }))
  expect(await wire.next('connack')).toMatchObject({ returnCode: 0 })
})

test('[MQTT-3.1.3-6] [MQTT-3.1.3-7] no client id with a clean session gets one of its own', async () => {
  await using broker = await openBroker()
  using first = await join(broker.port, { clientId: '' })
  using second = await join(broker.port, { clientId: '' })
  await first.settled()
  await second.settled()
  expect(broker.connected()).toBe(2)
})

test('[MQTT-3.1.3-8] no client id without a clean session is answered 2, closed', async () => {
  await using broker = await openBroker()
  using wire = await dial(broker.port)
  wire.say(rawConnect({ flags: 0, payload: text('') }))
  expect(await wire.next('connack')).toMatchObject({ returnCode: 2, sessionPresent: false })
  await wire.closed
})

test('[MQTT-3.1.3-5] a client id of 23 letters, and a longer one of any characters', async () => {
  await using broker = await openBroker()
  for (const clientId of ['0123456789abcdefghijklm', '里弄 / # + $ — 501 室，楼上的那一个']) {
    using wire = await join(broker.port, { clientId })
    await wire.settled()
  }
})

test('[MQTT-3.1.4-2] the same client id again disconnects the first', async () => {
  await using broker = await openBroker()
  using first = await join(broker.port, { clientId: 'same' })
  using second = await join(broker.port, { clientId: 'same' })
  await first.closed
  await second.settled()
  expect(broker.connected()).toBe(1)
})

test('a client id belongs to the name that signed in: nobody takes over a stranger’s', async () => {
  await using broker = await openBroker()
  using first = await join(broker.port, { clientId: 'same', username: 'a' })
  using second = await join(broker.port, { clientId: 'same', username: 'b' })
  await first.settled()
  await second.settled()
})

test('[MQTT-3.1.4-3] [MQTT-3.2.0-1] CONNACK comes first, and what was sent behind CONNECT is done', async () => {
  const { promise: asked, resolve: answer } = Promise.withResolvers<string>()
  await using broker = await openBroker({ signIn: () => asked })
  using wire = await dial(broker.port)
  const subscriptions = [{ topic: 'a', qos: 0 as const }]
  wire.say(connecting(), { cmd: 'subscribe', messageId: 7, subscriptions }, message('a', 'x'))
  answer('somebody')
  await wire.next('connack')
  await wire.next('suback')
  expect(await wire.next('publish')).toMatchObject({ topic: 'a' })
})

test('[MQTT-3.1.4-5] [MQTT-3.2.2-5] after a refusal nothing is taken, and the connection closes', async () => {
  const taken: string[] = []
  await using broker = await openBroker({
    signIn: async () => null,
    take: (_session, topic, _payload, done) => {
      taken.push(topic)
      done('acknowledged')
    },
  })
  using wire = await dial(broker.port)
  wire.say(connecting(), message('a', 'x', { qos: 1, messageId: 1 }))
  expect(await wire.next('connack')).toMatchObject({ returnCode: 4, sessionPresent: false })
  await wire.closed
  expect(taken).toEqual([])
  expect(wire.came).toEqual([])
})

test('[MQTT-3.2.2-4] a room that cannot say is answered 3', async () => {
  await using broker = await openBroker({ signIn: () => Promise.reject(new Error('away')) })
  using wire = await dial(broker.port)
  wire.say(connecting())
  expect(await wire.next('connack')).toMatchObject({ returnCode: 3, sessionPresent: false })
  await wire.closed
})

describe('keep alive', () => {
  test('[MQTT-3.1.2-24] who is silent for 1.5 times its promise is disconnected', async () => {
    await using broker = await openBroker()
    using silent = await join(broker.port, { clientId: 'silent', keepalive: 1 })
    using free = await join(broker.port, { clientId: 'free', keepalive: 0 })
    await silent.closed
    await free.settled()
  })

  test('[MQTT-3.12.4-1] PINGREQ is answered, and keeps the connection', async () => {
    await using broker = await openBroker()
    using talking = await join(broker.port, { clientId: 'talking', keepalive: 1 })
    using silent = await join(broker.port, { clientId: 'silent', keepalive: 1 })
    const pings = setInterval(() => talking.say({ cmd: 'pingreq' }), 300)
    await silent.closed
    clearInterval(pings)
    await talking.settled()
  })
})

const odd: [string, Buffer][] = [
  ['[MQTT-2.2.2-2] flags on PINGREQ', Buffer.from([0xc1, 0])],
  ['[MQTT-3.14.1-1] flags on DISCONNECT', Buffer.from([0xe1, 0])],
  ['[MQTT-3.6.1-1] PUBREL without its flags', Buffer.from([0x60, 2, 0, 1])],
  ['[MQTT-3.8.1-1] SUBSCRIBE without its flags', Buffer.from([0x80, 6, 0, 1, 0, 1, 97, 0])],
  ['[MQTT-3.10.1-1] UNSUBSCRIBE without its flags', Buffer.from([0xa0, 5, 0, 1, 0, 1, 97])],
  ['[MQTT-2.3.1-1] SUBSCRIBE with packet id 0', Buffer.from([0x82, 6, 0, 0, 0, 1, 97, 0])],
  ['[MQTT-2.3.1-1] PUBLISH of QoS 1 with packet id 0', Buffer.from([0x32, 5, 0, 1, 97, 0, 0])],
  ['[MQTT-3.3.1-2] DUP with QoS 0', Buffer.from([0x38, 3, 0, 1, 97])],
  ['[MQTT-3.3.1-4] PUBLISH of QoS 3', Buffer.from([0x36, 5, 0, 1, 97, 0, 1])],
  ['[MQTT-3.3.2-1] a topic that is not UTF-8', Buffer.from([0x30, 4, 0, 2, 0xc3, 0x28])],
  ['[MQTT-1.5.3-2] U+0000 in a topic', Buffer.from([0x30, 3, 0, 1, 0])],
  ['[MQTT-3.3.2-2] a topic with +', Buffer.from([0x30, 3, 0, 1, 43])],
  ['[MQTT-3.3.2-2] a topic with #', Buffer.from([0x30, 3, 0, 1, 35])],
  ['[MQTT-4.7.3-1] an empty topic', Buffer.from([0x30, 2, 0, 0])],
  ['[MQTT-3.8.3-3] SUBSCRIBE without a filter', Buffer.from([0x82, 2, 0, 1])],
  ['[MQTT-3.8.3-4] SUBSCRIBE of QoS 3', Buffer.from([0x82, 6, 0, 1, 0, 1, 97, 3])],
  ['[MQTT-3.8.3-1] a filter that is not UTF-8', Buffer.from([0x82, 6, 0, 1, 0, 1, 0xff, 0])],
  ['[MQTT-4.7.1-2] # before the end', Buffer.from([0x82, 8, 0, 1, 0, 3, 35, 47, 97, 0])],
  ['[MQTT-4.7.1-2] # beside letters', Buffer.from([0x82, 7, 0, 1, 0, 2, 97, 35, 0])],
  ['[MQTT-4.7.1-3] + beside letters', Buffer.from([0x82, 7, 0, 1, 0, 2, 97, 43, 0])],
  ['[MQTT-3.10.3-2] UNSUBSCRIBE without a filter', Buffer.from([0xa2, 2, 0, 1])],
  ['[MQTT-4.8.0-1] a packet that only servers send', Buffer.from([0x20, 2, 0, 0])],
  ['[MQTT-4.8.0-1] a packet type that is reserved', Buffer.from([0xf0, 0])],
  ['a PUBLISH shorter than its topic', Buffer.from([0x30, 3, 0, 9, 97])],
]

test.each(odd)('%s closes the connection', async (_, bytes) => {
  await using broker = await openBroker()
  using wire = await join(broker.port)
  wire.say(bytes)
  await wire.closed
  expect(wire.came).toEqual([])
})

test('[MQTT-1.5.3-3] U+FEFF, and the character that replaces others, stay in a topic', async () => {
  const topics: string[] = []
  await using broker = await openBroker({
    take: (_session, topic, _payload, done) => {
      topics.push(topic)
      done('acknowledged')
    },
  })
  using wire = await join(broker.port)
  wire.say(message('a/\uFEFFb', 'x'), message('a/\uFFFDb', 'x'))
  await wire.settled()
  expect(topics).toEqual(['a/\uFEFFb', 'a/\uFFFDb'])
})

test('bytes come one by one, and everything at once', async () => {
  await using broker = await openBroker()
  using wire = await dial(broker.port)
  const bytes = Buffer.concat([rawConnect(), Buffer.from([0x32, 6, 0, 1, 97, 0, 9, 120])])
  for (const byte of bytes) {
    wire.socket.write(Buffer.from([byte]))
    await new Promise((done) => setImmediate(done))
  }
  await wire.next('connack')
  expect(await wire.next('puback')).toMatchObject({ messageId: 9 })
})

test('whatever bytes come, before or after the sign-in, nobody else is disturbed', async () => {
  await using broker = await openBroker()
  using other = await join(broker.port, { clientId: 'other' })
  const types = fc.constantFrom(0x10, 0x30, 0x32, 0x34, 0x3d, 0x40, 0x50, 0x62, 0x70, 0x82, 0xa2)
  const frame = fc
    .tuple(types, fc.uint8Array({ maxLength: 40 }))
    .map(([type, body]) => Buffer.from([type, body.length, ...body]))
  const noise = fc.oneof(
    frame,
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(noise, { minLength: 1 }), fc.boolean(), async (all, isSignedIn) => {
      using wire = isSignedIn ? await join(broker.port) : await dial(broker.port)
      wire.say(...all)
      other.say(message('a', 'x', { qos: 1, messageId: 1 }))
      await other.next('puback')
    }),
    { numRuns: 300 },
  )
})
