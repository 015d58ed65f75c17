import type { Selectable } from 'kysely'
import type { Instant } from '../../kernel/clock.ts'
import type { ConsentId, HomeCode, PersonId, PlanId, StreetCode } from '../../kernel/ids.ts'
import { tables, toDate, type Tx } from '../../platform/sql.ts'
import type { CareTables } from './tables.gen.ts'
import type { Contact, Plan } from './types.ts'

export async function addPlan(tx: Tx, plan: Plan, agreedAt: Instant): Promise<void> {
  await tables<CareTables>(tx)
    .insertInto('care.plan')
    .values({
      id: plan.plan,
      street: plan.street,
      person: plan.person,
      home: plan.home,
      consent: plan.consent,
      contacts: JSON.stringify(plan.contacts),
      agreed_at: toDate(agreedAt),
    })
    .execute()
}

export async function isHomeTaken(tx: Tx, home: HomeCode): Promise<boolean> {
  const row = await tables<CareTables>(tx)
    .selectFrom('care.plan')
    .select('id')
    .where('home', '=', home)
    .executeTakeFirst()
  return row !== undefined
}

export async function planOf(
  tx: Tx,
  which: { person: PersonId } | { plan: PlanId },
): Promise<Plan | undefined> {
  const [column, value] =
    'person' in which ? (['person', which.person] as const) : (['id', which.plan] as const)
  const row = await tables<CareTables>(tx)
    .selectFrom('care.plan')
    .selectAll()
    .where(column, '=', value)
    .executeTakeFirst()
  return row && planFrom(row)
}

function planFrom(row: Selectable<CareTables['care.plan']>): Plan {
  return {
    plan: row.id as PlanId,
    street: row.street as StreetCode,
    person: row.person as PersonId,
    home: row.home as HomeCode,
    consent: row.consent as ConsentId,
    contacts: row.contacts as Contact[],
  }
}

export async function setContacts(tx: Tx, plan: PlanId, contacts: Contact[]): Promise<void> {
  await tables<CareTables>(tx)
    .updateTable('care.plan')
    .set({ contacts: JSON.stringify(contacts) })
    .where('id', '=', plan)
    .execute()
}

export async function erasePlan(tx: Tx, person: PersonId): Promise<void> {
  await tables<CareTables>(tx).deleteFrom('care.plan').where('person', '=', person).execute()
}
