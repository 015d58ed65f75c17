import { describe, expect, test } from 'vitest'
import { heard, join, listener, message, openBroker, subscribe } from './wire.ts'

type QoS = 0 | 1 | 2

const delivered: { sent: QoS; asked: QoS; got: QoS }[] = [
  { sent: 0, asked: 2, got: 0 },
  { sent: 1, asked: 0, got: 0 },
  { sent: 1, asked: 1, got: 1 },
  { sent: 1, asked: 2, got: 1 },
  { sent: 2, asked: 0, got: 0 },
  { sent: 2, asked: 1, got: 1 },
  { sent: 2, asked: 2, got: 2 },
]

test.each(delivered)(
  '[MQTT-3.8.4-6] [MQTT-4.3.1-1] sent with QoS $sent, asked with $asked: heard once with $got',
  async ({ sent, asked, got }) => {
    await using broker = await openBroker()
    using hearing = await listener(broker.port, ['a/b'], { qos: asked })
    using speaking = await join(broker.port, { clientId: 'speaker' })
    speaking.say(message('a/b', 'x', { qos: sent, messageId: 5 }))
    if (sent === 2) {
      await speaking.next('pubrec')
      speaking.say({ cmd: 'pubrel', messageId: 5 })
    }
    const answer = sent === 2 ? 'pubcomp' : 'puback'
    if (sent > 0) expect(await speaking.next(answer)).toMatchObject({ messageId: 5 })
    await speaking.settled()
    const packets = await hearing.settled()
    expect(heard(packets)).toEqual([['a/b', 'x', got]])
    // [MQTT-2.3.1-5]: a packet id with QoS 1 and 2, and none with QoS 0.
    expect(packets[0]?.messageId === undefined).toBe(got === 0)
  },
)

test('[MQTT-4.3.3-2] [MQTT-4.3.3-1] QoS 2 is taken once, however often it is sent before PUBREL', async () => {
  await using broker = await openBroker()
  using hearing = await listener(broker.port, ['a'])
  using speaking = await join(broker.port, { clientId: 'speaker' })
  const first = message('a', 'once', { qos: 2, messageId: 3 })
  speaking.say(first)
  await speaking.next('pubrec')
  speaking.say({ ...first, dup: true } as never)
  await speaking.next('pubrec')
  speaking.say({ cmd: 'pubrel', messageId: 3 })
  await speaking.next('pubcomp')
  speaking.say({ cmd: 'pubrel', messageId: 3 })
  expect(await speaking.next('pubcomp')).toMatchObject({ messageId: 3 })
  speaking.say(message('a', 'a new one with the same id', { qos: 2, messageId: 3 }))
  await speaking.next('pubrec')
  expect(heard(await hearing.settled())).toEqual([
    ['a', 'once', 2],
    ['a', 'a new one with the same id', 2],
  ])
})

test('[MQTT-3.3.1-3] DUP of the sender is not handed on', async () => {
  await using broker = await openBroker()
  using hearing = await listener(broker.port, ['a'])
  using speaking = await join(broker.port, { clientId: 'speaker' })
  speaking.say(message('a', 'x', { qos: 1, messageId: 3, dup: true }))
  await speaking.next('puback')
  expect(await hearing.next('publish')).toMatchObject({ dup: false, qos: 1 })
})

test('[MQTT-4.6.0-5] [MQTT-4.6.0-6] what one client says on a topic is heard in its order', async () => {
  await using broker = await openBroker()
  using hearing = await listener(broker.port, ['a'], { qos: 1 })
  using speaking = await join(broker.port, { clientId: 'speaker' })
  const said = Array.from({ length: 50 }, (_, at) => `${at}`)
  speaking.say(...said.map((each, at) => message('a', each, { qos: 1, messageId: at + 1 })))
  await speaking.settled()
  expect(heard(await hearing.settled()).map(([, payload]) => payload)).toEqual(said)
})

test('[MQTT-2.3.1-4] a packet id is not used again before its message is acknowledged', async () => {
  await using broker = await openBroker()
  using hearing = await listener(broker.port, ['a'])
  using speaking = await join(broker.port, { clientId: 'speaker' })
  for (let i = 1; i <= 60; i++) speaking.say(message('a', `${i}`, { qos: 1, messageId: i }))
  await speaking.settled()
  const ids = (await hearing.settled()).map(({ messageId }) => messageId)
  expect(new Set(ids).size).toBe(60)
})

