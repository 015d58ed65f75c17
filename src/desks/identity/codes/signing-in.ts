import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { AccountId } from '../../../kernel/ids.ts'
import type { Browser } from '../../../platform/browser.ts'
import type { Given } from '../../../platform/given.ts'
import { phoneIn } from '../../../ground/people/index.ts'
import type { CodeWay } from '../../delivery/index.ts'
import { knowHere } from '../attempts/index.ts'
import { accountByPhone, addAccount, partWithPhone, touchAccount } from '../accounts/index.ts'
import { openSession } from '../sessions/index.ts'
import type * as api from './api.ts'
import { askCode, codeFits } from './codes.ts'
import { mobileIn, numberMovesMs } from './decide.ts'
import * as store from './store.ts'

export async function askSignInCode(
  given: Given,
  send: CodeWay | null,
  { phone }: Input<typeof api.askSignInCode>,
  browser: Browser,
): Promise<Output<typeof api.askSignInCode> | Fault> {
  const mobile = mobileIn(phoneIn(phone))
  return mobile === undefined
    ? fault('bad-input', 'phone')
    : askCode(given, send, { phone: mobile, purpose: 'sign-in' }, browser)
}

/** A telephone that nobody signed in with becomes an account without a word about it. */
export async function useSignInCode(
  given: Given,
  { phone, code }: Input<typeof api.useSignInCode>,
  browser: Browser,
): Promise<Output<typeof api.useSignInCode> | Fault> {
  const mobile = mobileIn(phoneIn(phone))
  if (mobile === undefined) return fault('bad-input', 'phone')
  const refused = await codeFits(given, { phone: mobile, purpose: 'sign-in', code }, browser)
  if (refused) return refused
  const account = await accountFor(given, mobile)
  await knowHere(given, { device: browser.device(), phone: mobile })
  const opened = await openSession(given, { account, holder: null, openedBy: 'code', browser })
  browser.keep(opened)
  return { expiresAt: opened.expiresAt }
}

/**
 * The account of a telephone. After 90 days without a sign-in the number may be somebody else's: it
 * leaves the account, which only a key opens any more, and the home is proven anew.
 */
async function accountFor(given: Given, mobile: string): Promise<AccountId> {
  const now = given.clock.now()
  return given.db.inStreet({ street: '' }, async (tx) => {
    await store.lockPhone(tx, given.seal.find('phone', mobile))
    const known = await accountByPhone(given, tx, mobile)
    if (known && now - known.seenAt < numberMovesMs) {
      await touchAccount(tx, known.account, now)
      return known.account
    }
    if (known) await partWithPhone(tx, known.account, now)
    return addAccount(given, tx, mobile)
  })
}
