/** What the town's sensors say: heartbeats as promised, and what they notice of the elders. */
import { dayOf as dateOf } from '../src/kernel/calendar.ts'
import { dayMs, type Instant } from '../src/kernel/clock.ts'
import type { Planted, TownDevice, TownElder, TownMap } from '../town/map.ts'
import { dayOf, type Sign } from './days.ts'
import { hashOf } from './seeded.ts'

/**
 * One thing said, before it is written down. `sequence` counts on, one by one, per device. `value` stands where `state` is a measure; `claims` is what a wrong clock says.
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

type Heard = Omit<Said, 'sequence'>

/** Messages of one town. Ask for stretches of time in their order: sequences only rise. */
export function openSensors(map: TownMap) {
  const byHome = Map.groupBy(map.devices, (device) => device.place)
  const elders = map.elders.filter((elder) => byHome.has(elder.home))
  const days = new Map<string, Sign[]>()
  const lastSequence = new Map<string, number>()

  const dayLived = (elder: TownElder, date: string): Sign[] => {
    const key = `${elder.name} ${date}`
    const known = days.get(key)
    if (known) return known
    if (days.size > 4 * map.elders.length) days.clear()
    const lived = dayOf(elder, date, map.seed)
    days.set(key, lived)
    return lived
  }

  const signsOf = (elder: TownElder, from: Instant, to: Instant): Heard[] => {
    const heard: Heard[] = []
    for (const sign of signsBetween(
      (date) => dayLived(elder, date),
      map.planted,
      elder,
      from,
      to,
    )) {
      const device = byHome.get(elder.home)?.find((one) => one.kind === sign.kind)
      if (device) heard.push({ device, at: sign.at, state: sign.state })
    }
    return heard
  }

  return {
    /** Everything said in (from, to], in order of time. */
    between(from: Instant, to: Instant): Said[] {
      const heard = [
        ...map.devices.flatMap((device) => heartbeatsBetween(device, from, to)),
        ...elders.flatMap((elder) => signsOf(elder, from, to)),
      ]
      return heard
        .filter(({ device, at }) => !isOut(map.planted, device.gateway, at))
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

function heartbeatsBetween(device: TownDevice, from: Instant, to: Instant): Heard[] {
  const everyMs = device.heartbeatSeconds * 1000
  const beats: Heard[] = []
  for (let at = lastHeartbeat(device, from) + everyMs; at <= to; at += everyMs) {
    beats.push({ device, at, state: 'heartbeat' })
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
  const isThere = (at: Instant) =>
    at <= (silent?.since ?? Infinity) && !away.some((one) => one.from <= at && at < one.until)
  const signs: Sign[] = []
  for (let day = from; dateOf(day) <= dateOf(to); day += dayMs) {
    const lived = dayLived(dateOf(day))
    signs.push(...lived.filter(({ at }) => from < at && at <= to && isThere(at)))
  }
  // Whoever falls silent is seen that one last time, so that the finding's hour can be told before.
  if (silent && from < silent.since && silent.since <= to) {
    signs.push({ at: silent.since, kind: 'motion', state: 'occupied' })
  }
  return signs
}

function isOut(planted: Planted, gateway: string | null, at: Instant): boolean {
  return planted.outages.some(
    (outage) =>
      outage.gateway === gateway && outage.from < at && (outage.to === null || at < outage.to),
  )
}
