import { expect, test } from 'vitest'
import type { Taken } from '../../src/platform/mqtt/index.ts'
import { heard, join, listener, message, openBroker } from './wire.ts'

type Flying = { payload: string; done: (taken: Taken | Error) => void }

/** A room that holds every `done` until the test lets it go. */
function holdingRoom() {
  const flying: Flying[] = []
  const take = (
    _session: unknown,
    _topic: string,
    payload: Buffer,
    done: (taken: Taken | Error) => void,
  ) => void flying.push({ payload: String(payload), done })
  return { flying, take }
}

test('PUBACK never precedes done, one by one', async () => {
  const { flying, take } = holdingRoom()
  await using broker = await openBroker({ take })
  using wire = await join(broker.port)
  for (let id = 1; id <= 20; id++) {
    wire.say(message('a', `${id}`, { qos: 1, messageId: id }))
    expect(await wire.settled()).toEqual([])
    flying.shift()?.done('acknowledged')
    expect(await wire.settled()).toMatchObject([{ cmd: 'puback', messageId: id }])
  }
})

test('PUBREC never precedes done', async () => {
  const { flying, take } = holdingRoom()
  await using broker = await openBroker({ take })
  using wire = await join(broker.port)
  wire.say(message('a', 'x', { qos: 2, messageId: 1 }))
  expect(await wire.settled()).toEqual([])
  flying[0]?.done('acknowledged')
  expect(await wire.next('pubrec')).toMatchObject({ messageId: 1 })
})

test('nobody hears a message, and no copy is kept, before done', async () => {
  const { flying, take } = holdingRoom()
  await using broker = await openBroker({ take })
  using hearing = await listener(broker.port, ['#'])
  using wire = await join(broker.port)
  wire.say(message('a', 'x', { qos: 1, messageId: 1, retain: true }))
  await wire.settled()
  expect(await hearing.settled()).toEqual([])
  using later = await listener(broker.port, ['#'], { clientId: 'later' })
  expect(await later.settled()).toEqual([])
  flying[0]?.done('acknowledged')
  expect(heard(await hearing.settled())).toEqual([['a', 'x', 1]])
})

test('[MQTT-4.6.0-2] PUBACK leaves in the order of arrival, whatever the order of done', async () => {
  const { flying, take } = holdingRoom()
  await using broker = await openBroker({ take })
  using hearing = await listener(broker.port, ['#'])
  using wire = await join(broker.port)
  for (const id of [11, 12, 13]) wire.say(message('a', `${id}`, { qos: 1, messageId: id }))
  await wire.settled()
  flying[2]?.done('acknowledged')
  flying[1]?.done('acknowledged')
  expect(await wire.settled()).toEqual([])
  flying[0]?.done('acknowledged')
  expect((await wire.settled()).map(({ messageId }) => messageId)).toEqual([11, 12, 13])
  expect(heard(await hearing.settled()).map(([, payload]) => payload)).toEqual(['11', '12', '13'])
})

test('an Error drops the client: no PUBACK for it or for what came behind it', async () => {
  const { flying, take } = holdingRoom()
  await using broker = await openBroker({ take })
  using wire = await join(broker.port)
  for (const id of [1, 2, 3]) wire.say(message('a', `${id}`, { qos: 1, messageId: id }))
  await wire.settled()
  flying[2]?.done('acknowledged')
  flying[0]?.done('acknowledged')
  await wire.next('puback')
  flying[1]?.done(new Error('no commit'))
  await wire.closed
  expect(wire.came).toEqual([])
})

test('QoS 2 that could not be committed is new when it comes again', async () => {
  const { flying, take } = holdingRoom()
  await using broker = await openBroker({ take })
  using wire = await join(broker.port, { clean: false })
  const said = message('a', 'x', { qos: 2, messageId: 1 })
  wire.say(said)
  await wire.settled()
  flying.shift()?.done(new Error('no commit'))
  await wire.closed
  using again = await join(broker.port, { clean: false })
  again.say({ ...said, dup: true } as never)
  await again.settled()
  flying.shift()?.done('acknowledged')
  expect(await again.next('pubrec')).toMatchObject({ messageId: 1 })
})

test.each([0, 1, 2] as const)('a foreign topic disconnects, with QoS %i', async (qos) => {
  await using broker = await openBroker({ take: (_s, _t, _p, done) => done('disconnect') })
  using wire = await join(broker.port)
  wire.say(message('a', 'x', { qos, messageId: 1 }))
  await wire.closed
  expect(wire.came).toEqual([])
})

test('a room that throws, or says done twice, drops its own client and nobody else', async () => {
  await using broker = await openBroker({
    take: (_session, topic, _payload, done) => {
      if (topic === 'bug') throw new Error('bug')
      done('acknowledged')
      done(new Error('twice'))
    },
  })
  using other = await join(broker.port, { clientId: 'other' })
  using wire = await join(broker.port)
  wire.say(message('bug', 'x', { qos: 1, messageId: 1 }))
  await wire.closed
  other.say(message('a', 'x', { qos: 1, messageId: 1 }))
  await other.next('puback')
  await other.settled()
})

test('the room is told when a connection is over, with what it answered at the sign-in', async () => {
  const left: unknown[] = []
  let told = () => {}
  const isTold = new Promise<void>((resolve) => (told = resolve))
  await using broker = await openBroker({
    signIn: async ({ username, password, clientId, from }) => ({
      who: `${username} ${String(password)} ${clientId} ${from}`,
    }),
    left: (session) => {
      left.push(session)
      told()
    },
  })
  using wire = await join(broker.port, { username: 'name', password: Buffer.from('secret') })
  expect(broker.connected()).toBe(1)
  wire.say({ cmd: 'disconnect' })
  await isTold
  expect(left).toEqual([{ who: 'name secret one 127.0.0.1' }])
  expect(broker.connected()).toBe(0)
})
