import type { Asker } from '../../../kernel/asker.ts'
import type { Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { Given } from '../../../platform/given.ts'
import { divisionNamed } from '../../../ground/places/index.ts'
import { accountOf, standingsOf } from '../accounts/index.ts'
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
  if (!account) return { level, streets: [], waiting: [] }
  // City-wide: the account's own, in whichever street.
  return given.db.asOwner(async (tx) => {
    const streets = []
    for (const { street } of await standingsOf(tx, account)) {
      streets.push({ street, name: (await divisionNamed(tx, street)) ?? street })
    }
    return { level, streets, waiting: await store.waitingOf(tx, account, given.clock.now()) }
  })
}
