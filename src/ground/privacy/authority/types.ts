import { dayMs, type Instant } from '../../../kernel/clock.ts'
import type { Sees } from '../../../kernel/endpoint.ts'
import type { HomeCode, PersonId, PostId, StreetCode } from '../../../kernel/ids.ts'

/** An approved request is over after so many days at the latest (product). */
export const expiryDaysMax = 30
/** Whoever was looked at sees it after so many days; a law may ask for more, never over a year. */
export const disclosedDays = 30
export const disclosedDaysMax = 365

/** What can be asked for: of the closed list of what the book knows, without the book itself. */
export const asksFor = [
  'name',
  'age',
  'address',
  'phone',
  'household',
  'ownership',
  'id-number',
  'contacts',
  'last-seen',
  'care-plan',
  'visit-outcome',
] as const satisfies readonly Sees[]
export type AsksFor = (typeof asksFor)[number]

export const verdicts = ['approved', 'refused'] as const
export type Verdict = (typeof verdicts)[number]

/** One person or one home, never many. */
export type About = { person: PersonId; home: null } | { person: null; home: HomeCode }

export type AuthorityRequest = About & {
  request: string
  street: StreetCode
  authority: string
  legalBasis: string
  document: string
  asks: string
  fields: readonly AsksFor[]
  at: Instant
  until: Instant
  firstBy: PersonId
  firstPost: PostId
  decidedAt: Instant | null
  verdict: Verdict | null
  givenAt: Instant | null
  disclosedAt: Instant | null
}

export const daysMs = (days: number): number => days * dayMs
