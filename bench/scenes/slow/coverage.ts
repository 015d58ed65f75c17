import type { Instant } from '../../../src/kernel/clock.ts'
import type { Bound } from './history.ts'
import { saidBy, type View } from './view.ts'

type Stretch = { from: Instant; to: Instant }

/** How much of [from, at] every chosen sensor covered, as far as their messages show. */
export function coveredMs(
  view: View,
  isChosen: (one: Bound) => boolean,
  from: Instant,
  at: Instant,
): number {
  return coveredBy(view, isChosen, from, at).reduce((sum, part) => sum + part.to - part.from, 0)
}

/** Time is cut at every message: between two neighbouring cuts all is covered or nothing. */
function coveredBy(
  view: View,
  isChosen: (one: Bound) => boolean,
  from: Instant,
  at: Instant,
): Stretch[] {
  const ours = view.history.bound.filter(isChosen)
  const chosen = ours.filter((one) => one.from <= at && at < one.to)
  if (chosen.length === 0) return []
  const gone = ours.filter((one) => one.to <= at)
  const covers = [
    ...chosen.map((one) => coverOf(view, one, at)),
    ...gone.map((one) => coverOfGone(view, one)),
  ]
  const ends = covers.flat().flatMap((part) => [part.from, part.to])
  const cuts = [...new Set([from, ...ends.filter((end) => end > from && end <= at)])].toSorted(
    (a, b) => a - b,
  )
  const parts = cuts.slice(1).map((to, i) => ({ from: cuts[i] ?? to, to }))
  return parts.filter((part) =>
    covers.every((cover) => cover.some((one) => one.from <= part.from && part.to <= one.to)),
  )
}

/** Between two messages no further apart than its limit a sensor covered; else that is unknown. */
export function coverOf(view: View, one: Bound, at: Instant): Stretch[] {
  const known = covers.get(one) ?? coverFrom(timesOf(view, one), one.sensor.limitMs)
  covers.set(one, known)
  return known.filter((part) => part.to <= at)
}

/** A sensor that is gone leaves the holes that were known while it was there. */
function coverOfGone(view: View, one: Bound): Stretch[] {
  const last = timesOf(view, one).at(-1)
  if (last === undefined) return [{ from: -Infinity, to: Infinity }]
  return [...coverOf(view, one, Infinity), { from: last, to: Infinity }]
}

/** Made once from the whole history; what was known at an instant is the part up to it. */
const covers = new WeakMap<Bound, Stretch[]>()

function coverFrom(times: readonly Instant[], limitMs: number): Stretch[] {
  const parts: Stretch[] = []
  for (const [i, to] of times.entries()) {
    const from = times[i - 1]
    if (from !== undefined && to - from <= limitMs) parts.push({ from, to })
  }
  return parts
}

function timesOf({ history }: View, one: Bound): Instant[] {
  const before = one.sensor.heardAt === null ? [] : [one.sensor.heardAt]
  return [...before, ...saidBy(history, one).map((heard) => heard.at)]
}

/** Heard no longer ago than its limit. */
export function isAlive(view: View, one: Bound, at: Instant): boolean {
  const last = timesOf(view, one).findLast((time) => time <= at)
  return one.from <= at && at < one.to && last !== undefined && at - last <= one.sensor.limitMs
}

/** Stretches since then that some sensor did not cover, where that is known; joined. */
export function holesOf(view: View, since: Instant, at: Instant): Stretch[] {
  const holes = view.bound.flatMap((one) => {
    const times = timesOf(view, one).filter((time) => time <= at)
    return times.flatMap((to, i): Stretch[] => {
      const from = times[i - 1] ?? -Infinity
      return to - from > one.sensor.limitMs && to > since
        ? [{ from: Math.max(from, since), to }]
        : []
    })
  })
  const joined: Stretch[] = []
  for (const hole of holes.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    if (last && hole.from <= last.to) last.to = Math.max(last.to, hole.to)
    else joined.push({ ...hole })
  }
  return joined
}
