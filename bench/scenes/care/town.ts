/** The homes of a simulated street, their sensors, and what goes wrong with them. */
import { dayMs, hourMs, minuteMs, secondMs, type Instant } from '../../../src/kernel/clock.ts'
import type { PlaceCode } from '../../../src/kernel/ids.ts'
import type { Draw } from '../chance.ts'
import { elderOf, parameters, type Elder } from './elders.ts'

export type Stretch = { from: Instant; to: Instant }
export type Sensor = {
  sensor: string
  kind: 'door-contact' | 'motion'
  gateway: string
  beatMs: number
  phaseMs: number
  dead: Stretch[]
  /** Its gateway was cut off. */
  cut: readonly Stretch[]
  /** Its clock is off by so much in that time. */
  wrongClock: (Stretch & { byMs: number })[]
  blindFrom: Instant
  /** Event times that reached the program, each later than the one before. */
  heard: Instant[]
  arrivedAt: Instant
}
/**
 * `since`: the last sign, the end of being away, or when somebody had looked. `awayUntil`: as the
 * program was told.
 */
export type Home = {
  place: PlaceCode
  elder: Elder
  sensors: Sensor[]
  since: Instant
  awayUntil: Instant | null
}
export type Town = {
  start: Instant
  days: number
  homes: Home[]
  /** By gateway. */
  cuts: Stretch[][]
  /** The program did not run. */
  down: Stretch[]
}

const usualBeatMs = 30 * minuteMs
const closeBeatMs = 30 * secondMs
const homesPerGateway = 50

export const limitOf = ({ beatMs }: Sensor) => 3 * beatMs

export type Size = { homes: number; days: number; planted: number }

export function drawTown(draw: Draw, size: Size): Town {
  const start = Date.parse('2025-03-03T00:00:00+08:00')
  const { days } = size
  const cuts = Array.from({ length: Math.ceil(size.homes / homesPerGateway) }, () =>
    stretches(draw, start, days, parameters.gatewayCutsPerYear, [5, 12 * 60]),
  )
  const homes = Array.from({ length: size.homes }, (_, i) => {
    const isPlanted = i < size.planted
    const elder = elderOf(draw, start, days)
    if (isPlanted) fall(draw, elder, start, days)
    const name = `${1 + Math.floor(i / 20)}-${100 + (i % 20)}`
    const box = Math.floor(i / homesPerGateway)
    // Of every second of them it is known within half a minute that it was covered.
    const beatMs = isPlanted && i % 2 === 0 ? closeBeatMs : usualBeatMs
    const sensors = (['door-contact', 'motion'] as const).map((kind) => ({
      ...{ sensor: `${kind} ${name}`, kind, gateway: `g${box}`, beatMs, cut: cuts[box] ?? [] },
      ...troublesOf(draw, { start, days, isPlanted, beatMs }),
    }))
    return {
      place: `310104011013-01-${name}` as PlaceCode,
      elder,
      sensors,
      since: start,
      awayUntil: null,
    }
  })
  return { start, days, homes, cuts, down: stretches(draw, start, days, 60, [1, 60]) }
}

/** Homes of which a sensor did not speak for some of that time. */
export function troubledIn({ homes }: Town, from: Instant, to: Instant): Home[] {
  const isIn = (one: Stretch) => one.from < to && from < one.to
  return homes.filter(({ sensors }) =>
    sensors.some(({ dead, cut }) => dead.some(isIn) || cut.some(isIn)),
  )
}

function fall(draw: Draw, elder: Elder, start: Instant, days: number): void {
  elder.fellAt = start + draw.between(2 * 24 * 60, (days - 4) * 24 * 60) * minuteMs
  elder.aways = elder.aways.filter((away) => away.to < elder.fellAt)
}

type Stage = { start: Instant; days: number; isPlanted: boolean; beatMs: number }

function troublesOf(draw: Draw, { start, days, isPlanted, beatMs }: Stage) {
  const dead = stretches(draw, start, days, parameters.deadPerYear, [30, 5 * 24 * 60])
  const wrong = stretches(draw, start, days, parameters.clockWrongPerYear, [60, 2 * 24 * 60])
  const isBlind = draw.isLucky((parameters.blindPerYear * days) / 365)
  return {
    ...{ dead, phaseMs: draw.between(0, beatMs - 1) },
    wrongClock: wrong.map((one) => ({ ...one, byMs: draw.oneOf([3 * dayMs, -2 * dayMs, hourMs]) })),
    blindFrom: isBlind && !isPlanted ? start + draw.between(0, days * 24) * hourMs : Infinity,
    ...{ heard: [], arrivedAt: start },
  }
}

/** So many a year, each of so many minutes. */
function stretches(
  draw: Draw,
  start: Instant,
  days: number,
  perYear: number,
  [least, most]: [number, number],
): Stretch[] {
  const all: Stretch[] = []
  for (let day = 1; day < days; day++) {
    if (!draw.isLucky(perYear / 365)) continue
    const from = start + day * dayMs + draw.between(0, 24 * 60 - 1) * minuteMs
    const to = from + draw.between(least, most) * minuteMs
    if (all.every((one) => one.to < from)) all.push({ from, to })
  }
  return all
}

export function isIn(stretch: readonly Stretch[], at: Instant): boolean {
  return stretch.some(({ from, to }) => from <= at && at < to)
}
