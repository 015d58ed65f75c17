/** What devices of shared places notice on a day, and what meters read. Pure. */
import { dayMs, hourMs, minuteMs, secondMs, type Instant } from '../src/kernel/clock.ts'
import type { DeviceKind, TownDevice } from '../town/map.ts'
import { plainDay, type DayKind, type Weather } from './almanac.ts'
import { hashOf, seeded, type Seeded } from './seeded.ts'

/** One thing noticed; `value` where `state` is a measure. */
export type Notice = { at: Instant; state: string; value?: number }

type Noticing = Pick<TownDevice, 'kind' | 'place' | 'label' | 'model' | 'occupants'>

/**
 * The notices of one day ('YYYY-MM-DD', Shanghai), in order of time and all within the day. What
 * is in a home says nothing here: who lives there is told of in days.ts.
 */
export function sharedDay(
  device: Noticing,
  day: string,
  seed: number,
  kind: DayKind = plainDay(day),
): Notice[] {
  if (isHome(device)) return []
  const chance = seeded(seed, device.place, device.label, day)
  const midnight = Date.parse(`${day}T00:00:00+08:00`)
  return noticesOf(device, chance, kind)
    .map((one) => ({ ...one, at: midnight + Math.min(one.at, dayMs - secondMs) }))
    .toSorted((a, b) => a.at - b.at)
}

/** How likely on one day of one device, by weather: seldom enough that a street can answer it. */
const leaks: Record<Weather, number> = { usual: 0.002, heat: 0.002, typhoon: 0.05 }
const lids: Record<Weather, number> = { usual: 0.001, heat: 0.001, typhoon: 0.02 }
const overloads: Record<Weather, number> = { usual: 0.0005, heat: 0.01, typhoon: 0.002 }

/** Instants from midnight on. */
function noticesOf(device: Noticing, chance: Seeded, { isOff, weather }: DayKind): Notice[] {
  switch (device.kind) {
    case 'door-access':
      return entrances(chance, weather)
    case 'door-contact':
      return roofDoor(chance, isOff, weather)
    case 'motion':
      return spans(chance, chance.between(10, 24), [6, 22], [1, 6], ['occupied', 'clear'])
    case 'smoke':
      return chance.isLucky(0.01) ? [{ at: clock(chance, 9, 16), state: 'test' }] : []
    case 'water-leak':
      return rarely(chance, leaks[weather], [0, 20], [30, 150], ['wet', 'dry'])
    case 'electrical':
      return rarely(chance, overloads[weather], [12, 22], [4, 30], ['overload', 'normal'])
    case 'camera-event':
      return scenes(device.label, chance, weather)
    case 'ground':
      return ground(device, chance, weather)
    default:
      return []
  }
}

/** From, until, and how many usually come in. */
const entranceHours: readonly [number, number, number][] = [
  [6, 9, 12],
  [9, 11, 4],
  [11, 13, 8],
  [13, 16, 4],
  [16, 20, 18],
  [20, 23, 6],
]

/** Card, code or pass at the stair's door: mornings, noon, evenings; now and then a wrong one. */
function entrances(chance: Seeded, weather: Weather): Notice[] {
  const few = weather === 'typhoon' ? 4 : 1
  return entranceHours.flatMap(([from, to, usual]) =>
    Array.from({ length: Math.ceil(chance.between(usual - 2, usual + 3) / few) }, () => ({
      at: clock(chance, from, to),
      state: chance.isLucky(0.03) ? 'refused' : 'granted',
    })),
  )
}

/** Somebody looks after the roof in working hours and closes the door after them; wind does not. */
function roofDoor(chance: Seeded, isOff: boolean, weather: Weather): Notice[] {
  if (weather === 'typhoon') return rarely(chance, 0.06, [0, 22], [5, 60], ['open', 'closed'])
  return rarely(chance, isOff ? 0.01 : 0.04, [8, 16], [2, 30], ['open', 'closed'])
}

function scenes(label: string, chance: Seeded, weather: Weather): Notice[] {
  if (label.includes('消防')) {
    return rarely(chance, 0.06, [16, 22], [5, 45], ['fire-lane-blocked', 'clear'])
  }
  if (label.includes('垃圾')) {
    const share = weather === 'typhoon' ? 0.2 : 0.08
    return rarely(chance, share, [7, 19], [20, 120], ['bin-overflowing', 'clear'])
  }
  return rarely(chance, 0.015, [17, 22], [1, 2], ['e-bike-in-lift', 'clear'])
}

