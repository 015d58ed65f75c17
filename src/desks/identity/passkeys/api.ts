import { Type } from 'typebox'
import { closed, endpoint, instant, maybe, oneOf } from '../../../kernel/contract.ts'
import { passkeyNames } from './decide.ts'

/** Base64url, as WebAuthn writes bytes in JSON. */
const bytes = (max: number) =>
  Type.String({ pattern: '^[A-Za-z0-9_-]+$', minLength: 1, maxLength: max })
/** At most 1,023 bytes (WebAuthn Level 3 §4). */
const passkeyId = () => bytes(1_364)
const transport = oneOf(['usb', 'nfc', 'ble', 'smart-card', 'hybrid', 'internal', 'cable'])
const transports = Type.Array(transport, { maxItems: 7 })
const named = closed({
  ...{ id: passkeyId(), type: Type.Literal('public-key') },
  transports: Type.Optional(transports),
})

/** As `navigator.credentials.get` takes it in JSON. */
const asked = closed({
  challenge: bytes(64),
  timeout: Type.Integer(),
  rpId: Type.String(),
  userVerification: Type.Literal('required'),
  allowCredentials: Type.Optional(Type.Array(named)),
})

/** What `navigator.credentials.get` answers, as far as it is judged. */
const assertion = closed({
  id: passkeyId(),
  clientDataJSON: bytes(2_000),
  authenticatorData: bytes(2_000),
  signature: bytes(6_000),
  userHandle: Type.Optional(maybe(bytes(100))),
})

/** `under`: the address under which passkeys can be used; null: this installation has no name. */
export const passkeysHere = endpoint({
  get: '/identity/passkeys/here',
  says: 'Whether passkeys can be used at the address that the browser asked for',
  who: { anyone: 'open' },
  sees: [],
  why: 'sign-in',
  input: closed({}),
  output: closed({ isPossible: Type.Boolean(), under: maybe(Type.String()) }),
})

export const beginPasskey = endpoint({
  post: '/identity/passkeys/begin',
  says: 'Begins to make a passkey for the asker’s own account; answered once, within 5 minutes',
  who: { account: 'own' },
  sees: [],
  why: 'sign-in',
  inPerson: true,
  input: closed({}),
  /** As `navigator.credentials.create` takes it in JSON. Nothing in it tells of the person. */
  output: closed({
    rp: closed({ id: Type.String(), name: Type.String() }),
    user: closed({ id: bytes(100), name: Type.String(), displayName: Type.String() }),
    challenge: bytes(64),
    pubKeyCredParams: Type.Array(closed({ alg: Type.Integer(), type: Type.Literal('public-key') })),
    timeout: Type.Integer(),
    excludeCredentials: Type.Array(named),
    authenticatorSelection: closed({
      residentKey: Type.Literal('required'),
      requireResidentKey: Type.Literal(true),
      userVerification: Type.Literal('required'),
    }),
    attestation: Type.Literal('none'),
  }),
})

export const addPasskey = endpoint({
  post: '/identity/passkeys/add',
  says: 'Keeps the passkey that was made for the asker’s own account',
  who: { account: 'own' },
  sees: [],
  why: 'sign-in',
  inPerson: true,
  bodyBytesMax: 64 * 1024,
  input: closed({
    id: passkeyId(),
    clientDataJSON: bytes(2_000),
    attestationObject: bytes(40_000),
    transports,
  }),
  output: closed({ name: oneOf(passkeyNames) }),
})

/** No name is asked for: the passkey itself says whose it is. */
export const beginSignIn = endpoint({
  post: '/identity/passkeys/sign-in/begin',
  says: 'Begins to sign in by passkey; answered once, within 5 minutes, in the same browser',
  who: { anyone: 'open' },
  sees: [],
  why: 'sign-in',
  input: closed({}),
  output: asked,
})

export const signIn = endpoint({
  post: '/identity/passkeys/sign-in',
  says: 'Signs in by passkey; the session’s cookie is set',
  who: { anyone: 'own' },
  sees: [],
  why: 'sign-in',
  input: assertion,
  output: closed({ expiresAt: instant() }),
})

export const beginStepUp = endpoint({
  post: '/identity/passkeys/step-up/begin',
  says: 'Begins to show once more who is signed in, by one of their own passkeys',
  who: { account: 'own' },
  sees: [],
  why: 'sign-in',
  inPerson: true,
  input: closed({}),
  output: asked,
})

export const stepUpByPasskey = endpoint({
  post: '/identity/passkeys/step-up',
  says: 'Shows once more who is signed in; sensitive views are open for 10 minutes',
  who: { account: 'own' },
  sees: [],
  why: 'sign-in',
  inPerson: true,
  input: assertion,
  output: closed({ until: instant() }),
})

export const listPasskeys = endpoint({
  get: '/identity/passkeys',
  says: 'The asker’s own passkeys',
  who: { account: 'own' },
  sees: [],
  why: 'own-data',
  inPerson: true,
  input: closed({}),
  output: closed({
    passkeys: Type.Array(
      closed({
        id: passkeyId(),
        name: oneOf(passkeyNames),
        madeAt: instant(),
        usedAt: maybe(instant()),
        /** Kept by the maker of the telephone or the browser, too. */
        isSynced: Type.Boolean(),
        /** Its counter went back: there may be a copy, and it opens nothing. */
        isBlocked: Type.Boolean(),
      }),
    ),
  }),
})

export const namePasskey = endpoint({
  post: '/identity/passkeys/name',
  says: 'Calls one of the asker’s own passkeys by another word of the list',
  who: { account: 'own' },
  sees: [],
  why: 'own-data',
  inPerson: true,
  input: closed({ id: passkeyId(), name: oneOf(passkeyNames) }),
  output: closed({ name: oneOf(passkeyNames) }),
})

export const removePasskey = endpoint({
  post: '/identity/passkeys/remove',
  says: 'Removes one of the asker’s own passkeys; the last way in stays',
  who: { account: 'own' },
  sees: [],
  why: 'own-data',
  inPerson: true,
  input: closed({ id: passkeyId() }),
  output: closed({ id: passkeyId() }),
})
