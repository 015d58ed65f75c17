import type { Asker } from '../../../kernel/asker.ts'
import type { Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { Given } from '../../../platform/given.ts'
import { accountOf } from '../accounts/index.ts'
import type * as api from './api.ts'
import * as store from './store.ts'

/** How sure it is who the asker is, and what of theirs waits for somebody. */
export async function howProven(
  given: Given,
  asker: Asker,
): Promise<Output<typeof api.howProven> | Fault> {
  if (asker.kind !== 'person' && asker.kind !== 'account') return fault('not-allowed')
  const level = asker.kind === 'person' ? asker.signIn.level : 'phone'
  const account = accountOf(asker)
  if (!account) return { level, waiting: [] }
  // City-wide: the account's own, in whichever street.
  const waiting = await given.db.asOwner((tx) => store.waitingOf(tx, account, given.clock.now()))
  return { level, waiting }
}
