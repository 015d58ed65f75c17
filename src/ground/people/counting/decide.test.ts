import { expect, test } from 'vitest'
import { basisFor, smallest, type Basis } from '../../../kernel/counts.ts'
import { figureOf, totalOf } from './decide.ts'
import type { Cell } from './types.ts'

const cell: Cell = { committee: '310104011013', ageBand: '80+', tenure: 'owner' }
const made = (counted: number, shown: number): Basis => ({ counted, shown })

test.each([
  ['nobody', 0, [], undefined, made(0, 0)],
  ['nine are hidden', 9, [], undefined, made(9, 0)],
  ['ten are shown', 10, [], undefined, made(10, 10)],
  ['rounded down', 29, [], undefined, made(29, 20)],
  ['one more changes nothing', 30, [made(29, 20)], made(29, 20), made(29, 20)],
  ['nine more change nothing', 38, [made(29, 20)], made(29, 20), made(29, 20)],
  ['ten more do', 39, [made(29, 20)], made(29, 20), made(39, 30)],
  ['nine fewer do not', 20, [made(29, 20)], made(29, 20), made(29, 20)],
  ['ten fewer do', 19, [made(29, 20)], made(29, 20), made(19, 10)],
  [
    ...(['what was shown before comes back', 25, [made(29, 20), made(39, 30)]] as const),
    ...([made(39, 30), made(29, 20)] as const),
  ],
] as const)('%s', (_what, counted, used, inUse, expected) => {
  const { basis, isNew } = basisFor(counted, used, inUse)
  expect(basis).toEqual(expected)
  expect(isNew).toBe(!used.some((one) => one.counted === expected.counted))
})

test('what is hidden is not shown, and is in no sum', () => {
  const figures = [made(9, 0), made(25, 20), undefined].map((basis) => figureOf(cell, basis))
  expect(figures.map(({ shown }) => shown)).toEqual([null, 20, null])
  expect(totalOf(figures)).toBe(20)
})

const cells = 4
type Move = { person: number; to: number }

/** Repeatable chance: a linear congruential generator of 32 bits. */
function chanceOf(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Up to 120 people in a few cells or away (-1), who come and go alone or in crowds. */
function historyOf(seed: number): { people: number[]; months: Move[][] } {
  const chance = chanceOf(seed)
  const people = Array.from({ length: 20 + chance(100) }, () => chance(cells + 1) - 1)
  const months = Array.from({ length: 2 + chance(7) }, () => {
    const crowd = [1, 1, 3, 9, 10, 20, 60][chance(7)] ?? 1
    const to = chance(cells + 1) - 1
    return Array.from({ length: crowd }, () => ({
      person: chance(people.length),
      to: chance(4) === 0 ? chance(cells + 1) - 1 : to,
    }))
  })
  return { people, months }
}

/**
 * Somebody lays every two reports side by side, cell by cell. They succeed where two figures of a
 * cell differ though fewer than ten people of it do: then they know of a group below ten, and with
 * one move between them of that one person. A total differs only where some cell does.
 */
test('over 10,000 histories no two reports tell of fewer than ten people', () => {
  let [successes, differences] = [0, 0]
  for (let seed = 0; seed < 10_000; seed++) {
    const { people, months } = historyOf(seed)
    const { reports, behind } = told(people, months)
    for (const [a, report] of reports.entries()) {
      for (let b = 0; b < a; b++) {
        for (let n = 0; n < cells; n++) {
          if (report[n] === reports[b]![n]) continue
          differences++
          if (apart(behind[a]![n]!, behind[b]![n]!) < smallest) successes++
        }
      }
    }
  }
  expect(differences).toBeGreaterThan(10_000)
  expect(successes).toBe(0)
})

test('two reports between which one person moved are equal, if less than nine moved before', () => {
  let settled = 0
  for (let seed = 0; seed < 2_000; seed++) {
    const { people, months } = historyOf(seed)
    const move = historyOf(seed + 1).months[0]!.slice(0, 1)
    const { reports, counts, bases } = told(people, [...months, move])
    const before = counts.at(-2)!.map((count, n) => Math.abs(count - bases.at(-2)![n]!))
    if (Math.max(...before) >= smallest - 1) continue
    settled++
    expect(reports.at(-1)).toEqual(reports.at(-2))
  }
  expect(settled).toBeGreaterThan(500)
})

/** What the reports of these months say, and who stood behind each figure when it was made. */
function told(people: readonly number[], months: readonly (readonly Move[])[]) {
  const now = [...people]
  const used: Basis[][] = Array.from({ length: cells }, () => [])
  const setOf = new Map<string, ReadonlySet<number>>()
  const inUse: (Basis | undefined)[] = Array.from({ length: cells })
  const [reports, behind, bases, counts] = [
    ...[[] as (number | null)[][], [] as ReadonlySet<number>[][]],
    ...[[] as number[][], [] as number[][]],
  ] as [(number | null)[][], ReadonlySet<number>[][], number[][], number[][]]
  for (const moves of months) {
    for (const { person, to } of moves) if (person < now.length) now[person] = to
    const sets = Array.from(
      { length: cells },
      (_, n) => new Set(now.flatMap((at, person) => (at === n ? person : []))),
    )
    const figures = sets.map((set, n) => {
      const { basis, isNew } = basisFor(set.size, used[n]!, inUse[n])
      if (isNew) {
        used[n]!.push(basis)
        setOf.set(`${n} ${basis.counted}`, set)
      }
      inUse[n] = basis
      return figureOf(cell, basis).shown
    })
    reports.push(figures)
    behind.push(inUse.map((basis, n) => setOf.get(`${n} ${basis!.counted}`)!))
    bases.push(inUse.map((basis) => basis!.counted))
    counts.push(sets.map((set) => set.size))
  }
  return { reports, behind, bases, counts }
}

function apart(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  return [...a].filter((one) => !b.has(one)).length + [...b].filter((one) => !a.has(one)).length
}
