/** What the town's sensors say: heartbeats as promised, and what they notice. */
import { minuteMs, type Instant } from '../src/kernel/clock.ts'
import type { Planted, TownDevice, TownElder, TownMap } from '../town/map.ts'
import { openAlmanac, type DayKind, type Weather } from './almanac.ts'
import { dayOf, type Sign } from './days.ts'
import { oddly } from './oddities.ts'
import { isLate, openOutages } from './outages.ts'
import { hashOf } from './seeded.ts'
import { batteryAt, numbersAt, sharedDay } from './shared.ts'
import { keptDate, keptDays, stretchOf, within, type Stretch } from './stretches.ts'
import { sumsBetween } from './sums.ts'

/**
 * One thing said, before it is written down. `sequence` counts on, one by one, per device. `value`
 * stands where `state` is a measure; `claims` is what a wrong clock says.
 */
export type Said = {
  device: TownDevice
  sequence: number
  at: Instant
  state: string
  value?: number
  battery?: number
  tampered?: boolean
  claims?: Instant
}

export type Heard = Omit<Said, 'sequence'>

/**
 * Messages of one town. Ask for stretches of time in their order: sequences only rise. `thinly`:
 * where heartbeats are far apart only every other one is said, which nobody misses.
 */
export function openSensors(map: TownMap, { thinly = false }: { thinly?: boolean } = {}) {
  const almanac = openAlmanac(map.seed, map.planted)
  const kindOf = (date: string) => almanac.dayKind(date)
  const isOut = openOutages(map, (date) => kindOf(date).weather)
  const noticed = openNotices(map, kindOf)
  const dateAt = keptDate()
  const weatherAt = (at: Instant) => kindOf(dateAt(at)).weather
  const lastSequence = new Map<string, number>()

  const lived = (stretch: Stretch, isWanted: (device: TownDevice) => boolean): Heard[] =>
    [
      ...map.devices.flatMap((device) =>
        isWanted(device)
          ? heartbeatsBetween(device, beatMs(device, thinly), stretch, map.seed, weatherAt)
          : [],
      ),
      ...noticed(stretch, isWanted),
    ].filter(({ device, at }) => !isOut(device, at))

  /** What a gateway kept while it was cut off, it says when it is back. */
  const keptBack = ({ from, to }: Stretch): Heard[] =>
    map.planted.late
      .filter((one) => from < one.to && one.to <= to)
      .flatMap((one) =>
        lived(stretchOf(one.from, one.to), ({ gateway }) => gateway === one.gateway),
      )

  return {
    /** Everything said in (from, to], in order of time. */
    between(from: Instant, to: Instant): Said[] {
      const stretch = stretchOf(from, to)
      const heard = lived(stretch, () => true).filter(
        ({ device, at }) => !isLate(map.planted, device, at),
      )
      return [...keptBack(stretch), ...oddly(map, heard, from, to)]
        .toSorted((a, b) => a.at - b.at)
        .map((one) => {
          const last = lastSequence.get(one.device.device)
          const sequence = last === undefined ? firstSequence(one.at) : last + 1
          lastSequence.set(one.device.device, sequence)
          return { ...one, sequence }
        })
    },
  }
}

