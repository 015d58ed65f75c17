/** Whether the care promise was kept in a simulated street, by its own account of coverage. */
import { dayMs, hourMs, minuteMs, type Instant } from '../../../src/kernel/clock.ts'
import { drawFor } from '../chance.ts'
import { watchTown, type Raised, type Watched } from './run.ts'
import { drawTown, limitOf, type Home, type Sensor, type Stretch } from './town.ts'

const floorMs = 48 * hourMs

export type Kept = {
  planted: number
  plantedMissed: number
  early: number
  /** Told, though as of another moment than the first at which 48 covered hours were sure. */
  elsewhen: number
  latenessMs: number[]
  visits: number
  falseVisits: number
  homeWeeks: number
  asked: number
  fineThoughUnknown: number
  /** Simulated time of one street. */
  simulatedMs: number
  downtimes: number
}

export type Size = { homes: number; days: number; planted: number }

export function keepPromise(seed: number, size: Size): Kept {
  const town = drawTown(drawFor(seed, 'town'), size)
  const watched = watchTown(town, seed)
  const end = town.start + town.days * dayMs
  const planted = town.homes.filter(({ elder }) => elder.fellAt < Infinity)
  const found = planted.map((home) => plantedFound(home, watched, end))
  const wrong = watched.raised.filter(({ home, toldAt }) => toldAt < home.elder.fellAt)
  return {
    planted: found.filter((one) => one !== 'not-due').length,
    plantedMissed: found.filter((one) => one === 'missed').length,
    early: watched.raised.filter((one) => isEarly(one, watched.down)).length,
    elsewhen: watched.raised.filter((one) => one.at !== shownAt(one, watched.down)).length,
    latenessMs: found.filter((one) => typeof one === 'number'),
    visits: watched.raised.length,
    falseVisits: wrong.length,
    homeWeeks: (size.homes * town.days) / 7,
    asked: watched.asked,
    fineThoughUnknown: watched.fineThoughUnknown,
    simulatedMs: end - town.start,
    downtimes: watched.down.length,
  }
}

/** Milliseconds from the due moment until it was told. */
function plantedFound(
  home: Home,
  { raised, down }: Watched,
  end: Instant,
): number | 'missed' | 'not-due' {
  const told = raised.find((one) => one.home === home && one.toldAt > home.elder.fellAt)
  const due = dueOf(home, told?.since ?? home.since, down)
  if (told) return told.toldAt - (due ?? told.toldAt)
  return due === undefined || due > end - 5 * minuteMs ? 'not-due' : 'missed'
}

function isEarly({ home, at, toldAt, since }: Raised, down: readonly Stretch[]): boolean {
  const due = dueOf(home, since, down)
  return due === undefined || at < due || toldAt < due
}

/** When every sensor of the home had spoken after that: until then one of them may be dead. */
function shownAt({ home, since }: Raised, down: readonly Stretch[]): Instant | undefined {
  const due = dueOf(home, since, down)
  if (due === undefined) return undefined
  const spoke = home.sensors.map(({ heard }) => heard.find((at) => at >= due) ?? Infinity)
  return Math.max(...spoke)
}

/** When 48 hours since then had been covered by every sensor of the home; undefined: never. */
export function dueOf(
  { sensors }: Home,
  since: Instant,
  down: readonly Stretch[],
): Instant | undefined {
  const covers = sensors.map((sensor) => coverOf(sensor, since, down))
  const cuts = new Set([since, ...covers.flat().flatMap(({ from, to }) => [from, to])])
  const sorted = [...cuts].filter((at) => at >= since).toSorted((a, b) => a - b)
  let leftMs = floorMs
  const next = covers.map(() => 0)
  for (const [i, to] of sorted.entries()) {
    const from = sorted[i - 1]
    if (from === undefined) continue
    const isCovered = covers.every((cover, which) => {
      let at = next[which] ?? 0
      while ((cover[at]?.to ?? Infinity) <= from) at++
      next[which] = at
      const one = cover[at]
      return one !== undefined && one.from <= from && to <= one.to
    })
    if (!isCovered) continue
    if (to - from >= leftMs) return from + leftMs
    leftMs -= to - from
  }
  return undefined
}

/** From message to message, without the time in which nobody listened. */
function coverOf(sensor: Sensor, since: Instant, down: readonly Stretch[]): Stretch[] {
  const cover: Stretch[] = []
  for (const [i, to] of sensor.heard.entries()) {
    const from = sensor.heard[i - 1]
    if (from === undefined || to <= since || to - from > limitOf(sensor)) continue
    cover.push(...without({ from, to }, down))
  }
  return cover
}

function without(whole: Stretch, down: readonly Stretch[]): Stretch[] {
  let parts = [whole]
  for (const hole of down) {
    parts = parts.flatMap((part) => {
      if (hole.to <= part.from || part.to <= hole.from) return part
      const before = { from: part.from, to: hole.from }
      const after = { from: hole.to, to: part.to }
      return [before, after].filter(({ from, to }) => to > from)
    })
  }
  return parts
}
