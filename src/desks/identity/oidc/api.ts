import { Type } from 'typebox'
import { closed, endpoint, maybe } from '../../../kernel/contract.ts'

/** What a sign-in page can offer, here; nothing about anybody. */
export const waysToSignIn = endpoint({
  get: '/identity/ways',
  says: 'By which ways one can sign in at this address',
  who: { anyone: 'open' },
  sees: [],
  why: 'sign-in',
  input: closed({}),
  output: closed({
    /** By a code to a telephone. */
    code: Type.Boolean(),
    passkey: Type.Boolean(),
    /** Where passkeys can be used instead; null: here, or nowhere. */
    passkeyUnder: maybe(Type.String()),
    /** The name of the organisation that staff sign in with. */
    organisation: maybe(Type.String()),
  }),
})

export const unlinkOrganisation = endpoint({
  post: '/identity/organisation/unlink',
  says: 'The asker’s account is no longer opened by the organisation’s sign-in; the last way stays',
  who: { account: 'own' },
  sees: [],
  why: 'own-data',
  inPerson: true,
  input: closed({}),
  output: closed({ isLinked: Type.Literal(false) }),
})
