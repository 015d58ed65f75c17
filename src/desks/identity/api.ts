import { Type } from 'typebox'
import {
  closed,
  endpoint,
  everyStaff,
  instant,
  line,
  maybe,
  oneOf,
  staffRoles,
} from '../../kernel/contract.ts'
import { handRelations } from '../../kernel/asker.ts'
import { maybePlace } from '../../ground/places/api.ts'

const named = closed({ name: line({ min: 1, max: 60 }) })

/** One-time link for a person: 24 hours, one use. Only its hash is kept. */
export const makeLink = endpoint({
  post: '/identity/links',
  says: 'Makes a one-time sign-in link for the person of that name',
  who: { operator: 'city' },
  sees: [],
  why: 'sign-in',
  input: named,
  output: closed({ url: Type.String(), expiresAt: instant() }),
})

/** A bearer token for the API: 30 days. Only its hash is kept. */
export const makeToken = endpoint({
  post: '/identity/tokens',
  says: 'Makes a bearer token for the person of that name',
  who: { operator: 'city' },
  sees: [],
  why: 'sign-in',
  input: named,
  output: closed({ token: Type.String(), expiresAt: instant() }),
})

export const whoAmI = endpoint({
  get: '/identity/me',
  says: 'Who the asker is, and which front doors are open to them',
  who: { resident: 'own', ...everyStaff('own') },
  sees: ['name', 'address', 'post'],
  why: 'own-data',
  input: closed({}),
  output: closed({
    name: Type.String(),
    place: maybePlace,
    role: oneOf(['resident', ...staffRoles]),
    title: maybe(Type.String()),
    unit: maybe(Type.String()),
    street: Type.String(),
    /** The asker acts for the person named above, by a grant that ends then. */
    acting: maybe(
      closed({ name: Type.String(), until: instant(), relation: oneOf(handRelations) }),
    ),
  }),
})
