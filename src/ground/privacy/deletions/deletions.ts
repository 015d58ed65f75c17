import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import * as store from './store.ts'
import type { Deletion } from './types.ts'

/**
 * Writes that something was deleted, without its content; as the owner, best in the transaction
 * that deletes. `id`: where the same deletion may be told twice. Nothing gone is no deletion.
 */
export async function recordDeletion(
  given: Pick<Given, 'clock' | 'newId'>,
  tx: Tx,
  { id, ...deletion }: Deletion & { id?: string },
): Promise<void> {
  if (deletion.rows <= 0) return
  await store.addDeletion(tx, { ...deletion, id: id ?? given.newId(), at: given.clock.now() })
}
