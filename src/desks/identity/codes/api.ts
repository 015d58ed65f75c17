import { Type } from 'typebox'
import { closed, endpoint, instant } from '../../../kernel/contract.ts'
import { phone } from '../../../ground/people/api.ts'

/** The answer says nothing of whether anybody signs in with that telephone. */
export const askSignInCode = endpoint({
  post: '/identity/codes',
  says: 'Sends six digits to a telephone, to sign in with; they last five minutes',
  who: { anyone: 'open' },
  sees: [],
  why: 'sign-in',
  input: closed({ phone }),
  output: closed({
    sentAt: instant(),
    /** Until another one may be asked for. */
    waitMs: Type.Integer(),
    expiresAt: instant(),
  }),
})

/** Answers with the cookie of a session. What the browser held before ends. */
export const useSignInCode = endpoint({
  post: '/identity/codes/use',
  says: 'Signs in by the digits that were sent to a telephone, in the browser that asked for them',
  who: { anyone: 'open' },
  sees: [],
  why: 'sign-in',
  input: closed({ phone, code: Type.String({ pattern: '^[0-9]{6}$' }) }),
  output: closed({ expiresAt: instant() }),
})
