import { adultAge, dayOf } from '../../../kernel/calendar.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { partOf, type About, type Part } from '../../privacy/index.ts'
import { numbersOf } from '../numbers/index.ts'
import * as store from './store.ts'

/** Who else lives there is told as a number: their names are theirs. */
export async function copyOut(given: Given, tx: Tx, { person }: About): Promise<Part[]> {
  const numbers = await numbersOf(given, tx, [person])
  const today = dayOf(given.clock.now())
  const adultsBornBy = `${Number(today.slice(0, 4)) - adultAge}${today.slice(4)}`
  return [
    ...partOf('person', await store.entryOf(tx, person)),
    ...partOf(
      'numbers',
      numbers.map(({ kind, number }) => ({ [kind === 'phone' ? 'phone' : 'idNumber']: number })),
    ),
    ...partOf('homes', await store.dwellingsOf(tx, person, adultsBornBy)),
    ...partOf('shares', await store.sharesOf(tx, person)),
    ...partOf('number-changes', await store.changesOf(tx, person)),
    ...partOf('exports', await store.filesOf(tx, person)),
  ]
}

export async function forget(_given: Given, tx: Tx, { person }: About): Promise<number> {
  return store.forget(tx, person)
}
