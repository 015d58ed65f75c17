import { Type } from 'typebox'
import { closed, endpoint, instant, maybe, oneOf } from '../../../kernel/contract.ts'
import { waysToStepUp } from './decide.ts'

/** `until`: sensitive views are open till then; null: they are not. */
export const myStepUp = endpoint({
  get: '/identity/step-up',
  says: 'Whether the asker has just shown who they are, and by which ways they can show it',
  who: { account: 'own' },
  sees: [],
  why: 'sign-in',
  inPerson: true,
  input: closed({}),
  output: closed({ until: maybe(instant()), ways: Type.Array(oneOf(waysToStepUp)) }),
})
