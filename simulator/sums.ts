/**
 * The two daily sums that a street may compare once it has switched the crowding check on: water
 * and door openings of a whole day, of homes where such a counter stands. Pure.
 */
import { dayOf } from '../src/kernel/calendar.ts'
import { dayMs, hourMs, minuteMs, type Instant } from '../src/kernel/clock.ts'
import type { Planted, TownDevice } from '../town/map.ts'
import { seeded } from './seeded.ts'
import type { Notice } from './shared.ts'

/** Shortly before the day is over, so that the sum is of that day. */
const saidAtMs = 23 * hourMs + 50 * minuteMs
/** So many times what its registered people would use: above the three that a rule asks for. */
const crowdedTimes = 5

/** In (from, to], of a counter that says nothing else. */
export function sumsBetween(
  device: TownDevice & { occupants: number },
  { crowded }: Pick<Planted, 'crowded'>,
  from: Instant,
  to: Instant,
  seed: number,
): Notice[] {
  const sums: Notice[] = []
  for (let at = midnightOf(from) + saidAtMs; at <= to; at += dayMs) {
    if (at <= from) continue
    const isCrowded = crowded.some((one) => one.home === device.place && one.from <= at)
    sums.push({ at, ...sumOf(device, at, isCrowded ? crowdedTimes : 1, seed) })
  }
  return sums
}

function midnightOf(at: Instant): Instant {
  return Date.parse(`${dayOf(at)}T00:00:00+08:00`)
}

function sumOf({ kind, place, occupants }: TownDevice, at: Instant, times: number, seed: number) {
  const chance = seeded(seed, 'sums', place, kind, dayOf(at))
  const people = times * Math.max(1, occupants ?? 1)
  return kind === 'water-meter'
    ? { state: 'water-litres-day', value: people * chance.between(90, 150) }
    : { state: 'door-openings-day', value: people * chance.between(4, 7) }
}
