import { expect, test } from 'vitest'
import { heard, join, listener, message, openBroker, subscribe } from './wire.ts'

const kept = { clientId: 'kept', clean: false }

test('[MQTT-3.2.2-1] [MQTT-3.2.2-2] [MQTT-3.2.2-3] session present: only where one was kept', async () => {
  await using broker = await openBroker()
  const presents: boolean[] = []
  for (const clean of [false, false, true, true, false, false]) {
    using wire = await join(broker.port, { clientId: 'kept', clean })
    presents.push(wire.sessionPresent)
    wire.say({ cmd: 'disconnect' })
    await wire.closed
  }
  expect(presents).toEqual([false, true, false, false, false, true])
})

test('[MQTT-3.1.2-4] a kept session knows its subscriptions', async () => {
  await using broker = await openBroker()
  using wire = await listener(broker.port, ['a'], { ...kept, qos: 0 })
  wire.say({ cmd: 'disconnect' })
  await wire.closed
  using again = await join(broker.port, kept)
  using speaking = await join(broker.port, { clientId: 'speaker' })
  speaking.say(message('a', 'x'))
  await speaking.settled()
  expect(heard(await again.settled())).toEqual([['a', 'x', 0]])
})

test('[MQTT-3.1.2-6] a clean session forgets, before and after', async () => {
  await using broker = await openBroker()
  using wire = await listener(broker.port, ['a'], kept)
  wire.socket.destroy()
  using speaking = await join(broker.port, { clientId: 'speaker' })
  using clean = await join(broker.port, { ...kept, clean: true })
  await subscribe(clean, ['b'])
  clean.say({ cmd: 'disconnect' })
  await clean.closed
  speaking.say(message('a', 'x', { qos: 1, messageId: 1 }))
  speaking.say(message('b', 'x', { qos: 1, messageId: 2 }))
  await speaking.settled()
  using again = await join(broker.port, kept)
  expect(again.sessionPresent).toBe(false)
  speaking.say(message('a', 'y', { qos: 1, messageId: 3 }))
  await speaking.settled()
  expect(await again.settled()).toEqual([])
})

test('[MQTT-3.1.2-5] QoS 1 and 2 wait for who is away, in their order; QoS 0 does not', async () => {
  await using broker = await openBroker()
  using wire = await listener(broker.port, ['#'], kept)
  wire.say({ cmd: 'disconnect' })
  await wire.closed
  using speaking = await join(broker.port, { clientId: 'speaker' })
  speaking.say(message('a', '0'), message('b', '1', { qos: 1, messageId: 1 }))
  speaking.say(message('c', '2', { qos: 2, messageId: 2 }))
  speaking.say(message('d', '3', { qos: 1, messageId: 3 }))
  await speaking.settled()
  using again = await join(broker.port, kept)
  const packets = await again.settled()
  expect(heard(packets)).toEqual([
    ['b', '1', 1],
    ['c', '2', 2],
    ['d', '3', 1],
  ])
  expect(packets.map((packet) => (packet as { dup?: boolean }).dup)).toEqual([false, false, false])
})

test('[MQTT-4.4.0-1] [MQTT-3.3.1-1] [MQTT-4.6.0-1] what was not acknowledged comes again: same ids, DUP, same order', async () => {
  await using broker = await openBroker()
  using wire = await listener(broker.port, ['#'], kept)
  using speaking = await join(broker.port, { clientId: 'speaker' })
  speaking.say(...[1, 2, 3].map((id) => message('a', `${id}`, { qos: 1, messageId: id })))
  speaking.say(message('a', '4', { qos: 2, messageId: 4 }))
  await speaking.settled()
  const first = await wire.settled()
  wire.say({ cmd: 'puback', messageId: first[1]?.messageId ?? 0 })
  await wire.settled()
  wire.socket.destroy()
  using again = await join(broker.port, kept)
  const second = await again.settled()
  expect(heard(second).map(([, payload]) => payload)).toEqual(['1', '3', '4'])
  expect(second.map(({ messageId }) => messageId)).toEqual(
    [first[0], first[2], first[3]].map((packet) => packet?.messageId),
  )
  expect(second).toMatchObject([{ dup: true }, { dup: true }, { dup: true, qos: 2 }])
})

test('[MQTT-4.3.3-1] after PUBREC the message does not come again: PUBREL does', async () => {
  await using broker = await openBroker()
  using wire = await listener(broker.port, ['a'], kept)
  using speaking = await join(broker.port, { clientId: 'speaker' })
  speaking.say(message('a', 'x', { qos: 2, messageId: 1 }))
  const { messageId = 0 } = await wire.next('publish')
  wire.say({ cmd: 'pubrec', messageId })
  await wire.next('pubrel')
  wire.socket.destroy()
  using again = await join(broker.port, kept)
  expect(await again.settled()).toMatchObject([{ cmd: 'pubrel', messageId }])
  again.say({ cmd: 'pubcomp', messageId })
  await again.settled()
  again.socket.destroy()
  using third = await join(broker.port, kept)
  expect(await third.settled()).toEqual([])
})

