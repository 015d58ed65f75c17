import type { Consented } from '../../src/ground/privacy/index.ts'
import { hourMs, secondMs, type Instant } from '../../src/kernel/clock.ts'
import type { Chance } from '../faults/chance.ts'

export const start: Instant = Date.UTC(2026, 0, 5)
/** A sensor speaks twice a minute; it is lost after three that did not come. */
export const beatMs = 30 * secondMs
export const limitMs = 3 * beatMs
export const silentMs = 48 * hourMs
/** How often the program looks at what fell due. */
export const tickMs = 15 * secondMs

/** The homes of a bench belong to nobody, so nobody gave this. */
export const consent = {
  consent: 'bench',
  person: 'bench',
} as unknown as Consented<'agreed-care'>

/** 0 … count - 1, in an order without any order. */
export function shuffledIds(chance: Chance, count: number): Int32Array {
  const ids = Int32Array.from({ length: count }, (_, id) => id)
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(chance() * (last + 1))
    const id = ids[last] ?? 0
    ids[last] = ids[other] ?? 0
    ids[other] = id
  }
  return ids
}
