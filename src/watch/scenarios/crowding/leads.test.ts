import { describe, expect, test } from 'vitest'
import { dayMs, hourMs } from '../../../kernel/clock.ts'
import type { Outcome } from '../../../kernel/event.ts'
import type { HomeCode } from '../../../kernel/ids.ts'
import { crowdingLeads, hitsOf, isStopped, keptUntil } from './leads.ts'
import type { DailySum, Peers } from './leads.ts'

const water = 'water-litres-day'
const doors = 'door-openings-day'
const rule: Peers = {
  ...({ is: 'peers', measures: [water, doors], percent: 250, days: 10, ofDays: 14 } as const),
  peersMin: 10,
}
const days = Array.from({ length: 14 }, (_, i) => `2026-11-${String(i + 1).padStart(2, '0')}`)
const homeOf = (n: number, stair = '26') => `310104011013-01-${stair}-${100 + n}` as HomeCode
const building = (home: HomeCode) => home.split('-').slice(0, 3).join('-')

/** Eleven homes that use 100 L and open the door 10 times a day; home 0 as the test wishes. */
function town(
  first: { litres: number; openings: number; on?: number; from?: number },
  homes = 11,
): DailySum[] {
  const { litres, openings, on = 14, from = 0 } = first
  return days.flatMap((day, at) =>
    Array.from({ length: homes }, (_, n) => {
      const stands = n === 0 && at >= from && at < from + on
      return [
        { home: homeOf(n), day, measure: water, value: stands ? litres : 100 },
        { home: homeOf(n), day, measure: doors, value: stands ? openings : 10 },
      ]
    }).flat(),
  )
}

const leads = (sums: readonly DailySum[], occupants: Record<string, number> = {}, wish = rule) =>
  crowdingLeads(wish, sums, days, {
    occupantsOf: (home) => occupants[home],
    buildingOf: building,
  })

describe('a lead', () => {
  const table: [string, Parameters<typeof town>[0], number][] = [
    ['both measures just above, on every day', { litres: 251, openings: 26 }, 14],
    ['exactly the share is not above', { litres: 250, openings: 26 }, 0],
    ['water alone is none', { litres: 900, openings: 10 }, 0],
    ['doors alone are none', { litres: 100, openings: 90 }, 0],
    ['on the last day that is needed', { litres: 251, openings: 26, on: 10 }, 10],
    ['one day too few', { litres: 251, openings: 26, on: 9 }, 0],
  ]
  test.each(table)('%s', (_, first, expected) => {
    const found = leads(town(first))
    if (expected === 0) return expect(found).toEqual([])
    expect(found).toEqual([
      { home: homeOf(0), days: expected, ofDays: 14, peers: 10, percent: 251 },
    ])
  })

  test('needs enough other homes of the same building with that sum on that day', () => {
    expect(leads(town({ litres: 900, openings: 90 }, 11))).toHaveLength(1)
    expect(leads(town({ litres: 900, openings: 90 }, 10))).toEqual([])
    const elsewhere = town({ litres: 900, openings: 90 }, 10).concat(
      days.flatMap((day) =>
        [water, doors].map((measure) => ({ home: homeOf(1, '27'), day, measure, value: 10 })),
      ),
    )
    expect(leads(elsewhere)).toEqual([])
  })

  test('is per declared occupant, and a home that nobody declared counts as one', () => {
    const sums = town({ litres: 900, openings: 90 })
    expect(leads(sums, { [homeOf(0)]: 3 })[0]?.percent).toBe(300)
    expect(leads(sums, { [homeOf(0)]: 4 })).toEqual([])
    expect(leads(sums, { [homeOf(0)]: 0 })).toEqual(leads(sums))
    // Where all others declared two, one at home uses twice their share.
    const couples = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [homeOf(n + 1), 2]))
    expect(leads(town({ litres: 126, openings: 13 }), couples)).toHaveLength(1)
    expect(leads(town({ litres: 125, openings: 13 }), couples)).toEqual([])
  })

  test('is against the half-way mark of the others, not against the mean or itself', () => {
    // Five others at 100, five at 200: half-way is 150.
    const sums = (own: number) =>
      days.flatMap((day) =>
        Array.from({ length: 11 }, (_, n) => {
          const value = n === 0 ? own : n <= 5 ? 100 : 200
          return [water, doors].map((measure) => ({ home: homeOf(n), day, measure, value }))
        }).flat(),
      )
    expect(leads(sums(375))).toEqual([])
    expect(leads(sums(376))[0]).toMatchObject({ percent: 250 })
    // In the middle of the others its own number moves nothing: half-way stays 150.
    const low = { ...rule, percent: 95 }
    const isLead = (own: number) => leads(sums(own), {}, low).some(({ home }) => home === homeOf(0))
    expect([142, 143].map(isLead)).toEqual([false, true])
  })

  test('says nothing where the others use nothing', () => {
    const empty = town({ litres: 900, openings: 90 }).map((sum) =>
      sum.home === homeOf(0) ? sum : { ...sum, value: 0 },
    )
    expect(leads(empty)).toEqual([])
  })

  test('looks at the newest days alone', () => {
    const wish = { ...rule, days: 7, ofDays: 7 }
    const early = town({ litres: 900, openings: 90, on: 7 })
    expect(leads(early, {}, wish)).toEqual([])
    expect(leads(town({ litres: 900, openings: 90, on: 7, from: 7 }), {}, wish)).toHaveLength(1)
  })

  test('takes the first sum of a day: a second one could only be finer', () => {
    const sums = town({ litres: 100, openings: 10 })
    const again = days.flatMap((day) =>
      [water, doors].map((measure) => ({ home: homeOf(0), day, measure, value: 9_000 })),
    )
    expect(leads([...sums, ...again])).toEqual([])
  })

  test('the strongest come first: more days, then further out, then by code', () => {
    const own: Record<string, { litres: number; openings: number; on: number }> = {
      [homeOf(0)]: { litres: 600, openings: 60, on: 10 },
      [homeOf(1)]: { litres: 300, openings: 30, on: 14 },
      [homeOf(2)]: { litres: 900, openings: 90, on: 10 },
      [homeOf(3)]: { litres: 900, openings: 90, on: 10 },
    }
    const sums = town({ litres: 100, openings: 10 }, 30).map((sum) => {
      const wish = own[sum.home]
      if (!wish || days.indexOf(sum.day) >= wish.on) return sum
      return { ...sum, value: sum.measure === water ? wish.litres : wish.openings }
    })
    expect(leads(sums).map(({ home }) => home)).toEqual([1, 2, 3, 0].map((n) => homeOf(n)))
  })

  test('is the same in whatever order the sums come, and exact for numbers of any size', () => {
    const sums = town({ litres: 251, openings: 26 })
    expect(leads(sums.toReversed())).toEqual(leads(sums))
    const large = sums.map((sum) => ({ ...sum, value: sum.value * 9_000_000_000_000 }))
    expect(leads(large).map(({ percent }) => percent)).toEqual([251])
    const odd = [{ home: homeOf(0), day: days[0] ?? '', measure: water, value: 0.5 }]
    expect(leads(odd)).toEqual([])
  })
})

