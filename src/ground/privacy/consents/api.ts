import { Type } from 'typebox'
import { closed, endpoint, id, instant, maybe, oneOf, rowId } from '../../../kernel/contract.ts'
import { consentPurposes } from './types.ts'

const giver = oneOf(['person', 'guardian'])
const purpose = oneOf(consentPurposes)

const standing = closed({
  purpose,
  /** `off`: the street has not switched it on, so nobody can agree to it. */
  is: oneOf(['live', 'refused', 'off', 'ended', 'never']),
  since: maybe(instant()),
  until: maybe(instant()),
  by: maybe(giver),
  isOnPaper: Type.Boolean(),
  textVersion: maybe(Type.Integer()),
  presentVersion: Type.Integer(),
  /** The words have changed: agreed to again by then, or it ends. */
  renewBy: maybe(instant()),
  notAskedUntil: maybe(instant()),
  before: Type.Array(closed({ since: instant(), endedAt: instant(), by: giver }), {
    maxItems: 10,
  }),
})

const consents = Type.Array(standing, { maxItems: consentPurposes.length })

/** Everything that the asker agreed to, refused or ended. */
export const myConsents = endpoint({
  get: '/privacy/consents',
  says: 'What the asker agreed to, refused and ended, with the dates',
  who: { resident: 'own' },
  sees: ['consents'],
  why: 'own-data',
  input: closed({}),
  output: closed({
    consents,
    /** Who acts for somebody may not always end; nobody gives for another. */
    mayEnd: Type.Boolean(),
    mayGive: Type.Boolean(),
    now: instant(),
  }),
})

/** One tap for each. Evaluation stops at once; what was kept for it is erased. */
export const endConsent = endpoint({
  post: '/privacy/consents/end',
  says: 'Ends one agreement of the asker and erases what it fed',
  who: { resident: 'own' },
  sees: [],
  why: 'own-data',
  input: closed({ purpose }),
  output: closed({ endedAt: instant() }),
})

/** The words have changed: whoever has read the new ones goes on with one press. */
export const renewConsent = endpoint({
  post: '/privacy/consents/renew',
  says: 'Agrees to the present words of something agreed to before',
  who: { resident: 'own' },
  sees: [],
  why: 'own-data',
  inPerson: true,
  input: closed({ purpose, textVersion: Type.Integer({ minimum: 1, maximum: 9_999 }) }),
  output: closed({ textVersion: Type.Integer() }),
})

export const consentsOf = endpoint({
  get: '/privacy/consents/of',
  says: 'What a person agreed to, refused and ended, for somebody who asks at the station',
  who: { committee: 'request', street: 'request' },
  sees: ['consents'],
  why: 'own-data',
  input: closed({ request: rowId(), person: id('person') }),
  output: closed({ consents, now: instant() }),
})

export const endConsentFor = endpoint({
  post: '/privacy/consents/end-at-station',
  says: 'Ends one agreement for somebody who asks for it at the station',
  who: { committee: 'request', street: 'request' },
  sees: ['consents'],
  why: 'own-data',
  input: closed({ request: rowId(), person: id('person'), purpose }),
  output: closed({ endedAt: instant() }),
})
