/** Generated from the migrated database; `npm run generate`. */
export interface Export {
  street: string
  id: string
  kind: string
  committee: string | null
  reason: string
  rows: number
  by_person: string
  by_post: string
  asked_at: Date
  first_by: string | null
  first_at: Date | null
  second_by: string | null
  second_at: Date | null
  refused_by: string | null
  refused_at: Date | null
  until: Date
  fetched_at: Date | null
}

export interface HomeArea {
  street: string
  home: string
  source: string
  area: number
  since: string
}

export interface Household {
  street: string
  id: string
  home: string
  from_at: Date
  to_at: Date | null
}

export interface Import {
  street: string
  id: string
  kind: string
  file_digest: Buffer
  rows: number
  by_person: string
  by_post: string
  at: Date
  undone_at: Date | null
  undone_by: string | null
}

export interface ImportRow {
  street: string
  import: string
  n: number
  line: number
  is_shared: boolean
  went_to: string
  key: string
  made: Buffer
}

export interface MonthShown {
  street: string
  month: string
  committee: string
  age_band: string
  tenure: string
  counted: number
}

export interface Number {
  street: string
  person: string
  kind: string
  sealed: Buffer
  find: Buffer
  key: string
}

export interface NumberChange {
  street: string
  id: string
  person: string
  kind: string
  sealed: Buffer | null
  key: string | null
  by_person: string
  by_post: string
  asked_at: Date
  until: Date
  decided_at: Date | null
  decided_by: string | null
  decided_post: string | null
  verdict: string | null
}

export interface Ownership {
  street: string
  id: string
  home: string
  kind: string
  person: string | null
  firm: string | null
  part: number
  whole: number
  is_registered: boolean
  source: string
  from_on: string
  to_on: string | null
}

export interface Person {
  street: string
  id: string
  name: string
  born_on: string | null
  phone: string | null
  reading: string | null
  registered_at: Date | null
  left_at: Date | null
  left_why: string | null
}

export interface Residence {
  street: string
  person: string
  home: string
  from_at: Date
  to_at: Date | null
  lives_alone: boolean
  household: string | null
  tenure: string | null
  relation: string | null
}

export interface SearchEntry {
  street: string
  committee: string
  person: string
  words: string
}

export interface ShownCount {
  street: string
  committee: string
  age_band: string
  tenure: string
  counted: number
  shown: number
}

export interface PeopleTables {
  'people.export': Export
  'people.home_area': HomeArea
  'people.household': Household
  'people.import': Import
  'people.import_row': ImportRow
  'people.month_shown': MonthShown
  'people.number': Number
  'people.number_change': NumberChange
  'people.ownership': Ownership
  'people.person': Person
  'people.residence': Residence
  'people.search_entry': SearchEntry
  'people.shown_count': ShownCount
}
