import { dayMs, hourMs, type Instant } from '../../../kernel/clock.ts'
import type { Matter } from '../../../kernel/book.ts'
import type { How, Sees } from '../../../kernel/endpoint.ts'
import type { PersonId, PostId, StreetCode } from '../../../kernel/ids.ts'

/** Why a look is looked at again. Whoever breaks the glass is reviewed by an officer already. */
export const reviewReasons = ['many', 'kin', 'night', 'no-outcome'] as const
export type ReviewReason = (typeof reviewReasons)[number]

export const reviewOutcomes = ['right', 'wrong', 'unclear'] as const
export type ReviewOutcome = (typeof reviewOutcomes)[number]

/** What counts as unusual. All of it is the product's own choice. */
export const limits = {
  /** So many different people a post opens in a day before one more is unusual. */
  peopleADay: 40,
  /** Or so many times as many as on its own usual day, */
  timesUsual: 5,
  /** but never fewer than these, */
  peopleMin: 15,
  /** and a usual day is known only of a post that looked on so many days */
  usualDaysMin: 5,
  /** of the last ones. */
  usualDays: 28,
  /** Night begins, and ends, at these times of day in Shanghai. */
  nightFrom: '22:00',
  nightTo: '06:00',
  /** A request that ended so long ago, without a result and without anything done, had none. */
  resultMs: dayMs,
  /** What is older when it is judged, as on the first day of reviewing, is left alone. */
  judgedWithinMs: 7 * dayMs,
  /** Looks alike within this time are reviewed as one. */
  alikeMs: hourMs,
  /** One look in so many is drawn by lot. */
  drawnOneIn: 100,
  /** A review is due so many working days after the look was judged. */
  dueDays: 10,
} as const

/** A look that was chosen: one opens a page, seeks, or does something in somebody's name. */
export const chosenHows: readonly How[] = ['page', 'search', 'act']

/** A look as the judge sees it. Only posts and the operator are judged; a rule never. */
export type NewLook = {
  look: string
  street: StreetCode
  person: PersonId
  at: Instant
  by: { kind: 'post'; person: PersonId; post: PostId } | { kind: 'operator' }
  how: How
  label: string
  matterKind: string
  matterId: string | null
  salt: string
}

/** What is known around a look when it is judged. */
export type LookFacts = {
  /** Different people whom the post opened that day, up to now. */
  peopleToday: number
  /** Of the days before on which it looked: how many, and people a day. */
  usual: { days: number; people: number }
  isKin: boolean
  isOpenTask: boolean
  isOnDuty: boolean
}

/** A review that is there already; what is alike becomes no second one. */
export type Known = {
  byPost: PostId | null
  reasons: readonly string[]
  isDrawn: boolean
  at: Instant
  how: How
  label: string
}

/** A look that is reviewed, with nothing of whom it was about. */
export type LookReview = {
  review: string
  look: string
  at: Instant
  dueAt: Instant
  reasons: ReviewReason[]
  isDrawn: boolean
  byKind: 'post' | 'operator'
  byPost: PostId | null
  title: string | null
  unit: string | null
  fields: Sees[]
  matterKind: Matter['kind']
  label: string
  how: How
  openedAt: Instant | null
  reviewedAt: Instant | null
}
