import { Type } from 'typebox'
import { closed, endpoint, id, line, maybe, oneOf, rowId } from '../../../kernel/contract.ts'
import { placeShape } from '../../places/api.ts'
import {
  areaSources,
  grants,
  moves,
  ownerKinds,
  ownersMax,
  relations,
  residentsMax,
  rights,
  standings,
  tenures,
  wholeMax,
} from '../homes/types.ts'

const who = { committee: 'committee', street: 'street' } as const
const day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', maxLength: 10 })

/**
 * `home`: where they moved in or out; the last one needs none, nor does a death. `on`: the day, not
 * in the future. `household`: one of the home's that is there, or `new` for a second one.
 */
export const registerMove = endpoint({
  post: '/people/moves',
  says: 'Writes down that somebody moved in or out, died, or was registered by mistake',
  who,
  sees: [],
  why: 'register',
  input: closed({
    person: id('person'),
    what: oneOf(moves),
    home: maybe(id('home')),
    on: day,
    tenure: maybe(oneOf(tenures)),
    relation: maybe(oneOf(relations)),
    livesAlone: Type.Boolean(),
    household: Type.Optional(Type.Union([rowId(), Type.Literal('new')])),
  }),
  /** Homes that they left. */
  output: closed({ left: Type.Array(id('home'), { maxItems: 50 }) }),
})

/** Shares are fractions; together they are the whole at most. Whoever owned until then, ended. */
export const setOwnership = endpoint({
  post: '/people/ownership',
  says: 'Says who owns a home from a day on, with shares',
  who,
  sees: [],
  why: 'register',
  input: closed({
    home: id('home'),
    on: day,
    owners: Type.Array(
      closed({
        kind: oneOf(ownerKinds),
        person: maybe(id('person')),
        firm: maybe(line({ min: 2, max: 80 })),
        part: Type.Integer({ minimum: 1, maximum: wholeMax }),
        whole: Type.Integer({ minimum: 1, maximum: wholeMax }),
        isRegistered: Type.Boolean(),
        source: oneOf(areaSources),
      }),
      { minItems: 1, maxItems: ownersMax },
    ),
  }),
  output: closed({ owners: Type.Integer() }),
})

const area = Type.String({ description: 'm², two decimals', maxLength: 12 })

/** Square metres as text with two decimals at most. Answers which of the figures counts (解释 8). */
export const setArea = endpoint({
  post: '/people/area',
  says: 'Says a home’s area as one source has it',
  who,
  sees: [],
  why: 'register',
  input: closed({ home: id('home'), source: oneOf(areaSources), area, since: day }),
  output: closed({ counts: closed({ source: oneOf(areaSources), area }) }),
})

export const share = closed({
  home: placeShape,
  part: Type.Integer(),
  whole: Type.Integer(),
  isRegistered: Type.Boolean(),
  source: oneOf(areaSources),
  since: Type.String(),
  /** Of these so many own the home together. */
  owners: Type.Integer(),
  area: maybe(closed({ source: oneOf(areaSources), area })),
})

export const member = closed({
  /** Null: under 18 and not the one who is asked about. */
  name: maybe(Type.String()),
  relation: maybe(oneOf(relations)),
  tenure: maybe(oneOf(tenures)),
})

export const dwelling = closed({
  home: placeShape,
  tenure: maybe(oneOf(tenures)),
  relation: maybe(oneOf(relations)),
  livesAlone: Type.Boolean(),
  /** 'YYYY-MM-DD' */
  since: Type.String(),
  /** The others of the household. */
  household: Type.Array(member, { maxItems: residentsMax }),
})

export const number = closed({ kind: oneOf(['phone', 'id-number']), masked: Type.String() })

/** The asker's own entry: where they live and with whom, what they own, their numbers, masked. */
export const myHome = endpoint({
  get: '/people/my-home',
  says: 'What the register says of the asker and the household they live in',
  who: { resident: 'home' },
  sees: ['name', 'address', 'household', 'ownership', 'phone', 'id-number'],
  why: 'own-data',
  level: 'resident',
  input: closed({}),
  output: closed({
    name: Type.String(),
    homes: Type.Array(dwelling, { maxItems: 20 }),
    owns: Type.Array(share, { maxItems: 200 }),
    numbers: Type.Array(number, { maxItems: 2 }),
    /** A worker wrote down a new number: right, or not? */
    changes: Type.Array(
      closed({ change: rowId(), kind: oneOf(['phone', 'id-number']), masked: Type.String() }),
      { maxItems: 2 },
    ),
  }),
})

/** Who is in a home: it opens a request on record, as a person does. */
export const openHome = endpoint({
  get: '/people/home',
  says: 'One home of the register, for a request on record: who lives there, who owns it, its area',
  who: { committee: 'request', street: 'request' },
  sees: ['name', 'address', 'household', 'ownership'],
  why: 'register',
  finds: true,
  input: closed({ home: id('home'), request: rowId() }),
  output: closed({
    home: placeShape,
    residents: Type.Array(
      closed({
        ...{ person: id('person'), ...member.properties, livesAlone: Type.Boolean() },
        ...{ since: Type.String(), household: maybe(rowId()) },
      }),
      { maxItems: 100 },
    ),
    owners: Type.Array(
      closed({
        ...{ kind: oneOf(ownerKinds), person: maybe(id('person')) },
        /** Of the firm, too; null: under 18. */
        name: maybe(Type.String()),
        ...{ part: Type.Integer(), whole: Type.Integer(), isRegistered: Type.Boolean() },
        ...{ source: oneOf(areaSources), since: Type.String() },
      }),
      { maxItems: 1_000 },
    ),
    /** The one that counts stands first. */
    areas: Type.Array(closed({ source: oneOf(areaSources), area, since: Type.String() }), {
      maxItems: areaSources.length,
    }),
  }),
})

export const tenureRights = endpoint({
  get: '/people/rights',
  says: 'Who may do what by how they live in a home: owner, family, tenant, other',
  who: { anyone: 'open' },
  sees: [],
  why: 'public',
  input: closed({}),
  output: closed({
    rights: Type.Array(
      closed({
        right: oneOf(rights),
        may: Type.Array(closed({ standing: oneOf(standings), grant: oneOf(grants) })),
      }),
    ),
  }),
})
