import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hourMs, minuteMs, type Instant } from '../../../kernel/clock.ts'
import type { ConsentId, DeviceId, HomeCode, PersonId, StreetCode } from '../../../kernel/ids.ts'
import { Intake, perMinuteMax, waitingMax, type Batch, type Known } from './intake.ts'
import { giveBack, isTaken, marksFrom, recentMax, take } from './marks.ts'

const start: Instant = Date.parse('2026-07-07T08:00:00+08:00')
const topic = 'lilong/310104011/d1/event'

function aDevice(): Known {
  const heartbeatSeconds = 300
  return {
    device: {
      ...{ device: 'd1' as DeviceId, street: '310104011' as StreetCode, kind: 'motion' },
      ...{ home: '310104011013-01-26-501' as HomeCode, gateway: null, heartbeatSeconds },
      ...{ installedAt: start - hourMs, revokedAt: null },
    },
    passwordDigest: Buffer.alloc(32),
    consent: {
      ...{ id: 'c1' as ConsentId, person: 'p1' as PersonId },
      ...{ since: start - hourMs, until: start + hourMs },
    },
    ...{ marks: marksFrom([]), heardAt: null, newestAt: null, isChanged: false },
    ...{ minute: 0, inMinute: 0 },
  }
}

/** An intake whose commits wait until the test lets them go, or fails them. */
function held(now = { at: start }) {
  const batches: Batch[] = []
  const free: { done(): void; fail(): void }[] = []
  const intake = new Intake(
    { now: () => now.at },
    0,
    (batch) => {
      batches.push(batch)
      return new Promise<void>((resolve, reject) =>
        free.push({ done: resolve, fail: () => reject(new Error('no commit')) }),
      )
    },
    () => undefined,
  )
  const say = (known: Known, seq: number, more: object = {}) =>
    intake.take(
      known,
      topic,
      Buffer.from(JSON.stringify({ seq, at: now.at, state: 'occupied', ...more })),
    )
  const next = () => free.splice(0, 1)[0]!
  return { intake, batches, say, next, stored: () => batches.flatMap((each) => each.readings) }
}

const turn = () => new Promise((done) => setImmediate(done))

test('a message is answered after its commit and not before', async () => {
  const { say, next } = held()
  let isAnswered = false
  const answer = say(aDevice(), 1).then(() => (isAnswered = true))
  await turn()
  expect(isAnswered).toBe(false)
  next().done()
  await answer
})

test('after a failed commit the same message is new', async () => {
  const { say, next, stored } = held()
  const known = aDevice()
  const first = say(known, 1)
  const copy = say(known, 1)
  next().fail()
  await expect(first).rejects.toThrow('no commit')
  await expect(copy).rejects.toThrow()
  expect(known.heardAt).toBeNull()
  const again = say(known, 1)
  next().done()
  await again
  expect(stored().map((reading) => reading.sequence)).toEqual([1, 1])
})

test('a full queue drops the sender, and the message is taken when it comes again', async () => {
  const { say, next, stored } = held()
  const known = aDevice()
  const others = Array.from({ length: 4 }, aDevice)
  const flying = [say(known, 0)]
  await turn()
  for (let i = 1; i <= waitingMax; i++) flying.push(say(others[i % 4]!, i))
  await expect(say(known, 7)).rejects.toThrow('intake is full')
  for (let left = 1 + waitingMax / 5_000; left > 0; left--) {
    next().done()
    await turn()
  }
  await Promise.all(flying)
  const again = say(known, 7)
  next().done()
  expect(await again).toBe('acknowledged')
  expect(stored().filter((reading) => reading.sequence === 7)).toHaveLength(2)
})

test('what was let in under a consent keeps its name, though the consent ends meanwhile', async () => {
  const { say, next, stored } = held()
  const known = aDevice()
  const flying = [say(known, 1), say(known, 2)]
  known.consent = null
  flying.push(say(known, 3))
  next().done()
  await turn()
  next().done()
  await Promise.all(flying)
  const named = stored().map(({ sequence, consent }) => [sequence, consent])
  expect(named).toEqual([
    [1, 'c1'],
    [2, 'c1'],
  ])
})

