import { basisFor, smallest, type Basis } from '../../../kernel/counts.ts'
import type { CellCount, MonthNumber } from './types.ts'

/**
 * The figures of a month. People there are: a figure stays until ten have come or gone, so that two
 * months laid side by side tell of no smaller group. What happened in a month: tens, where it
 * happened ten times and to ten people; each happened in one month only.
 */
export function monthNumbers(
  people: readonly { what: string; counted: number }[],
  happened: readonly CellCount[],
  before: readonly (MonthNumber & { isNewest: boolean })[],
): MonthNumber[] {
  const used = Map.groupBy(before, ({ what }) => what)
  return [
    ...people.map(({ what, counted }) => {
      const own = used.get(what) ?? []
      const { basis } = basisFor(counted, own, basisIn(own))
      return { what, counted: basis.counted, shown: basis.shown }
    }),
    ...happened.map(({ what, count, people: whom }) => ({
      ...{ what, counted: count },
      // Never more people than looks: ten people are ten times, too.
      shown: whom >= smallest ? tens(count) : 0,
    })),
  ]
}

function basisIn(own: readonly (MonthNumber & { isNewest: boolean })[]): Basis | undefined {
  return own.find(({ isNewest }) => isNewest)
}

function tens(count: number): number {
  return Math.floor(count / smallest) * smallest
}

/** Null: fewer than ten, or nobody. */
export function shownOf(shown: number | undefined): number | null {
  return shown !== undefined && shown >= smallest ? shown : null
}

/** The month before one, 'YYYY-MM'. */
export function monthBefore(month: string): string {
  const [year = 0, n = 0] = month.split('-').map(Number)
  return n === 1 ? `${year - 1}-12` : `${year}-${String(n - 1).padStart(2, '0')}`
}

/** 00:00 in Shanghai of a month's first day. */
export function startOfMonth(month: string): number {
  return Date.parse(`${month}-01T00:00:00+08:00`)
}
