import { dayMs, hourMs, type Instant } from '../../../kernel/clock.ts'
import type { HomeCode, PlaceCode } from '../../../kernel/ids.ts'
import type { Pass } from './store.ts'

/** A home has so many that are not over. */
export const passesMax = 10
/** A pass can be made so long ahead. */
export const aheadMaxMs = 14 * dayMs
/** So long after its end nothing of a pass is left. */
export const passKeptMs = dayMs

/** The stair's door and the compound's gate; a home's own door needs no pass. */
export function doorsOf(home: HomeCode): PlaceCode[] {
  const [committee = '', compound = '', stair = ''] = home.split('-')
  return [`${committee}-${compound}-${stair}`, `${committee}-${compound}`] as PlaceCode[]
}

/** When it would begin and end; undefined where it lies in the past or too far ahead. */
export function hoursOf(
  from: Instant,
  hours: number,
  now: Instant,
): { from: Instant; until: Instant } | undefined {
  const until = from + hours * hourMs
  return until > now && from <= now + aheadMaxMs ? { from, until } : undefined
}

/** A pass for the compound's gate opens no stair, and the other way round. */
export function opens(
  pass: Pick<Pass, 'door' | 'from' | 'until' | 'isRevoked'>,
  door: PlaceCode | null,
  now: Instant,
): boolean {
  const isHere = door === null || pass.door === door
  return isHere && !pass.isRevoked && pass.from <= now && now < pass.until
}
