import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addFilter,
  isMatch,
  isTopicFilter,
  openFilters,
  removeFilter,
  whoHears,
} from '../../src/platform/mqtt/topics.ts'
import { heard, join, listener, message, openBroker, subscribe } from './wire.ts'

const matching: [string, string, boolean][] = [
  ['sport/tennis/player1/#', 'sport/tennis/player1', true],
  ['sport/tennis/player1/#', 'sport/tennis/player1/score/wimbledon', true],
  ['sport/#', 'sport', true],
  ['#', 'sport', true],
  ['#', '/', true],
  ['sport/tennis/+', 'sport/tennis/player1', true],
  ['sport/tennis/+', 'sport/tennis/player1/ranking', false],
  ['sport/+', 'sport', false],
  ['sport/+', 'sport/', true],
  ['+', '/finance', false],
  ['+/+', '/finance', true],
  ['/+', '/finance', true],
  ['/finance', 'finance', false],
  ['finance/', 'finance', false],
  ['ACCOUNTS', 'Accounts', false],
  ['Accounts payable', 'Accounts payable', true],
  ['#', '$SYS/uptime', false],
  ['+/uptime', '$SYS/uptime', false],
  ['$SYS/#', '$SYS/uptime', true],
  ['$SYS/+', '$SYS/uptime', true],
  ['a/+/b', 'a/$x/b', true],
]

test.each(matching)(
  '[MQTT-4.7.1-1] [MQTT-4.7.2-1] [MQTT-4.7.3-4] %s hears %s: %s',
  async (filter, topic, isHeard) => {
    await using broker = await openBroker()
    using hearing = await listener(broker.port, [filter])
    using speaking = await join(broker.port, { clientId: 'speaker' })
    speaking.say(message(topic, 'now', { retain: true }))
    await speaking.settled()
    expect((await hearing.settled()).length).toBe(isHeard ? 1 : 0)
    using later = await listener(broker.port, [filter], { clientId: 'later' })
    expect((await later.settled()).length).toBe(isHeard ? 1 : 0)
  },
)

const level = fc.constantFrom('a', 'b', '', '+', '#', '$s')
const filters = fc
  .array(level, { minLength: 1, maxLength: 4 })
  .map((levels) => levels.join('/'))
  .filter(isTopicFilter)
const topics = fc
  .array(fc.constantFrom('a', 'b', '', '$s'), { minLength: 1, maxLength: 4 })
  .map((levels) => levels.join('/'))
  .filter((topic) => topic !== '')

test('the tree of filters finds whom matching one by one finds, also after some have gone', () => {
  fc.assert(
    fc.property(fc.uniqueArray(filters), fc.array(fc.nat(9)), topics, (all, gone, topic) => {
      const tree = openFilters<string>()
      for (const filter of all) addFilter(tree, filter, filter, 1)
      const left = new Set(all)
      for (const at of gone) {
        const filter = all[at]
        if (filter === undefined) continue
        removeFilter(tree, filter, filter)
        left.delete(filter)
      }
      const expected = [...left].filter((filter) => isMatch(filter, topic)).sort()
      expect([...whoHears(tree, topic).keys()].sort()).toEqual(expected)
      expect(tree.size).toBe(left.size)
    }),
  )
})

test('[MQTT-3.8.4-1] [MQTT-3.8.4-2] [MQTT-3.8.4-5] [MQTT-3.9.3-1] one code for each filter, in their order', async () => {
  await using broker = await openBroker()
  using wire = await join(broker.port)
  wire.say({
    ...{ cmd: 'subscribe', messageId: 77 },
    subscriptions: [
      { topic: 'a', qos: 2 },
      { topic: 'test/nosubscribe', qos: 1 },
      { topic: 'b/#', qos: 0 },
      { topic: 'c/+', qos: 1 },
    ],
  })
  const { messageId, granted } = await wire.next('suback')
  expect({ messageId, granted }).toEqual({ messageId: 77, granted: [2, 0x80, 0, 1] })
})

test('[MQTT-3.9.3-2] what is refused is 0x80, and hears nothing', async () => {
  await using broker = await openBroker()
  using wire = await join(broker.port)
  expect(await subscribe(wire, ['test/nosubscribe'])).toEqual([0x80])
  using speaking = await join(broker.port, { clientId: 'speaker' })
  speaking.say(message('test/nosubscribe', 'x', { qos: 1, messageId: 1 }))
  await speaking.settled()
  expect(await wire.settled()).toEqual([])
})

test('[MQTT-3.3.5-1] overlapping filters: once, with the highest QoS', async () => {
  await using broker = await openBroker()
  using wire = await join(broker.port)
  wire.say({
    ...{ cmd: 'subscribe', messageId: 1 },
    subscriptions: [
      { topic: 'a/#', qos: 2 },
      { topic: 'a/+', qos: 1 },
      { topic: 'a/b', qos: 0 },
    ],
  })
  await wire.next('suback')
  using speaking = await join(broker.port, { clientId: 'speaker' })
  speaking.say(message('a/b', 'x', { qos: 2, messageId: 1 }))
  await speaking.next('pubrec')
  expect(heard(await wire.settled())).toEqual([['a/b', 'x', 2]])
})

test('[MQTT-3.10.4-1] [MQTT-3.10.4-4] [MQTT-3.10.4-6] UNSUBSCRIBE ends just these filters, letter by letter', async () => {
  await using broker = await openBroker()
  using wire = await listener(broker.port, ['a/+', 'b', 'c'])
  const filters = ['a/x', 'b', 'c', 'never/asked']
  wire.say({ cmd: 'unsubscribe', messageId: 9, unsubscriptions: filters })
  expect(await wire.next('unsuback')).toMatchObject({ messageId: 9 })
  using speaking = await join(broker.port, { clientId: 'speaker' })
  speaking.say(message('a/x', '1'), message('b', '2'), message('c', '3'))
  await speaking.settled()
  expect(heard(await wire.settled())).toEqual([['a/x', '1', 0]])
})

test('[MQTT-3.10.4-5] UNSUBSCRIBE is acknowledged though nothing ended', async () => {
  await using broker = await openBroker()
  using wire = await join(broker.port)
  wire.say({ cmd: 'unsubscribe', messageId: 5, unsubscriptions: ['nothing'] })
  expect(await wire.next('unsuback')).toMatchObject({ messageId: 5 })
})

test('[MQTT-3.10.4-3] what is on its way is finished after UNSUBSCRIBE', async () => {
  await using broker = await openBroker()
  using wire = await listener(broker.port, ['a'], { clean: false })
  using speaking = await join(broker.port, { clientId: 'speaker' })
  speaking.say(message('a', 'x', { qos: 1, messageId: 1 }))
  await speaking.settled()
  await wire.next('publish')
  wire.say({ cmd: 'unsubscribe', messageId: 5, unsubscriptions: ['a'] })
  await wire.next('unsuback')
  wire.socket.destroy()
  using again = await join(broker.port, { clientId: 'listener', clean: false })
  expect(await again.next('publish')).toMatchObject({ dup: true, topic: 'a' })
})
