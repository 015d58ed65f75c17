import { Type } from 'typebox'
import {
  closed,
  endpoint,
  everyStaff,
  id,
  instant,
  levels,
  line,
  maybe,
  oneOf,
  rowId,
} from '../../../kernel/contract.ts'
import { maybePlace, placeShape } from '../../../ground/places/api.ts'
import { lettersMax } from './decide.ts'
import { claimBecause, claimReasons, proofs, verdicts } from './types.ts'

const name = line({ min: 1, max: 60 })
const account = { account: 'own' } as const
const workers = { committee: 'committee', street: 'street' } as const
const settled = closed({ state: oneOf(['proven', 'waiting']) })

/** The codes are shown this once. The picture leads to the page where a code is entered. */
export const makeLetters = endpoint({
  post: '/identity/letters',
  says: 'Makes letters with a code for homes, to print; each takes the place of the one before',
  who: workers,
  sees: [],
  why: 'sign-in',
  input: closed({ homes: Type.Array(id('home'), { minItems: 1, maxItems: lettersMax }) }),
  output: closed({
    letters: Type.Array(
      closed({ letter: rowId(), home: id('home'), place: maybePlace, code: Type.String() }),
    ),
    url: Type.String(),
    svg: Type.String(),
    until: instant(),
  }),
})

export const listLetters = endpoint({
  get: '/identity/letters',
  says: 'Letters whose code nobody has used yet',
  who: workers,
  sees: [],
  why: 'sign-in',
  input: closed({}),
  output: closed({
    letters: Type.Array(
      closed({ letter: rowId(), home: id('home'), printedAt: instant(), until: instant() }),
    ),
    /** Homes whose letter ended with the keys it was made with: they need another. */
    ended: Type.Array(closed({ home: id('home'), place: maybePlace }), { maxItems: 1000 }),
  }),
})

export const revokeLetter = endpoint({
  post: '/identity/letters/revoke',
  says: 'Ends the code of a letter',
  who: workers,
  sees: [],
  why: 'sign-in',
  input: closed({ letter: rowId() }),
  output: closed({ letter: rowId() }),
})

/** `waiting`: a person will look at it. Whoever else is of that name, or not there, is not said. */
export const proveByLetter = endpoint({
  post: '/identity/home/letter',
  says: 'Proves where the asker lives by the code of a letter and their own name',
  who: account,
  sees: [],
  why: 'sign-in',
  input: closed({
    code: Type.String({ pattern: '^[0-9]([ -]?[0-9]){9}$', maxLength: 19 }),
    name,
  }),
  output: settled,
})

export const showCode = endpoint({
  post: '/identity/home/code',
  says: 'Six digits to show at the station, for ten minutes',
  who: account,
  sees: [],
  why: 'sign-in',
  input: closed({}),
  output: closed({ code: Type.String(), expiresAt: instant() }),
})

export const proveAtStation = endpoint({
  post: '/identity/home/station',
  says: 'Says who the person at the station is, by the digits that their telephone shows',
  who: workers,
  sees: ['account'],
  why: 'sign-in',
  input: closed({ code: Type.String({ pattern: '^[0-9]{6}$' }), person: id('person') }),
  output: settled,
})

/** The answer is the same whether anybody lives there or not. */
export const askHousehold = endpoint({
  post: '/identity/home/ask',
  says: 'Asks the adults of a home whether the asker lives there too',
  who: account,
  sees: [],
  why: 'sign-in',
  input: closed({ home: id('home'), name }),
  output: closed({ until: instant() }),
})

export const whoAsksToLiveHere = endpoint({
  get: '/identity/home/asked',
  says: 'Who asks the adults of the asker’s home whether they live there too',
  who: { resident: 'home' },
  sees: ['household'],
  why: 'own-data',
  level: 'resident',
  inPerson: true,
  input: closed({}),
  output: closed({
    asked: Type.Array(
      closed({ vouching: rowId(), name: Type.String(), askedAt: instant(), until: instant() }),
    ),
  }),
})

export const answerForHousehold = endpoint({
  post: '/identity/home/answer',
  says: 'An adult of the home says whether somebody lives there too',
  who: { resident: 'home' },
  sees: [],
  why: 'own-data',
  level: 'resident',
  inPerson: true,
  input: closed({ vouching: rowId(), isOurs: Type.Boolean() }),
  output: closed({ state: oneOf(['proven', 'waiting', 'refused']) }),
})

export const howProven = endpoint({
  get: '/identity/home',
  says: 'How sure it is who the asker is, and what of theirs waits for somebody',
  who: { account: 'own', resident: 'own', ...everyStaff('own') },
  sees: [],
  why: 'own-data',
  input: closed({}),
  output: closed({
    level: oneOf(levels),
    /** In which the account is somebody. */
    streets: Type.Array(closed({ street: id('street'), name: Type.String() })),
    waiting: Type.Array(
      closed({
        kind: oneOf(['claim', 'household']),
        state: oneOf(['waiting', 'proven', 'refused', 'over']),
        at: instant(),
        until: maybe(instant()),
        /** Of a claim that was decided. */
        because: maybe(oneOf(claimBecause)),
      }),
    ),
  }),
})

/** `named`: whom of the register it seems to be. */
export const listClaims = endpoint({
  get: '/identity/claims',
  says: 'Who says to live in a home and could not be told by the machine alone',
  who: workers,
  sees: ['name', 'address', 'account'],
  why: 'sign-in',
  how: 'list',
  input: closed({}),
  output: closed({
    claims: Type.Array(
      closed({
        claim: rowId(),
        home: id('home'),
        place: maybePlace,
        nameSaid: Type.String(),
        reason: oneOf(claimReasons),
        proof: oneOf(proofs),
        at: instant(),
        named: maybe(closed({ person: id('person'), name: Type.String() })),
      }),
    ),
  }),
})

const somebody = {
  person: id('person'),
  name: Type.String(),
  bornYear: maybe(Type.Integer()),
}

/**
 * Both sides of a claim. `candidates` live in that home; `alike` have the same identity number,
 * which is shown nowhere; `holder`: the account that is this person now.
 */
export const oneClaim = endpoint({
  get: '/identity/claims/one',
  says: 'Who somebody may be who says to live in a home, and who stands against it',
  who: workers,
  sees: ['name', 'age', 'address', 'account'],
  why: 'sign-in',
  input: closed({ claim: rowId() }),
  output: closed({
    claim: rowId(),
    /** Masked; null: an account without a telephone. */
    phone: maybe(Type.String()),
    candidates: Type.Array(closed({ ...somebody, isHeld: Type.Boolean() }), { maxItems: 100 }),
    alike: Type.Array(closed({ ...somebody, places: Type.Array(placeShape, { maxItems: 20 }) }), {
      maxItems: 20,
    }),
    /** Somebody beyond the asker's reach has that number too. */
    isAlikeBeyond: Type.Boolean(),
    holder: maybe(closed({ phone: maybe(Type.String()), proof: Type.String(), since: instant() })),
  }),
})

/** `is-that-person` names one who lives in that home; `new-person` registers them there. */
export const decideClaim = endpoint({
  post: '/identity/claims/decide',
  says: 'Decides who somebody is; whoever was that person by another account is it no more',
  who: workers,
  sees: ['account'],
  why: 'sign-in',
  input: closed({
    claim: rowId(),
    verdict: oneOf(verdicts),
    because: oneOf(claimBecause),
    person: Type.Optional(id('person')),
  }),
  output: closed({ verdict: oneOf(verdicts) }),
})
