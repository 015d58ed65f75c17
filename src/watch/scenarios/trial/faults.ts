import { dayMs, hourMs, minuteMs, type Instant } from '../../../kernel/clock.ts'
import type { StreetSensor } from '../kernel/street-types.ts'
import type { Chance } from './chance.ts'
import type { NumberedCover } from './day-buffer.ts'
import type { Matter } from './types.ts'

/** How often what breaks breaks. Practice, not measured here: a parameter of the simulation. */
export type FaultRates = {
  deadPerSensorYear: number
  cutsPerGatewayYear: number
  /** Speaks, and notices nothing. */
  stuckPerSensorYear: number
}

/** When each sensor is dead or stuck. A stretch at a time: [from, to), empty where to ≤ from. */
export type Faults = {
  /** Before anything is said of the day. */
  beginDay(day: Instant, number: number): void
  isDead(sensor: number, at: Instant): boolean
  isStuck(sensor: number, at: Instant): boolean
  coversOf(day: Instant): NumberedCover[]
}

type Stretches = { from: Float64Array; to: Float64Array }

const kindsOfChance = { dead: 0x0dead, stuck: 0x57ac, cut: 0x0c47 }

export function openFaults(
  sensors: readonly StreetSensor[],
  rates: FaultRates,
  chance: Chance,
  seed: number,
  found: (matter: Matter) => void,
): Faults {
  const gateways = [...new Set(sensors.map(({ gateway }) => gateway))].filter((one) => one !== null)
  const numberOfGateway = new Map(gateways.map((name, number) => [name, number]))
  const gatewayOf = sensors.map(({ gateway }) => numberOfGateway.get(gateway ?? '') ?? -1)
  const dead = stretches(sensors.length)
  const stuck = stretches(sensors.length)
  const cut = stretches(gateways.length)
  const isCut = (sensor: number, at: Instant) => {
    const gateway = gatewayOf[sensor] ?? -1
    return gateway >= 0 && isIn(cut, gateway, at)
  }
  return {
    beginDay: (day, number) => {
      const often = (kind: number, perYear: number) => {
        chance.begin(seed ^ kind, number, kind)
        return perYear / 365
      }
      const deadly = often(kindsOfChance.dead, rates.deadPerSensorYear)
      breakSome(dead, day, deadly, chance, [2 * hourMs, 5 * dayMs])
      const sticky = often(kindsOfChance.stuck, rates.stuckPerSensorYear)
      for (const sensor of breakSome(stuck, day, sticky, chance, [dayMs, 8 * dayMs])) {
        const at = sensors[sensor]
        if (at) found(stuckMatter(at, stuck.from[sensor] ?? 0, stuck.to[sensor] ?? 0))
      }
      const cuts = often(kindsOfChance.cut, rates.cutsPerGatewayYear)
      breakSome(cut, day, cuts, chance, [10 * minuteMs, 12 * hourMs])
    },
    isDead: (sensor, at) => isIn(dead, sensor, at) || isCut(sensor, at),
    isStuck: (sensor, at) => isIn(stuck, sensor, at),
    coversOf: (day) =>
      sensors.flatMap((_, sensor) =>
        without(day, [
          [dead.from[sensor] ?? 0, dead.to[sensor] ?? 0],
          cutOf(cut, gatewayOf[sensor] ?? -1),
        ]).map(([from, to]) => ({ sensor, from, to })),
      ),
  }
}

function stretches(count: number): Stretches {
  return { from: new Float64Array(count), to: new Float64Array(count) }
}

function isIn({ from, to }: Stretches, unit: number, at: Instant): boolean {
  return at < (to[unit] ?? 0) && at >= (from[unit] ?? 0)
}

/** New stretches that begin on this day, of units that work. Jumps from one to the next. */
function breakSome(
  { from, to }: Stretches,
  day: Instant,
  perDay: number,
  chance: Chance,
  [least, most]: readonly [number, number],
): number[] {
  const broken: number[] = []
  if (perDay <= 0) return broken
  const step = Math.log(1 - Math.min(perDay, 0.999))
  for (let unit = -1; ;) {
    unit += 1 + Math.floor(Math.log(1 - chance.next()) / step)
    if (unit >= from.length) return broken
    const begins = day + chance.between(0, dayMs - 1)
    // Most are short: the square of a chance, as repairs go.
    const lasts = Math.floor(least + (most - least) * chance.next() ** 2)
    if ((to[unit] ?? 0) > day) continue
    from[unit] = begins
    to[unit] = begins + lasts
    broken.push(unit)
  }
}

function cutOf({ from, to }: Stretches, gateway: number): readonly [number, number] {
  return gateway < 0 ? [0, 0] : [from[gateway] ?? 0, to[gateway] ?? 0]
}

/** The day without these stretches. */
function without(day: Instant, holes: readonly (readonly [number, number])[]): [number, number][] {
  let parts: [number, number][] = [[day, day + dayMs]]
  for (const [from, to] of holes) {
    if (to <= day || from >= day + dayMs || to <= from) continue
    parts = parts.flatMap(([begin, end]): [number, number][] => {
      const before: [number, number][] = from > begin ? [[begin, Math.min(end, from)]] : []
      const after: [number, number][] = to < end ? [[Math.max(begin, to), end]] : []
      return from >= end || to <= begin ? [[begin, end]] : [...before, ...after]
    })
  }
  return parts
}

function stuckMatter({ kind, place, sensor }: StreetSensor, from: Instant, until: Instant): Matter {
  const isOfLife = kind === 'motion' || kind === 'door-contact' || kind === 'door-access'
  const about = isOfLife ? 'life' : kind
  return { about, place, sensor, from, until, outcome: 'sensor-fault' }
}
