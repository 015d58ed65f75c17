import fc from 'fast-check'
import { expect, test } from 'vitest'
import { minuteMs } from '../../kernel/clock.ts'
import { soonMs, tileState, usualBand, usualCount } from './decide.ts'

const now = Date.parse('2026-07-09T09:42:00+08:00')
const well = { alive: 100, quiet: 0, unknown: 0, neverReported: 0 }
const usual = (left: number) => ({ urgency: 'usual' as const, deadline: now + left })
const urgent = { urgency: 'emergency' as const, deadline: now + 1 }

test.each([
  ['an emergency is the worst, whatever its clock', [usual(-1), urgent], well, 'emergency'],
  ['a clock that has run out', [usual(0)], well, 'overdue'],
  ['a millisecond before that', [usual(1)], well, 'soon'],
  ['an hour left', [usual(soonMs)], well, 'soon'],
  ['a millisecond more', [usual(soonMs + 1)], well, 'open'],
  ['nothing open, all heard', [], well, 'calm'],
  ['quiet is late, not lost', [], { ...well, quiet: 50 }, 'calm'],
  ['one in twenty silent', [], { ...well, alive: 95, unknown: 5 }, 'calm'],
  ['one more than that', [], { ...well, alive: 94, unknown: 6 }, 'unknown'],
  ['never reported is no better', [], { ...well, alive: 94, neverReported: 6 }, 'unknown'],
  ['no device at all tells nothing', [], { ...well, alive: 0 }, 'unknown'],
  ['an open matter is said first', [usual(soonMs * 9)], { ...well, alive: 0 }, 'open'],
] as const)('%s', (_says, matters, health, tile) => {
  expect(tileState(matters, health, now)).toBe(tile)
})

const minutes = Array.from({ length: 60 }, (_, index) => now + index * minuteMs)
const week = (heard: number) => minutes.map((at) => ({ at, heard }))

test('two weeks are not yet what is usual, three are', () => {
  expect(usualBand(minutes, [week(10), week(20), []])).toBeUndefined()
  const band = usualBand(minutes, [week(10), week(20), week(15)])
  expect(band).toHaveLength(60)
  expect(band?.every(({ low, high }) => low === 10 && high === 20)).toBe(true)
})

test('the band holds every smoothed week, and one loud minute is spread over a quarter hour', () => {
  const loud = week(0).map((one, index) => (index === 30 ? { ...one, heard: 150 } : one))
  const band = usualBand(minutes, [loud, week(0), week(0)]) ?? []
  expect(band.map(({ high }) => high).filter((high) => high > 0)).toEqual(Array(15).fill(10))
  fc.assert(
    fc.property(fc.array(fc.nat(500), { minLength: 3, maxLength: 5 }), (levels) => {
      const found = usualBand(minutes, levels.map(week)) ?? []
      return found.every(
        ({ low, high }) => low === Math.min(...levels) && high === Math.max(...levels),
      )
    }),
  )
})

test.each([
  [[], null],
  [[1, 2, 3], null],
  [[9, 1, 5, 3], 3],
  [[9, 1, 5, 3, 7], 5],
] as const)(
  'the usual count of %j is %j: a middle of days that were, never a mean',
  (counts, middle) => {
    expect(usualCount(counts, 4)).toBe(middle)
  },
)
