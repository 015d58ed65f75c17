import fc from 'fast-check'
import { expect, test } from 'vitest'
import { longestCounting, segmentsOf } from './silence.ts'

const counts = (from: number, to: number) => ({ from, to, counts: true })
const gap = (from: number, to: number) => ({ from, to, counts: false })

test.each([
  ['no gap', [], [counts(100, 200)]],
  ['one inside', [[120, 130]], [counts(100, 120), gap(120, 130), counts(130, 200)]],
  ['one that still lasts', [[150, 200]], [counts(100, 150), gap(150, 200)]],
  ['one from the very start', [[100, 110]], [gap(100, 110), counts(110, 200)]],
  ['one that reaches over both ends', [[50, 300]], [gap(100, 200)]],
  ['one before the last sign', [[50, 100]], [counts(100, 200)]],
  ['one after now', [[200, 250]], [counts(100, 200)]],
  [
    'two that overlap',
    [
      [140, 160],
      [120, 150],
    ],
    [counts(100, 120), gap(120, 160), counts(160, 200)],
  ],
  [
    'one inside another',
    [
      [120, 180],
      [130, 140],
    ],
    [counts(100, 120), gap(120, 180), counts(180, 200)],
  ],
  ['an empty one', [[150, 150]], [counts(100, 200)]],
])('%s', (_name, gaps, segments) => {
  const given = gaps.map(([from = 0, to = 0]) => ({ from, to }))
  expect(segmentsOf(100, 200, given)).toEqual(segments)
})

test('nothing counts yet at the moment of the sign itself', () => {
  expect(segmentsOf(100, 100, [])).toEqual([])
  expect(longestCounting([])).toBeUndefined()
})

test('the words go to the longest stretch that counts, the first of equals', () => {
  expect(longestCounting(segmentsOf(0, 100, [{ from: 30, to: 40 }]))).toEqual(counts(40, 100))
  expect(longestCounting(segmentsOf(0, 100, [{ from: 40, to: 60 }]))).toEqual(counts(0, 40))
  expect(longestCounting(segmentsOf(0, 100, [{ from: 0, to: 100 }]))).toBeUndefined()
})

test('the pieces tile the time exactly, and a minute counts only where no gap covers it', () => {
  const gaps = fc.array(fc.record({ from: fc.nat(120), length: fc.nat(30) }), { maxLength: 8 })
  fc.assert(
    fc.property(gaps, fc.nat(40), fc.nat(80), (raw, from, length) => {
      const given = raw.map((one) => ({ from: one.from, to: one.from + one.length }))
      const segments = segmentsOf(from, from + length, given)
      const minutes = segments.flatMap((one) =>
        Array.from({ length: one.to - one.from }, (_, at) => [one.from + at, one.counts]),
      )
      const expected = Array.from({ length }, (_, at) => [
        from + at,
        !given.some((one) => one.from <= from + at && from + at < one.to),
      ])
      expect(minutes).toEqual(expected)
    }),
  )
})
