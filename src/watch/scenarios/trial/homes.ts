import { dayMs, hourMs, minuteMs, secondMs, type Instant } from '../../../kernel/clock.ts'
import type { Chance } from './chance.ts'
import { numberOf } from './codes.ts'
import type { Matter } from './types.ts'

/** How often homes go away or need help. Planted often enough to be seen in a trial. */
export type HomeRates = {
  tripsPerHomeYear: number
  /** A day and perhaps a night with the family; nobody tells it, and nobody needs to know. */
  dayTripsPerHomeYear: number
  /** Of the trips, how many are told with the away switch. */
  toldPercent: number
  helpsPerHomeYear: number
  walksPerHomeYear: number
}

/** Sensors by index. `isGuarded`: agreed to the wandering guard. */
export type Home = {
  place: string
  hash: number
  isGuarded: boolean
  motion: number[]
  contact: number[]
  access: number[]
  /** What lasts over midnight. */
  tripUntil: Instant
  tripFrom: Instant
  helpFrom: Instant
  helpUntil: Instant
}

/** A day as those who live it know it. */
export type LivedDay = { from: Instant; number: number; isOff: boolean }
export type Say = (sensor: number, code: number, at: Instant) => void
export type Noted = {
  matter(matter: Matter): void
  away(away: { home: string; at: Instant; until: Instant }): void
}

type Stretch = { from: number; to: number }

const said = {
  occupied: numberOf('motion', 'occupied'),
  clear: numberOf('motion', 'clear'),
  open: numberOf('door-contact', 'open'),
  closed: numberOf('door-contact', 'closed'),
  granted: numberOf('door-access', 'granted'),
}

/**
 * A home's day, as far as its door and its motion sensors can tell: up at five or six, the market,
 * noon, a nap, outings on some days, supper, bed before ten. Three homes of ten are families, where
 * working days are empty from eight to six. On days off the market is later and trips are more.
 */
export function liveDay(
  home: Home,
  day: LivedDay,
  rates: HomeRates,
  chance: Chance,
  say: Say,
  noted: Noted,
): void {
  beginTrip(home, day, rates, chance, noted)
  beginHelp(home, day, rates, chance, noted)
  const heard: Say = (sensor, code, at) => {
    if (at >= home.tripFrom + minuteMs && at < home.tripUntil) return
    if (at >= home.helpFrom && at < home.helpUntil) return
    say(sensor, code, at)
  }
  const isFamily = home.hash % 10 < 3
  const outings = isFamily ? familyOutings(home, day, chance) : elderOutings(home, day, chance)
  nightOf(home, day, rates, chance, heard, noted)
  indoors(home, day, outings, isFamily, chance, heard)
  for (const outing of outings) doorOf(home, day, outing, chance, heard)
  comeAndGo(home, day, chance, heard)
}

function beginTrip(home: Home, day: LivedDay, rates: HomeRates, chance: Chance, noted: Noted) {
  const perDay = (rates.tripsPerHomeYear / 365) * (day.isOff ? 1.8 : 0.65)
  const isGoing = chance.isLucky(perDay)
  const isDayTrip = chance.isLucky(rates.dayTripsPerHomeYear / 365)
  const leaves = chance.between(450, 780)
  const days = chance.between(1, day.isOff ? 8 : 5) * dayMs
  const lasts = isGoing ? days : chance.between(12, 26) * hourMs
  const lateMs = chance.between(-180, 300) * minuteMs
  const isTold = chance.isLucky(rates.toldPercent / 100)
  const isElsewhere = home.tripUntil > day.from || home.helpUntil > day.from
  if (isElsewhere || (!isGoing && !isDayTrip)) return
  home.tripFrom = day.from + leaves * minuteMs
  home.tripUntil = home.tripFrom + lasts + (isGoing ? lateMs : 0)
  if (!isGoing) return
  const { place, tripFrom: from, tripUntil: until } = home
  if (isTold) return noted.away({ home: place, at: from - 10 * minuteMs, until })
  noted.matter({ about: 'life', place, sensor: null, from, until, outcome: 'away' })
}

function beginHelp(home: Home, day: LivedDay, rates: HomeRates, chance: Chance, noted: Noted) {
  const falls = chance.isLucky(rates.helpsPerHomeYear / 365)
  const at = day.from + chance.between(0, dayMs / secondMs - 1) * secondMs
  const lasts = chance.between(60, 120) * hourMs
  if (!falls || home.helpUntil > day.from) return
  if (at + lasts > home.tripFrom && at < home.tripUntil) return
  home.helpFrom = at
  home.helpUntil = at + lasts
  const { place, helpUntil: until } = home
  noted.matter({ about: 'life', place, sensor: null, from: at, until, outcome: 'needed-help' })
}

