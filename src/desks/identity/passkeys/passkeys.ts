import type { Asker } from '../../../kernel/asker.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { AccountId } from '../../../kernel/ids.ts'
import type { Browser } from '../../../platform/browser.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import {
  accountAsking,
  isLastWay,
  isSteppedUp,
  mayAddKey,
  waysIn,
  type AccountAsking,
} from '../stepping-up/index.ts'
import type * as api from './api.ts'
import { beginCeremony, endCeremony } from './asked.ts'
import { isAt, nameFrom, siteOf, type Site } from './decide.ts'
import * as store from './store.ts'
import { creationOptions, judgeNew } from './webauthn.ts'

const cityWide = { street: '' }
const passkeysMax = 10

export function passkeysHere(publicUrl: string, host: string): Output<typeof api.passkeysHere> {
  const site = siteOf(publicUrl)
  return { isPossible: site !== null && isAt(site, host), under: site?.origin ?? null }
}

/** The site, where the browser stands at it. */
export function siteFor(publicUrl: string, browser: Browser): Site | Fault {
  const site = siteOf(publicUrl)
  return site && isAt(site, browser.host) ? site : fault('no-passkeys-here')
}

/** An account that asks from there. */
export function askedAtSite(
  asker: Asker,
  browser: Browser,
  publicUrl: string,
): { site: Site; own: AccountAsking } | Fault {
  const site = siteFor(publicUrl, browser)
  if (isFault(site)) return site
  const own = accountAsking(asker)
  return own ? { site, own } : fault('not-allowed')
}

export async function beginPasskey(
  given: Given,
  asker: Asker,
  browser: Browser,
  publicUrl: string,
): Promise<Output<typeof api.beginPasskey> | Fault> {
  const asked = askedAtSite(asker, browser, publicUrl)
  if (isFault(asked)) return asked
  const { site, own } = asked
  const now = given.clock.now()
  return given.db.inStreet(cityWide, async (tx) => {
    const refused = await refusedToAdd(given, tx, own)
    if (refused) return refused
    const known = await store.passkeysOf(tx, own.account)
    const wish = { site, account: own.account, known, madeOn: now }
    const options = await creationOptions(wish)
    await beginCeremony(given, tx, 'register', browser, own.account, options.challenge)
    return options
  })
}

/** The first key of a new account is made at once; further ones after a fresh proof. */
async function refusedToAdd(given: Given, tx: Tx, own: AccountAsking): Promise<Fault | undefined> {
  if (!(await mayAddKey(given, tx, own))) return fault('step-up-needed')
  const ways = await waysIn(tx, own)
  return ways.passkeys >= passkeysMax ? fault('too-many') : undefined
}

export async function addPasskey(
  given: Given,
  asker: Asker,
  input: Input<typeof api.addPasskey>,
  browser: Browser,
  publicUrl: string,
): Promise<Output<typeof api.addPasskey> | Fault> {
  const asked = askedAtSite(asker, browser, publicUrl)
  if (isFault(asked)) return asked
  const { site, own } = asked
  const ceremony = await endCeremony(given, 'register', browser, input.clientDataJSON)
  if (!ceremony || ceremony.account !== own.account) return fault('passkey-refused')
  const made = await judgeNew(input, site, ceremony.challenge)
  if (!made) return fault('passkey-refused')
  const name = nameFrom(browser.userAgent)
  const { transports } = input
  const row = { ...made, account: own.account, transports, name, madeAt: given.clock.now() }
  return given.db.inStreet(cityWide, async (tx) => {
    const refused = await refusedToAdd(given, tx, own)
    if (refused) return refused
    return (await store.addPasskey(tx, row)) ? { name } : fault('passkey-refused')
  })
}

export async function listPasskeys(
  given: Given,
  asker: Asker,
): Promise<Output<typeof api.listPasskeys> | Fault> {
  const own = accountAsking(asker)
  if (!own) return fault('not-allowed')
  const rows = await given.db.inStreet(cityWide, (tx) => store.passkeysOf(tx, own.account))
  return {
    passkeys: rows.map(({ id, name, madeAt, usedAt, isSynced, isBlocked }) => ({
      ...{ id, name, madeAt, usedAt, isSynced, isBlocked },
    })),
  }
}

export async function namePasskey(
  given: Given,
  asker: Asker,
  { id, name }: Input<typeof api.namePasskey>,
): Promise<Output<typeof api.namePasskey> | Fault> {
  const own = accountAsking(asker)
  if (!own) return fault('not-allowed')
  const isNamed = await given.db.inStreet(cityWide, (tx) =>
    store.namePasskey(tx, own.account, id, name),
  )
  return isNamed ? { name } : fault('not-found', 'id')
}

export async function removePasskey(
  given: Given,
  asker: Asker,
  { id }: Input<typeof api.removePasskey>,
): Promise<Output<typeof api.removePasskey> | Fault> {
  const own = accountAsking(asker)
  if (!own) return fault('not-allowed')
  return given.db.inStreet(cityWide, async (tx) => {
    if (!(await isSteppedUp(given, tx, own))) return fault('step-up-needed')
    const ways = await waysIn(tx, own)
    const passkey = await store.passkeyOf(tx, id)
    if (passkey?.account !== own.account) return fault('not-found', 'id')
    // A blocked one opens nothing: without it nothing is lost.
    if (!passkey.isBlocked && isLastWay(ways)) return fault('last-way-in', 'id')
    await store.removePasskey(tx, own.account, id)
    return { id }
  })
}

/** Those that still open something. */
export async function openPasskeysOf(tx: Tx, account: AccountId): Promise<store.Passkey[]> {
  return (await store.passkeysOf(tx, account)).filter(({ isBlocked }) => !isBlocked)
}
