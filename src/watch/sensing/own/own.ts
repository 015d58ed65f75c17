import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { partOf, type About, type Part } from '../../../ground/privacy/index.ts'
import { readingsUnder } from './store.ts'

export async function copyOut(_given: Given, tx: Tx, { consents }: About): Promise<Part[]> {
  return partOf('signals', await readingsUnder(tx, consents))
}
