import fc from 'fast-check'
import { expect, test } from 'vitest'
import { basisFor, figureOf, totalOf } from './decide.ts'
import { ageBands, smallest, tenures, type Basis, type Cell } from './types.ts'

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

type Move = { person: number; from: number; to: number }
const cells = ageBands.length * tenures.length

/** Everybody's cell over the months; a report at the end of each. -1: not here. */
const history = fc.record({
  people: fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 1, maxLength: 90 }),
  months: fc.array(
    fc.array(
      fc.record({
        person: fc.nat(89),
        to: fc.oneof(fc.integer({ min: -1, max: 3 }), fc.nat(cells - 1)),
      }),
      { maxLength: 40 },
    ),
    { minLength: 1, maxLength: 8 },
  ),
})

/**
 * Somebody lays every two reports side by side, cell by cell and total by total. They succeed where
 * two figures differ though fewer than ten people of the cell do: then they know of a group below
 * ten, and with one move between them of that one person.
 */
test('over 10,000 histories no two reports tell of fewer than ten people', () => {
  let successes = 0
  let changes = 0
  fc.assert(
    fc.property(history, ({ people, months }) => {
      const { reports, behind } = told(people, months)
      for (let a = 0; a < reports.length; a++) {
        for (let b = 0; b < a; b++) {
          for (let n = 0; n < cells; n++) {
            if (reports[a]![n] === reports[b]![n]) continue
            changes++
            if (apart(behind[a]![n]!, behind[b]![n]!) < smallest) successes++
          }
          const totals = [a, b].map((i) => totalOf(reports[i]!.map((shown) => ({ shown }))))
          const isSame = reports[a]!.every((shown, n) => shown === reports[b]![n])
          if (isSame && totals[0] !== totals[1]) successes++
        }
      }
    }),
    { numRuns: 10_000, seed: 6 },
  )
  expect(changes).toBeGreaterThan(1000)
  expect(successes).toBe(0)
})

test('two reports of which one person moved between are equal, unless nine others moved before', () => {
  fc.assert(
    fc.property(history, fc.nat(89), fc.integer({ min: -1, max: 3 }), (past, person, to) => {
      // The month before stays as it is, then one person moves.
      const still = told(past.people, [...past.months, []])
      const moved = told(past.people, [...past.months, [], [{ person, to, from: 0 }]])
      const [before, after] = [still.reports.at(-1)!, moved.reports.at(-1)!]
      const counted = still.counts.at(-1)!
      const isSettled = before.every((_, n) => Math.abs(counted[n]! - still.bases.at(-1)![n]!) < 9)
      if (isSettled) expect(after).toEqual(before)
    }),
    { numRuns: 2_000, seed: 7 },
  )
})

/** What the reports of these months say, and who stood behind each figure when it was made. */
function told(people: readonly number[], months: readonly Omit<Move, 'from'>[][]) {
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
  return a.symmetricDifference(b).size
}
