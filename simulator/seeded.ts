/** Chance that comes out the same for the same words, so that a day can be told twice. */
export type Seeded = {
  /** 0 ≤ x < 1 */
  next(): number
  /** a whole number, both ends included */
  between(least: number, most: number): number
  isLucky(chance: number): boolean
}

/** The generator is mulberry32 (32 bits of state), begun from the FNV-1a hash of the words. */
export function seeded(...words: (string | number)[]): Seeded {
  let state = hashOf(words.join('\n'))
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    isLucky: (chance) => next() < chance,
  }
}

/** 0 to 2^32 − 1 */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  }
  return hash >>> 0
}
