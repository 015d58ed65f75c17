import fc from 'fast-check'
import { expect, test } from 'vitest'
import { slopeOf } from './slope.ts'

const points = (count: number, value: (at: number) => number) =>
  Array.from({ length: count }, (_, i) => ({ at: i / 10, value: value(i / 10) }))

test('a straight line has its own slope, wherever it begins', () => {
  fc.assert(
    fc.property(fc.integer({ min: -50, max: 50 }), fc.integer(), (anHour, from) => {
      const found = slopeOf(points(40, (at) => from + anHour * at))
      expect(found.anHour).toBeCloseTo(anHour, 6)
      expect(found.low).toBeCloseTo(anHour, 6)
      expect(found.high).toBeCloseTo(anHour, 6)
    }),
  )
})

test('spikes, and a saw that always comes down again, are no slope', () => {
  const saw = slopeOf(points(400, (at) => 100 + ((at * 10) % 7)))
  expect(Math.abs(saw.anHour)).toBeLessThan(0.02)
  const spikes = slopeOf(points(100, (at) => (Math.round(at * 10) % 9 === 8 ? 900 : 100)))
  expect(spikes.anHour).toBe(0)
})

test('a leak under a saw ten times its size is found, and zero lies outside', () => {
  const found = slopeOf(points(400, (at) => 100 + ((at * 10) % 7) + 0.5 * at))
  expect(found.anHour).toBeCloseTo(0.5, 1)
  expect(found.low).toBeGreaterThan(0)
})

test('a day of readings is thinned, not cut', () => {
  const found = slopeOf(points(20_000, (at) => (at > 1_000 ? at - 1_000 : 0)))
  expect(found.n).toBeLessThanOrEqual(600)
  expect(found.high).toBeGreaterThan(0.4)
})