test.each([
  ['a millisecond before the consent', { at: start - hourMs - 1 }, start, 0],
  ['at the consent', { at: start - hourMs }, start, 1],
  ['arriving a millisecond before its end', {}, start + hourMs - 1, 1],
  ['arriving at its end', {}, start + hourMs, 0],
])('an event %s', async (_what, more, arriving, count) => {
  const { say, next, stored } = held({ at: arriving })
  const answer = say(aDevice(), 1, more)
  next().done()
  await answer
  expect(stored()).toHaveLength(count)
})

test('more than the limit in one minute is counted and not stored; the next minute is anew', async () => {
  const now = { at: start }
  const counted: string[] = []
  const intake = new Intake(
    { now: () => now.at },
    0,
    async (batch) =>
      void counted.push(...batch.refused.map((each) => `${each.count} ${each.reason}`)),
    () => undefined,
  )
  const known = aDevice()
  const beat = (seq: number) =>
    intake.take(known, topic, Buffer.from(`{"seq":${seq},"at":${start},"state":"heartbeat"}`))
  await Promise.all(Array.from({ length: perMinuteMax }, (_, i) => beat(i)))
  expect(counted).toEqual([])
  expect(await beat(perMinuteMax)).toBe('acknowledged')
  expect(counted).toEqual(['1 too-many'])
  now.at += minuteMs
  await beat(perMinuteMax + 1)
  expect(counted).toEqual(['1 too-many'])
})

describe('the sequences that are known', () => {
  test('a copy is a duplicate, inside the window and below it', () => {
    const marks = marksFrom([])
    for (let i = 0; i < recentMax; i++) take(marks, i)
    expect(isTaken(marks, 0)).toBe('duplicate')
    take(marks, recentMax)
    expect(isTaken(marks, 0)).toBe('too-old')
    expect(isTaken(marks, 1)).toBe('duplicate')
    expect(isTaken(marks, recentMax + 1)).toBe('new')
  })

  test('a batch that was delayed is new, though a later message came first', () => {
    const marks = marksFrom([1, 2, 3])
    take(marks, 5_000)
    for (let i = 4; i < 5_000; i++) {
      expect(isTaken(marks, i)).toBe('new')
      take(marks, i)
    }
    expect(isTaken(marks, 5_000)).toBe('duplicate')
  })

  test('after a start what lay below a full memory is too old, not new', () => {
    const before = marksFrom([])
    for (let i = 0; i < 3 * recentMax; i++) take(before, i)
    const after = marksFrom(before.recent)
    expect(isTaken(after, 0)).toBe('too-old')
    expect(isTaken(after, 2 * recentMax - 1)).toBe('too-old')
    expect(isTaken(after, 2 * recentMax)).toBe('duplicate')
    expect(isTaken(after, 3 * recentMax)).toBe('new')
  })

  test('what was given back is new', () => {
    const marks = marksFrom([1])
    take(marks, 2)
    giveBack(marks, 2)
    expect(isTaken(marks, 2)).toBe('new')
    expect(isTaken(marks, 1)).toBe('duplicate')
  })

  test('nothing is ever taken twice, in whatever order, with starts in between', () => {
    const step = fc.oneof(
      { weight: 9, arbitrary: fc.nat({ max: 3_000 }) },
      { weight: 1, arbitrary: fc.constant('start' as const) },
    )
    fc.assert(
      fc.property(fc.array(step, { size: 'max', maxLength: 4_000 }), (steps) => {
        let marks = marksFrom([])
        const taken = new Set<number>()
        for (const one of steps) {
          if (one === 'start') {
            marks = marksFrom(marks.recent)
          } else if (isTaken(marks, one) === 'new') {
            expect(taken.has(one)).toBe(false)
            taken.add(one)
            take(marks, one)
          }
        }
      }),
      { numRuns: 30 },
    )
  })
})

test('a device that counts from its beginning again is heard; a copy of what it said is not', async () => {
  const now = { at: start }
  const { say, next, stored } = held(now)
  const known = aDevice()
  const first = say(known, 7)
  next().done()
  await first
  now.at = start + minuteMs
  const copy = say(known, 7, { at: start })
  await turn()
  next().done()
  await copy
  expect(stored()).toHaveLength(1)
  const anew = say(known, 7)
  next().done()
  await anew
  expect(stored().map((reading) => reading.eventAt)).toEqual([start, start + minuteMs])
})
