import mqtt, { type Packet } from 'mqtt-packet'
import { expect, test } from 'vitest'
import { openRing, phaseLength, type Source } from './ring.ts'

const one = { device: 'd1', topic: 'lilong/310104011/d1/event', states: ['open', 'closed'] }
const two = { device: 'd2', topic: 'lilong/310104011/d2/event', states: ['occupied', 'clear'] }
const single = { devices: [one], batch: null } as Source
const batch = { devices: [one, two], batch: 'lilong/310104011/g1/batch' } as Source

function packetsIn(bytes: Buffer | undefined): Packet[] {
  const packets: Packet[] = []
  const parser = mqtt.parser({ protocolVersion: 4 })
  parser.on('packet', (packet) => packets.push(packet))
  parser.parse(bytes ?? Buffer.alloc(0))
  return packets
}

function said(bytes: Buffer | undefined) {
  return packetsIn(bytes).map((packet) =>
    packet.cmd === 'publish' ? JSON.parse(packet.payload.toString()) : packet.cmd,
  )
}

test('messages are whole packets at QoS 1, numbered without a hole, in both forms of time', () => {
  const ring = openRing(single, 4, 0, 1)
  const bytes = ring.take(Infinity, 0)?.bytes
  expect(packetsIn(bytes)).toMatchObject(
    [1, 2, 3, 4].map((messageId) => ({ cmd: 'publish', qos: 1, topic: one.topic, messageId })),
  )
  const all = said(bytes)
  expect(all.map(({ seq }) => seq)).toEqual([0, 1, 2, 3].map((at) => phaseLength + at))
  expect(all.map(({ state }) => state)).toEqual(['open', 'closed', 'open', 'closed'])
  for (const { at } of all) expect(Math.abs(Date.now() - +new Date(at))).toBeLessThan(60_000)
  expect(all.map(({ at }) => typeof at)).toEqual(['number', 'number', 'string', 'string'])
})

test('a message is written anew only after it was acknowledged', () => {
  const ring = openRing(single, 2, 0, 1)
  ring.take(Infinity, 5)
  expect(ring.take(Infinity, 6)).toBeUndefined()
  expect(ring.acknowledge(1)).toBe(5)
  expect(said(ring.take(Infinity, 7)?.bytes)).toMatchObject([{ seq: phaseLength + 2 }])
  expect(ring.inFlight()).toBe(2)
  expect(() => {
    ring.acknowledge(1)
    ring.acknowledge(1)
  }).toThrow('not in flight')
  expect(ring.sent()).toEqual([{ device: 'd1', first: phaseLength, count: 3 }])
})

test('a batch holds an event of each device, and another phase counts from another million', () => {
  const ring = openRing(batch, 2, 0, 3)
  const [first, second] = said(ring.take(Infinity, 0)?.bytes)
  expect(first).toMatchObject([
    { device: 'd1', seq: 3 * phaseLength, state: 'open' },
    { device: 'd2', seq: 3 * phaseLength, state: 'occupied' },
  ])
  expect(second).toMatchObject([{ state: 'closed' }, { state: 'clear' }])
  expect(ring.sent().map(({ count }) => count)).toEqual([2, 2])
})
