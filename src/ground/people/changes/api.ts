import { Type } from 'typebox'
import { closed, endpoint, id, instant, oneOf, rowId } from '../../../kernel/contract.ts'

const who = { committee: 'committee', street: 'street' } as const
const kind = oneOf(['phone', 'id-number'])

/** Nothing changes before a second worker or the person themself says that it is right (IDP-9). */
export const setNumber = endpoint({
  post: '/people/numbers',
  says: 'Asks that a person’s telephone or identity number be changed',
  who,
  sees: [],
  why: 'register',
  input: closed({
    person: id('person'),
    kind,
    number: Type.String({ minLength: 5, maxLength: 40 }),
  }),
  output: closed({ change: rowId(), until: instant() }),
})

export const numberChanges = endpoint({
  get: '/people/numbers/waiting',
  says: 'Changes of numbers that wait for a second worker',
  who,
  sees: ['name', 'phone', 'id-number'],
  why: 'register',
  how: 'list',
  input: closed({}),
  output: closed({
    changes: Type.Array(
      closed({
        change: rowId(),
        name: Type.String(),
        kind,
        masked: Type.String(),
        askedAt: instant(),
        until: instant(),
        /** The asker asked for it, so somebody else decides. */
        isOwn: Type.Boolean(),
      }),
      { maxItems: 100 },
    ),
    hasMore: Type.Boolean(),
  }),
})

export const decideNumber = endpoint({
  post: '/people/numbers/decide',
  says: 'A second worker approves a changed number, or refuses it',
  who,
  sees: [],
  why: 'register',
  input: closed({ change: rowId(), approves: Type.Boolean() }),
  output: closed({ verdict: oneOf(['approved', 'refused']) }),
})

export const confirmNumber = endpoint({
  post: '/people/numbers/confirm',
  says: 'The person themself says whether a changed number is right',
  who: { resident: 'own' },
  sees: [],
  why: 'own-data',
  level: 'resident',
  inPerson: true,
  input: closed({ change: rowId(), isRight: Type.Boolean() }),
  output: closed({ verdict: oneOf(['confirmed', 'refused']) }),
})
