import { dayMs, hourMs, minuteMs, secondMs, type Instant } from '../../../kernel/clock.ts'
import type { DeviceKind } from '../../devices/index.ts'
import type { Chance } from './chance.ts'
import { codes, numberOf } from './codes.ts'
import type { LivedDay, Noted } from './homes.ts'
import type { Matter } from './types.ts'

/** A device that no home's habits move. `count` runs on over days: litres, watt-hours. */
export type Thing = {
  sensor: number
  id: string
  kind: DeviceKind
  place: string
  hash: number
  isDailySum: boolean
  count: number
}

/** Of hazards, so many a year: real ones, and what only looked so. Practice; parameters. */
export type HazardRates = { realPercent: number; falsePercent: number }

export type ThingDay = {
  day: LivedDay
  rates: HazardRates
  chance: Chance
  say(sensor: number, code: number, value: number, at: Instant): void
  noted: Noted
}

const none = Number.NaN

/** What one device says on one day. */
export function thingDay(thing: Thing, given: ThingDay): void {
  if (thing.isDailySum) return daySum(thing, given)
  ways[thing.kind](thing, given)
}

const ways: Record<DeviceKind, (thing: Thing, given: ThingDay) => void> = {
  'door-access': access,
  'door-contact': (thing, given) => cycles(thing, given, ['open', 'closed'], 20, 15 * secondMs),
  motion: (thing, given) => cycles(thing, given, ['occupied', 'clear'], 15, 4 * minuteMs),
  smoke: (thing, given) => {
    if (given.day.number % 30 === thing.hash % 30) said(thing, given, 'test', at(given, 540, 660))
    hazard(thing, given, { state: 'alarm', ends: 'clear', real: 0.01, false: 0.2, lasts: 20 })
  },
  gas: (thing, given) => {
    for (let hour = thing.hash % 8; hour < 24; hour += 8) {
      const ppm = given.chance.between(0, 30)
      given.say(thing.sensor, numberOf('gas', 'gas-ppm'), ppm, given.day.from + hour * hourMs)
    }
    hazard(thing, given, { state: 'alarm', ends: 'clear', real: 0.02, false: 0.15, lasts: 30 })
  },
  'water-leak': (thing, given) =>
    hazard(thing, given, { state: 'wet', ends: 'dry', real: 0.3, false: 0.15, lasts: 180 }),
  'water-meter': waterMeter,
  electrical: circuit,
  'sos-button': (thing, given) => {
    hazard(thing, given, { state: 'pressed', ends: null, real: 0.2, false: 1, lasts: 60 })
  },
  'camera-event': camera,
  ground,
}

/** A stair's door: eighty passes on a working day, and what goes wrong at doors. */
function access(thing: Thing, given: ThingDay): void {
  const { chance, day } = given
  const passes = chance.between(72, 100) - (day.isOff ? 15 : 0)
  for (let i = 0; i < passes; i++) said(thing, given, 'granted', at(given, 330, 1_410))
  if (chance.isLucky(0.3)) said(thing, given, 'refused', at(given, 400, 1_300))
  if (chance.isLucky(0.25)) said(thing, given, 'tailgate', at(given, 420, 1_300))
  if (chance.isLucky(4 / 365)) {
    const from = at(given, 0, 1_380)
    for (let i = 0; i < 7; i++) said(thing, given, 'refused', from + i * 70 * secondMs)
    matter(thing, given, 'refused', [from, from + 20 * minuteMs], chance.isLucky(0.3))
  }
  if (chance.isLucky(3 / 365)) {
    const from = at(given, 0, 1_430)
    said(thing, given, 'revoked-pass', from)
    matter(thing, given, 'revoked-pass', [from, from + 10 * minuteMs], true)
  }
  hazard(thing, given, { state: 'forced', ends: null, real: 0.3, false: 0.4, lasts: 30 })
  const open = { state: 'held-open', ends: 'granted', real: 8, false: 10, lasts: 25 }
  hazard(thing, given, open)
}

function cycles(
  thing: Thing,
  given: ThingDay,
  [on, off]: readonly [string, string],
  times: number,
  lastsMs: number,
): void {
  for (let i = given.chance.between(times - 4, times + 4); i > 0; i--) {
    const from = at(given, 330, 1_400)
    said(thing, given, on, from)
    said(thing, given, off, from + given.chance.between(lastsMs / 2, lastsMs))
  }
}

