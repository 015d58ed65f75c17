import type { CommitteeCode, HomeCode, StreetCode } from '../../kernel/ids.ts'

/** A home with everything that people call it by. */
export type Place = {
  home: HomeCode
  committee: string
  compound: string
  building: string
  stair: string
  room: string
  floor: number
}

export type HomeOf = { home: HomeCode; street: StreetCode; committee: CommitteeCode }

export type Division = { code: string; name: string; kind: DivisionKind }
export type DivisionKind = 'district' | 'street' | 'committee'

export type Stair = { number: string; floors: number; homesPerFloor: number }
