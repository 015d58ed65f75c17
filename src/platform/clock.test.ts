import fc from 'fast-check'
import { expect, test } from 'vitest'
import { movableClock } from './clock.ts'

function standing(start: number) {
  const real = { at: start, now: () => real.at }
  return real
}

test('it starts ahead, and runs at its speed', () => {
  const real = standing(1_000)
  const clock = movableClock(real, 500, 60)
  expect(clock.now()).toBe(1_500)
  real.at += 10
  expect(clock.now()).toBe(2_100)
  expect(clock.speed).toBe(60)
})

test('another speed counts from now on, not from the start', () => {
  const real = standing(0)
  const clock = movableClock(real, 0)
  real.at = 100
  clock.set({ speed: 3600 })
  expect(clock.now()).toBe(100)
  real.at = 101
  expect(clock.now()).toBe(3_700)
})

test('it jumps forward, and an earlier time or no time leaves it where it is', () => {
  const clock = movableClock(standing(1_000), 0)
  clock.set({ at: 5_000 })
  expect(clock.now()).toBe(5_000)
  clock.set({ at: 4_999 })
  clock.set({})
  clock.set({ at: -1 })
  expect(clock.now()).toBe(5_000)
})

test('whatever is asked of it, it never goes back', () => {
  const step = fc.record({
    passMs: fc.nat({ max: 10_000 }),
    at: fc.option(fc.integer({ min: -1e9, max: 1e9 }), { nil: undefined }),
    speed: fc.option(fc.integer({ min: 1, max: 3_600 }), { nil: undefined }),
  })
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const real = standing(0)
      const clock = movableClock(real, 0)
      let last = clock.now()
      for (const { passMs, at, speed } of steps) {
        real.at += passMs
        expect(clock.now()).toBeGreaterThanOrEqual(last)
        last = clock.now()
        clock.set({ at, speed })
        expect(clock.now()).toBeGreaterThanOrEqual(Math.max(last, at ?? last))
        last = clock.now()
      }
    }),
  )
})
