import { Type } from 'typebox'
import { closed, endpoint, id, maybe, text } from '../../kernel/contract.ts'

export const phone = Type.String({ pattern: '^[0-9+][0-9 -]{4,19}$', maxLength: 20 })

/**
 * Registers one resident of one home. The register proper (imports, owners, search) comes later.
 */
export const addPerson = endpoint({
  post: '/people',
  says: 'Registers a person, living in a home or not',
  who: ['street'],
  sees: [],
  why: 'register',
  input: closed({
    name: text({ min: 1, max: 60 }),
    bornOn: maybe(Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })),
    phone: maybe(phone),
    home: maybe(id('home')),
    livesAlone: Type.Boolean(),
  }),
  output: closed({ person: id('person') }),
})
