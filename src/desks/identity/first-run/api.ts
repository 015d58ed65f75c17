import { Type } from 'typebox'
import { closed, endpoint, id, instant, line, maybe } from '../../../kernel/contract.ts'

const link = closed({ url: Type.String(), expiresAt: instant() })

/**
 * Without a name: the owner's link, while no street has an officer; the one before it ends. With a
 * name: an invitation to the post that this person holds, for whoever lost every key.
 */
export const makeOwnerLink = endpoint({
  post: '/identity/owner-links',
  says: 'Makes the link that opens an empty town, or a way in for somebody who holds a post',
  who: { operator: 'city' },
  sees: [],
  why: 'sign-in',
  input: closed({ name: Type.Optional(line({ min: 1, max: 60 })) }),
  output: link,
})

/** To be given by hand; 24 hours, one use. The one before it for the same post ends. */
export const invite = endpoint({
  post: '/identity/invitations',
  says: 'Makes a one-time link by which whoever holds a post gets an account',
  who: { street: 'street' },
  sees: ['account'],
  why: 'sign-in',
  stepUp: true,
  input: closed({ post: id('post') }),
  output: link,
})

/** How far a town has come from empty. */
export const beginState = endpoint({
  get: '/identity/begin',
  says: 'Which steps of the first run are done',
  who: { account: 'own', street: 'street' },
  sees: [],
  why: 'operation',
  inPerson: true,
  input: closed({}),
  output: closed({
    /** The asker opened the owner's link, and no street has an officer yet. */
    mayFound: Type.Boolean(),
    street: maybe(closed({ street: id('street'), name: Type.String() })),
    /** The asker has a passkey, or the organisation's sign-in. */
    hasKey: Type.Boolean(),
    committees: Type.Array(id('committee')),
  }),
})

export const begin = endpoint({
  post: '/identity/begin',
  says: 'Opens the first street, with whoever opened the owner’s link as its first duty officer',
  who: { account: 'own' },
  sees: [],
  why: 'operation',
  inPerson: true,
  input: closed({
    /** Of the register of divisions. */
    street: id('street'),
    name: line({ min: 1, max: 60 }),
    phone: line({ min: 3, max: 20 }),
  }),
  output: closed({ street: id('street'), name: Type.String() }),
})