/** Litres so far, every hour: a home's use, with a peak in the morning and one in the evening. */
function waterMeter(thing: Thing, { day, chance, say }: ThingDay): void {
  const code = numberOf('water-meter', 'water-litres')
  for (let hour = 0; hour < 24; hour++) {
    const isPeak = (hour >= 6 && hour < 9) || (hour >= 17 && hour < 21)
    thing.count += isPeak ? chance.between(8, 30) : chance.between(0, hour < 6 ? 1 : 9)
    say(thing.sensor, code, thing.count, day.from + hour * hourMs + (thing.hash % 3_600) * secondMs)
  }
}

/** A circuit: half-hourly watts and temperature, watt-hours at midnight, seldom a fault. */
function circuit(thing: Thing, given: ThingDay): void {
  const { day, chance, say } = given
  const load = 300 + (thing.hash % 1_500)
  for (let half = 0; half < 48; half += 2) {
    const when = day.from + half * 30 * minuteMs + (thing.hash % 1_800) * secondMs
    const watts = load + chance.between(0, half > 34 ? 1_200 : 400)
    thing.count += watts
    say(thing.sensor, numberOf('electrical', 'power-w'), watts, when)
    const centi = 2_200 + Math.floor(watts / 2) + chance.between(0, 300)
    say(thing.sensor, numberOf('electrical', 'temperature-centi-c'), centi, when + 2 * secondMs)
  }
  say(thing.sensor, numberOf('electrical', 'energy-wh'), thing.count, day.from + dayMs - minuteMs)
  const state = ['overload', 'overheated', 'arc'][thing.hash % 3] ?? 'arc'
  hazard(thing, given, { state, ends: 'normal', real: 0.4, false: 0.4, lasts: 40 })
}

/** In a stair a lift's camera; in a compound one at the fire lane or at the bins. */
function camera(thing: Thing, given: ThingDay): void {
  const isLift = thing.place.split('-').length > 2
  if (isLift) {
    const bike = { state: 'e-bike-in-lift', ends: 'clear', real: 70, false: 6, lasts: 3 }
    return hazard(thing, given, bike)
  }
  if (thing.hash % 2 === 0) {
    const lane = { state: 'fire-lane-blocked', ends: 'clear', real: 90, false: 8, lasts: 50 }
    return hazard(thing, given, lane)
  }
  const bins = { state: 'bin-overflowing', ends: 'clear', real: 120, false: 6, lasts: 150 }
  hazard(thing, given, bins)
}

/** Three of four are parking places, the fourth a manhole's cover. */
function ground(thing: Thing, given: ThingDay): void {
  if (thing.hash % 4 > 0) return cycles(thing, given, ['occupied', 'free'], 7, 2 * hourMs)
  const state = thing.hash % 8 === 0 ? 'tilted' : 'moved'
  const ends = state === 'tilted' ? 'upright' : 'still'
  hazard(thing, given, { state, ends, real: 0.5, false: 0.3, lasts: 300 })
}

/** One number a home and day, and nothing finer. */
function daySum({ sensor, kind, hash }: Thing, { day, chance, say }: ThingDay): void {
  const code = codes.findIndex((one) => one.kind === kind && one.state.endsWith('-day'))
  if (code < 0) return
  const usual = kind === 'water-meter' ? 120 + (hash % 260) : 4 + (hash % 12)
  const value = Math.round(usual * (0.7 + 0.6 * chance.next()))
  say(sensor, code, value, day.from + dayMs - 10 * minuteMs)
}

type Hazard = { state: string; ends: string | null; real: number; false: number; lasts: number }

/** So often a year, real or false; `lasts` minutes at most. */
function hazard(thing: Thing, given: ThingDay, what: Hazard): void {
  const { chance, rates } = given
  const real = (what.real * rates.realPercent) / 36_500
  const all = real + (what.false * rates.falsePercent) / 36_500
  const number = chance.next()
  if (number >= all) return
  const from = at(given, 0, 1_439)
  const until = from + chance.between(minuteMs, what.lasts * minuteMs)
  said(thing, given, what.state, from)
  if (what.ends !== null) said(thing, given, what.ends, until)
  matter(thing, given, what.state, [from, until + hourMs], number < real)
}

function matter(
  { kind, place, id }: Thing,
  { noted }: ThingDay,
  state: string,
  [from, until]: readonly [Instant, Instant],
  isReal: boolean,
): void {
  const real: Matter['outcome'] = kind === 'sos-button' ? 'needed-help' : 'hazard-real'
  const outcome = isReal ? real : 'hazard-false'
  noted.matter({ about: `${kind} ${state}`, place, sensor: id, from, until, outcome })
}

function said({ sensor, kind }: Thing, { say }: ThingDay, state: string, when: Instant): void {
  say(sensor, numberOf(kind, state), none, when)
}

/** Some second between these minutes of the day. */
function at({ day, chance }: ThingDay, from: number, to: number): Instant {
  return day.from + chance.between(from * 60, to * 60) * secondMs
}