/** What is noticed, counted, or happens once. */
function openNotices(map: TownMap, kindOf: (date: string) => DayKind) {
  const { seed } = map
  const byHome = Map.groupBy(map.devices, (device) => device.place)
  const byId = new Map<string, TownDevice>(map.devices.map((device) => [device.device, device]))
  const elders = map.elders.filter((elder) => byHome.has(elder.home))
  const dayLived = keptDays((elder: TownElder, date) => dayOf(elder, date, seed, kindOf(date)))
  const dayShared = keptDays((device: TownDevice, date) =>
    sharedDay(device, date, seed, kindOf(date)),
  )

  const signsOf = (elder: TownElder, stretch: Stretch): Heard[] =>
    signsWithin(stretch, (date) => dayLived(elder, date), map.planted, elder).flatMap((sign) => {
      const device = byHome.get(elder.home)?.find((one) => one.kind === sign.kind)
      return device ? [{ device, at: sign.at, state: sign.state }] : []
    })

  const sumsOf = (device: TownDevice, { from, to }: Stretch): Heard[] => {
    const { occupants } = device
    if (occupants === undefined) return []
    const sums = sumsBetween({ ...device, occupants }, map.planted, from, to, seed)
    return sums.map((one) => ({ device, ...one }))
  }

  const happened = ({ from, to }: Stretch): Heard[] =>
    map.planted.happened.flatMap(({ device: id, at, state }) => {
      const device = byId.get(id)
      return device && from < at && at <= to ? [{ device, at, state }] : []
    })

  return (stretch: Stretch, isWanted: (device: TownDevice) => boolean): Heard[] => [
    ...map.devices
      .filter(isWanted)
      .flatMap((device) => [
        ...within(stretch, (date) => dayShared(device, date)).map((one) => ({ device, ...one })),
        ...sumsOf(device, stretch),
      ]),
    ...[...elders.flatMap((elder) => signsOf(elder, stretch)), ...happened(stretch)].filter((one) =>
      isWanted(one.device),
    ),
  ]
}

const countBegan = Date.parse('2020-01-01T00:00:00+08:00')

/**
 * Who begins to speak for a device counts on from here: tenths of a second, in 32 bits, so higher
 * than whatever anybody counted before.
 */
export function firstSequence(at: Instant): number {
  return Math.floor((at - countBegan) / 100)
}

/** The devices of one gateway send their heartbeats together, at the gateway's own second. */
export function lastHeartbeat(device: TownDevice, at: Instant): Instant {
  return lastBeat(device, at, device.heartbeatSeconds * 1000)
}

function lastBeat(device: TownDevice, at: Instant, everyMs: number): Instant {
  const phaseMs = (hashOf(device.gateway ?? device.place) % device.heartbeatSeconds) * 1000
  return Math.floor((at - phaseMs) / everyMs) * everyMs + phaseMs
}

/**
 * So far time may move in one step: a heartbeat not yet due and two more are short of the three
 * that may miss, so nobody seems lost in between.
 */
export function stepMsMax({ devices }: Pick<TownMap, 'devices'>): number {
  return 2 * 1000 * Math.min(...devices.map((one) => one.heartbeatSeconds)) - minuteMs
}

const thinFromSeconds = 1_800

function beatMs({ heartbeatSeconds }: TownDevice, thinly: boolean): number {
  return heartbeatSeconds * 1000 * (thinly && heartbeatSeconds >= thinFromSeconds ? 2 : 1)
}

/** A device that says numbers says them then; they are its sign that it works. */
function heartbeatsBetween(
  device: TownDevice,
  everyMs: number,
  { from, to }: Stretch,
  seed: number,
  weatherAt: (at: Instant) => Weather,
): Heard[] {
  const beats: Heard[] = []
  for (let at = lastBeat(device, from, everyMs) + everyMs; at <= to; at += everyMs) {
    const numbers = numbersAt(device, at, seed, weatherAt(at))
    for (const one of numbers) beats.push({ device, ...one })
    if (numbers.length > 0) continue
    const battery = batteryAt(device, at)
    beats.push({ device, at, state: 'heartbeat', ...(battery === undefined ? {} : { battery }) })
  }
  return beats
}

function signsWithin(
  stretch: Stretch,
  dayLived: (date: string) => Sign[],
  planted: Planted,
  elder: TownElder,
): Sign[] {
  const silent = planted.silent.find(({ home }) => home === elder.home)
  const away = planted.away.filter(({ home }) => home === elder.home)
  const isThere = ({ at }: Sign) =>
    at <= (silent?.since ?? Infinity) && !away.some((one) => one.from <= at && at < one.until)
  const signs = within(stretch, dayLived).filter(isThere)
  // Whoever falls silent is seen that one last time, so that the finding's hour can be told before.
  if (silent && stretch.from < silent.since && silent.since <= stretch.to) {
    signs.push({ at: silent.since, kind: 'motion', state: 'occupied' })
  }
  return signs
}
