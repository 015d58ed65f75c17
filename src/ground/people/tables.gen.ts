/** Generated from the migrated database; `npm run generate`. */
export interface Person {
  street: string
  id: string
  name: string
  born_on: string | null
  phone: string | null
}

export interface Residence {
  street: string
  person: string
  home: string
  from_at: Date
  to_at: Date | null
  lives_alone: boolean
}

export interface PeopleTables {
  'people.person': Person
  'people.residence': Residence
}
