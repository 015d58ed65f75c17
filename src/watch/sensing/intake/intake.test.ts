import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  consent,
  held,
  home,
  land,
  nothingElse,
  start,
  street,
} from '../../../../tests/rig/intake.ts'
import { dayMs, hourMs, minuteMs } from '../../../kernel/clock.ts'
import type { GatewayId } from '../../../kernel/ids.ts'
import type { Said } from '../types.ts'
import { accept } from './accept.ts'

test('what was let in under a consent keeps its name, though the consent ends meanwhile', async () => {
  const { known, say, flights, stored } = held()
  const one = known(1)
  const flying = [say(one, 1), say(one, 2)]
  one.consent = null
  flying.push(say(one, 3))
  await land(flights)
  await Promise.all(flying)
  expect(stored.map((entry) => [entry.sequence, entry.consent])).toEqual([
    [1, consent.id],
    [2, consent.id],
  ])
})

test.each([
  ['a millisecond before the consent', { at: start - hourMs - 1 }, start, 0],
  ['at the consent', { at: start - hourMs }, start, 1],
  ['arriving a millisecond before its end', {}, start + hourMs - 1, 1],
  ['arriving at its end', {}, start + hourMs, 0],
])('an event %s', async (_what, more, arriving, count) => {
  const { known, say, flights, stored } = held({ at: arriving })
  const answer = say(known(1), 1, more)
  await land(flights)
  await answer
  expect(stored).toHaveLength(count)
})

test('more than the limit in one minute is counted and not stored; the next minute is anew', async () => {
  const { known, say, flights, stored, now, intake } = held()
  const one = known(1, { perMinuteMax: 3 })
  const flying = [1, 2, 3, 4, 5].map((seq) => say(one, seq))
  now.at += minuteMs
  flying.push(say(one, 6))
  await land(flights)
  await Promise.all(flying)
  expect(stored.map((entry) => entry.sequence)).toEqual([1, 2, 3, 6])
  expect(intake.counts).toEqual({ acknowledged: 4, refused: 2 })
})

test('without numbers a repeated state is one state, and a moment is each time anew', async () => {
  const { known, say, flights, stored } = held()
  const motion = known(1)
  const button = known(2, { kind: 'sos-button', purpose: 'emergency-call' })
  const flying = [
    ...['occupied', 'occupied', 'clear', 'clear', 'occupied'].map((state) =>
      say(motion, null, { state, at: null }),
    ),
    ...['pressed', 'pressed'].map((state) => say(button, null, { state, at: null })),
  ]
  await land(flights)
  await Promise.all(flying)
  const said = stored.map((entry) => entry.facts[0]!.state)
  expect(said).toEqual(['occupied', 'clear', 'occupied', 'pressed', 'pressed'])
  expect(motion.remarks.get('repeated-state')?.count).toBe(2)
})

test('what comes late without a number keeps its own time, and its copy is known', async () => {
  const { known, say, flights, stored, now } = held()
  const one = known(1, { kind: 'door-contact', purpose: 'door-security' })
  const at = (minutes: number) => ({ at: start + minutes * minuteMs })
  now.at = start + 10 * minuteMs
  const flying = [
    say(one, null, { ...at(9), state: 'open' }),
    say(one, null, { ...at(1), state: 'closed' }),
    say(one, null, { ...at(1), state: 'open' }),
    say(one, null, { ...at(1), state: 'closed' }),
    say(one, null, { ...at(9), state: 'open' }),
    say(one, null, { ...at(10), state: 'open' }),
    say(one, null, { ...at(10), state: 'closed' }),
  ]
  await land(flights)
  await Promise.all(flying)
  const said = stored.map((entry) => [(entry.eventAt - start) / minuteMs, entry.facts[0]!.state])
  expect(said).toEqual([
    [9, 'open'],
    [1, 'closed'],
    [1, 'open'],
    [10, 'closed'],
  ])
})

test('a device says its own kind; what tells of a person needs consent, the alarm does not', () => {
  const { known, now } = held()
  const gas = known(1, { kind: 'gas', purpose: 'home-safety' })
  gas.consent = null
  const alarm = { kind: 'gas', state: 'alarm', value: null } as const
  const level = { kind: 'gas', state: 'gas-ppm', value: 40 } as const
  const motion = { kind: 'motion', state: 'occupied', value: null } as const
  const said = (...facts: Said['facts']) =>
    accept(gas, { ...nothingElse, sequence: null, at: now.at, facts }, now.at)
  expect(said(alarm, level, motion)).toMatchObject({ facts: [alarm], consent: null })
  expect(said(level)).toEqual({ refusal: 'no-consent' })
  expect(said(motion)).toEqual({ refusal: 'wrong-kind' })
  gas.consent = consent
  now.at += 1
  expect(said(level)).toMatchObject({ facts: [level], consent: consent.id })
})

