import type { Purpose } from '../../../kernel/purpose.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import * as store from './store.ts'
import type { Deletion } from './types.ts'

/**
 * Writes that something was deleted, without its content, in the transaction that deletes it or
 * right after. Nothing gone is no deletion.
 */
export async function recordDeletion(
  given: Pick<Given, 'clock' | 'newId'>,
  tx: Tx,
  deletion: Deletion,
): Promise<void> {
  if (deletion.rows <= 0) return
  await store.addDeletion(tx, { ...deletion, id: given.newId(), at: given.clock.now() })
}

/** An agreement ended, and takes along what it fed. Nothing here leads to whose it was. */
export async function recordEnded(
  given: Pick<Given, 'clock' | 'newId'>,
  tx: Tx,
  purpose: Purpose,
  because: 'withdrawal' | 'restore',
): Promise<void> {
  await recordDeletion(given, tx, { purpose, what: 'all that an agreement fed', because, rows: 1 })
}
