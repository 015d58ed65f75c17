/** Whether the care promise was kept in a simulated street, by its own account of coverage. */
import { dayMs, hourMs, minuteMs, type Instant } from '../../../src/kernel/clock.ts'
import { drawFor } from '../chance.ts'
import { watchTown, type Raised, type Watched } from './run.ts'
import {
  drawTown,
  limitOf,
  type Home,
  type Sensor,
  type Size,
  type Stretch,
  type Town,
} from './town.ts'

const floorMs = 48 * hourMs
/** 14 whole days, and those that faults spoil. */
export const learningDays = 21

export type Kept = {
  planted: number
  plantedMissed: number
  /** A sensor of theirs died before it was sure, or it is due after the end. */
  plantedNotSure: number
  early: number
  /** Told, though as of another moment than the first at which 48 covered hours were sure. */
  elsewhen: number
  /** Milliseconds from the due moment, where sensors speak every half minute. */
  latenessMs: number[]
  /** From when it was sure: every sensor of the home had spoken after the due moment. */
  toldAfterMs: number[]
  visits: number
  falseVisits: number
  homeWeeks: number
  askedUnknown: number
  fineThoughUnknown: number
  /** Simulated time of one street. */
  simulatedMs: number
  faults: { deadSensors: number; cutGateways: number; wrongClocks: number; deadPrograms: number }
}

/** `isAsking`: see `watchTown`. */
export function keepPromise(seed: number, size: Size, isAsking: boolean): Kept {
  const town = drawTown(drawFor(seed, 'town'), size)
  const watched = watchTown(town, seed, isAsking)
  const end = town.start + town.days * dayMs
  const planted = town.homes.filter(({ elder }) => elder.fellAt < Infinity)
  const found = planted.map((home) => plantedFound(home, watched, end))
  const sure = watched.raised.map((one) => ({ ...one, ...sureOf(one, watched.down) }))
  const late = found.filter((one) => typeof one === 'object')
  // Before, the rule that asks only learns what is usual.
  const countedFrom = town.start + (isAsking ? learningDays * dayMs : 0)
  const wrong = watched.raised.filter(
    ({ home, toldAt }) => toldAt >= countedFrom && toldAt < home.elder.fellAt,
  )
  return {
    planted: found.filter((one) => one !== 'not-sure').length,
    plantedMissed: found.filter((one) => one === 'missed').length,
    plantedNotSure: found.filter((one) => one === 'not-sure').length,
    early: sure.filter(({ due, at, toldAt }) => at < due || toldAt < due).length,
    elsewhen: sure.filter(({ at, sureAt }) => at !== sureAt).length,
    latenessMs: late.flatMap(({ isClose, lateMs }) => (isClose ? lateMs : [])),
    toldAfterMs: sure.map(({ toldAt, sureAt }) => toldAt - sureAt),
    visits: watched.raised.length,
    falseVisits: wrong.length,
    homeWeeks: (size.homes * (end - countedFrom)) / (7 * dayMs),
    ...{ askedUnknown: watched.askedUnknown, fineThoughUnknown: watched.fineThoughUnknown },
    simulatedMs: end - town.start,
    faults: faultsOf(town, watched),
  }
}

function faultsOf({ homes, cuts }: Town, { down }: Watched): Kept['faults'] {
  const sensors = homes.flatMap((home) => home.sensors)
  return {
    deadSensors: sensors.flatMap(({ dead }) => dead).length,
    cutGateways: cuts.flat().length,
    wrongClocks: sensors.flatMap(({ wrongClock }) => wrongClock).length,
    deadPrograms: down.length,
  }
}

type Late = { isClose: boolean; lateMs: number }

function plantedFound(
  home: Home,
  { raised, down }: Watched,
  end: Instant,
): Late | 'missed' | 'not-sure' {
  const told = raised.find((one) => one.home === home && one.toldAt > home.elder.fellAt)
  if (told) {
    const { due } = sureOf(told, down)
    const isClose = home.sensors.every((sensor) => limitOf(sensor) < 5 * minuteMs)
    return { isClose, lateMs: told.toldAt - due }
  }
  const { sureAt } = sureOf(home, down)
  return sureAt > end - 5 * minuteMs ? 'not-sure' : 'missed'
}

/**
 * When 48 hours had been covered, and when that was sure: every sensor of the home had spoken after
 * that, until then one of them may be dead. Infinity: never.
 */
function sureOf(
  one: Pick<Raised, 'home' | 'since'> | Home,
  down: readonly Stretch[],
): { due: Instant; sureAt: Instant } {
  const { sensors } = 'home' in one ? one.home : one
  const due = dueOf(sensors, one.since, down) ?? Infinity
  const spoke = sensors.map(({ heard }) => heard.find((at) => at >= due) ?? Infinity)
  return { due, sureAt: Math.max(...spoke) }
}

/** When 48 hours since then had been covered by every sensor of the home; undefined: never. */
function dueOf(
  sensors: readonly Sensor[],
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
    const last = cover.at(-1)
    if (last?.to === from) last.to = to
    else cover.push({ from, to })
  }
  return cover.flatMap((part) => without(part, down))
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
