import { Type } from 'typebox'
import { closed, endpoint, id, line, maybe, oneOf } from '../../kernel/contract.ts'
import { addedMax, relations, tenures } from './types.ts'

export const phone = Type.String({ pattern: '^[0-9+][0-9 -]{4,19}$', maxLength: 20 })

export const reading = Type.String({ pattern: "^[A-Za-züÜ' -]{1,80}$", maxLength: 80 })

const resident = closed({
  name: line({ min: 1, max: 60 }),
  bornOn: maybe(Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })),
  phone: maybe(phone),
  home: maybe(id('home')),
  livesAlone: Type.Boolean(),
  idNumber: Type.Optional(maybe(Type.String({ minLength: 15, maxLength: 30 }))),
  tenure: Type.Optional(maybe(oneOf(tenures))),
  relation: Type.Optional(maybe(oneOf(relations))),
  /** Where the name is read otherwise than the dictionary says: pinyin without tones. */
  reading: Type.Optional(maybe(reading)),
})

/** A committee registers who comes to live in a home of its own. */
export const addPerson = endpoint({
  post: '/people',
  says: 'Registers a person, living in a home or not',
  who: { committee: 'committee', street: 'street' },
  sees: [],
  why: 'register',
  input: resident,
  output: closed({ person: id('person') }),
})

/** All or none. The answer stands in the order of the list. */
export const addPeople = endpoint({
  post: '/people/many',
  says: 'Registers up to 500 persons at once, or none of them',
  who: { committee: 'committee', street: 'street' },
  sees: [],
  why: 'register',
  bodyBytesMax: 256 * 1024,
  input: closed({ people: Type.Array(resident, { minItems: 1, maxItems: addedMax }) }),
  output: closed({ people: Type.Array(id('person'), { maxItems: addedMax }) }),
})
