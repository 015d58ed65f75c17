import { adultAge, dayOf } from '../../../kernel/calendar.ts'
import type { Output } from '../../../kernel/endpoint.ts'
import type { CommitteeCode, HomeCode, PersonId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { placesOf } from '../../places/index.ts'
import { ageOn } from '../decide.ts'
import { masked, numbersOf } from '../numbers/index.ts'
import type * as api from '../keeping/api.ts'
import { areaText, areaThatCounts, isWithin } from './decide.ts'
import * as store from './store.ts'
import { relations, type Relation } from './types.ts'

type Own = Pick<Output<typeof api.myHome>, 'homes' | 'owns' | 'numbers'>

/** Who was shown besides the person: each of these names is a look. */
export type Entry = Own & { members: PersonId[] }

/**
 * What the register says of one person in the transaction's scope. Of others in the household who
 * are under 18 it says that they are there, not who they are.
 */
export async function entryOf(
  given: Given,
  tx: Tx,
  person: PersonId,
  committees: '*' | readonly CommitteeCode[],
): Promise<Entry> {
  const today = dayOf(given.clock.now())
  const lives = (await store.dwellingsOf(tx, person))
    .filter(({ home }) => isWithin(committees, home))
    .slice(0, 20)
  const owned = (await store.ownsIn(tx, person)).slice(0, 200)
  const places = await placesOf(tx, [...lives.map(({ home }) => home), ...owned])
  const placeOf = new Map(places.map((one) => [one.place as string, one]))
  const members: PersonId[] = []
  const homes: Own['homes'] = []
  for (const { home, fromAt, household, ...one } of lives) {
    const place = placeOf.get(home)
    if (!place) continue
    const living = await store.livingIn(tx, home)
    const others = living
      .filter((each) => each.person !== person && each.household === household)
      .toSorted((a, b) => rank(a) - rank(b))
    const named = others.slice(0, 60).map(({ person: other, name, bornOn, relation, tenure }) => {
      const isChild = bornOn !== null && ageOn(bornOn, today) < adultAge
      if (!isChild) members.push(other)
      return { name: isChild ? null : name, relation, tenure }
    })
    const { tenure, relation, livesAlone } = one
    const since = dayOf(fromAt)
    homes.push({ home: place, tenure, relation, livesAlone, since, household: named })
  }
  const owns = await sharesOf(tx, person, owned, placeOf)
  const numbers = (await numbersOf(given, tx, [person])).map(({ kind, number }) => {
    return { kind, masked: masked(kind, number) }
  })
  return { homes, owns, numbers, members }
}

/** The head and whoever is nearest first. */
export function rank({ relation }: { relation: Relation | null }): number {
  return relation === null ? relations.length : relations.indexOf(relation)
}

async function sharesOf(
  tx: Tx,
  person: PersonId,
  homes: readonly HomeCode[],
  placeOf: ReadonlyMap<string, Own['owns'][number]['home']>,
): Promise<Own['owns']> {
  if (homes.length === 0) return []
  const owners = Map.groupBy(await store.ownersOf(tx, homes), ({ home }) => home)
  const areas = Map.groupBy(await store.areasOf(tx, homes), ({ home }) => home)
  return homes.flatMap((home) => {
    const all = owners.get(home) ?? []
    const own = all.find((one) => one.person === person)
    const place = placeOf.get(home)
    if (!own || !place) return []
    const counts = areaThatCounts(areas.get(home) ?? [])
    const { part, whole, isRegistered, source, fromOn: since } = own
    return {
      ...{ home: place, part, whole, isRegistered, source, since, owners: all.length },
      area: counts ? { source: counts.source, area: areaText(counts.area) } : null,
    }
  })
}
