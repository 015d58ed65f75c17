/** What every page about visitors' passes says alike: the door, the hours, the link. */

import type { Output } from '../../src/kernel/endpoint.ts'
import type { myPasses } from '../../src/desks/identity/passes/api.ts'
import type { Words } from '../words/index.ts'

export type DoorPlace = Output<typeof myPasses>['doors'][number]['place']

/** "田林十二村 26号楼门", or the compound's gate. */
export function doorWords(place: DoorPlace, words: Words['places']): string {
  if (!place) return words.unknownPlace
  const compound = words.compound(place)
  return place.stair === null ? words.gateDoor(compound) : words.stairDoor(compound, place.stair)
}

/** The secret of a pass's link or of its fragment alone; null: there is none in it. */
export function secretIn(link: string): string | null {
  return /(?:^|#)([A-Za-z0-9_-]{43})$/.exec(link.trim())?.[1] ?? null
}