test('QoS 2 towards a client: PUBREC is answered with PUBREL, PUBCOMP ends it', async () => {
  await using broker = await openBroker()
  using hearing = await listener(broker.port, ['a'])
  using speaking = await join(broker.port, { clientId: 'speaker' })
  speaking.say(message('a', 'x', { qos: 2, messageId: 1 }))
  const { messageId } = await hearing.next('publish')
  hearing.say({ cmd: 'pubrec', messageId: messageId ?? 0 })
  expect(await hearing.next('pubrel')).toMatchObject({ messageId })
  hearing.say({ cmd: 'pubrec', messageId: messageId ?? 0 })
  expect(await hearing.next('pubrel')).toMatchObject({ messageId })
  hearing.say({ cmd: 'pubcomp', messageId: messageId ?? 0 })
  expect(await hearing.settled()).toEqual([])
})

describe('retained', () => {
  test.each([0, 1, 2] as const)(
    '[MQTT-3.3.1-5] [MQTT-3.3.1-6] [MQTT-3.3.1-8] QoS %i: the last one is sent to a new subscription, with RETAIN',
    async (qos) => {
      await using broker = await openBroker()
      using speaking = await join(broker.port, { clientId: 'speaker' })
      speaking.say(
        message('a/b', 'old', { qos, messageId: 1, retain: true }),
        message('a/b', 'new', { qos, messageId: 2, retain: true }),
      )
      await speaking.settled()
      using hearing = await listener(broker.port, ['a/+'])
      const packets = await hearing.settled()
      expect(heard(packets)).toEqual([['a/b', 'new', qos]])
      expect(packets).toMatchObject([{ retain: true, dup: false }])
    },
  )

  test('[MQTT-3.3.1-9] who listens already hears it without RETAIN', async () => {
    await using broker = await openBroker()
    using hearing = await listener(broker.port, ['a'])
    using speaking = await join(broker.port, { clientId: 'speaker' })
    speaking.say(message('a', 'x', { retain: true }))
    await speaking.settled()
    expect(await hearing.settled()).toMatchObject([{ retain: false }])
  })

  test('[MQTT-3.3.1-10] [MQTT-3.3.1-11] zero bytes let go: heard by who listens, not kept', async () => {
    await using broker = await openBroker()
    using speaking = await join(broker.port, { clientId: 'speaker' })
    speaking.say(message('a', 'x', { retain: true }))
    await speaking.settled()
    using hearing = await listener(broker.port, ['a'])
    await hearing.next('publish')
    speaking.say(message('a', '', { retain: true }))
    await speaking.settled()
    expect(heard(await hearing.settled())).toEqual([['a', '', 0]])
    using later = await listener(broker.port, ['#'], { clientId: 'later' })
    expect(await later.settled()).toEqual([])
  })

  test('[MQTT-3.3.1-12] without RETAIN nothing is kept and what is kept stays', async () => {
    await using broker = await openBroker()
    using speaking = await join(broker.port, { clientId: 'speaker' })
    speaking.say(message('a', 'kept', { retain: true }), message('a', 'passing'))
    speaking.say(message('b', 'passing'))
    await speaking.settled()
    using hearing = await listener(broker.port, ['#'])
    expect(heard(await hearing.settled())).toEqual([['a', 'kept', 0]])
  })

  test('[MQTT-3.1.2-7] it outlives the session that said it', async () => {
    await using broker = await openBroker()
    using speaking = await join(broker.port, { clientId: 'speaker' })
    speaking.say(message('a', 'x', { qos: 1, messageId: 1, retain: true }), { cmd: 'disconnect' })
    await speaking.closed
    using hearing = await listener(broker.port, ['a'])
    expect(heard(await hearing.settled())).toEqual([['a', 'x', 1]])
  })

  test('[MQTT-3.8.4-3] the same filter again replaces the first, and the copy comes again', async () => {
    await using broker = await openBroker()
    using speaking = await join(broker.port, { clientId: 'speaker' })
    speaking.say(message('a', 'x', { qos: 2, messageId: 1, retain: true }))
    await speaking.next('pubrec')
    using hearing = await listener(broker.port, ['a'], { qos: 2 })
    expect(heard(await hearing.settled())).toEqual([['a', 'x', 2]])
    await subscribe(hearing, ['a'], 0)
    expect(heard(await hearing.settled())).toEqual([['a', 'x', 0]])
    speaking.say(message('a', 'y', { qos: 1, messageId: 2 }))
    await speaking.settled()
    expect(heard(await hearing.settled())).toEqual([['a', 'y', 0]])
  })

  test('never where the room says no', async () => {
    await using broker = await openBroker({ mayRetain: (_session, topic) => topic !== 'reading' })
    using speaking = await join(broker.port, { clientId: 'speaker' })
    speaking.say(message('reading', 'x', { retain: true }), message('name', 'y', { retain: true }))
    await speaking.settled()
    using hearing = await listener(broker.port, ['#'])
    expect(heard(await hearing.settled())).toEqual([['name', 'y', 0]])
  })
})

