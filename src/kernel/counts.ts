/** The smallest group behind a figure, and behind the difference of any two (rules §15.2). */
export const smallest = 10

/** A count from which a figure was made; whatever comes within ten of it is shown the same. */
export type Basis = { counted: number; shown: number }

/**
 * From which count a cell's figure is made now. The one in use stays while fewer than ten have come
 * or gone; one used before comes back where the count is within ten of it. So any two different
 * figures of a cell are at least ten apart, however many reports somebody lays side by side, and
 * one that moves is in none of the differences.
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

/** Null: fewer than ten, or nobody. */
export function figureOf(basis: Basis | undefined): number | null {
  return basis && basis.shown >= smallest ? basis.shown : null
}
