/** What an elder does on a day, as far as a door and a motion sensor can tell. Pure. */
import { minuteMs, secondMs, type Instant } from '../src/kernel/clock.ts'
import type { DeviceKind } from '../town/map.ts'
import { plainDay, type DayKind } from './almanac.ts'
import { seeded, type Seeded } from './seeded.ts'

/** One thing that a sensor of that kind notices. */
export type Sign = { at: Instant; kind: DeviceKind; state: string }

/** Minutes after midnight, in Shanghai. */
type Stretch = { from: number; to: number }
type Habits = { wakes: number; market: number; nap: Stretch; bed: number; goesOut: number }

/**
 * The signs of one day ('YYYY-MM-DD', Shanghai), in order of time and all within the day: up at
 * five or six, the market, noon, a nap, an outing on some days, supper, bed before ten. On days off
 * the market is later and the family takes them out, on feasts nearly always; in heat it is early
 * and nobody goes out again; in a typhoon one goes to the door at most. The same arguments, the
 * same day.
 */
export function dayOf(
  elder: { name: string },
  day: string,
  seed: number,
  kind: DayKind = plainDay(day),
): Sign[] {
  const habits = habitsOf(elder.name, seed)
  const chance = seeded(seed, elder.name, day)
  const outings = outingsOf(habits, chance, kind)
  const midnight = Date.parse(`${day}T00:00:00+08:00`)
  const signs = [
    ...nightOf(chance),
    ...indoorsOf(habits, outings, chance),
    ...outings.flatMap((outing) => doorOf(outing, chance)),
  ]
  return signs.map((sign) => ({ ...sign, at: midnight + sign.at })).toSorted((a, b) => a.at - b.at)
}

function habitsOf(name: string, seed: number): Habits {
  const chance = seeded(seed, name)
  const lunch = chance.between(745, 775)
  return {
    wakes: chance.between(300, 385),
    market: chance.between(415, 500),
    nap: { from: lunch, to: lunch + chance.between(50, 95) },
    bed: chance.between(1220, 1300),
    goesOut: 0.3 + 0.5 * chance.next(),
  }
}

function outingsOf(habits: Habits, chance: Seeded, kind: DayKind): Stretch[] {
  const { isOff, isFeast, weather } = kind
  const early = weather === 'heat' ? 40 : 0
  const begin = habits.market + chance.between(-12, 15) + (isOff ? 35 : 0) - early
  const market = { from: begin, to: begin + chance.between(35, 80) }
  // Down to the stair, to see what the wind did.
  if (weather === 'typhoon') return [{ from: market.from, to: market.from + 12 }]
  if (isOff && chance.isLucky(isFeast ? 0.8 : 0.4)) {
    const family = chance.between(630, 690)
    return [market, { from: family, to: family + chance.between(150, 300) }]
  }
  if (weather === 'heat' || !chance.isLucky(habits.goesOut)) return [market]
  const square = habits.nap.to + chance.between(25, 60)
  return [market, { from: square, to: square + chance.between(40, 110) }]
}

function nightOf(chance: Seeded): Sign[] {
  const times = chance.between(0, 2)
  return Array.from({ length: times }, () => stirring(chance.between(40, 275), chance)).flat()
}

/** Moving about at home between getting up and bed, except on outings and during the nap. */
function indoorsOf(habits: Habits, outings: Stretch[], chance: Seeded): Sign[] {
  const quiet = [habits.nap, ...outings]
  const signs: Sign[] = []
  for (let at = habits.wakes + chance.between(-10, 15); at < habits.bed;) {
    const within = quiet.find((stretch) => stretch.from - 12 <= at && at <= stretch.to)
    if (!within) signs.push(...stirring(at, chance))
    at = within ? within.to + chance.between(2, 8) : at + chance.between(14, 50)
  }
  return signs
}

/** Somebody moves, and after a while the room is empty again. `at` in minutes. */
function stirring(at: number, chance: Seeded): Sign[] {
  const began = at * minuteMs + chance.between(0, 59) * secondMs
  const lasts = chance.between(2, 9) * minuteMs
  return [
    { at: began, kind: 'motion', state: 'occupied' },
    { at: began + lasts, kind: 'motion', state: 'clear' },
  ]
}

/** Out of the flat and in again; the stair's door asks for the card only on the way in. */
function doorOf(outing: Stretch, chance: Seeded): Sign[] {
  const left = outing.from * minuteMs + chance.between(0, 59) * secondMs
  const back = outing.to * minuteMs + chance.between(0, 59) * secondMs
  return [
    { at: left - 20 * secondMs, kind: 'motion', state: 'occupied' },
    { at: left, kind: 'door-contact', state: 'open' },
    { at: left + chance.between(4, 15) * secondMs, kind: 'door-contact', state: 'closed' },
    { at: left + 3 * minuteMs, kind: 'motion', state: 'clear' },
    { at: back - chance.between(50, 110) * secondMs, kind: 'door-access', state: 'granted' },
    { at: back, kind: 'door-contact', state: 'open' },
    { at: back + chance.between(4, 15) * secondMs, kind: 'door-contact', state: 'closed' },
    { at: back + 25 * secondMs, kind: 'motion', state: 'occupied' },
  ]
}
