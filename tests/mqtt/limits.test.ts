import { expect, test } from 'vitest'
import { connecting, dial, heard, join, listener, message, openBroker, subscribe } from './wire.ts'

test('beyond the last place CONNACK says 3, and when one goes another may come', async () => {
  await using broker = await openBroker({}, { connectionsMax: 2 })
  using first = await join(broker.port, { clientId: '1' })
  using second = await join(broker.port, { clientId: '2' })
  using third = await dial(broker.port)
  third.say(connecting({ clientId: '3' }))
  expect(await third.next('connack')).toMatchObject({ returnCode: 3 })
  await third.closed
  first.say({ cmd: 'disconnect' })
  await first.closed
  using fourth = await join(broker.port, { clientId: '4' })
  await fourth.settled()
  await second.settled()
})

test.each<[string, (port: number) => Promise<{ closed: Promise<void> }>]>([
  ['says nothing', (port) => dial(port)],
  [
    'begins a packet and does not end it',
    async (port) => {
      const wire = await dial(port)
      wire.say(Buffer.from([0x10, 100, 0]))
      return wire
    },
  ],
  [
    'waits for a sign-in that is not answered',
    async (port) => {
      const wire = await dial(port)
      wire.say(connecting())
      return wire
    },
  ],
])('who %s holds nothing for long', async (_, come) => {
  await using broker = await openBroker(
    { signIn: () => new Promise(() => {}) },
    { signInMsMax: 300 },
  )
  const wire = await come(broker.port)
  await wire.closed
})

test('an address that fails too often is not listened to', async () => {
  let asked = 0
  await using broker = await openBroker(
    {
      signIn: async () => {
        asked++
        return null
      },
    },
    { failedSignInsMax: 3 },
  )
  for (let i = 0; i < 3; i++) {
    using wire = await dial(broker.port)
    wire.say(connecting())
    expect(await wire.next('connack')).toMatchObject({ returnCode: 4 })
    await wire.closed
  }
  using wire = await dial(broker.port)
  wire.say(connecting())
  await wire.closed
  expect(wire.came).toEqual([])
  expect(asked).toBe(3)
})

test('a packet larger than allowed ends the connection when its length is read', async () => {
  const limits = { packetBytesMax: 1_000, packetBytesBeforeSignInMax: 200 }
  await using broker = await openBroker({}, limits)
  using early = await dial(broker.port)
  early.say(Buffer.from([0x10, 0xc9, 0x01]))
  await early.closed
  using wire = await join(broker.port)
  wire.say(message('a', 'x'.repeat(990), { qos: 1, messageId: 1 }))
  await wire.next('puback')
  wire.say(Buffer.from([0x32, 0xe9, 0x07]))
  await wire.closed
})

test('packets that are not whole share one bound', async () => {
  await using broker = await openBroker({}, { partialBytesMax: 10_000 })
  using first = await join(broker.port, { clientId: '1' })
  using second = await join(broker.port, { clientId: '2' })
  const begun = Buffer.concat([Buffer.from([0x30, 0x80, 0x80, 0x01]), Buffer.alloc(7_000)])
  first.say(begun)
  second.say(begun)
  await Promise.race([first.closed, second.closed])
})

test.each([
  ['a client id of 129 bytes', { clientId: 'x'.repeat(129) }],
  ['a client id of 43 characters with 129 bytes', { clientId: '里'.repeat(43) }],
])('%s is answered 2', async (_, more) => {
  await using broker = await openBroker()
  using wire = await dial(broker.port)
  wire.say(connecting(more))
  expect(await wire.next('connack')).toMatchObject({ returnCode: 2 })
  await wire.closed
})

test.each([
  ['of 256 bytes', 'x'.repeat(256), true],
  ['of 257 bytes', 'x'.repeat(257), false],
  ['of 258 bytes in 86 characters', '里'.repeat(86), false],
  ['of 16 levels', '/'.repeat(15), true],
  ['of 17 levels', '/'.repeat(16), false],
])('a topic %s: %s', async (_, topic, isAllowed) => {
  await using broker = await openBroker()
  using wire = await join(broker.port)
  wire.say(message(topic, 'x', { qos: 1, messageId: 1 }))
  if (isAllowed) await wire.next('puback')
  else await wire.closed
  using hearing = await join(broker.port, { clientId: 'hearing' })
  expect(await subscribe(hearing, [topic], 1)).toEqual([isAllowed ? 1 : 0x80])
})

