import { Type } from 'typebox'
import type { Sees } from '../../../kernel/endpoint.ts'
import {
  closed,
  endpoint,
  everyStaff,
  id,
  instant,
  maybe,
  oneOf,
  rowId,
  text,
} from '../../../kernel/contract.ts'
import {
  askable,
  becauses,
  fieldKeys,
  holdKeys,
  partKeys,
  refusalWords,
  requestKinds,
  requestStates,
  shownRows,
} from './types.ts'

/** Whoever has moved out still asks for what is kept of them, with the account they have. */
const own = { account: 'own', resident: 'own', ...everyStaff('own') } as const
const desk = { committee: 'request', street: 'request' } as const
const answering = { committee: 'committee', street: 'street' } as const

/** All that there is: whoever takes all along has seen all of it. */
const all = [
  ...(['name', 'age', 'address', 'phone', 'contacts', 'care-plan', 'consents', 'looks'] as const),
  ...(['visit-outcome', 'post', 'id-number', 'household', 'ownership', 'account'] as const),
] as const satisfies Sees[]

const partShape = closed({
  part: oneOf(partKeys),
  /** So many there are; of the newest every row is here. */
  count: Type.Integer(),
  rows: Type.Array(
    Type.Array(closed({ field: oneOf(fieldKeys), value: Type.String() }), { maxItems: 30 }),
    { maxItems: shownRows },
  ),
})
const holdShape = closed({ why: oneOf(holdKeys), until: maybe(instant()) })

const requestShape = {
  request: rowId(),
  kind: oneOf(requestKinds),
  part: maybe(oneOf(askable)),
  says: maybe(Type.String()),
  at: instant(),
  dueAt: instant(),
  isLate: Type.Boolean(),
  atStation: Type.Boolean(),
}
const stateShape = {
  state: oneOf(requestStates),
  endedAt: maybe(instant()),
  because: maybe(oneOf(becauses)),
  answer: maybe(Type.String()),
}

export const myData = endpoint({
  get: '/privacy/my-data',
  says: 'All that is kept of the asker, and what they asked about it',
  who: own,
  inPerson: true,
  sees: all,
  why: 'own-data',
  input: closed({}),
  output: closed({
    parts: Type.Array(partShape, { maxItems: 40 }),
    /** What keeps all of it from being erased now. */
    holds: Type.Array(holdShape, { maxItems: 10 }),
    requests: Type.Array(closed({ ...requestShape, ...stateShape }), { maxItems: 50 }),
    now: instant(),
  }),
})

/** One archive: JSON, and pages that anybody can open and read. */
export const copyMine = endpoint({
  post: '/privacy/my-data/copy',
  says: 'Everything that is kept of the asker, as one file to take along',
  who: own,
  level: 'resident',
  inPerson: true,
  sees: all,
  why: 'own-data',
  how: 'export',
  input: closed({}),
  output: closed({ name: Type.String(), base64: Type.String() }),
})

const correction = { part: oneOf(askable), says: text({ min: 2, max: 300 }) }
const erasure = { part: oneOf(askable) }
const askedShape = closed({
  request: rowId(),
  state: oneOf(requestStates),
  because: maybe(oneOf(becauses)),
  dueAt: instant(),
  holds: Type.Array(holdShape, { maxItems: 10 }),
})

export const askCorrection = endpoint({
  post: '/privacy/my-data/correct',
  says: 'Asks that something kept of the asker be put right, and says what',
  who: own,
  level: 'resident',
  inPerson: true,
  sees: [],
  why: 'own-data',
  input: closed(correction),
  output: askedShape,
})

/** What rests on an agreement goes at once; of the rest it is said at once why not yet. */
export const askErasure = endpoint({
  post: '/privacy/my-data/erase',
  says: 'Asks that what is kept of the asker be erased, or says why it cannot yet',
  who: own,
  level: 'resident',
  inPerson: true,
  sees: [],
  why: 'own-data',
  input: closed(erasure),
  output: askedShape,
})

export const withdrawOwnRequest = endpoint({
  post: '/privacy/my-data/withdraw',
  says: 'Takes back what the asker asked about their own data',
  who: own,
  level: 'resident',
  inPerson: true,
  sees: [],
  why: 'own-data',
  input: closed({ request: rowId() }),
  output: closed({ state: oneOf(requestStates) }),
})

/** For somebody at the counter without a telephone: read to them, or printed and given to them. */
export const dataOf = endpoint({
  get: '/privacy/data-of',
  says: 'All that is kept of a person who asks for it at the station, for their own eyes',
  who: desk,
  stepUp: true,
  inPerson: true,
  sees: all,
  why: 'own-data',
  how: 'print',
  input: closed({ request: rowId(), person: id('person') }),
  output: closed({
    name: Type.String(),
    parts: Type.Array(partShape, { maxItems: 40 }),
    holds: Type.Array(holdShape, { maxItems: 10 }),
    requests: Type.Array(closed({ ...requestShape, ...stateShape }), { maxItems: 50 }),
    now: instant(),
  }),
})

export const askOwnFor = endpoint({
  post: '/privacy/data-of/ask',
  says: 'Takes down what a person at the station asks about their own data',
  who: desk,
  stepUp: true,
  inPerson: true,
  sees: ['name'],
  why: 'own-data',
  input: closed({
    request: rowId(),
    person: id('person'),
    ask: Type.Union([
      closed({ kind: Type.Literal('copy') }),
      closed({ kind: Type.Literal('correct'), ...correction }),
      closed({ kind: Type.Literal('erase'), ...erasure }),
    ]),
  }),
  output: askedShape,
})

export const ownRequests = endpoint({
  get: '/privacy/own-requests',
  says: 'What people asked about their own data and nobody has answered, the first due first',
  who: answering,
  sees: ['name', 'address'],
  why: 'own-data',
  how: 'list',
  input: closed({}),
  output: closed({
    requests: Type.Array(
      closed({ ...requestShape, name: Type.String(), home: maybe(Type.String()) }),
      { maxItems: 50 },
    ),
    now: instant(),
  }),
})

/** The correction itself is made with the register’s own acts; here it is said that it is. */
export const decideOwnRequest = endpoint({
  post: '/privacy/own-requests/decide',
  says: 'Answers what somebody asked about their own data: done, or why not',
  who: answering,
  sees: [],
  why: 'own-data',
  inPerson: true,
  input: closed({
    request: rowId(),
    verdict: Type.Union([
      closed({ is: Type.Literal('done') }),
      closed({
        is: Type.Literal('refused'),
        because: oneOf(refusalWords),
        words: text({ min: 4, max: 300 }),
      }),
    ]),
  }),
  output: closed({ state: oneOf(requestStates), endedAt: instant() }),
})
