import { expect, test } from 'vitest'
import { held, home, land, nothingElse, start, turn } from '../../../../tests/rig/intake.ts'
import { dayMs, hourMs, type Instant } from '../../../kernel/clock.ts'
import type { Said } from '../types.ts'
import { accept } from './accept.ts'

const meter = { kind: 'water-meter', place: home, purpose: 'crowding-check' } as const
const sum = (litres: number, at: Instant | null = start, sequence: number | null = null): Said => ({
  ...{ sequence, at, ...nothingElse },
  facts: [{ kind: 'water-meter', state: 'water-litres-day', value: litres }],
})
const refusal = (of: ReturnType<typeof accept>) => ('refusal' in of ? of.refusal : 'taken')

test('one sum a day is taken, without anybody’s consent, and a second one is too fine', () => {
  const one = held().known(1, meter)
  one.consent = null
  const said = [sum(180, start, 1), sum(181, start + hourMs, 2), sum(170, start - dayMs, 3)]
  expect(said.map((each) => refusal(accept(one, each, start + 2 * hourMs)))).toEqual([
    ...['taken', 'too-fine', 'taken'],
  ])
  expect(accept(one, sum(190, start + dayMs, 4), start + dayMs)).toMatchObject({
    ...{ consent: null, isSignOfLife: false },
  })
})

test('the day is that of Shanghai', () => {
  const one = held().known(1, meter)
  const midnight = Date.parse('2026-07-07T00:00:00+08:00')
  const at = [midnight - 1, midnight, midnight + dayMs - 1, midnight + dayMs]
  const taken = at.map((each, seq) => refusal(accept(one, sum(1, each, seq), each)))
  expect(taken).toEqual(['taken', 'taken', 'too-fine', 'taken'])
})

test('a copy is a copy and not too fine; a heartbeat is welcome at any time', () => {
  const one = held().known(1, meter)
  expect(refusal(accept(one, sum(180, start, 7), start))).toBe('taken')
  expect(refusal(accept(one, sum(180, start, 7), start))).toBe('duplicate')
  const beat = { ...sum(0), facts: [], at: start + 1, sequence: 8 }
  expect(refusal(accept(one, beat, start + 1))).toBe('taken')
})

test('anything finer is refused, agreed or not: the meter counts for the check alone', () => {
  for (const isAgreed of [true, false]) {
    const one = held().known(1, meter)
    if (!isAgreed) one.consent = null
    const litres = { kind: 'water-meter', state: 'water-litres', value: 5 } as const
    expect(refusal(accept(one, { ...sum(0), facts: [litres] }, start))).toBe('too-fine')
    const mixed = accept(one, { ...sum(180), facts: [litres, ...sum(180).facts] }, start)
    expect('facts' in mixed && mixed.facts).toEqual(sum(180).facts)
  }
})

test('whoever is there for something else says no sums', () => {
  const care = held().known(1, { kind: 'water-meter', place: home, purpose: 'agreed-care' })
  expect(refusal(accept(care, sum(180), start))).toBe('wrong-kind')
})

test('what could not be stored may come again on the same day', async () => {
  const { known, publish, next, flights, stored } = held()
  const one = known(1, meter)
  const payload = { seq: 1, at: start, state: 'water-litres-day', value: 180 }
  const failing = publish(one.device.device, one.topic, payload)
  const failed = failing.then(
    () => 'stored',
    (error: Error) => error.message,
  )
  await new Promise((done) => setImmediate(done))
  next().fail(Object.assign(new Error('no commit'), { code: '23505' }))
  expect(await failed).toBe('no commit')
  const again = publish(one.device.device, one.topic, payload)
  await land(flights)
  await again
  expect(stored.map((entry) => entry.facts[0]?.value)).toEqual([180])
})

test('what could not be stored says nothing of the days before: they are told once all the same', async () => {
  const now = { at: start }
  const { known, publish, next, flights, stored } = held(now)
  const one = known(1, meter)
  const say = (seq: number, at: Instant) =>
    publish(one.device.device, one.topic, { seq, at, state: 'water-litres-day', value: 180 }).catch(
      (error: Error) => error.message,
    )
  const first = say(1, start)
  await land(flights)
  await first
  now.at = start + dayMs
  const second = say(2, now.at)
  await turn()
  next().fail(Object.assign(new Error('no commit'), { code: '23505' }))
  expect(await second).toBe('no commit')
  const [finer, again] = [say(3, start + hourMs), say(4, now.at)]
  await land(flights)
  await Promise.all([finer, again])
  expect(stored.map(({ sequence }) => sequence)).toEqual([1, 4])
})

test('the days that were taken outlive a start, and are as many as the sums that are kept', () => {
  const one = held().known(1, meter)
  for (let day = 0; day < 40; day++) {
    const at = start + day * dayMs
    expect(refusal(accept(one, sum(day, at, day), at))).toBe('taken')
  }
  expect(one.areStatesChanged).toBe(true)
  const saved = one.lastStates.get('water-litres-day')?.split(' ') ?? []
  expect(saved).toHaveLength(32)
  const next = held().known(2, meter)
  next.lastStates = new Map(one.lastStates)
  const last = start + 39 * dayMs
  expect(refusal(accept(next, sum(1, last, 100), last))).toBe('too-fine')
})
