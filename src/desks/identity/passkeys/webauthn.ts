/** The library's words for ours. What it throws is a refusal: the answer was not genuine. */
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import type { Instant } from '../../../kernel/clock.ts'
import { dayOf } from '../../../kernel/calendar.ts'
import type { AccountId } from '../../../kernel/ids.ts'
import { randomBytes } from 'node:crypto'
import { ceremonyMs } from '../ceremonies/index.ts'
import type * as api from './api.ts'
import type { Site } from './decide.ts'
import type { Passkey } from './store.ts'

/** EdDSA, ES256, RS256 (RFC 9053, RFC 8812). */
const algorithms = [-8, -7, -257]
const challengeBytes = 32

const newChallenge = () => new Uint8Array(randomBytes(challengeBytes))

const asNamed = ({ id, transports }: Pick<Passkey, 'id' | 'transports'>) => ({ id, transports })

/**
 * The name in the telephone's own list is a day: makers of telephones keep that list, and need not
 * know who lives here.
 */
export async function creationOptions(wish: {
  site: Site
  account: AccountId
  known: readonly Passkey[]
  madeOn: Instant
}): Promise<Output<typeof api.beginPasskey>> {
  const { site, account, known, madeOn } = wish
  const label = `里弄 Lilong · ${dayOf(madeOn)}`
  const made = await generateRegistrationOptions({
    ...{ rpName: '里弄 Lilong', rpID: site.id, userName: label, userDisplayName: label },
    ...{ userID: bytesOf(account), challenge: newChallenge(), timeout: ceremonyMs },
    ...{ attestationType: 'none', supportedAlgorithmIDs: algorithms },
    excludeCredentials: known.map(asNamed),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  return {
    ...{ rp: { id: site.id, name: made.rp.name }, user: made.user, challenge: made.challenge },
    pubKeyCredParams: algorithms.map((alg) => ({ alg, type: 'public-key' as const })),
    timeout: ceremonyMs,
    excludeCredentials: known.map((each) => named(each)),
    authenticatorSelection: {
      ...{ residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    },
    attestation: 'none',
  }
}

type Named = NonNullable<Output<typeof api.beginStepUp>['allowCredentials']>[number]

function named(passkey: Passkey): Named {
  const transports = passkey.transports as NonNullable<Named['transports']>
  return { id: passkey.id, type: 'public-key', transports }
}

/** `allowed`: only these; nothing: whichever the person chooses, so that no name is asked. */
export async function requestOptions(
  site: Site,
  allowed?: readonly Passkey[],
): Promise<Output<typeof api.beginSignIn>> {
  const { challenge } = await generateAuthenticationOptions({
    ...{ rpID: site.id, challenge: newChallenge(), timeout: ceremonyMs },
    userVerification: 'required',
  })
  return {
    ...{ challenge, timeout: ceremonyMs, rpId: site.id, userVerification: 'required' },
    ...(allowed ? { allowCredentials: allowed.map(named) } : {}),
  }
}

/** Nothing where it is not genuine, or not for this site and challenge. */
export async function judgeNew(
  input: Input<typeof api.addPasskey>,
  site: Site,
  challenge: Buffer,
): Promise<Pick<Passkey, 'id' | 'publicKey' | 'counter' | 'isSynced'> | undefined> {
  const { id, clientDataJSON, attestationObject } = input
  const judged = await verifyRegistrationResponse({
    response: {
      ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {} },
      response: { clientDataJSON, attestationObject },
    },
    ...expected(site, challenge),
    supportedAlgorithmIDs: algorithms,
  }).catch(() => undefined)
  if (!judged?.verified) return undefined
  const { credential, credentialBackedUp } = judged.registrationInfo
  // What was signed says its own id; what stands beside it is only said.
  if (credential.id !== id) return undefined
  const publicKey = Buffer.from(credential.publicKey)
  return { id, publicKey, counter: credential.counter, isSynced: credentialBackedUp }
}

/**
 * Nothing where the signature is not this passkey's, for this site and challenge. The counter is
 * not judged here: a wrong signature must not block anybody's passkey.
 */
export async function judgeUse(
  input: Input<typeof api.signIn>,
  passkey: Passkey,
  site: Site,
  challenge: Buffer,
): Promise<{ counter: number; isSynced: boolean } | undefined> {
  const { id, clientDataJSON, authenticatorData, signature, userHandle } = input
  const own = Buffer.from(bytesOf(passkey.account)).toString('base64url')
  if (userHandle && userHandle !== own) return undefined
  const judged = await verifyAuthenticationResponse({
    response: {
      ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {} },
      response: { clientDataJSON, authenticatorData, signature },
    },
    ...expected(site, challenge),
    credential: { id, publicKey: new Uint8Array(passkey.publicKey), counter: 0 },
  }).catch(() => undefined)
  if (!judged?.verified) return undefined
  const { newCounter: counter, credentialBackedUp: isSynced } = judged.authenticationInfo
  return { counter, isSynced }
}

function expected(site: Site, challenge: Buffer) {
  return {
    expectedChallenge: challenge.toString('base64url'),
    ...{ expectedOrigin: site.origin, expectedRPID: site.id, requireUserVerification: true },
  }
}

/** Opaque to the authenticator: the account's own random id. */
function bytesOf(account: AccountId): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(account.replaceAll('-', ''), 'hex'))
}
