/** Generated from the migrated database; `npm run generate`. */
import type { Generated } from 'kysely'

export interface Beat {
  street: string
  id: string
  post: string
  place: string
  matters: string[] | null
  since: Date
  until: Date | null
}

export interface Body {
  street: string
  id: string
  kind: string
  committee: string | null
  name: string
  phone: string | null
  opens_at: string | null
  closes_at: string | null
}

export interface Cover {
  street: string
  id: string
  body: string
  days: string
  from_time: string
  to_time: string
  people: number
  since: Date
  until: Date | null
}

export interface Gap {
  street: string
  body: string
  starts_at: Date
  ends_at: Date
  missing: number
  told_at: Date
}

export interface Leave {
  street: string
  id: string
  post: string
  starts_at: Date
  ends_at: Date
  deputy: string | null
  made_at: Date
  cancelled_at: Date | null
}

export interface Post {
  street: string
  id: string
  body: string
  title: string
  person: string
  rank: number
  since: Date
  until: Date | null
  keeps_reporters: Generated<boolean>
  keeper_since: Date | null
  keeper_named_by: string | null
  reviews_looks: Generated<boolean>
  reviewer_since: Date | null
  reviewer_named_by: string | null
}

export interface Shift {
  street: string
  id: string
  body: string
  post: string
  starts_at: Date
  ends_at: Date
  made_at: Date
  taken_over_at: Date | null
  handed_over_at: Date | null
  cancelled_at: Date | null
}

export interface ShiftNote {
  street: string
  id: string
  body: string
  shift: string | null
  post: string
  made_at: Date
  words: string
  read_at: Date | null
  read_by: string | null
}

export interface DutiesTables {
  'duties.beat': Beat
  'duties.body': Body
  'duties.cover': Cover
  'duties.gap': Gap
  'duties.leave': Leave
  'duties.post': Post
  'duties.shift': Shift
  'duties.shift_note': ShiftNote
}
