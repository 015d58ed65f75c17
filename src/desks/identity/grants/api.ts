import { Type } from 'typebox'
import {
  closed,
  endpoint,
  id,
  instant,
  line,
  maybe,
  oneOf,
  rowId,
} from '../../../kernel/contract.ts'
import { handRelations } from '../../../kernel/asker.ts'

export const grantCode = Type.String({ pattern: '^[0-9]{8}$', maxLength: 8 })
const day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', maxLength: 10 })
const days = Type.Integer({ minimum: 1, maximum: 365 })
const byCode = ['child', 'kin', 'volunteer'] as const
const called = line({ min: 1, max: 30 })

/** Told to whoever is to act, or read to them: 24 hours, one use. */
export const makeGrantCode = endpoint({
  post: '/identity/grants/codes',
  says: 'Makes a one-time code by which somebody may act for the asker',
  who: { resident: 'own' },
  level: 'resident',
  inPerson: true,
  sees: [],
  why: 'own-data',
  input: closed({ relation: oneOf(byCode), days }),
  output: closed({ code: grantCode, expiresAt: instant() }),
})

export const takeGrant = endpoint({
  post: '/identity/grants/take',
  says: 'Takes the grant that somebody gave a code for',
  who: { account: 'own' },
  sees: [],
  why: 'own-data',
  input: closed({ code: grantCode, called }),
  output: closed({ grant: rowId(), until: instant() }),
})

/**
 * Signed on paper at the station, for somebody without a telephone. To whom: `me`, the clerk, for a
 * day at most; or somebody beside them, by the code that their own page shows for the station.
 */
export const signGrant = endpoint({
  post: '/identity/grants/sign',
  says: 'Records that somebody signed at the station who may act for them',
  who: { committee: 'request', street: 'request' },
  sees: ['name'],
  why: 'own-data',
  input: closed({
    request: rowId(),
    person: id('person'),
    to: Type.Union([
      closed({ kind: Type.Literal('me') }),
      closed({
        kind: Type.Literal('code'),
        code: Type.String({ pattern: '^[0-9]{6}$', maxLength: 6 }),
        relation: oneOf(byCode),
        called,
      }),
    ]),
    days,
    signedOn: day,
  }),
  output: closed({ grant: rowId(), name: Type.String(), until: instant() }),
})

const grantShown = {
  grant: rowId(),
  relation: oneOf(handRelations),
  way: oneOf(['code', 'signature']),
  since: instant(),
  until: instant(),
}

export const myGrants = endpoint({
  get: '/identity/grants',
  says: 'Who may act for the asker, and for whom the asker may act',
  who: { account: 'own', resident: 'own' },
  sees: ['name'],
  why: 'own-data',
  input: closed({}),
  output: closed({
    forMe: Type.Array(closed({ ...grantShown, called: Type.String() })),
    byMe: Type.Array(closed({ ...grantShown, name: Type.String() })),
    /** For whom the asker acts now; null: for themselves. */
    acting: maybe(rowId()),
    now: instant(),
  }),
})

/** One tap, by either side. */
export const endGrant = endpoint({
  post: '/identity/grants/end',
  says: 'Ends a grant at once',
  who: { account: 'own', resident: 'own' },
  sees: [],
  why: 'own-data',
  input: closed({ grant: rowId() }),
  output: closed({ grant: rowId() }),
})

export const grantsOf = endpoint({
  get: '/identity/grants/of',
  says: 'Who may act for a person, for the station',
  who: { committee: 'request', street: 'request' },
  sees: ['account'],
  why: 'own-data',
  input: closed({ request: rowId(), person: id('person') }),
  output: closed({
    forThem: Type.Array(
      /** `isMine`: the clerk who asks acts by it. */
      closed({ ...grantShown, called: Type.String(), isMine: Type.Boolean() }),
    ),
  }),
})

export const endGrantAtStation = endpoint({
  post: '/identity/grants/end-at-station',
  says: 'Ends a grant for somebody who asks for it at the station',
  who: { committee: 'request', street: 'request' },
  sees: ['account'],
  why: 'own-data',
  input: closed({ request: rowId(), person: id('person'), grant: rowId() }),
  output: closed({ grant: rowId() }),
})

/** From here on this session acts for that person; null: for the asker again. */
export const actFor = endpoint({
  post: '/identity/act-for',
  says: 'Acts for somebody by a grant, or for oneself again',
  who: { account: 'own', resident: 'own' },
  sees: [],
  why: 'own-data',
  input: closed({ grant: maybe(rowId()) }),
  output: closed({ grant: maybe(rowId()) }),
})
