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

/** To the telephone that the asker signs in with; only where the account has nothing better. */
export const askStepUpCode = endpoint({
  post: '/identity/step-up/code',
  says: 'Sends six digits to the asker’s own telephone, to show once more who they are',
  who: { account: 'own' },
  sees: [],
  why: 'sign-in',
  inPerson: true,
  input: closed({}),
  output: closed({ sentAt: instant(), waitMs: Type.Integer(), expiresAt: instant() }),
})

export const stepUpByCode = endpoint({
  post: '/identity/step-up/code/use',
  says: 'Shows once more who is signed in; sensitive views are open for 10 minutes',
  who: { account: 'own' },
  sees: [],
  why: 'sign-in',
  inPerson: true,
  input: closed({ code: Type.String({ pattern: '^[0-9]{6}$' }) }),
  output: closed({ until: instant() }),
})
