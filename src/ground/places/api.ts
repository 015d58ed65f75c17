import { Type } from 'typebox'
import {
  closed,
  endpoint,
  everyStaff,
  id,
  line,
  maybe,
  oneOf,
  text,
} from '../../kernel/contract.ts'

const code = (digits: number) => Type.String({ pattern: `^[0-9]{${digits}}$` })
const name = line({ min: 1, max: 40 })

/**
 * The city's register in one command. A newer table replaces names and adds codes; nothing is
 * deleted.
 */
export const importDivisions = endpoint({
  post: '/places/divisions',
  says: 'Imports the register of districts, streets and committees',
  who: { operator: 'city' },
  sees: [],
  why: 'operation',
  bodyBytesMax: 4 * 1024 * 1024,
  input: closed({
    source: text({ min: 1, max: 300 }),
    districts: Type.Array(
      closed({
        code: code(6),
        name,
        streets: Type.Array(
          closed({
            code: code(9),
            name,
            committees: Type.Array(closed({ code: code(12), name }), { maxItems: 500 }),
          }),
          { maxItems: 500 },
        ),
      }),
      { maxItems: 100 },
    ),
  }),
  output: closed({
    districts: Type.Integer(),
    streets: Type.Integer(),
    committees: Type.Integer(),
  }),
})

/** Names repeat (271 committee names in the city): the code is the key. */
export const listDivisions = endpoint({
  get: '/places/divisions',
  says: 'The divisions below one code; the districts where no code is given',
  who: { anyone: 'open' },
  sees: [],
  why: 'public',
  input: closed({ under: Type.Optional(Type.String({ pattern: '^[0-9]{6}([0-9]{3})?$' })) }),
  output: closed({
    divisions: Type.Array(
      closed({
        code: Type.String(),
        name: Type.String(),
        kind: oneOf(['district', 'street', 'committee']),
      }),
    ),
  }),
})

/** To walk from a compound to a stair to a home; places only, nobody who lives there. */
export const listCompounds = endpoint({
  get: '/places/compounds',
  says: 'The compounds of the asker’s own committee or street',
  who: { committee: 'committee', street: 'street' },
  sees: [],
  why: 'register',
  input: closed({}),
  output: closed({
    compounds: Type.Array(closed({ compound: Type.String(), name: Type.String() }), {
      maxItems: 5_000,
    }),
  }),
})

export const addCompound = endpoint({
  post: '/places/compounds',
  says: 'Adds a compound to a committee’s area',
  who: { street: 'street' },
  sees: [],
  why: 'register',
  input: closed({ committee: id('committee'), name: line({ min: 1, max: 40 }) }),
  output: closed({ compound: Type.String() }),
})

/** Adds a building with its stairs; every home gets its code. Rooms are floor × 100 + number. */
export const addBuilding = endpoint({
  post: '/places/buildings',
  says: 'Adds a building with stairs and homes to a compound',
  who: { street: 'street' },
  sees: [],
  why: 'register',
  input: closed({
    compound: Type.String({ pattern: '^[0-9]{12}-[0-9]{2,3}$' }),
    name: line({ min: 1, max: 20 }),
    stairs: Type.Array(
      closed({
        number: Type.String({ pattern: '^[0-9A-Za-z]{1,8}$' }),
        floors: Type.Integer({ minimum: 1, maximum: 99 }),
        homesPerFloor: Type.Integer({ minimum: 1, maximum: 20 }),
      }),
      { minItems: 1, maxItems: 40 },
    ),
  }),
  output: closed({ homes: Type.Array(id('home')) }),
})

/**
 * The stair × floor grid. It holds places only, nobody who lives there. Of a compound only its
 * stairs are told, with how many homes each has.
 */
export const stairGrid = endpoint({
  get: '/places/stairs',
  says: 'Stairs, floors and homes of the building a home or stair is in, or a compound’s stairs',
  who: { committee: 'committee', street: 'street' },
  sees: [],
  why: 'task',
  input: closed({ place: id('place') }),
  output: closed({
    compound: Type.String(),
    /** Null: the place is the whole compound. */
    building: maybe(Type.String()),
    stairs: Type.Array(
      closed({
        place: id('place'),
        number: Type.String(),
        building: Type.String(),
        homeCount: Type.Integer(),
        homes: Type.Array(closed({ home: id('home'), floor: Type.Integer(), room: Type.String() })),
      }),
    ),
  }),
})

/** A place as people say it, in parts, so that each language can put them in its own order. */
export const placeShape = closed({
  place: id('place'),
  committee: Type.String(),
  compound: maybe(Type.String()),
  building: maybe(Type.String()),
  stair: maybe(Type.String()),
  room: maybe(Type.String()),
  floor: maybe(Type.Integer()),
})

export const maybePlace = maybe(placeShape)

const tag = Type.String({ pattern: '^[A-Za-z0-9_-]{16,64}$', maxLength: 64 })

/** The link on the door is made of it; it is shown this once. A new one ends the old. */
export const issueTag = endpoint({
  post: '/places/tags',
  says: 'Makes the tag for the door of a stair or home, and ends the one before',
  who: { committee: 'committee', street: 'street' },
  sees: [],
  why: 'task',
  input: closed({ place: id('place') }),
  /** `url` is what the door's code says, `svg` the code as a picture. */
  output: closed({ tag: Type.String(), url: Type.String(), svg: Type.String() }),
})

export const openTag = endpoint({
  get: '/places/tag',
  says: 'Which door a tag stands at',
  who: everyStaff('street'),
  sees: [],
  why: 'task',
  input: closed({ tag }),
  output: closed({ place: placeShape }),
})
