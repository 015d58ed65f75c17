/** The places of a small street, what stands in them, and who agreed. */
import { hourMs, minuteMs, type Instant } from '../../src/kernel/clock.ts'
import type { ConsentId, HomeCode, PersonId, PlaceCode, StreetCode } from '../../src/kernel/ids.ts'
import type { DeviceKind, DevicePurpose } from '../../src/watch/devices/index.ts'
import type { Agreement, StreetSensor } from '../../src/watch/scenarios/index.ts'
import type { Draw } from './chance.ts'
import { street, type Span } from './rules.ts'

const committee = '310104011013'

type Placed = { sensor: string; kind: DeviceKind; purpose: DevicePurpose; place: PlaceCode }

export function sensorOf(draw: Draw, span: Span, since: Instant, placed: Placed): StreetSensor {
  const minutes = draw.oneOf([3, 7, 15, 40] as const)
  const limitMs = span === 'days' ? draw.between(5, 9) * hourMs : minutes * minuteMs
  return {
    ...{ ...placed, street, limitMs, since, heardAt: null },
    gateway: draw.oneOf([null, 'g1', 'g2']),
  }
}

/** Personal ones stand in a home; others also on stairs, in the compound, in the neighbourhood. */
export function placeOf(draw: Draw, purpose: DevicePurpose): PlaceCode {
  const home = `${committee}-01-${draw.oneOf(['1-101', '1-101', '1-102', '2-101'])}`
  if (purpose === 'agreed-care') return home as PlaceCode
  const depth = draw.oneOf([4, 4, 4, 3, 3, 2, 1] as const)
  return home.split('-').slice(0, depth).join('-') as PlaceCode
}

/** In these scenes alone an agreement is made of nothing: nobody lives there. */
export function agreementOf(
  home: PlaceCode,
  purpose: 'agreed-care' | 'wandering-guard',
  since: Instant,
): Agreement {
  const consent = {
    purpose,
    consent: `${purpose} ${home} ${since}` as ConsentId,
    person: home as string as PersonId,
    home: home as HomeCode,
    street: street as StreetCode,
    ...{ givenAt: since, until: since + 8_760 * hourMs },
  }
  return {
    home,
    street,
    consent: consent as unknown as Agreement['consent'],
    since,
    awayUntil: null,
  }
}
