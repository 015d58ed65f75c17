import { expect, test } from 'vitest'
import { smallest } from '../../../kernel/counts.ts'
import { monthBefore, monthNumbers, shownOf, startOfMonth } from './decide.ts'
import type { CellCount, MonthNumber } from './types.ts'

const people = (counted: number) => [{ what: 'people register', counted }]
const cell = (count: number, whom: number): CellCount => ({
  ...{ what: 'looks committee page task', count, people: whom },
})

test.each([
  ['nine looks', cell(9, 9), 0],
  ['ten looks at ten people', cell(10, 10), 10],
  ['ten thousand looks at nine people', cell(10_000, 9), 0],
  ['in tens', cell(129, 40), 120],
] as const)('%s are shown as %s', (_, happened, shown) => {
  expect(monthNumbers([], [happened], [])).toEqual([
    { what: happened.what, counted: happened.count, shown },
  ])
})

test('a figure stays as the newest month shows it, though an older one would be nearer', () => {
  const made = (counted: number, shown: number, isNewest: boolean) => ({
    ...{ what: 'people register', counted, shown, isNewest },
  })
  const before = [made(39, 30, false), made(29, 20, true)]
  expect(monthNumbers(people(36), [], before)).toMatchObject([{ counted: 29, shown: 20 }])
  expect(monthNumbers(people(39), [], before)).toMatchObject([{ counted: 39, shown: 30 }])
})

test('what happened last month is not shown by what happened before', () => {
  const before = [{ what: cell(1, 1).what, counted: 20, shown: 20, isNewest: true }]
  expect(monthNumbers([], [cell(25, 25)], before)[0]).toMatchObject({ counted: 25, shown: 20 })
  expect(monthNumbers([], [cell(35, 25)], before)[0]).toMatchObject({ counted: 35, shown: 30 })
})

test.each([
  [undefined, null],
  [0, null],
  [10, 10],
  [250, 250],
])('a figure of %s is said as %s', (shown, said) => {
  expect(shownOf(shown)).toBe(said)
})

test('a month is the one in Shanghai', () => {
  expect([monthBefore('2026-07'), monthBefore('2026-01')]).toEqual(['2026-06', '2025-12'])
  expect(startOfMonth('2026-07')).toBe(Date.parse('2026-06-30T16:00:00Z'))
})

/** Repeatable chance: a linear congruential generator of 32 bits. */
function chanceOf(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/**
 * Somebody keeps every month's report and lays each two side by side. Where two figures differ, at
 * least ten people more or fewer must have been there when they were made.
 */
test('over 10,000 histories no two months tell of fewer than ten people', () => {
  let [differences, told] = [0, 0]
  for (let seed = 0; seed < 10_000; seed++) {
    const chance = chanceOf(seed)
    let there = chance(80)
    const made: (MonthNumber & { isNewest: boolean })[] = []
    const reports: { counted: number; shown: number | null }[] = []
    for (let month = 0; month < 2 + chance(7); month++) {
      const crowd = [1, 1, 2, 5, 9, 10, 30][chance(7)] ?? 1
      there = Math.max(0, there + (chance(2) === 0 ? crowd : -crowd))
      const [figure] = monthNumbers(people(there), [], made)
      for (const one of made) one.isNewest = false
      made.push({ ...figure!, isNewest: true })
      reports.push({ counted: figure!.counted, shown: shownOf(figure!.shown) })
    }
    for (const [n, one] of reports.entries()) {
      for (const other of reports.slice(0, n)) {
        if (one.shown === other.shown) continue
        differences++
        if (Math.abs(one.counted - other.counted) < smallest) told++
      }
    }
  }
  expect(differences).toBeGreaterThan(5_000)
  expect(told).toBe(0)
})
