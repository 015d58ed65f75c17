import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { StreetCode } from '../../../kernel/ids.ts'
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

type SealedRow = { street: StreetCode; kind: 'task'; matter: string; row: string }

/** As the owner: those sealed with one of these keys, held until they are sealed anew. */
export async function reportersHeld(
  tx: Tx,
  keys: readonly string[],
  most: number,
): Promise<(SealedRow & { sealed: Buffer; key: string })[]> {
  const { rows } = await sql<SealedRow & { sealed: Buffer; key: string }>`
    select street, matter_kind as kind, matter_id as matter, id as row, sealed, key
    from privacy.reporter where key = any(${[...keys]}::text[])
    order by id limit ${most} for update`.execute(tx)
  return rows
}

export async function putSealed(
  tx: Tx,
  row: string,
  { sealed, key }: { sealed: Buffer; key: string },
): Promise<void> {
  await tables<PrivacyTables>(tx)
    .updateTable('privacy.reporter')
    .set({ sealed, key })
    .where('id', '=', row)
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
