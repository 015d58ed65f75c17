import type { Instant } from '../../../src/kernel/clock.ts'
import type { Bound } from './history.ts'
import { saidBy, type View } from './view.ts'

type Stretch = { from: Instant; to: Instant }
type Known = Stretch & { knownAt: Instant }
type Time = { at: Instant; knownAt: Instant }

/**
 * `rules`: what was heard in the order of events. `life`: the judge of silence of life also knows
 * what came too late, and that a device spoke before anybody agreed.
 */
export type Ear = 'rules' | 'life'

/** How much of [from, at] every chosen sensor covered, as far as their messages show. */
export function coveredMs(
  view: View,
  isChosen: (one: Bound) => boolean,
  from: Instant,
  at: Instant,
  ear: Ear = 'rules',
): number {
  const parts = coveredBy(view, isChosen, from, at, ear)
  return parts.reduce((sum, part) => sum + part.to - part.from, 0)
}

/** Time is cut at every message: between two neighbouring cuts all is covered or nothing. */
function coveredBy(
  view: View,
  isChosen: (one: Bound) => boolean,
  from: Instant,
  at: Instant,
  ear: Ear,
): Stretch[] {
  const ours = view.history.bound.filter(isChosen)
  const chosen = ours.filter((one) => one.from <= at && at < one.to)
  if (chosen.length === 0) return []
  const gone = ours.filter((one) => one.to <= at)
  const covers = [
    ...chosen.map((one) => coverOf(view, one, at, ear)),
    ...gone.map((one) => coverOfGone(view, one, ear)),
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
export function coverOf(view: View, one: Bound, at: Instant, ear: Ear = 'rules'): Stretch[] {
  const covers = coversOf[ear]
  const known = covers.get(one) ?? coverFrom(view, one, ear)
  covers.set(one, known)
  return known.filter((part) => part.knownAt <= at)
}

/** A sensor that is gone leaves the holes that were known while it was there. */
function coverOfGone(view: View, one: Bound, ear: Ear): Stretch[] {
  const last = timesOf(view, one, ear).at(-1)
  if (ear === 'life') return [...coverOf(view, one, Infinity, ear), lifeAfter(one, last?.at)]
  if (last === undefined) return [{ from: -Infinity, to: Infinity }]
  return [...coverOf(view, one, Infinity, ear), { from: last.at, to: Infinity }]
}

/** One that was dead when it was taken away covered nothing up to then. */
function lifeAfter({ sensor, to }: Bound, last: Instant | undefined): Stretch {
  const goneAt = Math.floor(to)
  const isDead = last === undefined || goneAt - last > sensor.limitMs
  return { from: isDead ? goneAt : last, to: Infinity }
}

/** Made once from the whole history; what was known at an instant is the part up to it. */
const coversOf = { rules: new WeakMap<Bound, Known[]>(), life: new WeakMap<Bound, Known[]>() }

function coverFrom(view: View, one: Bound, ear: Ear): Known[] {
  const { limitMs, since } = one.sensor
  const times = timesOf(view, one, ear)
  const parts: Known[] = []
  // Before it stood there, those that did covered the home.
  if (ear === 'life') parts.push({ from: -Infinity, to: since, knownAt: -Infinity })
  for (const [i, { at: to, knownAt }] of times.entries()) {
    const from = times[i - 1]?.at
    if (from !== undefined && to - from <= limitMs) parts.push({ from, to, knownAt })
  }
  return parts
}

/** When it spoke, as far as that is known by then. */
export function timesUntil(view: View, one: Bound, at: Instant, ear: Ear): Time[] {
  return timesOf(view, one, ear).filter(({ knownAt }) => knownAt <= at)
}

/** What is older than what is known already tells nothing. */
function timesOf({ history }: View, one: Bound, ear: Ear): Time[] {
  const { sensor, began, ended } = one
  const before = sensor.heardAt === null ? [] : [{ at: sensor.heardAt, knownAt: -Infinity }]
  if (ear === 'rules') {
    return [...before, ...saidBy(history, one).map(({ at }) => ({ at, knownAt: at }))]
  }
  const times: Time[] = before
  for (const { sensor: name, at, knownAt, act } of history.spoke) {
    if (name !== sensor.sensor || act < began || act > ended) continue
    if (at > (times.at(-1)?.at ?? -Infinity)) times.push({ at, knownAt })
  }
  return times
}

/** Heard no longer ago than its limit. */
export function isAlive(view: View, one: Bound, at: Instant): boolean {
  const last = timesUntil(view, one, at, 'rules').at(-1)
  return one.from <= at && at < one.to && last !== undefined && at - last.at <= one.sensor.limitMs
}

/** Stretches since then that some sensor did not cover, where that is known; joined. */
export function holesOf(view: View, since: Instant, at: Instant): Stretch[] {
  const known = view.history.bound.filter((one) => one.from <= at)
  const holes = known.flatMap((one) => {
    const times = timesUntil(view, one, at, 'life')
    const gaps = times.map(({ at: to }, i) => ({ from: times[i - 1]?.at ?? -Infinity, to }))
    const isGone = one.to <= at
    const last = times.at(-1)?.at
    if (isGone) gaps.push({ from: last ?? -Infinity, to: lifeAfter(one, last).from })
    return gaps
      .map(({ from, to }) => ({ from: Math.max(from, one.sensor.since), to }))
      .filter(({ from, to }) => to - from > (from === one.sensor.since ? 0 : one.sensor.limitMs))
      .map(({ from, to }) => ({ from: Math.max(from, since), to }))
      .filter(({ from, to }) => to > from)
  })
  const joined: Stretch[] = []
  for (const hole of holes.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    if (last && hole.from <= last.to) last.to = Math.max(last.to, hole.to)
    else joined.push({ ...hole })
  }
  return joined
}