test('a counter that begins anew is taken, and an old copy from before is still known', async () => {
  const { known, say, flights, stored, now } = held()
  const one = known(1)
  const flying = [say(one, 40, { at: start }), say(one, 41, { at: start + 1 })]
  now.at = start + minuteMs
  flying.push(say(one, 40, { at: start + minuteMs }))
  flying.push(say(one, 40, { at: start }), say(one, 41, { at: start + 1 }))
  await land(flights)
  await Promise.all(flying)
  expect(stored.map((entry) => entry.sequence)).toEqual([40, 41, 40])
  expect(one.conditions.has('copied')).toBe(false)
})

test('a counter that jumps back three times in a day is two devices with one credential', async () => {
  const { known, say, flights, now } = held()
  const one = known(1)
  const flying: Promise<string>[] = []
  for (let turn = 0; turn < 4; turn++) {
    now.at += minuteMs
    flying.push(say(one, 7, { at: now.at }))
  }
  await land(flights)
  await Promise.all(flying)
  expect(one.conditions.has('copied')).toBe(true)
})

test('whatever the order and however often: each reading is stored once', async () => {
  const deliveries = fc.array(fc.nat({ max: 40 }), { maxLength: 120 })
  await fc.assert(
    fc.asyncProperty(deliveries, fc.infiniteStream(fc.boolean()), async (all, landing) => {
      const { known, say, flights, stored } = held()
      const one = known(1)
      const flying: Promise<string>[] = []
      for (const seq of all) {
        flying.push(say(one, seq, { at: start - 40_000 + seq * 1000 }))
        if (landing.next().value) await land(flights)
      }
      await land(flights)
      await Promise.all(flying)
      const sequences = stored.map((entry) => entry.sequence)
      expect(new Set(sequences).size).toBe(sequences.length)
      expect(sequences.toSorted((a, b) => a! - b!)).toEqual(
        [...new Set(all)].toSorted((a, b) => a - b),
      )
    }),
    { numRuns: 50 },
  )
})

test('a gateway speaks for those listed under it, and for nobody else', async () => {
  const { memory, known, publish, flights, stored, now, intake } = held()
  const gateway = 'e0000000-0000-4000-8000-000000000001' as GatewayId
  const place = { street, name: 'gw-1', maker: '', place: home, revokedAt: null }
  memory.putGateway(
    { gateway, format: 'canonical', installedAt: start, ...place },
    Buffer.alloc(32),
    null,
  )
  const listed = known(1, { gateway })
  const stranger = known(2)
  const event = { seq: 1, at: now.at, state: 'occupied' }
  const prefix = `lilong/${street}/${gateway}`
  const events = [
    { device: listed.device.device, ...event },
    { device: stranger.device.device, ...event },
  ]
  const batch = publish(gateway, `${prefix}/batch`, events)
  const own = publish(gateway, listed.topic, { ...event, seq: 2 })
  const foreign = publish(gateway, stranger.topic, event)
  await land(flights)
  expect(await Promise.all([batch, own, foreign])).toEqual([
    'acknowledged',
    'acknowledged',
    'disconnect',
  ])
  expect(stored.map((entry) => [entry.device, entry.sequence])).toEqual([
    [listed.device.device, 1],
    [listed.device.device, 2],
  ])
  expect(intake.counts.refused).toBe(2)
})

test('an old batch that comes late folds into coverage, and does not make the device alive', async () => {
  const { known, say, flights, now } = held({ at: start })
  const one = known(1, { purpose: 'home-safety', kind: 'smoke' })
  now.at = start + 3 * dayMs
  const flying: Promise<string>[] = []
  for (let at = start; at < start + hourMs; at += 5 * minuteMs) {
    flying.push(say(one, null, { at, state: 'heartbeat' }))
  }
  await land(flights)
  await Promise.all(flying)
  expect(one.coveredFrom).toBe(start)
  expect(one.heardAt).toBe(start + 55 * minuteMs)
  expect(one.remarks.get('late')?.count).toBe(12)
})
