import type { CommitteeCode, HomeCode, PlaceCode, StreetCode } from '../../kernel/ids.ts'

/**
 * A place with everything that people call it by: a neighbourhood, a compound, a stair or a home.
 * What lies below it is null.
 */
export type Place = {
  place: PlaceCode
  committee: string
  compound: string | null
  building: string | null
  stair: string | null
  room: string | null
  floor: number | null
}

export type HomeOf = { home: HomeCode; street: StreetCode; committee: CommitteeCode }

export type Division = { code: string; name: string; kind: DivisionKind }
export type DivisionKind = 'district' | 'street' | 'committee'

export type Stair = { number: string; floors: number; homesPerFloor: number }
