import type { Instant } from '../../../kernel/clock.ts'
import type { OwnSensor } from './replay-mapping.ts'

export type Stretch = { from: Instant; to: Instant }
/** `coveredPercent`: rounded down. `isAssumed`: the log has no heartbeats of it. */
export type OwnCoverage = {
  sensor: string
  place: string
  coveredPercent: number
  isAssumed: boolean
  gaps: Stretch[]
}
/** `uncoveredMs`: of it, what some sensor of the home did not cover. `isOpen`: the log ended. */
export type OwnSilence = Stretch & { place: string; uncoveredMs: number; isOpen: boolean }

const longestMax = 5

type Spoken = { sensor: OwnSensor; lastAt: Instant; coveredMs: number; gaps: Stretch[] }
type Lived = { name: string; lastAt: Instant | null; holes: Stretch[]; silences: OwnSilence[] }

/**
 * What a log covers: per sensor the share of time, per home the longest silences. Beside the
 * kernel, for whoever reads the report; nothing is judged here.
 */
export function openHeard(first: Instant) {
  const sensors = new Map<string, Spoken>()
  const homes = new Map<string, Lived>()
  const add = (sensor: OwnSensor) => {
    sensors.set(sensor.name, { sensor, lastAt: first, coveredMs: 0, gaps: [] })
    if (homes.has(sensor.place)) return
    homes.set(sensor.place, { name: sensor.placeName, lastAt: null, holes: [], silences: [] })
  }
  const upTo = (spoken: Spoken, at: Instant) => {
    const { sensor, lastAt } = spoken
    if (at <= lastAt) return
    spoken.lastAt = at
    const limit = limitMsOf(sensor)
    if (limit === null || at - lastAt <= limit) spoken.coveredMs += at - lastAt
    else {
      keepLongest(spoken.gaps, { from: lastAt, to: at })
      const home = homes.get(sensor.place)
      if (home) home.holes = joined([...home.holes, { from: lastAt, to: at }])
    }
  }
  return {
    add,
    spoke: (sensor: OwnSensor, at: Instant, isSignOfLife: boolean) => {
      const spoken = sensors.get(sensor.name)
      if (spoken) upTo(spoken, at)
      const home = homes.get(sensor.place)
      if (!home || !isSignOfLife) return
      endSilence(home, at, false)
    },
    /** At the end of the log. */
    report: (last: Instant): { coverage: OwnCoverage[]; silences: OwnSilence[] } => {
      for (const spoken of sensors.values()) upTo(spoken, last)
      for (const home of homes.values()) endSilence(home, last, true)
      const span = Math.max(1, last - first)
      const coverage = [...sensors.values()].map(({ sensor, coveredMs, gaps }) => ({
        ...{ sensor: sensor.name, place: sensor.placeName, gaps },
        coveredPercent: Math.floor((100 * coveredMs) / span),
        isAssumed: sensor.heartbeatSeconds === null,
      }))
      return { coverage, silences: [...homes.values()].flatMap(({ silences }) => silences) }
    },
  }
}

/** Without a message for longer, nobody knows whether it worked: three heartbeats. */
export function limitMsOf({ heartbeatSeconds }: OwnSensor): number | null {
  return heartbeatSeconds === null ? null : Math.round(heartbeatSeconds * 3_000)
}

function endSilence(home: Lived, at: Instant, isOpen: boolean): void {
  const { lastAt, holes, name } = home
  if (lastAt !== null && at > lastAt) {
    const uncoveredMs = holes.reduce(
      (sum, hole) => sum + Math.max(0, Math.min(hole.to, at) - Math.max(hole.from, lastAt)),
      0,
    )
    keepLongest(home.silences, { place: name, from: lastAt, to: at, uncoveredMs, isOpen })
  }
  if (lastAt === null || at > lastAt) home.lastAt = at
  home.holes = holes.filter((hole) => hole.to > at)
}

function keepLongest<S extends Stretch>(all: S[], next: S): void {
  all.push(next)
  all.sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from)
  if (all.length > longestMax) all.pop()
}

/** Overlapping ones become one, so that nothing is counted twice; 64 at most. */
function joined(stretches: Stretch[]): Stretch[] {
  const sorted = stretches.toSorted((a, b) => a.from - b.from)
  const out: Stretch[] = []
  for (const { from, to } of sorted) {
    const last = out.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else out.push({ from, to })
  }
  return out.slice(-64)
}
