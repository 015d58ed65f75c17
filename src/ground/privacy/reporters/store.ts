import type { Instant } from '../../../kernel/clock.ts'
import { tables, toDate, type Tx } from '../../../platform/sql.ts'
import type { PrivacyTables } from '../tables.gen.ts'
import { reportersMax, type ReportedMatter } from './types.ts'

export async function addReporter(
  tx: Tx,
  { street, kind, id }: ReportedMatter,
  row: { id: string; sealed: Buffer; key: string; madeAt: Instant; until: Instant },
): Promise<void> {
  await tables<PrivacyTables>(tx)
    .insertInto('privacy.reporter')
    .values({
      ...{ street, id: row.id, matter_kind: kind, matter_id: id },
      ...{ sealed: row.sealed, key: row.key },
      ...{ made_at: toDate(row.madeAt), until: toDate(row.until) },
    })
    .execute()
}

/** Rows that only the keeper's own transaction meets. */
export async function reportersOf(tx: Tx, { street, kind, id }: ReportedMatter) {
  return tables<PrivacyTables>(tx)
    .selectFrom('privacy.reporter')
    .select(['id', 'sealed', 'key'])
    .where('street', '=', street)
    .where('matter_kind', '=', kind)
    .where('matter_id', '=', id)
    .orderBy('id')
    .limit(reportersMax)
    .execute()
}

/** As the owner of the table. */
export async function deleteReporters(
  tx: Tx,
  which: { kind: 'task'; ids: readonly string[] } | { until: Instant },
): Promise<number> {
  const all = tables<PrivacyTables>(tx).deleteFrom('privacy.reporter')
  const these =
    'until' in which
      ? all.where('until', '<=', toDate(which.until))
      : all.where('matter_kind', '=', which.kind).where('matter_id', 'in', [...which.ids])
  return Number((await these.executeTakeFirst()).numDeletedRows)
}
