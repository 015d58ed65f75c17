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
import { maybePlace } from '../../places/api.ts'
import { asksFor, disclosedDaysMax, expiryDaysMax, verdicts } from './types.ts'

/** Of a request: what the papers say, and nothing of whom it is about. */
const said = {
  authority: text({ min: 2, max: 80 }),
  legalBasis: text({ min: 4, max: 200 }),
  document: text({ min: 2, max: 80 }),
  asks: text({ min: 4, max: 300 }),
  fields: Type.Array(oneOf(asksFor), { minItems: 1, maxItems: asksFor.length, uniqueItems: true }),
}

/** Of one person or of one home: exactly one of the two. */
export const recordAuthority = endpoint({
  post: '/privacy/authority',
  says: 'Records that an authority asks for what is kept of one person or one home',
  who: { street: 'street' },
  sees: [],
  why: 'access-record',
  inPerson: true,
  input: closed({
    ...said,
    person: maybe(id('person')),
    home: maybe(id('home')),
    days: Type.Integer({ minimum: 1, maximum: expiryDaysMax }),
  }),
  output: closed({ request: rowId(), until: instant() }),
})

export const decideAuthority = endpoint({
  post: '/privacy/authority/decide',
  says: 'Approves or refuses an authority’s request; never by whoever recorded it',
  who: { street: 'street' },
  sees: [],
  why: 'access-record',
  stepUp: true,
  inPerson: true,
  input: closed({ request: rowId(), verdict: oneOf(verdicts) }),
  output: closed({ decidedAt: instant() }),
})

export const giveAuthority = endpoint({
  post: '/privacy/authority/give',
  says: 'Records that what was approved was given; whoever it tells of sees it later',
  who: { street: 'street' },
  sees: [],
  why: 'access-record',
  stepUp: true,
  inPerson: true,
  input: closed({
    request: rowId(),
    /** From when on the persons see it; 30 where nothing is said. */
    disclosedAfterDays: Type.Optional(Type.Integer({ minimum: 0, maximum: disclosedDaysMax })),
  }),
  output: closed({ people: Type.Integer(), disclosedAt: instant() }),
})

export const listAuthority = endpoint({
  get: '/privacy/authority',
  says: 'The authorities’ requests of the street with their papers and state, newest first',
  who: { street: 'street' },
  sees: [],
  why: 'access-record',
  input: closed({}),
  output: closed({
    requests: Type.Array(
      closed({
        request: rowId(),
        ...{ authority: Type.String(), legalBasis: Type.String(), document: Type.String() },
        asks: Type.String(),
        fields: Type.Array(oneOf(asksFor)),
        about: oneOf(['person', 'home']),
        /** Which one, so that the second officer knows what they decide; a person has none here. */
        home: maybePlace,
        at: instant(),
        until: instant(),
        isMine: Type.Boolean(),
        verdict: maybe(oneOf(verdicts)),
        givenAt: maybe(instant()),
        disclosedAt: maybe(instant()),
      }),
      { maxItems: 100 },
    ),
    now: instant(),
  }),
})

/** For everybody, signed in or not. `delayed`: given, and not yet shown to whom it tells of. */
export const countAuthority = endpoint({
  get: '/privacy/authority/counts',
  says: 'How many requests of authorities there were, by quarter: numbers only',
  who: { anyone: 'counts' },
  sees: [],
  why: 'public',
  input: closed({}),
  output: closed({
    quarters: Type.Array(
      closed({
        /** '2026-Q3', in Shanghai. */
        quarter: Type.String(),
        ...{ asked: Type.Integer(), approved: Type.Integer(), refused: Type.Integer() },
        ...{ given: Type.Integer(), delayed: Type.Integer() },
      }),
      { maxItems: 40 },
    ),
  }),
})
