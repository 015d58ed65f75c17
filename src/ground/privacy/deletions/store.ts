import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { Purpose } from '../../../kernel/purpose.ts'
import { tables, toDate, type Tx } from '../../../platform/sql.ts'
import type { PrivacyTables } from '../tables.gen.ts'
import type { Deletion, DeletionsOf } from './types.ts'

/** As the owner. Once for each id, however often it is told. */
export async function addDeletion(
  tx: Tx,
  { at, ...deletion }: Deletion & { id: string; at: Instant },
): Promise<void> {
  await tables<PrivacyTables>(tx)
    .insertInto('privacy.deletion')
    .values({ ...deletion, at: toDate(at) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Months of Shanghai, newest first; what is in it names nobody. */
export async function deletionsBetween(
  tx: Tx,
  { from, to }: { from: Instant; to: Instant },
): Promise<DeletionsOf[]> {
  const { rows } = await sql<DeletionsOf>`
    select to_char(at at time zone 'Asia/Shanghai', 'YYYY-MM') as month, purpose, because,
      sum(rows)::bigint as rows
    from privacy.deletion where at >= ${toDate(from)} and at < ${toDate(to)}
    group by 1, 2, 3 order by 1 desc, 2, 3`.execute(tx)
  return rows.map((row) => ({
    ...{ month: row.month, purpose: row.purpose as Purpose, because: row.because },
    rows: Number(row.rows),
  }))
}

/** As the owner. */
export async function deleteDeletionsBefore(tx: Tx, day: Instant): Promise<number> {
  const done = await tables<PrivacyTables>(tx)
    .deleteFrom('privacy.deletion')
    .where('at', '<', toDate(day))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}
