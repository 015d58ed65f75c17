import { Type } from 'typebox'
import {
  closed,
  endpoint,
  id,
  instant,
  maybe,
  oneOf,
  rowId,
  text,
} from '../../../kernel/contract.ts'
import { placeShape } from '../../places/api.ts'
import { results } from '../reading/types.ts'
import { noBecause, outcomes, requestLabels, requestReasons, yesBecause } from './types.ts'

const desk = { committee: 'request', street: 'request' } as const

export const openRequest = endpoint({
  post: '/privacy/requests',
  says: 'Says why the asker has to look at somebody; half an hour, one person',
  who: desk,
  sees: [],
  why: 'access-record',
  inPerson: true,
  input: closed({ reason: oneOf(requestReasons) }),
  output: closed({ request: rowId(), until: instant() }),
})

export const endRequest = endpoint({
  post: '/privacy/requests/end',
  says: 'Ends a request of the asker before its time, or says what came of it',
  who: desk,
  sees: [],
  why: 'access-record',
  input: closed({ request: rowId(), result: Type.Optional(oneOf(results)) }),
  output: closed({ endedAt: instant() }),
})

export const myRequests = endpoint({
  get: '/privacy/requests',
  says: 'The asker’s own requests of the last days, newest first',
  who: desk,
  sees: [],
  why: 'access-record',
  input: closed({}),
  output: closed({
    requests: Type.Array(
      closed({
        request: rowId(),
        reason: oneOf(requestLabels),
        at: instant(),
        until: instant(),
        isOpen: Type.Boolean(),
        /** A person or home was opened with it; it opens no other. */
        isBound: Type.Boolean(),
        /** What came of it, where that was said. */
        result: maybe(oneOf(results)),
        /** Of a child’s: asked, or given. */
        approval: oneOf(['none', 'waiting', 'given', 'refused']),
      }),
      { maxItems: 50 },
    ),
    now: instant(),
  }),
})

/** Reaches the whole street; told at once, reviewed in three working days. */
export const breakGlass = endpoint({
  post: '/privacy/requests/break-glass',
  says: 'Opens beyond the asker’s reach in an emergency; a second person hears of it at once',
  who: { committee: 'street', street: 'street' },
  sees: [],
  why: 'access-record',
  stepUp: true,
  inPerson: true,
  input: closed({ person: maybe(id('person')), words: text({ min: 4, max: 200 }) }),
  output: closed({ request: rowId(), until: instant(), reviewBy: instant() }),
})

const asked = {
  request: rowId(),
  reason: oneOf(requestLabels),
  /** Who asked: the post, never the name. */
  title: Type.String(),
  unit: Type.String(),
  at: instant(),
}

export const waitingApprovals = endpoint({
  get: '/privacy/requests/approvals',
  says: 'Requests about children that wait for a yes of the person in charge',
  who: { committee: 'committee', street: 'street' },
  sees: ['name', 'age', 'address'],
  why: 'access-record',
  how: 'list',
  input: closed({}),
  output: closed({
    requests: Type.Array(
      closed({
        ...{ ...asked, waitsSince: instant(), until: instant() },
        /** Whom the colleague wants to open. */
        child: closed({
          name: Type.String(),
          age: maybe(Type.Integer()),
          places: Type.Array(placeShape, { maxItems: 20 }),
        }),
      }),
      { maxItems: 50 },
    ),
  }),
})

export const approveMinor = endpoint({
  post: '/privacy/requests/approve',
  says: 'Says yes or no to a colleague’s request about a child, and why',
  who: { committee: 'committee', street: 'street' },
  sees: [],
  why: 'access-record',
  inPerson: true,
  input: closed({
    request: rowId(),
    decision: Type.Union([
      closed({ says: Type.Literal('yes'), because: oneOf(yesBecause) }),
      closed({ says: Type.Literal('no'), because: oneOf(noBecause) }),
    ]),
  }),
  output: closed({ decidedAt: instant() }),
})

export const dueReviews = endpoint({
  get: '/privacy/requests/reviews',
  says: 'Looks beyond somebody’s reach that another officer has to review, the oldest first',
  who: { street: 'street' },
  sees: [],
  why: 'access-record',
  input: closed({}),
  output: closed({
    reviews: Type.Array(closed({ ...asked, words: Type.String(), reviewBy: instant() }), {
      maxItems: 50,
    }),
    now: instant(),
  }),
})

export const review = endpoint({
  post: '/privacy/requests/review',
  says: 'Says whether a colleague was right to look beyond their reach',
  who: { street: 'street' },
  sees: [],
  why: 'access-record',
  inPerson: true,
  input: closed({ request: rowId(), outcome: oneOf(outcomes), words: text({ max: 200 }) }),
  output: closed({ reviewedAt: instant() }),
})
