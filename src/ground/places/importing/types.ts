import type { CommitteeCode, HomeCode } from '../../../kernel/ids.ts'

export type CompoundRow = { compound: string; committee: CommitteeCode; name: string }
export type BuildingRow = { building: string; compound: string; name: string }
export type HomeRow = {
  home: HomeCode
  building: string
  stair: string
  floor: number
  room: string
}

/** All places of a street, or of some of its committees. */
export type PlaceRegister = {
  committees: { code: CommitteeCode; name: string }[]
  compounds: CompoundRow[]
  buildings: BuildingRow[]
  homes: HomeRow[]
}

export type NewPlaces = {
  compounds: readonly CompoundRow[]
  buildings: readonly BuildingRow[]
  homes: readonly HomeRow[]
}
