import type { HomeCode, PersonId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { namesOf } from '../store.ts'
import { inBatches, type Made } from './plan.ts'
import * as store from './store.ts'
import type { Likeness } from './types.ts'

/** Who a line of a file says somebody is. */
export type Described = {
  line: number
  name: string
  idNumber: string | null
  phone: string | null
  home: HomeCode | null
}

/** By which two ways to write one name are one: with or without its dots, and by its own width. */
export function personKey(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll(/[\s·•‧・．.]/g, '')
    .toLowerCase()
}

/**
 * Who of the register a line may be: the same identity number; or the same name with the same
 * phone, or in the same home. Two different identity numbers are two persons, whatever else they
 * share.
 */
export async function knownPeople(
  given: Given,
  tx: Tx,
  rows: readonly Described[],
): Promise<Map<number, { person: PersonId; like: Likeness }>> {
  const found = new Map<number, { person: PersonId; like: Likeness }>()
  await inBatches(rows, async (batch) => {
    const byId = await heldBy(given, tx, 'id-number', batch)
    const byPhone = await heldBy(given, tx, 'phone', batch)
    const homes = [...new Set(batch.flatMap(({ home }) => home ?? []))]
    const inHomes = await store.peopleIn(tx, homes)
    const there = Map.groupBy(inHomes, ({ home }) => home)
    const people = [...byPhone.values()].flat()
    const names = await namesOf(tx, people)
    for (const { home: _, person, name } of inHomes) names.set(person, name)
    const identified = await store.withIdNumber(tx, [...names.keys()])
    for (const { line, name, idNumber, phone, home } of batch) {
      const [same] = byId.get(idNumber ?? '') ?? []
      if (same) {
        found.set(line, { person: same, like: 'id-number' })
        continue
      }
      const isAlike = (person: PersonId) =>
        personKey(names.get(person) ?? '') === personKey(name) &&
        !(idNumber !== null && identified.has(person))
      const caller = (byPhone.get(phone ?? '') ?? []).find(isAlike)
      const neighbour = home && there.get(home)?.find(({ person }) => isAlike(person))
      if (caller) found.set(line, { person: caller, like: 'phone-and-name' })
      else if (neighbour) found.set(line, { person: neighbour.person, like: 'name-and-home' })
    }
  })
  return found
}

/** Holders by the number as it is written. */
async function heldBy(
  given: Given,
  tx: Tx,
  kind: 'phone' | 'id-number',
  rows: readonly Described[],
): Promise<Map<string, PersonId[]>> {
  const numbers = new Map<string, string>()
  for (const { idNumber, phone } of rows) {
    const number = kind === 'phone' ? phone : idNumber
    if (number === null) continue
    for (const find of given.seal.finds(kind, number)) numbers.set(find.toString('hex'), number)
  }
  const finds = [...numbers.keys()].map((hex) => Buffer.from(hex, 'hex'))
  const holders = new Map<string, PersonId[]>()
  for (const { person, find } of await store.holdersOf(tx, kind, finds)) {
    const number = numbers.get(find) ?? ''
    holders.set(number, [...(holders.get(number) ?? []), person])
  }
  return holders
}

/** The line of the file that says the same person first. */
export function sameInFile(
  rows: readonly Described[],
): Map<number, { other: number; like: Likeness }> {
  const found = new Map<number, { other: number; like: Likeness }>()
  const first = new Map<string, Described>()
  for (const row of rows) {
    const { line, name, idNumber, phone, home } = row
    const key = personKey(name)
    const ways: [Likeness, string | null][] = [
      ['id-number', idNumber && `id ${idNumber}`],
      ['phone-and-name', phone && `phone ${phone} ${key}`],
      ['name-and-home', home && `home ${home} ${key}`],
    ]
    for (const [like, way] of ways) {
      if (way === null) continue
      const other = first.get(way)
      const areTwo = other?.idNumber && idNumber && other.idNumber !== idNumber
      if (other === undefined) first.set(way, row)
      else if (!areTwo && !found.has(line)) found.set(line, { other: other.line, like })
    }
  }
  return found
}

/** Whoever is not known is new: `ids` as the rows stand. */
export function registered(
  people: Map<number, PersonId>,
  rows: readonly { line: number }[],
  ids: readonly PersonId[],
): Made[] {
  return ids.map((person, n) => {
    const line = rows[n]?.line ?? 0
    people.set(line, person)
    return { line, isShared: true, from: store.taken.person, key: person }
  })
}

/** Lines of the file that speak of one person. */
export function alikeAreOne(
  people: Map<number, PersonId>,
  same: ReadonlyMap<number, { other: number }>,
): void {
  for (const [line, { other }] of same) {
    const person = people.get(line) ?? people.get(other)
    if (person) people.set(line, person)
  }
}
