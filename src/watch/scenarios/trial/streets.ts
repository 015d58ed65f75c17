import { minuteMs, type Instant } from '../../../kernel/clock.ts'
import type { HomeCode, PlaceCode, StreetCode } from '../../../kernel/ids.ts'
import type { DeviceKind, DevicePurpose } from '../../devices/index.ts'
import type { Agreement, StreetSensor } from '../kernel/street-types.ts'
import { onOwnWord } from './own-word.ts'
import type { SimulatedStreet } from './simulated.ts'

export type InventedStreet = SimulatedStreet & {
  street: StreetCode
  agreements: Agreement[]
}

/**
 * What stands where, of a hundred devices. Twelve homes with a motion sensor and a contact at the
 * door, ten stair doors, meters and alarms in other homes, the rest in public space.
 */
const perHundred: readonly (readonly [DeviceKind, DevicePurpose, number, Where])[] = [
  ['motion', 'agreed-care', 12, 'cared-home'],
  ['door-contact', 'agreed-care', 12, 'cared-home'],
  ['sos-button', 'emergency-call', 6, 'cared-home'],
  ['door-access', 'door-security', 6, 'stair'],
  ['smoke', 'home-safety', 22, 'home'],
  ['gas', 'home-safety', 9, 'home'],
  ['water-leak', 'home-safety', 6, 'home'],
  ['water-meter', 'water-and-power', 9, 'home'],
  ['electrical', 'water-and-power', 3, 'stair'],
  ['camera-event', 'public-space', 4, 'stair'],
  ['camera-event', 'public-space', 3, 'compound'],
  ['ground', 'public-space', 8, 'compound'],
]
type Where = 'cared-home' | 'home' | 'stair' | 'compound'

/** Of homes that agreed to care, one in so many agreed to the wandering guard too. */
const guardedOneOf = 8

/**
 * A street that does not exist, of so many devices, about a hundred a committee. Its code begins
 * with 9999, which no division has.
 */
export function inventStreet(devices: number, since: Instant, number = 1): InventedStreet {
  const street = `9999${String(number).padStart(5, '0')}` as StreetCode
  const committeesMax = Math.max(1, Math.min(999, Math.round(devices / 100)))
  const sensors: StreetSensor[] = []
  const cared = new Map<HomeCode, boolean>()
  for (let hundred = 0; sensors.length < devices; hundred++) {
    const committee = `${street}${String((hundred % committeesMax) + 1).padStart(3, '0')}`
    for (const [kind, purpose, times, where] of perHundred) {
      for (let i = 0; i < times && sensors.length < devices; i++) {
        const place = placeOf(committee, Math.floor(hundred / committeesMax), i, where)
        const sensor = `${kind}-${sensors.length}-${street}`
        const gateway = `gateway ${place.slice(0, 18)}`
        sensors.push({
          ...{ sensor, street, kind, place, purpose, gateway, since, heardAt: null },
          limitMs: 3 * minuteMs,
        })
        if (purpose === 'agreed-care') cared.set(place as HomeCode, i % guardedOneOf === 0)
      }
    }
  }
  return { street, sensors, ...agreedOf(cared, street, since) }
}

function placeOf(committee: string, round: number, number: number, where: Where): PlaceCode {
  const compound = `${committee}-${String((round % 99) + 1).padStart(2, '0')}`
  const stair = `${compound}-${(number % 6) + 1}`
  const floor = Math.floor(number / 6) + 1
  switch (where) {
    case 'compound':
      return compound as PlaceCode
    case 'stair':
      return stair as PlaceCode
    case 'home':
      return `${stair}-${floor}02` as PlaceCode
    case 'cared-home':
      return `${stair}-${floor}01` as PlaceCode
    default:
      return where satisfies never
  }
}

function agreedOf(cared: ReadonlyMap<HomeCode, boolean>, street: StreetCode, since: Instant) {
  const guarded = [...cared].filter(([, isGuarded]) => isGuarded).map(([home]) => home)
  const care = [...cared.keys()].map((home) => onOwnWord(home, 'agreed-care', street, since))
  const guard = guarded.map((home) => onOwnWord(home, 'wandering-guard', street, since))
  return {
    agreed: new Set<string>(cared.keys()),
    guarded: new Set<string>(guarded),
    agreements: [...care, ...guard],
  }
}
