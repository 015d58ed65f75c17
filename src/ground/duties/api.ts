import { Type } from 'typebox'
import { closed, endpoint, id, instant, maybe, rowId, text } from '../../kernel/contract.ts'

const timeOfDay = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' })

/** Opens a street: its own body, a duty officer's post, and the first officer in it. */
export const foundStreet = endpoint({
  post: '/duties/streets',
  says: 'Opens a street with its first duty officer',
  who: ['operator'],
  sees: [],
  why: 'operation',
  input: closed({
    street: id('street'),
    officer: text({ min: 1, max: 60 }),
    phone: text({ min: 3, max: 20 }),
  }),
  /** `body`: the street's own, for further officers. */
  output: closed({ person: id('person'), post: id('post'), body: rowId() }),
})

/** A body is a committee or the street itself; its phone is what residents are given. */
export const addBody = endpoint({
  post: '/duties/bodies',
  says: 'Adds a neighbourhood committee with its phone and hours',
  who: ['street'],
  sees: [],
  why: 'duty',
  input: closed({
    committee: id('committee'),
    phone: text({ min: 3, max: 20 }),
    opensAt: timeOfDay,
    closesAt: timeOfDay,
  }),
  output: closed({ body: rowId() }),
})

/** Puts a person into a post. `rank` 1 is responsible first; 2 and on are the deputies in order. */
export const fillPost = endpoint({
  post: '/duties/posts',
  says: 'Puts a person into a post of a body',
  who: ['street'],
  sees: [],
  why: 'duty',
  input: closed({
    body: rowId(),
    title: text({ min: 1, max: 20 }),
    person: id('person'),
    rank: Type.Integer({ minimum: 1, maximum: 9 }),
  }),
  output: closed({ post: id('post') }),
})

/** Leave: from now until the date the deputy is asked. */
export const goOnLeave = endpoint({
  post: '/duties/leave',
  says: 'Marks a post as on leave until an instant, or back',
  who: ['street'],
  sees: [],
  why: 'duty',
  input: closed({ post: id('post'), until: maybe(instant()) }),
  output: closed({ post: id('post') }),
})

/** "Call a person" is always in reach: the committee of my home, and whether it answers now. */
export const whomToCall = endpoint({
  get: '/duties/call',
  says: 'The phone of the asker’s own neighbourhood committee',
  who: ['resident'],
  sees: [],
  why: 'public',
  input: closed({}),
  output: closed({
    unit: Type.String(),
    phone: maybe(Type.String()),
    opensAt: maybe(timeOfDay),
    closesAt: maybe(timeOfDay),
    answersNow: Type.Boolean(),
  }),
})
