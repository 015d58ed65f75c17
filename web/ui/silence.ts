import type { Instant } from '../../src/kernel/clock.ts'

export type Gap = { from: Instant; to: Instant }
export type Segment = Gap & { counts: boolean }

/** The time from the last sign to now, cut where it counts as silence and where it does not. */
export function segmentsOf(from: Instant, now: Instant, gaps: readonly Gap[]): Segment[] {
  const segments: Segment[] = []
  let at = from
  for (const gap of [...gaps].sort((one, other) => one.from - other.from)) {
    const start = Math.max(at, gap.from)
    const end = Math.min(now, gap.to)
    if (end <= start) continue
    if (start > at) segments.push({ from: at, to: start, counts: true })
    const before = segments[segments.length - 1]
    if (before && !before.counts && before.to === start) before.to = end
    else segments.push({ from: start, to: end, counts: false })
    at = end
  }
  if (now > at) segments.push({ from: at, to: now, counts: true })
  return segments
}

/** The longest stretch that counts, where the words have most room; none where nothing counts. */
export function longestCounting(segments: readonly Segment[]): Segment | undefined {
  return segments
    .filter((segment) => segment.counts)
    .reduce<Segment | undefined>(
      (best, one) => (best && best.to - best.from >= one.to - one.from ? best : one),
      undefined,
    )
}
