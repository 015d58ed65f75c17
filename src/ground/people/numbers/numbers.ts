import type { PersonId, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import * as store from './store.ts'
import type { NumberKind } from './types.ts'

export type { NumberKind } from './types.ts'
export type NumberOf = { person: PersonId; kind: NumberKind; number: string }

/** Which cell a number is sealed for: moved to another it does not open. */
export function cellOfNumber(person: string, kind: NumberKind): string {
  return `people.number:${person}:${kind}`
}

/** Numbers as they are kept (`phoneIn`); another of the same kind takes the older one's place. */
export async function addNumbers(
  given: Pick<Given, 'seal'>,
  tx: Tx,
  street: StreetCode,
  numbers: readonly NumberOf[],
): Promise<void> {
  if (numbers.length === 0) return
  const rows = numbers.map(({ person, kind, number }) => {
    const { sealed, key } = given.seal.close(cellOfNumber(person, kind), number)
    const find = given.seal.find(kind, number).toString('hex')
    return { person, kind, sealed: sealed.toString('hex'), find, key }
  })
  await store.putNumbers(tx, street, rows)
}

/** In clear. Only where the transaction's scope includes the person. */
export async function numberOf(
  given: Pick<Given, 'seal'>,
  tx: Tx,
  person: PersonId,
  kind: NumberKind,
): Promise<string | null> {
  const row = await store.numberOf(tx, person, kind)
  return row ? given.seal.open(cellOfNumber(person, kind), row.sealed, row.key) : null
}

/** Whether somebody else of the street has the same one, within the scope or beyond. Never who. */
export async function isNumberDoubled(
  given: Pick<Given, 'seal'>,
  tx: Tx,
  person: PersonId,
  kind: NumberKind,
): Promise<boolean> {
  const number = await numberOf(given, tx, person, kind)
  if (number === null) return false
  return store.hasNumber(tx, kind, given.seal.finds(kind, number), person)
}

/** Who else has the same one, as far as the transaction's scope reaches. */
export async function alikeBy(
  given: Pick<Given, 'seal'>,
  tx: Tx,
  person: PersonId,
  kind: NumberKind,
): Promise<PersonId[]> {
  const number = await numberOf(given, tx, person, kind)
  if (number === null) return []
  return store.withNumber(tx, kind, given.seal.finds(kind, number), person)
}

/** In clear, of many: for what is written inside the register, such as words to search by. */
export async function numbersOf(
  given: Pick<Given, 'seal'>,
  tx: Tx,
  people: readonly PersonId[],
): Promise<NumberOf[]> {
  const rows = await store.numbersOf(tx, people)
  return rows.map(({ person, kind, sealed, key }) => {
    return { person, kind, number: given.seal.open(cellOfNumber(person, kind), sealed, key) }
  })
}