/** A parking space is taken and left; a manhole's cover lies still but for a bump now and then. */
function ground({ label, model }: Noticing, chance: Seeded, weather: Weather): Notice[] {
  if (label.includes('车位')) {
    return spans(chance, chance.between(2, 5), [6, 21], [20, 140], ['occupied', 'free'])
  }
  const isTilt = model?.startsWith('chirpstack/') ?? false
  const states: [string, string] = isTilt ? ['tilted', 'upright'] : ['moved', 'still']
  return rarely(chance, lids[weather], [9, 17], [3, 15], states)
}

/** One stretch, on so few days. */
function rarely(
  chance: Seeded,
  share: number,
  hours: [number, number],
  minutes: [number, number],
  states: [string, string],
): Notice[] {
  return chance.isLucky(share) ? spans(chance, 1, hours, minutes, states) : []
}

/** So many stretches between two hours, each a state and its end; none runs into the next. */
function spans(
  chance: Seeded,
  times: number,
  [from, to]: [number, number],
  [least, most]: [number, number],
  [begins, ends]: [string, string],
): Notice[] {
  const eachMs = ((to - from) * hourMs) / Math.max(1, times)
  return Array.from({ length: times }, (_one, nth): Notice[] => {
    const lastsMs = Math.min(chance.between(least, most) * minuteMs, Math.floor(eachMs * 0.8))
    const free = Math.floor((eachMs - lastsMs) / secondMs) - 1
    const at = from * hourMs + Math.floor(nth * eachMs) + chance.between(0, free) * secondMs
    return [
      { at, state: begins },
      { at: at + lastsMs, state: ends },
    ]
  }).flat()
}

function clock(chance: Seeded, from: number, to: number): Instant {
  return chance.between(from * 3_600, to * 3_600 - 1) * secondMs
}

/** What stands in for a heartbeat where a device says numbers; none for all the others. */
export function numbersAt(
  device: Noticing,
  at: Instant,
  seed: number,
  weather: Weather = 'usual',
): Notice[] {
  const { kind, model, occupants } = device
  // A counter of days says its sums and no number in between.
  if (occupants !== undefined) return []
  const own = hashOf(`${device.place} ${device.label}`)
  const chance = seeded(seed, own, at)
  if (kind === 'water-meter') return [{ at, state: 'water-litres', value: litresAt(own, at) }]
  if (kind === 'electrical') {
    const load = 4_000 + (weather === 'heat' ? 24_000 : 16_000) * demandAt(at)
    const current = Math.round(load * (0.8 + 0.4 * chance.next()))
    const temperature = 2_400 + Math.round(current / 20) + chance.between(-50, 50)
    const said = [{ at, state: 'current-ma', value: current }]
    // The circuit monitor behind zigbee2mqtt declares no temperature.
    if (model?.startsWith('zigbee2mqtt/')) return said
    return [...said, { at, state: 'temperature-centi-c', value: temperature }]
  }
  const isNose = kind === 'gas' && model === null && !isHome(device)
  return isNose ? [{ at, state: 'gas-ppm', value: chance.between(2, 12) }] : []
}

const metersBegan = Date.parse('2024-01-01T00:00:00+08:00')

/** A building's meter only rises: fast when people are up, hardly at night. */
function litresAt(own: number, at: Instant): number {
  const daily = 6_000 + (own % 5_000)
  const days = Math.floor((at - metersBegan) / dayMs)
  return Math.floor(daily * (days + usedBy((at - metersBegan) % dayMs)))
}

/** What part of the day's water ran by then: little till five, all by eleven at night. */
function usedBy(ofDayMs: number): number {
  const hour = ofDayMs / hourMs
  if (hour < 5) return 0.02 * (hour / 5)
  return Math.min(1, 0.02 + (0.98 * (hour - 5)) / 18)
}

/** 0 at night to 1 at supper time. */
function demandAt(at: Instant): number {
  const hour = ((at - metersBegan) % dayMs) / hourMs
  return Math.max(0, Math.sin(((hour - 5) / 18) * Math.PI)) * (hour > 17 && hour < 22 ? 1 : 0.6)
}

const onBattery = new Set<DeviceKind>([
  ...(['door-contact', 'motion', 'smoke', 'water-leak', 'sos-button', 'ground'] as const),
])

/** Per cent; a battery lasts ten months and is changed at 40. Undefined: on mains. */
export function batteryAt(device: Noticing, at: Instant): number | undefined {
  if (!onBattery.has(device.kind)) return undefined
  const days = Math.floor(at / dayMs) + (hashOf(`${device.place} ${device.label}`) % 300)
  return 100 - Math.floor((days % 300) / 5)
}

function isHome({ place }: Noticing): boolean {
  return place.split('-').length === 4
}
