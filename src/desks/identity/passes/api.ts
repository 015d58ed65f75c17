import { Type } from 'typebox'
import {
  closed,
  endpoint,
  everyStaff,
  id,
  instant,
  maybe,
  oneOf,
  rowId,
} from '../../../kernel/contract.ts'
import { maybePlace } from '../../../ground/places/api.ts'

/** 256 random bits, base64url. */
const secret = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', maxLength: 43 })

/**
 * The name of a visitor is not asked: a pass is one door and some hours. The secret is answered
 * this once; `svg` draws its link.
 */
export const makePass = endpoint({
  post: '/identity/passes',
  says: 'Makes a visitor’s pass for one door, for some hours',
  who: { resident: 'home' },
  level: 'resident',
  sees: [],
  why: 'door-security',
  input: closed({
    door: id('place'),
    from: instant(),
    hours: Type.Integer({ minimum: 1, maximum: 24 }),
  }),
  output: closed({ pass: rowId(), url: Type.String(), svg: Type.String(), until: instant() }),
})

/** The doors that a pass can be for: of the asker's stair and of their compound. */
export const myPasses = endpoint({
  get: '/identity/passes',
  says: 'The asker’s own passes that are not over, and the doors they can be for',
  who: { resident: 'own' },
  sees: [],
  why: 'own-data',
  input: closed({}),
  output: closed({
    doors: Type.Array(closed({ door: id('place'), place: maybePlace })),
    passes: Type.Array(
      closed({
        pass: rowId(),
        door: id('place'),
        place: maybePlace,
        from: instant(),
        until: instant(),
        isRevoked: Type.Boolean(),
      }),
    ),
    now: instant(),
  }),
})

export const revokePass = endpoint({
  post: '/identity/passes/revoke',
  says: 'Ends a pass of the asker at once',
  who: { resident: 'own' },
  sees: [],
  why: 'door-security',
  input: closed({ pass: rowId() }),
  output: closed({ pass: rowId() }),
})

/** What the visitor's own browser shows: the door, the hours, and the picture to hold out. */
export const showPass = endpoint({
  post: '/identity/passes/show',
  says: 'The door and the hours of the pass that somebody holds',
  who: { anyone: 'open' },
  sees: [],
  why: 'door-security',
  input: closed({ secret }),
  output: closed({
    place: maybePlace,
    from: instant(),
    until: instant(),
    svg: Type.String(),
    now: instant(),
  }),
})

export const passStates = ['valid', 'not-valid'] as const

/**
 * At the door. Nothing is said of who lives where or who comes, and no coming is written down.
 * Another door's, another street's, an ended and an invented pass are one answer.
 */
export const checkPass = endpoint({
  post: '/identity/passes/check',
  says: 'Whether a pass opens this door now',
  who: everyStaff('street'),
  sees: [],
  why: 'door-security',
  input: closed({ secret, door: maybe(id('place')) }),
  output: closed({ state: oneOf(passStates) }),
})
