/** What devices of shared places notice on a day, and what meters read. Pure. */
import { weekdayOf } from '../src/kernel/calendar.ts'
import { dayMs, hourMs, minuteMs, secondMs, type Instant } from '../src/kernel/clock.ts'
import type { DeviceKind, TownDevice } from '../town/map.ts'
import { hashOf, seeded, type Seeded } from './seeded.ts'

/** One thing noticed; `value` where `state` is a measure. */
export type Notice = { at: Instant; state: string; value?: number }

type Noticing = Pick<TownDevice, 'kind' | 'place' | 'label' | 'model'>

/**
 * The notices of one day ('YYYY-MM-DD', Shanghai), in order of time and all within the day. What
 * is in a home says nothing here: who lives there is told of in days.ts.
 */
export function sharedDay(device: Noticing, day: string, seed: number): Notice[] {
  if (isHome(device)) return []
  const chance = seeded(seed, device.place, device.label, day)
  const isWorkday = ![0, 6].includes(weekdayOf(day))
  const midnight = Date.parse(`${day}T00:00:00+08:00`)
  return noticesOf(device, chance, isWorkday)
    .map((one) => ({ ...one, at: midnight + Math.min(one.at, dayMs - secondMs) }))
    .toSorted((a, b) => a.at - b.at)
}

/** Instants from midnight on. */
function noticesOf(device: Noticing, chance: Seeded, isWorkday: boolean): Notice[] {
  switch (device.kind) {
    case 'door-access':
      return entrances(chance)
    case 'door-contact':
      return chance.isLucky(isWorkday ? 0.5 : 0.1) ? roofDoor(chance) : []
    case 'motion':
      return spans(chance, chance.between(10, 24), [6, 22], [1, 6], ['occupied', 'clear'])
    case 'smoke':
      return chance.isLucky(0.03) ? [{ at: clock(chance, 9, 16), state: 'test' }] : []
    case 'water-leak':
      return spans(chance, Number(chance.isLucky(0.02)), [0, 20], [30, 150], ['wet', 'dry'])
    case 'camera-event':
      return scenes(device.label, chance)
    case 'ground':
      return ground(device, chance)
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
function entrances(chance: Seeded): Notice[] {
  return entranceHours.flatMap(([from, to, usual]) =>
    Array.from({ length: chance.between(usual - 2, usual + 3) }, () => ({
      at: clock(chance, from, to),
      state: chance.isLucky(0.03) ? 'refused' : 'granted',
    })),
  )
}

/** Somebody looks after the roof in working hours and closes the door behind them. */
function roofDoor(chance: Seeded): Notice[] {
  return spans(chance, 1, [8, 16], [5, 40], ['open', 'closed'])
}

function scenes(label: string, chance: Seeded): Notice[] {
  if (label.includes('消防')) {
    const times = Number(chance.isLucky(0.5))
    return spans(chance, times, [16, 22], [8, 45], ['fire-lane-blocked', 'clear'])
  }
  if (label.includes('垃圾')) {
    const times = Number(chance.isLucky(0.4))
    return spans(chance, times, [7, 19], [20, 120], ['bin-overflowing', 'clear'])
  }
  return spans(chance, Number(chance.isLucky(0.3)), [17, 22], [1, 2], ['e-bike-in-lift', 'clear'])
}

/** A parking space is taken and left; a manhole's cover lies still but for a bump now and then. */
function ground({ label, model }: Noticing, chance: Seeded): Notice[] {
  if (label.includes('车位')) {
    return spans(chance, chance.between(2, 5), [6, 21], [20, 140], ['occupied', 'free'])
  }
  const isTilt = model?.startsWith('chirpstack/') ?? false
  const states: [string, string] = isTilt ? ['tilted', 'upright'] : ['moved', 'still']
  return spans(chance, Number(chance.isLucky(0.01)), [9, 17], [3, 15], states)
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
export function numbersAt(device: Noticing, at: Instant, seed: number): Notice[] {
  const { kind, model } = device
  const own = hashOf(`${device.place} ${device.label}`)
  const chance = seeded(seed, own, at)
  if (kind === 'water-meter') return [{ at, state: 'water-litres', value: litresAt(own, at) }]
  if (kind === 'electrical') {
    const load = 4_000 + 16_000 * demandAt(at)
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
