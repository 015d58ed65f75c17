import { Type } from 'typebox'
import { closed, endpoint, id, instant, maybe, oneOf } from '../../../kernel/contract.ts'
import { holder } from '../api.ts'
import { reviewerKinds } from './types.ts'

/** Out of the line of command: whoever names them cannot be reviewed by a post of their own. */
export const nameReviewer = endpoint({
  post: '/duties/posts/reviewer',
  says: 'Says that a post of a clinic or of volunteers reviews unusual looks, or does no more',
  who: { street: 'street' },
  sees: [],
  why: 'duty',
  stepUp: true,
  inPerson: true,
  input: closed({ post: id('post'), reviews: Type.Boolean() }),
  output: closed({ post: id('post'), reviews: Type.Boolean(), since: instant() }),
})

export const lookReviewers = endpoint({
  get: '/duties/posts/reviewers',
  says: 'Which posts review unusual looks, since when, and which could be named',
  who: { street: 'street' },
  sees: ['name', 'post'],
  why: 'duty',
  how: 'list',
  input: closed({}),
  output: closed({
    posts: Type.Array(
      closed({
        ...holder,
        kind: oneOf(reviewerKinds),
        reviews: Type.Boolean(),
        since: maybe(instant()),
      }),
      { maxItems: 200 },
    ),
    now: instant(),
  }),
})
