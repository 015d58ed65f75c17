import type { PersonId, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { buildingsOf } from '../../places/index.ts'
import { homesOfMany } from '../homes/index.ts'
import { numbersOf, tailOf } from '../numbers/index.ts'
import { wordsOf } from './decide.ts'
import * as store from './store.ts'

/** Whoever has no home in the street is found by its officers alone. */
export function homelessIn(street: StreetCode): string {
  return `${street}000`
}

/** Of a keyed hash so much is enough to tell one number from another. */
const hashLetters = 16

/** With every key of the ring, the one in use first. */
export function hashesOf({ seal }: { seal: Pick<Given['seal'], 'finds'> }) {
  const all = (kind: string, text: string) =>
    seal.finds(kind, text).map((hash) => hash.toString('hex').slice(0, hashLetters))
  return {
    tail: (text: string) => all('tail', text),
    number: (text: string) => all('number', text.replaceAll(/[^0-9X]/g, '')),
  }
}

/**
 * The words by which these persons are found, anew: after their name, numbers or homes changed.
 * Done for the whole street, whatever the transaction's scope.
 */
export async function indexPeople(
  given: Pick<Given, 'seal'>,
  tx: Tx,
  street: StreetCode,
  people: readonly PersonId[],
): Promise<void> {
  if (people.length === 0) return
  await store.inWholeStreet(tx, async () => {
    const there = await store.peopleToIndex(tx, people)
    const homes = await homesOfMany(tx, people)
    const buildings = await buildingsOf(tx, [...new Set(homes.map(({ home }) => home))])
    const numbers = Map.groupBy(await numbersOf(given, tx, people), ({ person }) => person)
    const homesBy = Map.groupBy(homes, ({ person }) => person)
    const entries = there.flatMap(({ person, name, reading }) => {
      const own = (numbers.get(person) ?? []).map((one) => one.number)
      const facts = { name, reading, numbers: own }
      const here = Map.groupBy(homesBy.get(person) ?? [], ({ home }) => home.slice(0, 12))
      const places = here.size > 0 ? [...here] : [[homelessIn(street), []] as const]
      return places.map(([committee, inIt]) => {
        const known = inIt.map(({ home }) => ({ home, building: buildings.get(home) ?? null }))
        return { person, committee, words: wordsFor(given, { ...facts, committee, homes: known }) }
      })
    })
    await store.putEntries(tx, street, people, entries)
  })
}

type Known = {
  committee: string
  name: string
  reading?: string | null
  homes: Parameters<typeof wordsOf>[0]['homes']
  /** In clear, as they are kept. */
  numbers: readonly string[]
}

/** The words of one person in one committee. */
export function wordsFor(
  { seal }: { seal: Pick<Given['seal'], 'find'> },
  { committee, name, reading = null, homes, numbers }: Known,
): string[] {
  const { tail, number } = hashesOf({ seal: { finds: (...said) => [seal.find(...said)] } })
  return wordsOf({
    ...{ committee, name, reading, homes },
    tails: numbers.flatMap((one) => tail(tailOf(one))),
    numbers: numbers.flatMap((one) => number(one)),
  })
}

const batchSize = 1_000

/** At the start after an upgrade: whoever was registered before there were words gets theirs. */
export async function indexTheRest(given: Given): Promise<number> {
  let done = 0
  let first: PersonId | undefined
  for (;;) {
    const rest = await given.db.asOwner((tx) => store.withoutEntry(tx, batchSize))
    // Whoever could not be given words is not asked for again and again.
    if (rest.length === 0 || rest[0]?.person === first) return done
    first = rest[0]?.person
    for (const [street, people] of Map.groupBy(rest, (one) => one.street)) {
      const ids = people.map(({ person }) => person)
      await given.db.inStreet({ street, committees: '*' }, (tx) =>
        indexPeople(given, tx, street, ids),
      )
    }
    done += rest.length
  }
}
