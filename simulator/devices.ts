/** What the town's sensors say: heartbeats as promised, and what they notice. */
import { dayOf as dateOf } from '../src/kernel/calendar.ts'
import { dayMs, minuteMs, type Instant } from '../src/kernel/clock.ts'
import type { Planted, TownDevice, TownElder, TownMap } from '../town/map.ts'
import { openAlmanac, type Almanac } from './almanac.ts'
import { dayOf, type Sign } from './days.ts'
import { oddly } from './oddities.ts'
import { hashOf, seeded } from './seeded.ts'
import { batteryAt, numbersAt, sharedDay, type Notice } from './shared.ts'
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
  const byHome = Map.groupBy(map.devices, (device) => device.place)
  const elders = map.elders.filter((elder) => byHome.has(elder.home))
  const almanac = openAlmanac(map.seed, map.planted)
  const kindOf = (date: string) => almanac.dayKind(date)
  const dayLived = keptDays((elder: TownElder, date) => dayOf(elder, date, map.seed, kindOf(date)))
  const dayShared = keptDays((device: TownDevice, date) =>
    sharedDay(device, date, map.seed, kindOf(date)),
  )
  const lastSequence = new Map<string, number>()

  const signsOf = (elder: TownElder, from: Instant, to: Instant): Heard[] =>
    signsBetween((date) => dayLived(elder, date), map.planted, elder, from, to).flatMap((sign) => {
      const device = byHome.get(elder.home)?.find((one) => one.kind === sign.kind)
      return device ? [{ device, at: sign.at, state: sign.state }] : []
    })

  const noticedBy = (device: TownDevice, from: Instant, to: Instant): Heard[] =>
    within(from, to, (date) => dayShared(device, date)).map((one) => ({ device, ...one }))

  const countedBy = (device: TownDevice, from: Instant, to: Instant): Heard[] => {
    const { occupants } = device
    if (occupants === undefined) return []
    const counting = { ...device, occupants }
    return sumsBetween(counting, map.planted, from, to, map.seed).map((one) => ({ device, ...one }))
  }

  const byId = new Map<string, TownDevice>(map.devices.map((device) => [device.device, device]))
  const happening = ({ device: id, at, state }: Planted['happened'][number]): Heard[] => {
    const device = byId.get(id)
    return device ? [{ device, at, state }] : []
  }

  const dark = keptDays((gateway: { name: string }, date) => darkOn(gateway.name, date, map.seed))
  const gateways = new Map(map.gateways.map((gateway) => [gateway.name, gateway]))
  /** A storm takes the power from some gateways for an hour or two. */
  const isDark = ({ gateway }: TownDevice, at: Instant) => {
    const date = dateOf(at)
    const named = gateway === null ? undefined : gateways.get(gateway)
    if (!named || almanac.dayKind(date).weather !== 'typhoon') return false
    return dark(named, date).some(({ from, to }) => from <= at && at < to)
  }

  const lived = (from: Instant, to: Instant, isWanted: (device: TownDevice) => boolean) =>
    [
      ...map.devices.flatMap((device) =>
        isWanted(device)
          ? [
              ...heartbeatsBetween(device, beatMs(device, thinly), { from, to }, map.seed, almanac),
              ...noticedBy(device, from, to),
              ...countedBy(device, from, to),
            ]
          : [],
      ),
      ...elders.flatMap((elder) => signsOf(elder, from, to)).filter((one) => isWanted(one.device)),
      ...map.planted.happened
        .filter(({ at }) => from < at && at <= to)
        .flatMap(happening)
        .filter((one) => isWanted(one.device)),
    ].filter(({ device, at }) => !isOut(map.planted, device.gateway, at) && !isDark(device, at))

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
  { from, to }: { from: Instant; to: Instant },
  seed: number,
  almanac: Almanac,
): Heard[] {
  const beats: Heard[] = []
  for (let at = lastBeat(device, from, everyMs) + everyMs; at <= to; at += everyMs) {
    const numbers = numbersAt(device, at, seed, almanac.dayKind(dateOf(at)))
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

const darkShare = 0.05

function darkOn(gateway: string, date: string, seed: number): { from: Instant; to: Instant }[] {
  const chance = seeded(seed, 'dark', gateway, date)
  if (!chance.isLucky(darkShare)) return []
  const from = Date.parse(`${date}T00:00:00+08:00`) + chance.between(0, 20 * 60) * minuteMs
  return [{ from, to: from + chance.between(50, 200) * minuteMs }]
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
