import { dayOf, weekdayOf } from '../../../kernel/calendar.ts'
import { dayMs, secondMs, type Instant } from '../../../kernel/clock.ts'
import type { StreetSensor } from '../kernel/street-types.ts'
import { hashOf, openChance, type Chance } from './chance.ts'
import { openDayBuffer, type DayOfMessages } from './day-buffer.ts'
import { openFaults, type FaultRates } from './faults.ts'
import { liveDay, type Home, type HomeRates, type LivedDay } from './homes.ts'
import { thingDay, type HazardRates, type Thing } from './things.ts'
import type { Matter } from './types.ts'

export type Rates = FaultRates & HomeRates & HazardRates

/**
 * Planted often enough that a trial of 90 days shows something; not what really happens, and
 * nothing here is measured. A figure from these days is labelled simulated wherever it is shown.
 */
export const usualRates: Rates = {
  deadPerSensorYear: 0.3,
  cutsPerGatewayYear: 6,
  stuckPerSensorYear: 0.03,
  tripsPerHomeYear: 5,
  dayTripsPerHomeYear: 10,
  toldPercent: 90,
  helpsPerHomeYear: 0.15,
  walksPerHomeYear: 4,
  realPercent: 100,
  falsePercent: 100,
}

/** `agreed`, `guarded`: homes that agreed to care, to the wandering guard. */
export type SimulatedStreet = {
  sensors: readonly StreetSensor[]
  agreed: ReadonlySet<string>
  guarded: ReadonlySet<string>
  isDayOff?: (day: string) => boolean | undefined
}

/**
 * Days of a street, one after the other, each in columns that are used again for the next. The same
 * street, seed, first day and rates give the same days.
 */
export type Simulation = {
  /** `planted` began on this day; what began earlier and lasts was told then. */
  next(): { messages: DayOfMessages; planted: Matter[] }
}

export function openSimulation(
  street: SimulatedStreet,
  { seed, from, rates = usualRates }: { seed: number; from: Instant; rates?: Rates },
): Simulation {
  const chance = openChance()
  const buffer = openDayBuffer()
  let planted: Matter[] = []
  const found = (matter: Matter) => planted.push(matter)
  const { homes, things } = unitsOf(street)
  const noise = openChance()
  const faults = openFaults(street.sensors, rates, chance, seed, found)
  const say = (sensor: number, code: number, value: number, at: Instant) => {
    if (faults.isDead(sensor, at) || faults.isStuck(sensor, at)) return
    buffer.say(sensor, code, value, at, delayOf(noise))
  }
  const noted = { matter: found, away: (one: Away) => buffer.day.away.push(one) }
  let day = livedDay(from, street)
  return {
    next: () => {
      planted = []
      buffer.clear(day.from)
      faults.beginDay(day.from, day.number)
      noise.begin(seed, day.number, 0x0de1)
      for (const home of homes) {
        chance.begin(seed, home.hash, day.number)
        liveDay(home, day, rates, chance, (s, code, at) => say(s, code, Number.NaN, at), noted)
      }
      for (const thing of things) {
        chance.begin(seed, thing.hash, day.number)
        thingDay(thing, { day, rates, chance, say, noted })
      }
      const messages = buffer.sorted()
      messages.covers = faults.coversOf(day.from)
      day = livedDay(day.from + dayMs, street)
      return { messages, planted }
    },
  }
}

type Away = DayOfMessages['away'][number]

/** Of a hundred messages one waits at its gateway for up to a minute and a half. */
function delayOf(noise: Chance): number {
  const number = noise.next()
  return number < 0.01 ? Math.floor(number * 9_000 * secondMs) : Math.floor(number * 2 * secondMs)
}

function livedDay(from: Instant, { isDayOff }: SimulatedStreet): LivedDay {
  const day = dayOf(from)
  const weekday = weekdayOf(day)
  const isOff = isDayOff?.(day) ?? (weekday === 0 || weekday === 6)
  return { from, number: Math.floor(from / dayMs), isOff }
}

function unitsOf({ sensors, agreed, guarded }: SimulatedStreet): {
  homes: Home[]
  things: Thing[]
} {
  const homes = new Map<string, Home>()
  const things: Thing[] = []
  for (const [number, { sensor, kind, place, purpose }] of sensors.entries()) {
    const isOfLife = kind === 'motion' || kind === 'door-contact' || kind === 'door-access'
    if (purpose === 'agreed-care' && isOfLife) {
      // Nothing is stored of a home that has not agreed, so nothing is simulated of it.
      if (agreed.has(place)) addToHome(homes, number, kind, place, guarded.has(place))
      continue
    }
    const hash = hashOf(sensor)
    const isDailySum = purpose === 'crowding-check'
    things.push({ sensor: number, id: sensor, kind, place, hash, isDailySum, count: hash % 9_999 })
  }
  return { homes: [...homes.values()], things }
}

function addToHome(
  homes: Map<string, Home>,
  sensor: number,
  kind: 'motion' | 'door-contact' | 'door-access',
  place: string,
  isGuarded: boolean,
): void {
  const lasting = { tripFrom: 0, tripUntil: 0, helpFrom: 0, helpUntil: 0 }
  const home = homes.get(place) ?? {
    ...{ place, hash: hashOf(place), isGuarded, motion: [], contact: [], access: [] },
    ...lasting,
  }
  homes.set(place, home)
  if (kind === 'motion') home.motion.push(sensor)
  else if (kind === 'door-contact') home.contact.push(sensor)
  else home.access.push(sensor)
}
