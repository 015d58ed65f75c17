import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterEach, expect, test } from 'vitest'
import {
  followBroker,
  openMqtt,
  openRoom,
  type OutsideBroker,
  type Taken,
} from '../../src/platform/mqtt/index.ts'
import { selfSigned } from './certificate.ts'
import { openMosquitto } from './mosquitto.ts'
import { join, message, openBroker, type Wire } from './wire.ts'

type Done = (taken: Taken | Error) => void
type Took = { owner: unknown; topic: string; payload: string; done: Done }

const opened: OutsideBroker[] = []
afterEach(async () => {
  for (const outside of opened.splice(0)) await outside.close()
})

/** Our side: a room that holds every `done`, and what was said to the operator. */
async function follow(url: string, room: { take?: (took: Took) => void } = {}) {
  const took: Took[] = []
  const sentences: string[] = []
  let wake = () => {}
  const outside = await followBroker(
    url,
    {
      ...openRoom(),
      ownerOf: (topic) => (topic.startsWith('lilong/s/') ? topic.split('/')[2] : null),
      take: (owner, topic, payload, done) => {
        const one = { owner, topic, payload: String(payload), done }
        took.push(one)
        room.take?.(one)
        wake()
      },
    },
    ({ en }) => {
      sentences.push(en)
      wake()
    },
  )
  opened.push(outside)
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await new Promise<void>((done) => (wake = done))
  }
  return { outside, took, sentences, until }
}

const committing = { take: ({ done }: Took) => done('acknowledged') }

function reading(id: number, topic = 'lilong/s/d1/event') {
  return message(topic, `${id}`, { qos: 1, messageId: id })
}

async function publish(wire: Wire, ...ids: number[]) {
  wire.say(...ids.map((id) => reading(id)))
  for (const _ of ids) await wire.next('puback')
}

const mosquitto = openMosquitto()
const outsiders = [
  ['our own broker', openBroker],
  ['mosquitto', mosquitto],
] as const

test.for(outsiders)(
  '%s: a message is taken, and comes again when the follower ends before the commit',
  async ([, open], { skip }) => {
    if (!open) return skip('mosquitto is not installed here')
    await using broker = await open()
    const url = `mqtt://127.0.0.1:${broker.port}`
    const first = await follow(url)
    expect(first.outside.isConnected()).toBe(true)
    using speaking = await join(broker.port, { clientId: 'speaker' })
    await publish(speaking, 1, 2, 3)
    await first.until(() => first.took.length === 3)
    first.took[0]?.done('acknowledged')
    await first.until(() => first.outside.counted().taken === 1)
    await first.outside.close()
    first.took[1]?.done('acknowledged')
    await publish(speaking, 4)

    const second = await follow(url, committing)
    await second.until(() => second.took.length >= 3)
    expect(second.took.map(({ payload }) => payload)).toEqual(['2', '3', '4'])
    await second.outside.close()

    const third = await follow(url, committing)
    await publish(speaking, 5)
    await third.until(() => third.took.length >= 1)
    expect(third.took).toMatchObject([{ payload: '5', owner: 'd1', topic: 'lilong/s/d1/event' }])
  },
)

test.for(outsiders)('%s: many are in flight at once', async ([, open], { skip }) => {
  if (!open) return skip('mosquitto is not installed here')
  await using broker = await open()
  const mine = await follow(`mqtt://127.0.0.1:${broker.port}`)
  using speaking = await join(broker.port, { clientId: 'speaker' })
  await publish(speaking, ...Array.from({ length: 15 }, (_, at) => at + 1))
  await mine.until(() => mine.took.length === 15)
  for (const { done } of [...mine.took].reverse()) done('acknowledged')
  expect(mine.outside.counted().taken).toBe(15)
})

test('PUBACK leaves in order and never before done', async () => {
  await using broker = await openBroker({}, { inflightMax: 3 })
  const mine = await follow(`mqtt://127.0.0.1:${broker.port}`)
  using speaking = await join(broker.port, { clientId: 'speaker' })
  await publish(speaking, 1, 2, 3, 4)
  await mine.until(() => mine.took.length === 3)
  mine.took[1]?.done('acknowledged')
  mine.took[2]?.done('acknowledged')
  await speaking.settled()
  expect(mine.took).toHaveLength(3)
  mine.took[0]?.done('acknowledged')
  await mine.until(() => mine.took.length === 4)
})

