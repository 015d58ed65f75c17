import type { Asker } from '../../kernel/asker.ts'
import { dayOf } from '../../kernel/calendar.ts'
import type { Input, Output } from '../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../kernel/fault.ts'
import type { PersonId } from '../../kernel/ids.ts'
import type { Given } from '../../platform/given.ts'
import { placesOf } from '../places/index.ts'
import type * as api from './api.ts'
import { isBirthday } from './decide.ts'
import { addNumbers, phoneIn } from './numbers/index.ts'
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
  const rows = people.map(({ name, phone: _, ...one }) => ({
    ...{ ...one, street, person: given.newId<PersonId>(), name: name.normalize('NFC') },
  }))
  const phones = people.map(({ phone }) => (phone === null ? null : phoneIn(phone)))
  const unread = phones.indexOf(undefined)
  if (unread >= 0) return fault('bad-input', `people.${unread}.phone`)
  return given.db.inStreet({ street, committees: '*' }, async (tx) => {
    const homes = [...new Set(rows.flatMap(({ home }) => home ?? []))]
    const there = new Set<string>((await placesOf(tx, homes)).map(({ place }) => place))
    const homeless = rows.findIndex(({ home }) => home !== null && !there.has(home))
    if (homeless >= 0) return fault('not-found', `people.${homeless}.home`)
    await store.addPeople(tx, street, rows, now)
    const numbers = rows.flatMap(({ person }, n) => {
      const number = phones[n]
      return number ? [{ person, kind: 'phone' as const, number }] : []
    })
    await addNumbers(given, tx, street, numbers)
    return { people: rows.map(({ person }) => person) }
  })
}
