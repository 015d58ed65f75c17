import type { Instant } from '../../../kernel/clock.ts'
import { tables, toDate, type Tx } from '../../../platform/sql.ts'
import type { PrivacyTables } from '../tables.gen.ts'
import type { Deletion } from './types.ts'

export async function addDeletion(
  tx: Tx,
  { at, ...deletion }: Deletion & { id: string; at: Instant },
): Promise<void> {
  await tables<PrivacyTables>(tx)
    .insertInto('privacy.deletion')
    .values({ ...deletion, at: toDate(at) })
    .execute()
}

/** As the owner. */
export async function deleteDeletionsBefore(tx: Tx, day: Instant): Promise<number> {
  const done = await tables<PrivacyTables>(tx)
    .deleteFrom('privacy.deletion')
    .where('at', '<', toDate(day))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}
