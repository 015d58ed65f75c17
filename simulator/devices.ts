/** What the town's sensors say: heartbeats as promised, and what they notice. */
import { dayOf as dateOf } from '../src/kernel/calendar.ts'
import { dayMs, minuteMs, type Instant } from '../src/kernel/clock.ts'
import type { Planted, TownDevice, TownElder, TownMap } from '../town/map.ts'
import { dayOf, type Sign } from './days.ts'
import { oddly } from './oddities.ts'
import { hashOf } from './seeded.ts'
import { batteryAt, numbersAt, sharedDay, type Notice } from './shared.ts'

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

/** Messages of one town. Ask for stretches of time in their order: sequences only rise. */
export function openSensors(map: TownMap) {
  const byHome = Map.groupBy(map.devices, (device) => device.place)
  const elders = map.elders.filter((elder) => byHome.has(elder.home))
  const dayLived = keptDays((elder: TownElder, date) => dayOf(elder, date, map.seed))
  const dayShared = keptDays((device: TownDevice, date) => sharedDay(device, date, map.seed))
  const lastSequence = new Map<string, number>()

  const signsOf = (elder: TownElder, from: Instant, to: Instant): Heard[] =>
    signsBetween((date) => dayLived(elder, date), map.planted, elder, from, to).flatMap((sign) => {
      const device = byHome.get(elder.home)?.find((one) => one.kind === sign.kind)
      return device ? [{ device, at: sign.at, state: sign.state }] : []
    })

  const noticedBy = (device: TownDevice, from: Instant, to: Instant): Heard[] =>
    within(from, to, (date) => dayShared(device, date)).map((one) => ({ device, ...one }))

  const lived = (from: Instant, to: Instant, isWanted: (device: TownDevice) => boolean) =>
    [
      ...map.devices.flatMap((device) =>
        isWanted(device)
          ? [...heartbeatsBetween(device, from, to, map.seed), ...noticedBy(device, from, to)]
          : [],
      ),
      ...elders.flatMap((elder) => signsOf(elder, from, to)).filter((one) => isWanted(one.device)),
    ].filter(({ device, at }) => !isOut(map.planted, device.gateway, at))

  /** What a gateway kept while it was cut off, it says when it is back. */
  const keptBack = (from: Instant, to: Instant): Heard[] =>
    map.planted.late
      .filter((one) => from < one.to && one.to <= to)
      .flatMap((one) => lived(one.from, one.to, ({ gateway }) => gateway === one.gateway))

  return {
    /** Everything said in (from, to], in order of time. */
    between(from: Instant, to: Instant): Said[] {
      const heard = lived(from, to, () => true).filter((one) => !isLate(map.planted, one))
      return [...keptBack(from, to), ...oddly(map, heard, from, to)]
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
  const everyMs = device.heartbeatSeconds * 1000
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

/** A device that says numbers says them then; they are its sign that it works. */
function heartbeatsBetween(device: TownDevice, from: Instant, to: Instant, seed: number): Heard[] {
  const everyMs = device.heartbeatSeconds * 1000
  const beats: Heard[] = []
  for (let at = lastHeartbeat(device, from) + everyMs; at <= to; at += everyMs) {
    const numbers = numbersAt(device, at, seed)
    for (const one of numbers) beats.push({ device, ...one })
    if (numbers.length > 0) continue
    const battery = batteryAt(device, at)
    beats.push({ device, at, state: 'heartbeat', ...(battery === undefined ? {} : { battery }) })
  }
  return beats
}

function signsBetween(
  dayLived: (date: string) => Sign[],
  planted: Planted,
  elder: TownElder,
  from: Instant,
  to: Instant,
): Sign[] {
  const silent = planted.silent.find(({ home }) => home === elder.home)
  const away = planted.away.filter(({ home }) => home === elder.home)
  const isThere = ({ at }: Sign) =>
    at <= (silent?.since ?? Infinity) && !away.some((one) => one.from <= at && at < one.until)
  const signs = within(from, to, dayLived).filter(isThere)
  // Whoever falls silent is seen that one last time, so that the finding's hour can be told before.
  if (silent && from < silent.since && silent.since <= to) {
    signs.push({ at: silent.since, kind: 'motion', state: 'occupied' })
  }
  return signs
}

/** Of the days that (from, to] touches, what lies within it. */
function within<One extends Notice>(
  from: Instant,
  to: Instant,
  dayOfDate: (date: string) => One[],
): One[] {
  const found: One[] = []
  for (let day = from; dateOf(day) <= dateOf(to); day += dayMs) {
    found.push(...dayOfDate(dateOf(day)).filter(({ at }) => from < at && at <= to))
  }
  return found
}

const daysKept = 3
/** The last days of each, so that a day is told once however finely time is cut. */
function keptDays<Who extends object, One>(tell: (who: Who, date: string) => One[]) {
  const known = new WeakMap<Who, Map<string, One[]>>()
  return (who: Who, date: string): One[] => {
    const days = known.get(who) ?? new Map<string, One[]>()
    known.set(who, days)
    const told = days.get(date) ?? tell(who, date)
    if (days.size >= daysKept && !days.has(date)) days.clear()
    days.set(date, told)
    return told
  }
}

function isOut(planted: Planted, gateway: string | null, at: Instant): boolean {
  return planted.outages.some(
    (outage) =>
      outage.gateway === gateway && outage.from < at && (outage.to === null || at < outage.to),
  )
}

function isLate(planted: Planted, { device, at }: Heard): boolean {
  return planted.late.some((one) => one.gateway === device.gateway && one.from < at && at <= one.to)
}
