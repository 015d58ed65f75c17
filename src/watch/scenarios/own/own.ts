import type { ConsentId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { partOf, type About, type Part } from '../../../ground/privacy/index.ts'
import { letGo } from '../actions.ts'
import { watchesOf } from './store.ts'

export async function copyOut(_given: Given, tx: Tx, { person }: About): Promise<Part[]> {
  return partOf('watch', await watchesOf(tx, person))
}

/** What the end of each consent lets go of, too: here in one transaction with everything else. */
export async function forget(given: Given, tx: Tx, about: About): Promise<number> {
  for (const consent of about.consents) {
    await letGo({ given }, tx, about.street, consent as ConsentId)
  }
  return 0
}