test('what could not be committed comes again by itself', async () => {
  await using broker = await openBroker()
  let fails = 1
  const mine = await follow(`mqtt://127.0.0.1:${broker.port}`, {
    take: ({ done }) => done(fails-- > 0 ? new Error('no commit') : 'acknowledged'),
  })
  using speaking = await join(broker.port, { clientId: 'speaker' })
  await publish(speaking, 1)
  await mine.until(() => mine.took.length === 2)
  expect(mine.took.map(({ payload }) => payload)).toEqual(['1', '1'])
})

test('topics of nobody, foreign ones and retained copies are acknowledged and not taken', async () => {
  await using broker = await openBroker({}, { inflightMax: 1 })
  using speaking = await join(broker.port, { clientId: 'speaker' })
  speaking.say(message('lilong/s/d1/event', 'old', { qos: 1, messageId: 1, retain: true }))
  await speaking.next('puback')
  const mine = await follow(`mqtt://127.0.0.1:${broker.port}`, {
    take: ({ payload, done }) => done(payload === '2' ? 'disconnect' : 'acknowledged'),
  })
  speaking.say(reading(1, 'lilong/elsewhere'), reading(2), reading(3))
  await mine.until(() => mine.took.length === 2)
  expect(mine.took.map(({ payload }) => payload)).toEqual(['2', '3'])
  expect(mine.outside.counted()).toEqual({ taken: 1, foreign: 2, retained: 1 })
})

test('an outside broker that is away is said once, and again when it is back', async () => {
  const listener = { bind: '127.0.0.1', port: 0, tls: null }
  const broker = await openMqtt([listener], openRoom())
  const [port = 0] = broker.ports
  const mine = await follow(`mqtt://127.0.0.1:${port}`, committing)
  expect(mine.sentences).toEqual([])
  await broker.close()
  await mine.until(() => mine.sentences.length === 1)
  expect(mine.outside.isConnected()).toBe(false)
  const again = await openMqtt([{ ...listener, port }], openRoom())
  await mine.until(() => mine.sentences.length === 2)
  expect(mine.sentences).toEqual([
    expect.stringContaining(`127.0.0.1:${port} is away`),
    expect.stringContaining('is back'),
  ])
  expect(mine.outside.isConnected()).toBe(true)
  await again.close()
})

test.each<[string, object, string]>([
  ['a sign-in that is refused', { signIn: async () => null }, 'refuses the sign-in (code 4)'],
  ['a subscription that is refused', { maySubscribe: () => false }, 'refuses the subscription'],
])('%s is one sentence, without the password', async (_, room, sentence) => {
  await using broker = await openBroker(room)
  const mine = await follow(`mqtt://me:very-secret@127.0.0.1:${broker.port}`)
  expect(mine.sentences).toEqual([expect.stringContaining(sentence)])
  expect(mine.sentences.join()).not.toContain('very-secret')
  expect(mine.outside.isConnected()).toBe(false)
})

test('the name and password of the URL sign in, also with letters that a URL escapes', async () => {
  const names: string[] = []
  await using broker = await openBroker({
    signIn: async ({ username, password, clientId }) => {
      names.push(`${username} ${String(password)} ${clientId}`)
      return username
    },
  })
  const mine = await follow(`mqtt://l%C3%AD:p%40ss%3A@127.0.0.1:${broker.port}`)
  expect(mine.outside.isConnected()).toBe(true)
  expect(names).toEqual(['lí p@ss: lilong'])
})

test.each(['http://a', 'mqtt://', 'broker'])('%s is no URL of a broker', async (url) => {
  await expect(follow(url)).rejects.toThrow('LILONG_MQTT_URL')
})

test('over TLS: a certificate that nobody vouches for is one sentence, a known one is followed', async () => {
  const tls = selfSigned()
  const broker = await openMqtt([{ bind: '127.0.0.1', port: 0, tls }], openRoom())
  const url = `mqtts://localhost:${broker.ports[0]}`
  const known = getCACertificates('default')
  try {
    const doubting = await follow(url)
    expect(doubting.outside.isConnected()).toBe(false)
    expect(doubting.sentences).toEqual([expect.stringMatching(/is away \(.*SELF_SIGNED.*\)/)])
    setDefaultCACertificates([...known, tls.cert])
    const trusting = await follow(url)
    expect(trusting.outside.isConnected()).toBe(true)
  } finally {
    setDefaultCACertificates(known)
    await broker.close()
  }
})
