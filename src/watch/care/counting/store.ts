import type { CommitteeCode } from '../../../kernel/ids.ts'
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