test('[MQTT-4.3.3-2] over a reconnection QoS 2 of the client is still taken once', async () => {
  await using broker = await openBroker()
  using hearing = await listener(broker.port, ['a'])
  using wire = await join(broker.port, kept)
  const once = message('a', 'once', { qos: 2, messageId: 3 })
  wire.say(once)
  await wire.next('pubrec')
  wire.socket.destroy()
  using again = await join(broker.port, kept)
  again.say({ ...once, dup: true } as never)
  await again.next('pubrec')
  again.say({ cmd: 'pubrel', messageId: 3 })
  await again.next('pubcomp')
  expect(heard(await hearing.settled())).toEqual([['a', 'once', 2]])
})

test('QoS 2 that is being committed while its client comes back is acknowledged there, once', async () => {
  const flying: (() => void)[] = []
  await using broker = await openBroker({
    take: (_session, _topic, _payload, done) => flying.push(() => done('acknowledged')),
  })
  using wire = await join(broker.port, kept)
  const once = message('a', 'once', { qos: 2, messageId: 3 })
  wire.say(once)
  await wire.settled()
  wire.socket.destroy()
  using again = await join(broker.port, kept)
  again.say({ ...once, dup: true } as never)
  expect(await again.settled()).toEqual([])
  for (const commit of flying) commit()
  expect(await again.settled()).toMatchObject([{ cmd: 'pubrec', messageId: 3 }])
  expect(flying).toHaveLength(1)
})

test('more than is allowed in flight waits, and comes as acknowledgements come', async () => {
  await using broker = await openBroker({}, { inflightMax: 2 })
  using wire = await listener(broker.port, ['a'])
  using speaking = await join(broker.port, { clientId: 'speaker' })
  speaking.say(...[1, 2, 3, 4].map((id) => message('a', `${id}`, { qos: 1, messageId: id })))
  await speaking.settled()
  const first = await wire.settled()
  expect(heard(first).map(([, payload]) => payload)).toEqual(['1', '2'])
  wire.say({ cmd: 'puback', messageId: first[0]?.messageId ?? 0 })
  expect(heard(await wire.settled()).map(([, payload]) => payload)).toEqual(['3'])
})

test('a queue that is full ends its session: the client learns it from session present', async () => {
  await using broker = await openBroker({}, { queueMessagesMax: 3 })
  using wire = await listener(broker.port, ['a'], kept)
  wire.socket.destroy()
  await wire.closed
  using speaking = await join(broker.port, { clientId: 'speaker' })
  const say = async (count: number) => {
    for (let id = 1; id <= count; id++) speaking.say(message('a', 'x', { qos: 1, messageId: id }))
    await speaking.settled()
  }
  await say(3)
  using full = await join(broker.port, kept)
  expect(full.sessionPresent).toBe(true)
  expect(heard(await full.settled())).toHaveLength(3)
  full.socket.destroy()
  await full.closed
  await say(4)
  using gone = await join(broker.port, kept)
  expect(gone.sessionPresent).toBe(false)
  expect(await gone.settled()).toEqual([])
})

test('of too many sessions of one name, the one that was away longest ends', async () => {
  await using broker = await openBroker({}, { sessionsPerNameMax: 3 })
  for (const clientId of ['first', 'second', 'first', 'third', 'fourth']) {
    using wire = await join(broker.port, { clientId, clean: false })
    wire.say({ cmd: 'disconnect' })
    await wire.closed
  }
  const presents: boolean[] = []
  for (const clientId of ['fourth', 'third', 'first', 'second']) {
    using wire = await join(broker.port, { clientId, clean: false })
    presents.push(wire.sessionPresent)
    wire.say({ cmd: 'disconnect' })
    await wire.closed
  }
  expect(presents).toEqual([true, true, true, false])
})

test('[MQTT-3.1.4-2] a kept session goes over to who takes its client id, with what is in flight', async () => {
  await using broker = await openBroker()
  using wire = await listener(broker.port, ['a'], kept)
  using speaking = await join(broker.port, { clientId: 'speaker' })
  speaking.say(message('a', 'x', { qos: 1, messageId: 1 }))
  await wire.next('publish')
  using taking = await join(broker.port, kept)
  await wire.closed
  expect(taking.sessionPresent).toBe(true)
  expect(await taking.next('publish')).toMatchObject({ topic: 'a', dup: true })
})

test('[MQTT-3.1.2-6] clean sessions leave nothing behind that takes room from others', async () => {
  await using broker = await openBroker({}, { queuedBytesMax: 1_000 })
  for (let at = 0; at < 10; at++) {
    using wire = await listener(broker.port, ['a'], { clientId: `${at}` })
    wire.say({ cmd: 'disconnect' })
    await wire.closed
  }
  using waiting = await listener(broker.port, ['a'], kept)
  waiting.socket.destroy()
  using speaking = await join(broker.port, { clientId: 'speaker' })
  speaking.say(message('a', 'x', { qos: 1, messageId: 1 }))
  await speaking.settled()
  using again = await join(broker.port, kept)
  expect(heard(await again.settled())).toEqual([['a', 'x', 1]])
})
