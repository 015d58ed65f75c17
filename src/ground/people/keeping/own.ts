import type { Asker } from '../../../kernel/asker.ts'
import type { Look, Seen } from '../../../kernel/book.ts'
import type { Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { Given } from '../../../platform/given.ts'
import { ownChanges } from '../changes/index.ts'
import { personOf } from '../store.ts'
import type * as api from './api.ts'
import { entryOf } from '../homes/showing.ts'

/** The asker's own; whoever of the household is named has a look in their book. */
export async function myHome(
  given: Given,
  asker: Asker,
): Promise<Seen<Output<typeof api.myHome>> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { street, person } = asker
  // Their homes may lie in several committees; nothing is read but their own entry.
  return given.db.inStreet({ street, person, committees: '*' }, async (tx) => {
    const known = await personOf(tx, person)
    if (!known) return fault('not-found')
    const { members, ...entry } = await entryOf(given, tx, person, '*')
    const changes = await ownChanges(given, tx, person)
    const looks = members.map((member): Look => ({
      ...{ street, person: member, fields: ['name', 'household'] },
      matter: { kind: 'operation', id: null, label: 'own-home' },
    }))
    return { answer: { name: known.name, ...entry, changes }, looks }
  })
}
