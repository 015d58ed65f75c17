import { Type } from 'typebox'
import { closed, endpoint, oneOf } from '../../../kernel/contract.ts'

/** New keys from now on; what is sealed with older ones is sealed anew while people work. */
export const rotateKeys = endpoint({
  post: '/people/keys',
  says: 'Begins a rotation of the keys that telephones and identity numbers are sealed with',
  who: { operator: 'city' },
  sees: [],
  why: 'operation',
  input: closed({}),
  /** False: an earlier one is still at work, and goes on. */
  output: closed({ hasBegun: Type.Boolean() }),
})

export const keysState = endpoint({
  get: '/people/keys',
  says: 'How far a rotation of keys is',
  who: { operator: 'city' },
  sees: [],
  why: 'operation',
  input: closed({}),
  /** `sealing`: values of older keys are left; `waiting`: none, and older keys go in minutes. */
  output: closed({ state: oneOf(['settled', 'sealing', 'waiting']) }),
})
