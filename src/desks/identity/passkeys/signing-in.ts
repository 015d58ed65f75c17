import type { Asker } from '../../../kernel/asker.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { Browser } from '../../../platform/browser.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { openSession } from '../sessions/index.ts'
import { showAnew } from '../stepping-up/index.ts'
import type * as api from './api.ts'
import { beginCeremony, endCeremony } from './asked.ts'
import { hasRisen, type Site } from './decide.ts'
import { askedAtSite, openPasskeysOf, siteFor } from './passkeys.ts'
import * as store from './store.ts'
import { judgeUse, requestOptions } from './webauthn.ts'

const cityWide = { street: '' }

export async function beginSignIn(
  given: Given,
  browser: Browser,
  publicUrl: string,
): Promise<Output<typeof api.beginSignIn> | Fault> {
  const site = siteFor(publicUrl, browser)
  if (isFault(site)) return site
  const options = await requestOptions(site)
  await given.db.inStreet(cityWide, (tx) =>
    beginCeremony(given, tx, 'sign-in', browser, null, options.challenge),
  )
  return options
}

export async function signIn(
  given: Given,
  input: Input<typeof api.signIn>,
  browser: Browser,
  publicUrl: string,
): Promise<Output<typeof api.signIn> | Fault> {
  const site = siteFor(publicUrl, browser)
  if (isFault(site)) return site
  const used = await usedPasskey(given, 'sign-in', input, browser, site)
  if (isFault(used)) return used
  const { account } = used.passkey
  const session = await openSession(given, {
    ...{ account, holder: null, openedBy: 'passkey', browser, isSteppedUp: true },
  })
  browser.keep(session)
  return { expiresAt: session.expiresAt }
}

export async function beginStepUp(
  given: Given,
  asker: Asker,
  browser: Browser,
  publicUrl: string,
): Promise<Output<typeof api.beginStepUp> | Fault> {
  const asked = askedAtSite(asker, browser, publicUrl)
  if (isFault(asked)) return asked
  const { site, own } = asked
  return given.db.inStreet(cityWide, async (tx) => {
    const passkeys = await openPasskeysOf(tx, own.account)
    if (passkeys.length === 0) return fault('no-such-way')
    const options = await requestOptions(site, passkeys)
    await beginCeremony(given, tx, 'step-up', browser, own.account, options.challenge)
    return options
  })
}

export async function stepUpByPasskey(
  given: Given,
  asker: Asker,
  input: Input<typeof api.stepUpByPasskey>,
  browser: Browser,
  publicUrl: string,
): Promise<Output<typeof api.stepUpByPasskey> | Fault> {
  const asked = askedAtSite(asker, browser, publicUrl)
  if (isFault(asked)) return asked
  const { site, own } = asked
  const used = await usedPasskey(given, 'step-up', input, browser, site, own.account)
  return isFault(used) ? used : showAnew(given, own, browser)
}

/** The passkey that answered, once its answer was judged and its use is written down. */
async function usedPasskey(
  given: Given,
  kind: 'sign-in' | 'step-up',
  input: Input<typeof api.signIn>,
  browser: Browser,
  site: Site,
  owner?: string,
): Promise<{ passkey: store.Passkey } | Fault> {
  const ceremony = await endCeremony(given, kind, browser, input.clientDataJSON)
  const passkey = await given.db.inStreet(cityWide, (tx) => store.passkeyOf(tx, input.id))
  if (!ceremony || !passkey) return fault('passkey-refused')
  if (owner !== undefined && (ceremony.account !== owner || passkey.account !== owner)) {
    return fault('passkey-refused')
  }
  const judged = await judgeUse(input, passkey, site, ceremony.challenge)
  if (!judged) return fault('passkey-refused')
  const use = { id: passkey.id, ...judged }
  const isOpen = await given.db.inStreet(cityWide, (tx) => isGenuine(tx, use, given.clock.now()))
  return isOpen ? { passkey } : fault('passkey-blocked')
}

/** By its counter: one that went back is blocked from now on. */
async function isGenuine(
  tx: Tx,
  use: Pick<store.Passkey, 'id' | 'counter' | 'isSynced'>,
  now: Instant,
): Promise<boolean> {
  const kept = await store.lockCounter(tx, use.id)
  if (!kept || kept.isBlocked) return false
  const isOpen = hasRisen(kept.counter, use.counter)
  if (isOpen) await store.markUsed(tx, use, now)
  else await store.block(tx, use.id, now)
  return isOpen
}
