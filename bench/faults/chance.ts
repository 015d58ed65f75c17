/** A small seeded generator (mulberry32): a run can be repeated by its seed. Answers 0 ≤ x < 1. */
export type Chance = () => number

export function seeded(from: number): Chance {
  let state = from >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A generator of its own for each part of a run, so that one part more moves no other. */
export function seededFor(seed: number, part: string): Chance {
  let mixed = seed >>> 0
  for (const letter of part) mixed = Math.imul(mixed ^ (letter.codePointAt(0) ?? 0), 0x01000193)
  return seeded(mixed)
}

export function shuffled<T>(chance: Chance, all: readonly T[]): T[] {
  return all
    .map((one) => ({ one, at: chance() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ one }) => one)
}
