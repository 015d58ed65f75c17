/** Chance that comes out the same for the same begin, so that any day can be told again. */
export type Chance = {
  /** Starts anew from these numbers. */
  begin(a: number, b: number, c: number): void
  /** 0 ≤ x < 1 */
  next(): number
  /** A whole number, both ends included. */
  between(least: number, most: number): number
  isLucky(chance: number): boolean
  /** How often something happens that happens `mean` times: Poisson (Knuth), at most 400. */
  times(mean: number): number
}

/** mulberry32, 32 bits of state. One object for all units: begun anew 730,000 times a year. */
export function openChance(): Chance {
  let state = 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    begin: (a, b, c) => {
      state = stir(stir(stir(0x811c9dc5, a), b), c)
    },
    next,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    isLucky: (chance) => next() < chance,
    times: (mean) => {
      const floor = Math.exp(-mean)
      let product = next()
      let times = 0
      while (product > floor && times < 400) {
        product *= next()
        times++
      }
      return times
    },
  }
}

/** FNV-1a, 0 to 2^32 − 1. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  }
  return hash >>> 0
}

/** The finish of murmur3, so that neighbouring days and units share nothing. */
function stir(hash: number, word: number): number {
  let mixed = Math.imul(hash ^ word, 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) | 0
}
