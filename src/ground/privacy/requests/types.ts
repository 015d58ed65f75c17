import { minuteMs, type Instant } from '../../../kernel/clock.ts'
import type { CommitteeCode, HomeCode, PersonId, PostId, StreetCode } from '../../../kernel/ids.ts'
import type { Result } from '../reading/index.ts'

/** Why somebody says that they have to look: never words of their own. */
export const requestReasons = [
  'at-the-counter',
  'on-the-phone',
  'in-writing',
  'home-visit',
  'handed-case',
] as const
export type RequestReason = (typeof requestReasons)[number]
/** As the book and the lists call it. */
export const requestLabels = [...requestReasons, 'break-glass'] as const
export type RequestLabel = (typeof requestLabels)[number]

/** A request is over after so long (product). */
export const requestMs = 30 * minuteMs
/** A break-glass is reviewed within so many working days (product). */
export const reviewDays = 3
/** So many a person and day: a counter's whole day, and far from browsing (product). */
export const requestsADayMax = 120
export const glassADayMax = 5

export type Request = {
  request: string
  street: StreetCode
  byPerson: PersonId
  byPost: PostId
  title: string
  unit: string
  /** Null: an officer's of the street. */
  committee: CommitteeCode | null
  reason: RequestLabel
  /** Bound to the first person or home that is opened with it. */
  person: PersonId | null
  home: HomeCode | null
  at: Instant
  until: Instant
  endedAt: Instant | null
  /** It met somebody under 18 and waits for a yes since. */
  minorAt: Instant | null
  approvedAt: Instant | null
  refusedAt: Instant | null
  words: string | null
  reviewBy: Instant | null
  reviewedAt: Instant | null
  /** What came of it, said with one press. */
  result: Result | null
}

/** Whether a post is the one in charge: the first of a committee. `duties` knows it. */
export const outcomes = ['right', 'wrong'] as const
export type ReviewOutcome = (typeof outcomes)[number]

/** Why a look at a child is right, and why not. */
export const yesBecause = ['parent-here', 'parent-asked', 'to-protect', 'by-law'] as const
export const noBecause = ['not-needed', 'ask-parents', 'other-child'] as const
export type Because = (typeof yesBecause)[number] | (typeof noBecause)[number]
