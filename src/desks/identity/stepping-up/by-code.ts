import type { Asker } from '../../../kernel/asker.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { Browser } from '../../../platform/browser.ts'
import type { Given } from '../../../platform/given.ts'
import type { CodeWay } from '../../delivery/index.ts'
import { phoneOf } from '../accounts/index.ts'
import { askCode, codeFits } from '../codes/index.ts'
import type * as api from './api.ts'
import { waysToShow } from './decide.ts'
import { accountAsking, showAnew, type AccountAsking } from './showing.ts'
import * as store from './store.ts'

/** The asker's own telephone, where a code to it is the way for this account. */
async function phoneToAsk(given: Given, own: AccountAsking): Promise<string | Fault> {
  return given.db.inStreet({ street: '' }, async (tx) => {
    const isWay = waysToShow(await store.waysIn(tx, own.account)).some((way) => way === 'code')
    const phone = isWay ? await phoneOf(given, tx, own.account) : null
    return phone ?? fault('no-such-way')
  })
}

export async function askStepUpCode(
  given: Given,
  asker: Asker,
  browser: Browser,
  send: CodeWay | null,
): Promise<Output<typeof api.askStepUpCode> | Fault> {
  const own = accountAsking(asker)
  if (!own) return fault('not-allowed')
  const phone = await phoneToAsk(given, own)
  return isFault(phone) ? phone : askCode(given, send, { phone, purpose: 'step-up' }, browser)
}

export async function stepUpByCode(
  given: Given,
  asker: Asker,
  { code }: Input<typeof api.stepUpByCode>,
  browser: Browser,
): Promise<Output<typeof api.stepUpByCode> | Fault> {
  const own = accountAsking(asker)
  if (!own) return fault('not-allowed')
  const phone = await phoneToAsk(given, own)
  if (isFault(phone)) return phone
  return (
    (await codeFits(given, { phone, purpose: 'step-up', code }, browser)) ??
    showAnew(given, own, browser)
  )
}
