import { Type } from 'typebox'
import { closed, endpoint, id, maybe, oneOf, rowId } from '../../../kernel/contract.ts'
import { dwelling, number, share } from '../keeping/api.ts'

const who = { committee: 'request', street: 'request' } as const
/** Why: a request on record of the asker's, or an open task that is about the person. */
const matter = { request: Type.Optional(rowId()), task: Type.Optional(id('task')) }

export const openPerson = endpoint({
  get: '/people/person',
  says: 'One person of the register, for a request on record or an open task of the asker',
  who,
  sees: ['name', 'age', 'address', 'household', 'ownership', 'phone', 'id-number'],
  why: 'register',
  finds: true,
  input: closed({ person: id('person'), ...matter }),
  output: closed({
    person: id('person'),
    name: Type.String(),
    age: maybe(Type.Integer()),
    left: maybe(closed({ why: oneOf(['moved', 'died', 'mistake']), on: Type.String() })),
    homes: Type.Array(dwelling, { maxItems: 20 }),
    owns: Type.Array(share, { maxItems: 200 }),
    numbers: Type.Array(number, { maxItems: 2 }),
  }),
})

/** One number in full, each a look of its own. */
export const showNumber = endpoint({
  post: '/people/number',
  says: 'Shows one number of a person in full',
  who,
  sees: ['phone', 'id-number'],
  why: 'register',
  stepUp: true,
  input: closed({ person: id('person'), kind: oneOf(['phone', 'id-number']), ...matter }),
  output: closed({ number: Type.String() }),
})
