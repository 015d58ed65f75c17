import { Type } from 'typebox'
import { closed, endpoint, id, maybe, text } from '../../kernel/contract.ts'
import { addedMax } from './types.ts'

export const phone = Type.String({ pattern: '^[0-9+][0-9 -]{4,19}$', maxLength: 20 })

const resident = closed({
  name: text({ min: 1, max: 60 }),
  bornOn: maybe(Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })),
  phone: maybe(phone),
  home: maybe(id('home')),
  livesAlone: Type.Boolean(),
})

/**
 * Registers one resident of one home. The register proper (imports, owners, search) comes later.
 */
export const addPerson = endpoint({
  post: '/people',
  says: 'Registers a person, living in a home or not',
  who: { street: 'street' },
  sees: [],
  why: 'register',
  input: resident,
  output: closed({ person: id('person') }),
})

/** All or none. The answer stands in the order of the list. */
export const addPeople = endpoint({
  post: '/people/many',
  says: 'Registers up to 500 persons at once, or none of them',
  who: { street: 'street' },
  sees: [],
  why: 'register',
  bodyBytesMax: 256 * 1024,
  input: closed({ people: Type.Array(resident, { minItems: 1, maxItems: addedMax }) }),
  output: closed({ people: Type.Array(id('person'), { maxItems: addedMax }) }),
})
