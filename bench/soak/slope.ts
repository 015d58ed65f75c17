/** A reading of one figure: `at` in hours since the beginning. */
export type Point = { at: number; value: number }
/** So much more an hour; of 100 such runs the true one lies between `low` and `high` in 95. */
export type Slope = { anHour: number; low: number; high: number; n: number }

const pointsMax = 600
const z95 = 1.96

/**
 * The median of the slopes between all pairs (Theil 1950, Sen 1968): a spike, such as a backup or a
 * full collection of memory, does not bend it. The interval is that of Kendall's tau.
 */
export function slopeOf(all: readonly Point[]): Slope {
  const points = thinned(all)
  const slopes: number[] = []
  for (const [i, a] of points.entries()) {
    for (const b of points.slice(i + 1)) {
      if (b.at !== a.at) slopes.push((b.value - a.value) / (b.at - a.at))
    }
  }
  slopes.sort((a, b) => a - b)
  const n = points.length
  const spread = z95 * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18)
  const rank = (position: number) =>
    slopes[Math.max(0, Math.min(slopes.length - 1, Math.round(position)))] ?? Number.NaN
  return {
    anHour: (rank(Math.ceil(slopes.length / 2) - 1) + rank(Math.floor(slopes.length / 2))) / 2,
    low: rank((slopes.length - spread) / 2),
    high: rank((slopes.length + spread) / 2),
    n,
  }
}

function thinned(points: readonly Point[]): Point[] {
  const each = Math.ceil(points.length / pointsMax)
  return points.filter((_, at) => at % each === 0)
}
