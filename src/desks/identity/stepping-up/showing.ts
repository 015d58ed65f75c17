import type { Asker } from '../../../kernel/asker.ts'
import { minuteMs, type Instant } from '../../../kernel/clock.ts'
import type { Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { AccountId } from '../../../kernel/ids.ts'
import { tagOf } from '../../../platform/access-log.ts'
import type { Browser } from '../../../platform/browser.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { renewSession, steppedUpMs } from '../sessions/index.ts'
import type * as api from './api.ts'
import { needsStepUp, waysToShow, type WaysIn } from './decide.ts'
import * as store from './store.ts'

const cityWide = { street: '' }
/** Time enough to make a key after the link was opened. */
const invitedMs = 30 * minuteMs

export type AccountAsking = { account: AccountId; session: string; isStaff: boolean }

/** Whoever signed in themselves, with an account; not by another's grant and not by a token. */
export function accountAsking(asker: Asker): AccountAsking | undefined {
  if (asker.kind === 'account') return { ...asker, isStaff: false }
  if (asker.kind !== 'person') return undefined
  const { account, session, hand } = asker.signIn
  if (!account || !session || hand) return undefined
  return { account, session, isStaff: asker.post !== null }
}

/** The account's ways in as they are until the transaction ends. */
export async function waysIn(tx: Tx, { account, isStaff }: AccountAsking): Promise<WaysIn> {
  await store.lockAccount(tx, account)
  return { ...(await store.waysIn(tx, account)), isStaff }
}

export async function isSteppedUp(
  given: Pick<Given, 'clock'>,
  tx: Tx,
  { session }: Pick<AccountAsking, 'session'>,
): Promise<boolean> {
  const until = await store.steppedUpUntil(tx, session)
  return until !== null && until > given.clock.now()
}

/**
 * A key is added at once by whoever was just invited, or has none at all; by everybody else after a
 * fresh proof.
 */
export async function mayAddKey(
  given: Pick<Given, 'clock'>,
  tx: Tx,
  { account, session }: Pick<AccountAsking, 'account' | 'session'>,
): Promise<boolean> {
  if (await isSteppedUp(given, tx, { session })) return true
  if (await store.isInvitedSince(tx, session, given.clock.now() - invitedMs)) return true
  await store.lockAccount(tx, account)
  return !needsStepUp(await store.waysIn(tx, account))
}

/** They have just shown it: the browser goes on with a new token. */
export async function showAnew(
  given: Given,
  { session }: Pick<AccountAsking, 'session'>,
  browser: Pick<Browser, 'keep'>,
): Promise<{ until: Instant } | Fault> {
  const until = given.clock.now() + steppedUpMs
  const isShown = await renewSession(given, session, browser, until)
  if (!isShown) return fault('not-signed-in')
  given.log.say('identity.stepped-up', { session: tagOf(given.seal, session) })
  return { until }
}

export async function myStepUp(
  given: Given,
  asker: Asker,
): Promise<Output<typeof api.myStepUp> | Fault> {
  const own = accountAsking(asker)
  if (!own) return fault('not-allowed')
  const now = given.clock.now()
  return given.db.inStreet(cityWide, async (tx) => {
    const until = await store.steppedUpUntil(tx, own.session)
    const ways = waysToShow(await store.waysIn(tx, own.account))
    return { until: until !== null && until > now ? until : null, ways: [...ways] }
  })
}
