import type { Asker } from '../../kernel/asker.ts'
import { dayOf } from '../../kernel/calendar.ts'
import type { Input, Output } from '../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../kernel/fault.ts'
import type { PersonId } from '../../kernel/ids.ts'
import type { Given } from '../../platform/given.ts'
import { placesOf } from '../places/index.ts'
import type * as api from './api.ts'
import { isBirthday } from './decide.ts'
import * as store from './store.ts'

export async function addPerson(
  given: Given,
  asker: Asker,
  input: Input<typeof api.addPerson>,
): Promise<Output<typeof api.addPerson> | Fault> {
  const added = await addPeople(given, asker, { people: [input] })
  if (isFault(added)) return added.field ? fault(added.fault, added.field.split('.').at(-1)) : added
  const [person] = added.people
  return person ? { person } : fault('bad-input')
}

/** A refusal names the first one that cannot be registered: `people.3.home`. */
export async function addPeople(
  given: Given,
  asker: Asker,
  { people }: Input<typeof api.addPeople>,
): Promise<Output<typeof api.addPeople> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { street } = asker
  const now = given.clock.now()
  const today = dayOf(now)
  const unborn = people.findIndex(({ bornOn }) => bornOn !== null && !isBirthday(bornOn, today))
  if (unborn >= 0) return fault('bad-input', `people.${unborn}.bornOn`)
  const rows = people.map(({ name, ...one }) => ({
    ...{ ...one, street, person: given.newId<PersonId>(), name: name.normalize('NFC') },
  }))
  return given.db.inStreet({ street }, async (tx) => {
    const homes = [...new Set(rows.flatMap(({ home }) => home ?? []))]
    const there = new Set<string>((await placesOf(tx, homes)).map(({ place }) => place))
    const homeless = rows.findIndex(({ home }) => home !== null && !there.has(home))
    if (homeless >= 0) return fault('not-found', `people.${homeless}.home`)
    await store.addPeople(tx, street, rows, now)
    return { people: rows.map(({ person }) => person) }
  })
}
