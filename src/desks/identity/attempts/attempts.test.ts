import fc from 'fast-check'
import { expect, test } from 'vitest'
import { networkOf } from '../../../platform/network.ts'
import { limits, waitOf, type Kind } from './decide.ts'

const kinds = Object.keys(limits) as Kind[]

test('never more than its limit in any span of its length, whenever it is tried', () => {
  const waits = fc.array(fc.integer({ min: 0, max: 40 * 60_000 }), { maxLength: 120 })
  fc.assert(
    fc.property(fc.constantFrom(...kinds), waits, (kind, pauses) => {
      let now = 1_000_000
      const done: number[] = []
      for (const pause of pauses) {
        now += pause
        if (waitOf(kind, done, now) === 0) done.unshift(now)
      }
      return limits[kind].every(({ most, inMs }) =>
        done.every((at, n) => {
          const after = done[n + most]
          return after === undefined || at - after >= inMs
        }),
      )
    }),
  )
})

test('the wait that is said is exact: a moment before it is too soon', () => {
  const tries = [100_000, 90_000, 80_000, 20_000, 10_000]
  const wait = waitOf('code-phone', tries, 200_000)
  expect(wait).toBe(10_000 + 3_600_000 - 200_000)
  expect(waitOf('code-phone', tries, 200_000 + wait - 1)).toBe(1)
  expect(waitOf('code-phone', tries, 200_000 + wait)).toBe(0)
})

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:DB8:1:2::9', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('%s counts as %s', (address, network) => expect(networkOf(address)).toBe(network))
