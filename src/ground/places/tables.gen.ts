/** Generated from the migrated database; `npm run generate`. */
export interface Building {
  street: string
  id: string
  compound: string
  name: string
}

export interface Compound {
  code: string
  street: string
  committee: string
  name: string
}

export interface Division {
  code: string
  name: string
  kind: string
  parent: string | null
  source: string
}

export interface Home {
  code: string
  street: string
  committee: string
  compound: string
  building: string
  stair: string
  floor: number
  room: string
}

export interface Tag {
  street: string
  id: string
  place: string
  digest: string
  made_at: Date
  ended_at: Date | null
}

export interface PlacesTables {
  'places.building': Building
  'places.compound': Compound
  'places.division': Division
  'places.home': Home
  'places.tag': Tag
}
