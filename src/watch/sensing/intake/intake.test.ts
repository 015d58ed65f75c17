import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayMs, hourMs, minuteMs, type Instant } from '../../../kernel/clock.ts'
import type {
  ConsentId,
  DeviceId,
  GatewayId,
  HomeCode,
  PersonId,
  StreetCode,
} from '../../../kernel/ids.ts'
import type { Device } from '../../devices/index.ts'
import type { Said } from '../types.ts'
import { accept } from './accept.ts'
import type { Entry } from './entry.ts'
import { Intake, waitingMax } from './intake.ts'
import { openMemory } from './memory.ts'
import { rowsOf } from './rows.ts'

const start: Instant = Date.parse('2026-07-07T08:00:00+08:00')
const street = '310104011' as StreetCode
const home = '310104011013-01-26-501' as HomeCode
const consent = {
  ...{ id: 'c0000000-0000-4000-8000-000000000001' as ConsentId, person: 'p1' as PersonId },
  ...{ since: start - hourMs, until: start + hourMs },
}

function aDevice(at: number, more: Partial<Device> = {}): Device {
  return {
    device: `d0000000-0000-4000-8000-${String(at).padStart(12, '0')}` as DeviceId,
    ...{ street, kind: 'motion', place: home, purpose: 'agreed-care', model: null },
    ...{ gateway: null, nameAtGateway: null, heartbeatSeconds: 300, perMinuteMax: 50_000 },
    ...{ label: '', keeper: '', lentUntil: null, replaces: null },
    ...{ installedAt: start - hourMs, revokedAt: null, ...more },
  }
}

const nothingElse = { battery: null, isBatteryLow: null, isTampered: null }

type Flight = { entries: readonly Entry[]; done(): void; fail(why?: Error): void }

/** An intake whose commits wait until the test lets them go, or fails them. */
function held(now = { at: start }) {
  const memory = openMemory()
  const flights: Flight[] = []
  const stored: Entry[] = []
  const after: number[] = []
  const known = (at: number, more: Partial<Device> = {}) => {
    const one = aDevice(at, more)
    const made = memory.put(one, Buffer.alloc(32), null, undefined, {
      ...{ conditions: new Map(), battery: null },
    })
    made.consent = consent
    return made
  }
  const intake = new Intake<readonly Entry[]>({
    ...{ clock: { now: () => now.at }, lastPosition: 0, wasSaved: async () => false },
    prepare(batch) {
      rowsOf(batch, memory.all(), now.at)
      return batch.entries
    },
    save: (entries) =>
      new Promise<void>((resolve, reject) =>
        flights.push({
          entries,
          done() {
            stored.push(...entries.filter((one) => one.facts.length > 0))
            resolve()
          },
          fail: (why = new Error('no commit')) => reject(why),
        }),
      ),
    notSaved: () => undefined,
    afterCommit: (entries) => after.push(...entries.map((one) => one.order)),
    onDeclared: () => undefined,
    onTrouble: () => undefined,
  })
  const publish = (who: string, topic: string, value: unknown) =>
    new Promise<string>((resolve, reject) => {
      const payload = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
      intake.take(memory.source(who)!, topic, payload, (taken) =>
        typeof taken === 'string' ? resolve(taken) : reject(taken),
      )
    })
  const say = (one: { device: Device; topic: string }, seq: number | null, more: object = {}) =>
    publish(one.device.device, one.topic, {
      ...{ ...(seq === null ? {} : { seq }), at: now.at, state: 'occupied', ...more },
    })
  const next = () => flights.shift()!
  return { memory, intake, known, publish, say, next, flights, stored, after, now }
}

const turn = () => new Promise((done) => setImmediate(done))

/** Commits whatever flies until nothing does. */
async function land(flights: Flight[]): Promise<void> {
  for (let quiet = 0; quiet < 3; quiet++) {
    await turn()
    const flight = flights.shift()
    if (!flight) continue
    flight.done()
    quiet = -1
  }
}

test('a message is answered after its commit and not before', async () => {
  const { known, say, next } = held()
  let isAnswered = false
  const answer = say(known(1), 1).then(() => (isAnswered = true))
  await turn()
  expect(isAnswered).toBe(false)
  next().done()
  await answer
})

test('a copy is answered after the first one’s commit, and stored once', async () => {
  const { known, say, flights, stored } = held()
  const one = known(1)
  const first = say(one, 1)
  let isAnswered = false
  const copy = say(one, 1).then(() => (isAnswered = true))
  await turn()
  expect(isAnswered).toBe(false)
  await land(flights)
  await Promise.all([first, copy])
  expect(stored).toHaveLength(1)
})