describe('what becomes of a lead', () => {
  test.each([
    [null, 14],
    [14, 14],
    [7, 7],
    [30, 14],
  ])('a rule that says %s days lets it live %s', (expiresDays, lives) => {
    const rule = { expiresDays, cooldownMinutes: 20_160 }
    expect(keptUntil({ foundAt: 1_000, endedAt: null }, rule)).toBe(1_000 + lives * dayMs)
  })

  test('whoever was there is not there again before the pause of the rule is over', () => {
    const rule = { expiresDays: 14, cooldownMinutes: 60 }
    expect(keptUntil({ foundAt: 1_000, endedAt: 9_000 }, rule)).toBe(9_000 + hourMs)
  })

  test('an alarm at which somebody needed help was right', () => {
    const checks: Outcome[] = ['needed-help', 'hazard-real', 'hazard-false', 'sensor-fault', 'away']
    expect(hitsOf(checks)).toEqual({ right: 2, checked: 4 })
  })

  const floor = { percent: 20, ofChecks: 10 }
  const checks = (right: number, wrong: number): Outcome[] => [
    ...Array.from({ length: right }, () => 'hazard-real' as const),
    ...Array.from({ length: wrong }, () => 'hazard-false' as const),
  ]
  test.each<[string, Outcome[], boolean]>([
    ['too few checks say nothing', checks(0, 9), false],
    ['below the floor', checks(1, 9), true],
    ['at the floor', checks(2, 8), false],
    ['older checks do not count', [...checks(2, 8), ...checks(0, 50)], false],
    ['newer ones do', [...checks(0, 10), ...checks(50, 0)], true],
    ['a refusal is no check', [...checks(0, 9), 'refused', 'refused', 'away'], false],
    ['the wrong home is a check that was wrong', [...checks(1, 8), 'wrong-home'], true],
  ])('%s', (_, outcomes, stops) => {
    expect(isStopped(outcomes, floor)).toBe(stops)
    expect(isStopped(outcomes, null)).toBe(false)
  })

  test('hits are counted among what was checked', () => {
    const outcomes: Outcome[] = [...checks(3, 4), 'refused', 'away', 'wrong-home']
    expect(hitsOf(outcomes)).toEqual({ right: 3, checked: 8 })
  })
})
