import { smallest, type Basis, type Cell, type Figure } from './types.ts'

/**
 * From which count a cell's figure is made now. The one in use stays while fewer than ten people
 * have come or gone; one used before comes back where the count is within ten of it. So any two
 * different figures of a cell are at least ten people apart, however many reports somebody lays
 * side by side, and one person who moves is in none of the differences.
 */
export function basisFor(
  counted: number,
  used: readonly Basis[],
  inUse: Basis | undefined,
): { basis: Basis; isNew: boolean } {
  const isNear = (basis: Basis) => Math.abs(basis.counted - counted) < smallest
  if (inUse && isNear(inUse)) return { basis: inUse, isNew: false }
  const [nearest] = used
    .filter(isNear)
    .toSorted((a, b) => Math.abs(a.counted - counted) - Math.abs(b.counted - counted))
  if (nearest) return { basis: nearest, isNew: false }
  return { basis: { counted, shown: Math.floor(counted / smallest) * smallest }, isNew: true }
}

export function figureOf(cell: Cell, basis: Basis | undefined): Figure {
  return { ...cell, shown: basis && basis.shown >= smallest ? basis.shown : null }
}

/** Of what is shown and of nothing else: a hidden cell cannot be had by taking away the others. */
export function totalOf(figures: readonly Pick<Figure, 'shown'>[]): number {
  return figures.reduce((sum, { shown }) => sum + (shown ?? 0), 0)
}
