import { seededFor } from '../faults/chance.ts'

/** Drawing from one seeded generator. The same seed and part, the same draws. */
export type Draw = {
  /** Whole numbers, both ends inclusive. */
  between(from: number, to: number): number
  isLucky(share: number): boolean
  oneOf<Thing>(things: readonly [Thing, ...Thing[]]): Thing
  some<Thing>(things: readonly Thing[], most: number): Thing[]
}

export function drawFor(seed: number, part: string): Draw {
  const chance = seededFor(seed, part)
  const between = (from: number, to: number) => from + Math.floor(chance() * (to - from + 1))
  return {
    between,
    isLucky: (share) => chance() < share,
    oneOf: (things) => things[between(0, things.length - 1)] ?? things[0],
    some: (things, most) => {
      const left = [...things]
      const wanted = Math.min(between(1, most), left.length)
      return Array.from({ length: wanted }, () =>
        left.splice(between(0, left.length - 1), 1),
      ).flat()
    },
  }
}
