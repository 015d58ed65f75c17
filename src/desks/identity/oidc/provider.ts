/**
 * The library's words for ours. Every call outside goes by the rules of `platform/outward`: https;
 * no redirects; bounded. What the provider names beside its own origin is an address that somebody
 * outside gave: public, or not asked. The provider lives in real time, whatever the town's
 * clock says.
 */
import * as client from 'openid-client'
import { hourMs, minuteMs, type Clock } from '../../../kernel/clock.ts'
import { fetchOutward, isAllowed, NotReached, type Reach } from '../../../platform/outward.ts'
import type { Organisation } from './decide.ts'

export type Provider = {
  readonly name: string
  /** Where the browser goes; what its answer is judged by. */
  begin(wish: { redirectUri: string; isAnew: boolean }): Promise<Begun>
  /** Who it is, or nothing where the answer is not genuine. */
  judge(current: URL, begun: Begun['facts'], isAnew: boolean): Promise<Judged | undefined>
}

export type Begun = { url: URL; facts: { state: string; nonce: string; verifier: string } }
export type Subject = { issuer: string; subject: string }
/** `isFresh`: it says that they showed it who they are within these minutes. */
export type Judged = Subject & { isFresh: boolean }

/** Read anew so often; keys are read anew when an unknown one signs. */
const metadataMs = hourMs
/** Between showing it to the provider and being back here. */
const anewMs = 5 * minuteMs
/** A plain sign-in takes who has shown it within a working day, as long as staff's own sign-in. */
const sameDayMs = 12 * hourMs
/** Their clock and ours. */
const skewSeconds = 30

export function openProvider(organisation: Organisation, real: Clock): Provider {
  let known: { at: number; found: Promise<client.Configuration> } | undefined
  const configured = () => {
    const now = real.now()
    if (known && now - known.at < metadataMs) return known.found
    const found = discover(organisation)
    known = { at: now, found }
    // What failed is tried again by whoever comes next.
    found.catch(() => {
      if (known?.found === found) known = undefined
    })
    return found
  }
  return {
    name: organisation.name,
    async begin({ redirectUri, isAnew }) {
      const config = await configured()
      const verifier = client.randomPKCECodeVerifier()
      const facts = { state: client.randomState(), nonce: client.randomNonce(), verifier }
      const url = client.buildAuthorizationUrl(config, {
        ...{ redirect_uri: redirectUri, scope: 'openid', state: facts.state, nonce: facts.nonce },
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(isAnew ? { prompt: 'login', max_age: '0' } : { max_age: String(sameDayMs / 1000) }),
      })
      return { url, facts }
    },
    async judge(current, { state, nonce, verifier }, isAnew) {
      const config = await configured()
      const tokens = await client
        .authorizationCodeGrant(config, current, {
          ...{ expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier },
          ...(isAnew ? { maxAge: anewMs / 1000 } : {}),
        })
        .catch(unlessAway)
      const claims = tokens?.claims()
      if (!claims) return undefined
      const agoMs = shownAgoMs(claims)
      if (agoMs !== undefined && agoMs > sameDayMs) return undefined
      const isFresh = agoMs !== undefined && agoMs <= anewMs
      return { issuer: claims.iss, subject: claims.sub, isFresh }
    },
  }
}

/**
 * For how long they had shown it who they are when it made this token, which is now, by its own
 * clock; undefined: it does not say.
 */
function shownAgoMs({ iat, auth_time }: client.IDToken): number | undefined {
  return auth_time === undefined ? undefined : (iat - auth_time) * 1000
}

/** A refusal is an answer; a provider that cannot be reached is none. */
function unlessAway(why: unknown): undefined {
  for (let each = why; each instanceof Error; each = each.cause) {
    if (each instanceof NotReached) throw each
  }
}

async function discover(organisation: Organisation): Promise<client.Configuration> {
  const { url, id, secret } = organisation
  const server = new URL(url)
  const isPlain = server.protocol === 'http:'
  const outward = outwardOf(server)
  const fetching = { [client.customFetch]: outward }
  // Never in earnest: `readOrganisation` takes https alone.
  // oxlint-disable-next-line typescript/no-deprecated
  const execute = isPlain ? [client.allowInsecureRequests] : []
  const found = await client.discovery(server, id, undefined, client.None(), {
    ...fetching,
    execute,
  })
  const metadata = found.serverMetadata()
  const { authorization_endpoint: pages = '' } = metadata
  // People's browsers are sent there.
  if (!isAllowed(pages, reachOf(server, pages))) throw new NotReached('address')
  const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
  const proof = methods.includes('client_secret_basic')
    ? client.ClientSecretBasic(secret)
    : client.ClientSecretPost(secret)
  const known = { client_secret: secret, [client.clockTolerance]: skewSeconds }
  const config = new client.Configuration(metadata, id, known, proof)
  config[client.customFetch] = outward
  // oxlint-disable-next-line typescript/no-deprecated
  for (const allow of execute) allow(config)
  // Whoever stands in the middle of our own call could write an id token: its signature is judged.
  client.enableNonRepudiationChecks(config)
  return config
}

function outwardOf(issuer: URL): client.CustomFetch {
  return (url, { method, headers, body }) => {
    const text = body instanceof URLSearchParams ? body.toString() : body
    if (text !== null && text !== undefined && typeof text !== 'string') {
      return Promise.reject(new NotReached('address'))
    }
    return fetchOutward(url, { method, headers, body: text ?? null }, reachOf(issuer, url))
  }
}

/** Whoever runs the program chose the issuer's own origin, and nothing else that it names. */
function reachOf(issuer: URL, url: string): Reach {
  return URL.canParse(url) && new URL(url).origin === issuer.origin ? 'chosen' : 'public'
}
