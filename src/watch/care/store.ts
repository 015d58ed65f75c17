import type { Selectable } from 'kysely'
import type { Instant } from '../../kernel/clock.ts'
import type { ConsentId, HomeCode, PersonId, PlanId, StreetCode } from '../../kernel/ids.ts'
import type { Given } from '../../platform/given.ts'
import { tables, toDate, type Tx } from '../../platform/sql.ts'
import { openContacts, sealContacts } from './sealing/index.ts'
import type { CareTables } from './tables.gen.ts'
import type { Plan, Way } from './types.ts'

export async function addPlan(
  given: Pick<Given, 'seal'>,
  tx: Tx,
  plan: Plan,
  agreedAt: Instant,
): Promise<void> {
  await tables<CareTables>(tx)
    .insertInto('care.plan')
    .values({
      id: plan.plan,
      street: plan.street,
      person: plan.person,
      home: plan.home,
      consent: plan.consent,
      contacts: JSON.stringify(sealContacts(given, plan.person, plan.contacts)),
      way: plan.way,
      ...{ signed_on: plan.paper?.signedOn ?? null, recorded_title: plan.paper?.title ?? null },
      recorded_unit: plan.paper?.unit ?? null,
      agreed_at: toDate(agreedAt),
    })
    .execute()
}

/** Whether what is heard in a home is judged for somebody already. */
export async function isHomeTaken(tx: Tx, home: HomeCode): Promise<boolean> {
  const row = await tables<CareTables>(tx)
    .selectFrom('care.plan')
    .select('id')
    .where('home', '=', home)
    .where('way', '<>', 'call')
    .executeTakeFirst()
  return row !== undefined
}

export async function planOf(
  given: Pick<Given, 'seal'>,
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
  return row && planFrom(given, row)
}

/** What a plan stands on. An end asks for it, and must not need the keys of sealed numbers. */
export async function groundOf(
  tx: Tx,
  person: PersonId,
): Promise<{ consent: ConsentId; way: Way } | undefined> {
  const row = await tables<CareTables>(tx)
    .selectFrom('care.plan')
    .select(['consent', 'way'])
    .where('person', '=', person)
    .executeTakeFirst()
  return row && { consent: row.consent as ConsentId, way: row.way as Way }
}

function planFrom(given: Pick<Given, 'seal'>, row: Selectable<CareTables['care.plan']>): Plan {
  return {
    plan: row.id as PlanId,
    street: row.street as StreetCode,
    person: row.person as PersonId,
    home: row.home as HomeCode,
    consent: row.consent as ConsentId,
    contacts: openContacts(given, row.person, row.contacts),
    way: row.way as Way,
    paper:
      row.signed_on === null
        ? null
        : {
            ...{ signedOn: row.signed_on },
            ...{ title: row.recorded_title ?? '', unit: row.recorded_unit ?? '' },
          },
  }
}

export async function setContacts(
  given: Pick<Given, 'seal'>,
  tx: Tx,
  { plan, person }: Pick<Plan, 'plan' | 'person'>,
  { contacts, way }: Pick<Plan, 'contacts' | 'way'>,
): Promise<void> {
  await tables<CareTables>(tx)
    .updateTable('care.plan')
    .set({ contacts: JSON.stringify(sealContacts(given, person, contacts)), way })
    .where('id', '=', plan)
    .execute()
}

/** Who is looked after by agreement already. */
export async function peopleWithPlans(tx: Tx): Promise<Set<PersonId>> {
  const rows = await tables<CareTables>(tx).selectFrom('care.plan').select('person').execute()
  return new Set(rows.map(({ person }) => person as PersonId))
}

export async function erasePlan(tx: Tx, person: PersonId): Promise<void> {
  await tables<CareTables>(tx).deleteFrom('care.plan').where('person', '=', person).execute()
}
