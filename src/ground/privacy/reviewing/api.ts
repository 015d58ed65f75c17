import { Type } from 'typebox'
import {
  closed,
  endpoint,
  everyStaff,
  hows,
  instant,
  maybe,
  oneOf,
  rowId,
  text,
} from '../../../kernel/contract.ts'
import { placeShape } from '../../places/api.ts'
import { reviewOutcomes, reviewReasons } from './types.ts'

/** Reviewers stand in a clinic or with volunteers: outside the line of command. */
const reviewers = { clinic: 'street', volunteer: 'street' } as const

/** A look with nothing of whom it was at. */
const shown = {
  review: rowId(),
  at: instant(),
  by: oneOf(['post', 'operator']),
  /** Whose look: the post, never the name. */
  title: maybe(Type.String()),
  unit: maybe(Type.String()),
  fields: Type.Array(Type.String()),
  matter: oneOf(['task', 'agreement', 'request', 'grant', 'operation']),
  label: Type.String(),
  how: oneOf(hows),
  reasons: Type.Array(oneOf(reviewReasons)),
  isDrawn: Type.Boolean(),
}

export const looksToReview = endpoint({
  get: '/privacy/look-reviews',
  says: 'Looks that are unusual or were drawn by lot, for a reviewer of another body; nobody’s name',
  who: reviewers,
  sees: [],
  why: 'access-record',
  input: closed({}),
  output: closed({
    reviews: Type.Array(closed({ ...shown, dueAt: instant(), openedAt: maybe(instant()) }), {
      maxItems: 100,
    }),
    now: instant(),
  }),
})

/** It is a look itself, and stands in the book of whom it shows. */
export const openLookReview = endpoint({
  post: '/privacy/look-reviews/open',
  says: 'Shows a reviewer whom a look was at, as far as is needed to judge it',
  who: reviewers,
  sees: ['name', 'address'],
  why: 'access-record',
  inPerson: true,
  input: closed({ review: rowId() }),
  output: closed({
    /** Null: nobody is registered under it any more. */
    name: maybe(Type.String()),
    places: Type.Array(placeShape, { maxItems: 20 }),
  }),
})

/** What was not right is said in the person’s book, and to whoever is in charge of the body. */
export const reviewLook = endpoint({
  post: '/privacy/look-reviews/answer',
  says: 'Says whether a look was right; never one of the reviewer’s own body',
  who: reviewers,
  sees: [],
  why: 'access-record',
  inPerson: true,
  input: closed({
    review: rowId(),
    outcome: oneOf(reviewOutcomes),
    /** Needed where it was not plainly right. */
    words: text({ max: 200 }),
  }),
  output: closed({ reviewedAt: instant() }),
})

/** To whoever is the first of a body; to everybody else of it nothing. */
export const wrongLooks = endpoint({
  get: '/privacy/look-reviews/wrong',
  says: 'Looks of the asker’s own body that a reviewer found not right, for whoever is in charge',
  who: everyStaff('body'),
  sees: [],
  why: 'access-record',
  input: closed({}),
  output: closed({
    isInCharge: Type.Boolean(),
    looks: Type.Array(closed({ ...shown, words: Type.String(), reviewedAt: maybe(instant()) }), {
      maxItems: 100,
    }),
    now: instant(),
  }),
})
