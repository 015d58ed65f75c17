/** Generated from the migrated database; `npm run generate`. */
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

export interface Post {
  street: string
  id: string
  body: string
  title: string
  person: string
  rank: number
  since: Date
  until: Date | null
  leave_until: Date | null
}

export interface DutiesTables {
  'duties.body': Body
  'duties.post': Post
}