test('more subscriptions than allowed are refused, and the old ones may still change', async () => {
  await using broker = await openBroker({}, { subscriptionsMax: 2 })
  using wire = await join(broker.port)
  expect(await subscribe(wire, ['a', 'b', 'c'], 1)).toEqual([1, 1, 0x80])
  expect(await subscribe(wire, ['a'], 0)).toEqual([0])
})

test('more copies than allowed, or too large ones, are heard and not kept', async () => {
  await using broker = await openBroker({}, { retainedTopicsMax: 2, retainedBytesMax: 10 })
  using hearing = await listener(broker.port, ['#'])
  using wire = await join(broker.port, { username: 'a' })
  wire.say(message('large', 'x'.repeat(11), { retain: true }))
  for (const topic of ['1', '2', '3']) wire.say(message(topic, 'x', { retain: true }))
  wire.say(message('1', '', { retain: true }), message('4', 'x', { retain: true }))
  await wire.settled()
  expect(await hearing.settled()).toHaveLength(6)
  using later = await listener(broker.port, ['#'], { clientId: 'later' })
  expect(heard(await later.settled()).map(([topic]) => topic)).toEqual(['2', '4'])
})

test('who sends faster than it is committed is not read until some are done', async () => {
  const flying: (() => void)[] = []
  await using broker = await openBroker(
    { take: (_s, _t, _p, done) => void flying.push(() => done('acknowledged')) },
    { flyingMax: 10 },
  )
  using wire = await join(broker.port)
  const all = Array.from({ length: 25 }, (_, at) =>
    message('a', 'x', { qos: 1, messageId: at + 1 }),
  )
  wire.say(...all)
  using other = await join(broker.port, { clientId: 'other' })
  await other.settled()
  const sizes: number[] = []
  for (let round = 0; round < 5; round++) {
    await other.settled()
    sizes.push(flying.length)
    for (const done of flying.splice(0)) done()
  }
  for (let id = 1; id <= 25; id++)
    expect(await wire.next('puback')).toMatchObject({ messageId: id })
  expect(Math.max(...sizes)).toBe(10)
})

test('who does not fetch what it asked for is not read either, and then let go', async () => {
  const limits = { unsentBytesMax: 50_000, signInMsMax: 500 }
  await using broker = await openBroker({}, limits)
  using lazy = await listener(broker.port, ['a'], { qos: 0 })
  lazy.socket.pause()
  using speaking = await join(broker.port, { clientId: 'speaker' })
  const payload = 'x'.repeat(60_000)
  while (broker.connected() === 2) {
    speaking.say(message('a', payload))
    await speaking.settled()
  }
  await speaking.settled()
})

test('when everybody is gone nothing is held but what asked to be kept', async () => {
  await using broker = await openBroker()
  const nothing = {
    sessions: 0,
    subscriptions: 0,
    queuedBytes: 0,
    partialBytes: 0,
    retainedBytes: 0,
  }
  using speaking = await join(broker.port, { clientId: 'speaker' })
  for (const clean of [true, false, true]) {
    using wire = await listener(broker.port, ['a/#', 'a/+', 'b'], { clean })
    speaking.say(message('a/b', 'x', { qos: 2, messageId: 1, retain: true }))
    speaking.say({ cmd: 'pubrel', messageId: 1 }, message('b', 'x', { qos: 1, messageId: 2 }))
    await speaking.settled()
    await wire.settled()
    wire.say(Buffer.from([0x30, 100, 0, 1, 97]))
    wire.socket.destroySoon()
    await wire.closed
    if (clean) continue
    await expect.poll(() => broker.held().partialBytes).toBe(0)
    expect(broker.held()).toMatchObject({ sessions: 2, subscriptions: 3, retainedBytes: 1 })
    expect(broker.held().queuedBytes).toBeGreaterThan(0)
  }
  speaking.say(message('a/b', '', { retain: true }), { cmd: 'disconnect' })
  await speaking.closed
  await expect.poll(() => broker.held()).toEqual(nothing)
})