describe('a last will', () => {
  const will = { topic: 'will', payload: Buffer.from('gone'), qos: 1 as const, retain: false }

  test('[MQTT-3.1.2-8] [MQTT-3.1.2-16] is heard when the connection breaks', async () => {
    await using broker = await openBroker()
    using hearing = await listener(broker.port, ['will'])
    using leaving = await join(broker.port, { clientId: 'leaving', will })
    leaving.socket.destroy()
    expect(await hearing.next('publish')).toMatchObject({ qos: 1, retain: false, topic: 'will' })
  })

  test.each<[string, Buffer]>([
    ['a packet that is malformed', Buffer.from([0x36, 0])],
    ['a second CONNECT', Buffer.from([0x10, 12, 0, 4, 77, 81, 84, 84, 4, 2, 0, 0, 0, 0])],
  ])('[MQTT-3.1.2-8] is heard after %s', async (_, bytes) => {
    await using broker = await openBroker()
    using hearing = await listener(broker.port, ['will'])
    using leaving = await join(broker.port, { clientId: 'leaving', will })
    leaving.say(bytes)
    expect(heard([await hearing.next('publish')])).toEqual([['will', 'gone', 1]])
  })

  test('[MQTT-3.1.2-24] is heard when its client is silent for too long', async () => {
    await using broker = await openBroker()
    using hearing = await listener(broker.port, ['will'])
    using leaving = await join(broker.port, { clientId: 'leaving', keepalive: 1, will })
    await leaving.closed
    expect(heard([await hearing.next('publish')])).toEqual([['will', 'gone', 1]])
  })

  test('[MQTT-3.1.4-2] is heard when its client id is taken over', async () => {
    await using broker = await openBroker()
    using hearing = await listener(broker.port, ['will'])
    using first = await join(broker.port, { clientId: 'same', will })
    using second = await join(broker.port, { clientId: 'same' })
    await first.closed
    await second.settled()
    expect(heard(await hearing.settled())).toEqual([['will', 'gone', 1]])
  })

  test('[MQTT-3.14.4-3] [MQTT-3.1.2-10] is let go by DISCONNECT', async () => {
    await using broker = await openBroker()
    using hearing = await listener(broker.port, ['will'])
    using leaving = await join(broker.port, { clientId: 'leaving', will })
    leaving.say({ cmd: 'disconnect' })
    await leaving.closed
    expect(await hearing.settled()).toEqual([])
  })

  test('[MQTT-3.1.2-17] is kept if it asks for it', async () => {
    await using broker = await openBroker()
    using waiting = await listener(broker.port, ['will'], { clientId: 'waiting' })
    using leaving = await join(broker.port, { clientId: 'x', will: { ...will, retain: true } })
    leaving.socket.destroy()
    expect(await waiting.next('publish')).toMatchObject({ retain: false })
    using hearing = await listener(broker.port, ['will'])
    expect(await hearing.settled()).toMatchObject([{ retain: true, qos: 1 }])
  })

  test('is taken by the room like a message, and heard by nobody if the room refuses', async () => {
    const taken: string[] = []
    await using broker = await openBroker({
      take: (_session, topic, payload, done) => {
        taken.push(`${topic} ${String(payload)}`)
        done(topic === 'will' ? 'disconnect' : 'acknowledged')
      },
    })
    using hearing = await listener(broker.port, ['#'])
    using leaving = await join(broker.port, { clientId: 'leaving', will })
    using next = await join(broker.port, { clientId: 'leaving' })
    await leaving.closed
    await next.settled()
    expect(taken).toEqual(['will gone'])
    expect(await hearing.settled()).toEqual([])
  })
})
