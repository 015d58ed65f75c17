import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { partOf, type About, type Part } from '../../../ground/privacy/index.ts'
import { planOf } from '../store.ts'
import * as store from './store.ts'

/** Contacts are whom they chose themself: theirs to take along. */
export async function copyOut(given: Given, tx: Tx, { person }: About): Promise<Part[]> {
  const plan = await planOf(given, tx, { person })
  const contacts = plan?.contacts ?? []
  return [
    ...partOf('care', await store.agreedBy(tx, person)),
    ...partOf(
      'contacts',
      contacts.map((one) => ({
        ...{ contactName: one.name, contactRelation: one.relation, contactPhone: one.phone },
        ...{ called: one.callsMe, hasKey: one.hasKey === true },
      })),
    ),
    ...partOf('questions', await store.questionsTo(tx, person)),
    ...partOf('offers', await store.offersTo(tx, person)),
  ]
}

export async function forget(_given: Given, tx: Tx, { person }: About): Promise<number> {
  return store.forget(tx, person)
}
