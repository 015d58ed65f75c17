import type { Instant } from '../../../kernel/clock.ts'
import type { HomeCode, PersonId, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { moveIn, type Relation, type Tenure } from '../homes/index.ts'
import { addNumbers, type NumberOf } from '../numbers/index.ts'
import { indexPeople } from '../searching/index.ts'
import * as store from './store.ts'

/** Checked by the caller: the name is NFC, numbers are as they are kept, the home is there. */
export type NewPerson = {
  name: string
  /** Syllables in pinyin where the name is read otherwise; null: as usual. */
  reading?: string | null
  bornOn: string | null
  phone: string | null
  idNumber?: string | null
  home: HomeCode | null
  livesAlone: boolean
  tenure?: Tenure | null
  relation?: Relation | null
  /** `new` begins a second household in the home; nothing: the one that is there, or a first. */
  household?: string | null
  fromAt?: Instant
  toAt?: Instant | null
}

const batchSize = 2_000

/** In the order of the list. The transaction's scope is the whole street, or holds the homes. */
export async function registerPeople(
  given: Given,
  tx: Tx,
  street: StreetCode,
  people: readonly NewPerson[],
): Promise<PersonId[]> {
  const now = given.clock.now()
  const made: PersonId[] = []
  for (let from = 0; from < people.length; from += batchSize) {
    const rows = people.slice(from, from + batchSize).map((one) => {
      return { ...one, person: given.newId<PersonId>(), reading: one.reading ?? null }
    })
    await store.addPeople(tx, street, rows, now)
    await moveIn(
      given,
      tx,
      street,
      rows.flatMap((one) => livingOf(one, now)),
    )
    await addNumbers(given, tx, street, rows.flatMap(numbersIn))
    const ids = rows.map(({ person }) => person)
    await indexPeople(given, tx, street, ids)
    made.push(...ids)
  }
  return made
}

type Row = NewPerson & { person: PersonId }

function livingOf({ person, home, livesAlone, ...one }: Row, now: Instant) {
  if (home === null) return []
  const { tenure = null, relation = null, household = null, fromAt = now, toAt = null } = one
  return [{ person, home, livesAlone, tenure, relation, household, fromAt, toAt }]
}

function numbersIn({ person, phone, idNumber = null }: Row): NumberOf[] {
  return [
    ...(phone === null ? [] : [{ person, kind: 'phone' as const, number: phone }]),
    ...(idNumber === null ? [] : [{ person, kind: 'id-number' as const, number: idNumber }]),
  ]
}
