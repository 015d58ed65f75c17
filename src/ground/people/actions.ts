import type { Asker } from '../../kernel/asker.ts'
import { dayOf } from '../../kernel/calendar.ts'
import type { Input, Output } from '../../kernel/endpoint.ts'
import { fault, type Fault } from '../../kernel/fault.ts'
import type { PersonId } from '../../kernel/ids.ts'
import type { Given } from '../../platform/given.ts'
import { placeOf } from '../places/index.ts'
import type * as api from './api.ts'
import { isBirthday } from './decide.ts'
import * as store from './store.ts'

export async function addPerson(
  given: Given,
  asker: Asker,
  input: Input<typeof api.addPerson>,
): Promise<Output<typeof api.addPerson> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { street } = asker
  const now = given.clock.now()
  const { name, bornOn, phone, home, livesAlone } = input
  if (bornOn !== null && !isBirthday(bornOn, dayOf(now))) return fault('bad-input', 'bornOn')
  const person = given.newId<PersonId>()
  return given.db.inStreet({ street }, async (tx) => {
    if (home !== null && !(await placeOf(tx, home))) return fault('not-found', 'home')
    await store.addPerson(tx, { person, street, name: name.normalize('NFC'), bornOn, phone })
    if (home !== null) await store.moveIn(tx, person, street, home, livesAlone, now)
    return { person }
  })
}
