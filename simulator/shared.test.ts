import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayOf as dateOf } from '../src/kernel/calendar.ts'
import { dayMs, hourMs } from '../src/kernel/clock.ts'
import type { PlaceCode } from '../src/kernel/ids.ts'
import { readingStates } from '../src/watch/devices/types.ts'
import { isSayable } from '../src/watch/sensing/decide.ts'
import { batteryAt, numbersAt, sharedDay } from './shared.ts'

const place = '310104011013-01-24' as PlaceCode
const labels = ['消防通道', '垃圾箱房', '加装电梯', '车位 1号', '雨水井盖 1号', '']
const kinds = Object.keys(readingStates) as (keyof typeof readingStates)[]
const device = fc.record({
  kind: fc.constantFrom(...kinds),
  place: fc.constant(place),
  label: fc.constantFrom(...labels),
  model: fc.constantFrom(null, 'zigbee2mqtt/Heiman/HS1VS-N', 'chirpstack/Milesight/EM310-TILT'),
})
const someday = fc
  .integer({ min: 0, max: 3_000 })
  .map((n) => dateOf(Date.parse('2024-01-01T12:00:00+08:00') + n * dayMs))
const seed = fc.integer({ min: 0, max: 2 ** 31 })

test('a shared day says only what its kind can say, within the day and in order', () => {
  fc.assert(
    fc.property(device, someday, seed, (one, day, drawn) => {
      const notices = sharedDay(one, day, drawn)
      expect(notices.every(({ state }) => isSayable(one.kind, state, null))).toBe(true)
      expect(notices.every(({ at }) => dateOf(at) === day)).toBe(true)
      expect(notices.toSorted((a, b) => a.at - b.at)).toEqual(notices)
      expect(sharedDay(one, day, drawn)).toEqual(notices)
    }),
  )
})

test('what begins ends: every stretch is closed before the next one begins', () => {
  fc.assert(
    fc.property(device, someday, seed, (one, day, drawn) => {
      fc.pre(one.kind !== 'door-access' && one.kind !== 'smoke')
      const states = sharedDay(one, day, drawn).map(({ state }) => state)
      expect(states.length % 2).toBe(0)
      expect(states.every((state, i) => i < 2 || state === states[i - 2])).toBe(true)
    }),
  )
})

test('nothing is noticed of who lives in a home', () => {
  const home = `${place}-201` as PlaceCode
  for (const kind of kinds) {
    const one = { kind, place: home, label: '', model: null }
    expect(sharedDay(one, '2026-07-09', 1)).toEqual([])
  }
  const gas = { kind: 'gas', place: home, label: '', model: null } as const
  expect(numbersAt(gas, Date.parse('2026-07-09T09:00:00+08:00'), 1)).toEqual([])
})

test('a water meter only rises, and by what a building uses in a day', () => {
  const meter = { kind: 'water-meter', place, label: '总水表', model: null } as const
  const began = Date.parse('2026-07-09T00:00:00+08:00')
  const read = Array.from({ length: 97 }, (_one, n) =>
    numbersAt(meter, began + n * (hourMs / 4), 1).map(({ value }) => value!),
  ).flat()
  expect(read.every((litres, i) => i === 0 || litres >= read[i - 1]!)).toBe(true)
  const used = read.at(-1)! - read[0]!
  expect(used).toBeGreaterThan(5_900)
  expect(used).toBeLessThan(11_100)
})

test('numbers are whole, of the kind’s own measures, and what is on mains has no battery', () => {
  fc.assert(
    fc.property(device, seed, (one, drawn) => {
      const at = Date.parse('2026-07-09T19:00:00+08:00') + drawn
      for (const { state, value } of numbersAt(one, at, drawn)) {
        expect(isSayable(one.kind, state, value ?? null)).toBe(true)
      }
      const battery = batteryAt(one, at) ?? 100
      expect(battery).toBeGreaterThan(25)
      expect(battery).toBeLessThanOrEqual(100)
    }),
  )
})