test('after a commit that never came the same message is new, and its copy was not answered', async () => {
  const { known, say, intake, next, flights, stored } = held()
  const one = known(1)
  const first = say(one, 1)
  const copy = say(one, 1)
  const answers = Promise.allSettled([first, copy])
  const closing = intake[Symbol.asyncDispose]()
  next().fail()
  await closing
  for (const answer of await answers) expect(answer.status).toBe('rejected')
  expect(stored).toEqual([])
  const again = held()
  const anew = again.known(1)
  anew.stream = one.stream
  const later = again.say(anew, 1)
  await land(again.flights)
  expect(await later).toBe('acknowledged')
  expect(flights).toEqual([])
})

test('a commit without an answer is looked for before it is tried again', async () => {
  const { known, say, intake, next, flights } = held()
  Object.assign((intake as any).wish, { wasSaved: async () => true })
  const answer = say(known(1), 1)
  next().fail()
  expect(await answer).toBe('acknowledged')
  expect(flights).toEqual([])
})

test('a copy in the next batch is not acknowledged for a first one that was given up', async () => {
  const { known, say, flights, intake, stored } = held()
  Object.assign((intake as any).wish, { onTrouble: () => undefined })
  const one = known(1)
  const others = [2, 3, 4].map((at) => known(at))
  const first = say(one, 17)
  await turn()
  const copy = say(one, 17)
  const rest = Array.from({ length: 1_000 }, (_, i) => say(others[i % 3]!, i))
  const answers = Promise.allSettled([first, copy])
  const more = Promise.allSettled(rest)
  await turn()
  const wrong = Object.assign(new Error('a statement that is wrong'), { code: '42703' })
  flights.shift()!.fail(wrong)
  await land(flights)
  expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await more
  const again = say(one, 17)
  await land(flights)
  expect(await again).toBe('acknowledged')
  expect(stored.filter((entry) => entry.known === one)).toHaveLength(1)
})

test('who waits for marks hears that they were not saved', async () => {
  const { intake, next } = held()
  const saved = intake.saveMarks()
  next().fail(Object.assign(new Error('no'), { code: '42703' }))
  await expect(saved).rejects.toThrow('no')
})

test('an alarm whose clock runs ahead is new again after it was given up', async () => {
  const { known, say, next, flights, stored, now } = held()
  const smoke = known(1, { kind: 'smoke', purpose: 'home-safety' })
  const ahead = { at: now.at + dayMs, state: 'alarm' }
  const first = say(smoke, null, ahead)
  const answer = Promise.allSettled([first])
  await turn()
  next().fail(Object.assign(new Error('no'), { code: '42703' }))
  await answer
  const again = say(smoke, null, ahead)
  await land(flights)
  expect(await again).toBe('acknowledged')
  expect(stored).toHaveLength(1)
})

test('two batches fly at most; they are answered and judged in their order', async () => {
  const { known, say, flights, after } = held()
  const one = known(1)
  const answered: number[] = []
  const note = (seq: number) => () => void answered.push(seq)
  const flying = [say(one, 0).then(note(0))]
  await turn()
  for (let seq = 1; seq <= 30_000; seq++) flying.push(say(one, seq).then(note(seq)))
  await turn()
  expect(flights).toHaveLength(2)
  flights[1]!.done()
  await turn()
  expect(answered).toEqual([])
  flights.shift()!.done()
  flights.shift()
  await land(flights)
  await Promise.all(flying)
  expect(answered).toEqual(answered.toSorted((a, b) => a - b))
  expect(after).toEqual(after.toSorted((a, b) => a - b))
})

test('a full queue drops the sender, and the message is taken when it comes again', async () => {
  const { known, say, flights, stored } = held()
  const one = known(1)
  const others = [2, 3, 4, 5].map((at) => known(at))
  const flying = [say(one, 0)]
  await turn()
  let seq = 1
  // One batch flies with the first, another with the next thousand; the rest waits.
  for (; seq <= waitingMax + 1_000; seq++) flying.push(say(others[seq % 4]!, seq))
  const failed = await Promise.race([
    say(one, 7).then(
      () => 'taken',
      (why: Error) => why.message,
    ),
    turn().then(() => 'waits'),
  ])
  expect(failed).toBe('intake is full')
  const all = Promise.allSettled(flying)
  await land(flights)
  await all
  const again = say(one, 7)
  await land(flights)
  expect(await again).toBe('acknowledged')
  const sevens = stored.filter((entry) => entry.sequence === 7 && entry.known === one)
  expect(sevens).toHaveLength(1)
})

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
