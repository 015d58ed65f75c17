import { committeesOf, type Asker } from '../../kernel/asker.ts'
import { dayOf } from '../../kernel/calendar.ts'
import type { Input, Output } from '../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../kernel/fault.ts'
import type { HomeCode } from '../../kernel/ids.ts'
import type { Given } from '../../platform/given.ts'
import { placesOf } from '../places/index.ts'
import type * as api from './api.ts'
import { isBirthday } from './decide.ts'
import { isWithin } from './homes/index.ts'
import { idNumberIn, phoneIn } from './numbers/index.ts'
import { registerPeople } from './registering/index.ts'

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
  const phones = people.map(({ phone }) => (phone === null ? null : phoneIn(phone)))
  const unread = phones.indexOf(undefined)
  if (unread >= 0) return fault('bad-input', `people.${unread}.phone`)
  const ids = people.map(({ idNumber = null }) => (idNumber === null ? null : idNumberIn(idNumber)))
  const unchecked = ids.indexOf(undefined)
  if (unchecked >= 0) return fault('bad-input', `people.${unchecked}.idNumber`)
  const rows = people.map((one, n) => ({
    ...{ ...one, name: one.name.normalize('NFC'), phone: phones[n] ?? null },
    idNumber: ids[n] ?? null,
  }))
  const committees = committeesOf(asker)
  return given.db.inStreet({ street, committees }, async (tx) => {
    const homes = [...new Set(rows.flatMap(({ home }) => home ?? []))]
    const there = new Set<string>((await placesOf(tx, homes)).map(({ place }) => place))
    // A committee registers whoever comes to live with it; without a home only the street does.
    const mayBe = (home: HomeCode | null) =>
      home === null ? committees === '*' : there.has(home) && isWithin(committees, home)
    const homeless = rows.findIndex(({ home }) => !mayBe(home))
    if (homeless >= 0) return fault('not-found', `people.${homeless}.home`)
    return { people: await registerPeople(given, tx, street, rows) }
  })
}
