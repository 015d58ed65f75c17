/** When a gateway says nothing: planted, cut off until it tells all, or dark in a storm. */
import { minuteMs, type Instant } from '../src/kernel/clock.ts'
import type { Planted, TownDevice, TownMap } from '../town/map.ts'
import type { Weather } from './almanac.ts'
import { seeded } from './seeded.ts'
import { keptDate, keptDays } from './stretches.ts'

const darkShare = 0.05

/** Whether nothing of a device is heard, planted or by a storm. */
export function openOutages(map: TownMap, weatherOn: (date: string) => Weather) {
  const dark = keptDays((gateway: { name: string }, date) => darkOn(gateway.name, date, map.seed))
  const gateways = new Map(map.gateways.map((gateway) => [gateway.name, gateway]))
  const dateAt = keptDate()
  return ({ gateway }: TownDevice, at: Instant): boolean => {
    if (gateway === null) return false
    if (isPlanted(map.planted, gateway, at)) return true
    const date = dateAt(at)
    const named = gateways.get(gateway)
    if (!named || weatherOn(date) !== 'typhoon') return false
    return dark(named, date).some(({ from, to }) => from <= at && at < to)
  }
}

/** A storm takes the power from some gateways for an hour or three. */
function darkOn(gateway: string, date: string, seed: number): { from: Instant; to: Instant }[] {
  const chance = seeded(seed, 'dark', gateway, date)
  if (!chance.isLucky(darkShare)) return []
  const from = Date.parse(`${date}T00:00:00+08:00`) + chance.between(0, 20 * 60) * minuteMs
  return [{ from, to: from + chance.between(50, 200) * minuteMs }]
}

function isPlanted({ outages }: Planted, gateway: string, at: Instant): boolean {
  return outages.some(
    (outage) =>
      outage.gateway === gateway && outage.from < at && (outage.to === null || at < outage.to),
  )
}

export function isLate({ late }: Planted, { gateway }: TownDevice, at: Instant): boolean {
  return late.some((one) => one.gateway === gateway && one.from < at && at <= one.to)
}
