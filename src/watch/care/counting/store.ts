import { sql } from 'kysely'
import type { Basis } from '../../../kernel/counts.ts'
import type { CommitteeCode, StreetCode } from '../../../kernel/ids.ts'
import { tables, type Tx } from '../../../platform/sql.ts'
import type { CareTables } from '../tables.gen.ts'

export async function countPlans(tx: Tx, committee: CommitteeCode): Promise<number> {
  const row = await tables<CareTables>(tx)
    .selectFrom('care.plan')
    .select(({ fn }) => fn.countAll().as('homes'))
    .where('home', 'like', `${committee}-%`)
    .executeTakeFirst()
  return Number(row?.homes ?? 0)
}

/** What a neighbourhood was ever told, the newest month first. */
export async function monthsShown(
  tx: Tx,
  committee: CommitteeCode,
): Promise<(Basis & { month: string })[]> {
  return tables<CareTables>(tx)
    .selectFrom('care.month_shown')
    .select(['month', 'counted', 'shown'])
    .where('committee', '=', committee)
    .orderBy('month', 'desc')
    .execute()
}

/** One month's figure is made by one transaction; whoever comes meanwhile waits and reads. */
export async function holdMonth(tx: Tx, committee: CommitteeCode): Promise<void> {
  const held = `care.month_shown ${committee}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${held}, 0))`.execute(tx)
}

export async function addMonth(
  tx: Tx,
  row: { street: StreetCode; committee: CommitteeCode; month: string } & Basis,
): Promise<void> {
  await tables<CareTables>(tx).insertInto('care.month_shown').values(row).execute()
}
