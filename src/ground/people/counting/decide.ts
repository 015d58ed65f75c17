import { figureOf as shownOf, type Basis } from '../../../kernel/counts.ts'
import type { Cell, Figure } from './types.ts'

export function figureOf(cell: Cell, basis: Basis | undefined): Figure {
  return { ...cell, shown: shownOf(basis) }
}

/** Of what is shown and of nothing else: a hidden cell cannot be had by taking away the others. */
export function totalOf(figures: readonly Pick<Figure, 'shown'>[]): number {
  return figures.reduce((sum, { shown }) => sum + (shown ?? 0), 0)
}