function elderOutings({ hash }: Home, { isOff }: LivedDay, chance: Chance): Stretch[] {
  const begin = 415 + (hash % 86) + chance.between(-12, 15) + (isOff ? 35 : 0)
  const market = { from: begin, to: begin + chance.between(35, 80) }
  if (isOff && chance.isLucky(0.4)) {
    const family = chance.between(630, 690)
    return [market, { from: family, to: family + chance.between(150, 300) }]
  }
  if (!chance.isLucky(0.3 + (hash % 50) / 100)) return [market]
  const square = 835 + chance.between(25, 60)
  return [market, { from: square, to: square + chance.between(40, 110) }]
}

function familyOutings({ hash }: Home, { isOff }: LivedDay, chance: Chance): Stretch[] {
  if (isOff) {
    const from = chance.between(560, 840)
    return chance.isLucky(0.7) ? [{ from, to: from + chance.between(90, 400) }] : []
  }
  const leaves = 445 + (hash % 60) + chance.between(-8, 10)
  return [{ from: leaves, to: 1_040 + (hash % 80) + chance.between(-20, 60) }]
}

/** Stirring by night; and who walks out by night, or only puts the rubbish out. */
function nightOf(
  home: Home,
  day: LivedDay,
  rates: HomeRates,
  chance: Chance,
  say: Say,
  noted: Noted,
): void {
  const isWalking =
    chance.isLucky(rates.walksPerHomeYear / 365) &&
    home.isGuarded &&
    home.tripUntil <= day.from &&
    home.helpUntil <= day.from
  const at = day.from + chance.between(10, 200) * minuteMs
  const back = at + chance.between(45, 160) * minuteMs
  if (!isWalking) return quietNight(home, day, at, chance, say)
  door(home, at, chance, say)
  door(home, back, chance, say)
  move(home, back + 20 * secondMs, chance, say)
  const { place } = home
  const walk = { place, sensor: null, from: at, until: back, outcome: 'needed-help' as const }
  noted.matter({ about: 'wandering', ...walk })
}

function quietNight(home: Home, day: LivedDay, at: Instant, chance: Chance, say: Say): void {
  for (let times = chance.between(0, 2); times > 0; times--) {
    stirring(home, day, chance.between(40, 275), chance, say)
  }
  if (!chance.isLucky(0.01)) return
  door(home, at, chance, say)
  door(home, at + 4 * minuteMs, chance, say)
  move(home, at + 5 * minuteMs, chance, say)
}

function indoors(
  home: Home,
  day: LivedDay,
  outings: Stretch[],
  isFamily: boolean,
  chance: Chance,
  say: Say,
): void {
  const noon = 745 + (home.hash % 30)
  const nap = { from: noon, to: noon + chance.between(50, 95) }
  const quiet = isFamily ? outings : [nap, ...outings]
  const bed = isFamily ? 1_370 : 1_220 + (home.hash % 80)
  const wakes = (isFamily ? 380 : 300 + (home.hash % 85)) + chance.between(-10, 15)
  for (let at = wakes; at < bed;) {
    const within = quiet.find((stretch) => stretch.from - 12 <= at && at <= stretch.to)
    if (!within) stirring(home, day, at, chance, say)
    at = within ? within.to + chance.between(2, 8) : at + chance.between(14, 50)
  }
}

/** Out and in again; the stair's door asks for the card only on the way in. */
function doorOf(home: Home, day: LivedDay, outing: Stretch, chance: Chance, say: Say): void {
  const left = day.from + outing.from * minuteMs + chance.between(0, 59) * secondMs
  const back = day.from + outing.to * minuteMs + chance.between(0, 59) * secondMs
  move(home, left - 20 * secondMs, chance, say)
  door(home, left, chance, say)
  for (const sensor of home.access) say(sensor, said.granted, back - 70 * secondMs)
  door(home, back, chance, say)
  move(home, back + 25 * secondMs, chance, say)
}

/** The door of a trip's first and last day. */
function comeAndGo(home: Home, day: LivedDay, chance: Chance, say: Say): void {
  const isToday = (at: Instant) => at >= day.from && at < day.from + dayMs
  if (isToday(home.tripFrom)) door(home, home.tripFrom, chance, say)
  if (!isToday(home.tripUntil)) return
  door(home, home.tripUntil, chance, say)
  move(home, home.tripUntil + 30 * secondMs, chance, say)
}

function stirring(home: Home, day: LivedDay, minute: number, chance: Chance, say: Say): void {
  move(home, day.from + minute * minuteMs + chance.between(0, 59) * secondMs, chance, say)
}

/** Somebody moves, and after a while the room is empty again. */
function move({ motion }: Home, at: Instant, chance: Chance, say: Say): void {
  const sensor = motion[chance.between(0, motion.length - 1)]
  const lasts = chance.between(2, 9) * minuteMs
  if (sensor === undefined) return
  say(sensor, said.occupied, at)
  say(sensor, said.clear, at + lasts)
}

function door({ contact }: Home, at: Instant, chance: Chance, say: Say): void {
  const stands = chance.between(4, 15) * secondMs
  for (const sensor of contact) {
    say(sensor, said.open, at)
    say(sensor, said.closed, at + stands)
  }
}
