import { Type } from 'typebox'
import {
  closed,
  endpoint,
  everyStaff,
  id,
  instant,
  line,
  maybe,
  oneOf,
  rowId,
} from '../../kernel/contract.ts'
import { capacities, matters } from '../../kernel/matter.ts'
import { bodyKinds, coverDays, steps } from './types.ts'

export const timeOfDay = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' })
/** The end of hours: the day's own end too. */
export const endOfHours = Type.String({ pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$' })
/** Who holds a post, by name: colleagues must know whom they speak with. */
export const holder = {
  post: id('post'),
  title: Type.String(),
  unit: Type.String(),
  name: Type.String(),
}
const title = line({ min: 1, max: 20 })

/** Opens a street: its own body, a duty officer's post, and the first officer in it. */
export const foundStreet = endpoint({
  post: '/duties/streets',
  says: 'Opens a street with its first duty officer',
  who: { operator: 'city' },
  sees: [],
  why: 'operation',
  input: closed({
    street: id('street'),
    officer: line({ min: 1, max: 60 }),
    phone: line({ min: 3, max: 20 }),
  }),
  /** `body`: the street's own, for further officers. */
  output: closed({ person: id('person'), post: id('post'), body: rowId() }),
})

/**
 * A committee, a village committee, property staff, a police post, a clinic or volunteers; its
 * phone is what residents are given. A committee has its code and is named by the register; the
 * others have a name and none.
 */
export const addBody = endpoint({
  post: '/duties/bodies',
  says: 'Adds a body of the street with its phone and hours',
  who: { street: 'street' },
  sees: [],
  why: 'duty',
  input: closed({
    kind: Type.Optional(oneOf(bodyKinds)),
    committee: Type.Optional(id('committee')),
    name: Type.Optional(line({ min: 1, max: 40 })),
    phone: line({ min: 3, max: 20 }),
    opensAt: timeOfDay,
    closesAt: endOfHours,
  }),
  output: closed({ body: rowId() }),
})

/** Puts a person into a post. `rank` 1 is responsible first; 2 and on are the deputies in order. */
export const fillPost = endpoint({
  post: '/duties/posts',
  says: 'Puts a person into a post of a body',
  who: { street: 'street' },
  sees: [],
  why: 'duty',
  input: closed({
    body: rowId(),
    title,
    person: id('person'),
    rank: Type.Integer({ minimum: 1, maximum: 99 }),
  }),
  output: closed({ post: id('post') }),
})

/** The person holds it no more, from now: its beats, leave and shifts end with it. */
export const endPost = endpoint({
  post: '/duties/posts/end',
  says: 'Ends that somebody holds a post; the last officer of a street stays',
  who: { street: 'street' },
  sees: [],
  why: 'duty',
  input: closed({ post: id('post') }),
  output: closed({ post: id('post') }),
})

/**
 * The one post that may open who reported something. An officer names another one: with a single
 * officer in the street there is none, and what is sealed stays shut.
 */
export const nameKeeper = endpoint({
  post: '/duties/posts/keeper',
  says: 'Names the one post of the street that may open who reported something',
  who: { street: 'street' },
  sees: [],
  why: 'duty',
  stepUp: true,
  inPerson: true,
  input: closed({ post: id('post') }),
  output: closed({ post: id('post'), since: instant() }),
})

/** Whom an officer may name, and who is it. Null: nobody is, and what is sealed stays shut. */
export const reporterKeeper = endpoint({
  get: '/duties/posts/keeper',
  says: 'Which post may open who reported something, since when, and who could be named',
  who: { street: 'street' },
  sees: ['name', 'post'],
  why: 'duty',
  how: 'list',
  input: closed({}),
  output: closed({
    keeper: maybe(closed({ post: id('post'), since: maybe(instant()) })),
    officers: Type.Array(closed({ ...holder, isMe: Type.Boolean() }), { maxItems: 100 }),
    now: instant(),
  }),
})

/** What a post is asked for from now on, instead of what was before; an empty list: no beat. */
export const setBeats = endpoint({
  post: '/duties/beats',
  says: 'Says for which places and matters a post is asked first',
  who: { street: 'street' },
  sees: [],
  why: 'duty',
  input: closed({
    post: id('post'),
    beats: Type.Array(
      closed({
        place: id('place'),
        /** Null: every matter. */
        matters: maybe(Type.Array(oneOf(matters), { minItems: 1, maxItems: matters.length })),
      }),
      { maxItems: 50 },
    ),
  }),
  output: closed({ post: id('post') }),
})

/**
 * "Call a person" is always in reach: the committee of my home, and whether it answers now. Where
 * no home is known, the only street's own line; `unit` null: the city's.
 */
export const whomToCall = endpoint({
  get: '/duties/call',
  says: 'The phone of the asker’s own neighbourhood committee, or of whoever answers before',
  who: { account: 'own', resident: 'own' },
  sees: [],
  why: 'public',
  input: closed({}),
  output: closed({
    unit: maybe(Type.String()),
    phone: maybe(Type.String()),
    opensAt: maybe(timeOfDay),
    closesAt: maybe(endOfHours),
    answersNow: Type.Boolean(),
  }),
})

/** The street's bodies to its officers; to everybody else their own. */
export const listBodies = endpoint({
  get: '/duties/bodies',
  says: 'Bodies with their posts, who holds them, and what they are asked for',
  who: { ...everyStaff('body'), street: 'street' },
  sees: ['name', 'post'],
  why: 'duty',
  how: 'list',
  input: closed({}),
  output: closed({
    bodies: Type.Array(
      closed({
        body: rowId(),
        kind: oneOf(bodyKinds),
        name: Type.String(),
        committee: maybe(id('committee')),
        phone: maybe(Type.String()),
        opensAt: maybe(Type.String()),
        closesAt: maybe(Type.String()),
        covers: Type.Array(
          closed({
            days: oneOf(coverDays),
            from: timeOfDay,
            to: endOfHours,
            people: Type.Integer(),
          }),
        ),
        posts: Type.Array(
          closed({
            ...holder,
            rank: Type.Integer(),
            onDuty: Type.Boolean(),
            onLeave: Type.Boolean(),
            beats: Type.Array(
              closed({ place: id('place'), matters: maybe(Type.Array(oneOf(matters))) }),
            ),
          }),
        ),
      }),
    ),
    now: instant(),
  }),
})

/** The ladder as `duties` answers it, with the word why each stands in it. */
export const whoNext = endpoint({
  get: '/duties/who',
  says: 'Who is responsible for a matter at a place now, and who is asked next',
  who: { street: 'street' },
  sees: ['name', 'post'],
  why: 'duty',
  how: 'list',
  input: closed({
    place: id('place'),
    matter: oneOf(matters),
    as: Type.Optional(oneOf(capacities)),
  }),
  output: closed({
    ladder: Type.Array(closed({ ...holder, step: oneOf(steps), onLeave: Type.Boolean() })),
    now: instant(),
  }),
})

/** To officers everybody of the street or of one committee; to the others their own body. */
export const onDutyNow = endpoint({
  get: '/duties/on-duty',
  says: 'Who is on duty now, until when and for which places',
  who: { ...everyStaff('body'), street: 'street' },
  sees: ['name', 'post'],
  why: 'duty',
  how: 'list',
  input: closed({ committee: Type.Optional(id('committee')) }),
  output: closed({
    posts: Type.Array(
      closed({
        ...holder,
        body: rowId(),
        kind: oneOf(bodyKinds),
        committee: maybe(id('committee')),
        /** The end of the shift; null where the body has no roster. */
        until: maybe(instant()),
        beats: Type.Array(
          closed({ place: id('place'), matters: maybe(Type.Array(oneOf(matters))) }),
        ),
      }),
    ),
    now: instant(),
  }),
})
