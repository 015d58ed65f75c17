import { committeesOf, type Asker } from '../../../kernel/asker.ts'
import type { Look, Matter, Seen } from '../../../kernel/book.ts'
import { adultAge, dayOf } from '../../../kernel/calendar.ts'
import type { Input, Output, Sees } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { PersonId, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import { placesOf } from '../../places/index.ts'
import { matterForHome } from '../../privacy/index.ts'
import { ageOn } from '../decide.ts'
import { areaText, isWithin } from '../homes/decide.ts'
import { rank } from '../homes/showing.ts'
import * as store from '../homes/store.ts'
import { areaSources } from '../homes/types.ts'
import type * as api from './api.ts'

type Home = Output<typeof api.openHome>

/**
 * Who lives in a home and who owns it, at the counter. Everybody in the answer has it in their
 * book; of whoever is under 18 it says that they are there, not who they are. A home of another
 * committee is answered as one that is not there.
 */
export async function openHome(
  given: Given,
  asker: Asker,
  { home, request }: Input<typeof api.openHome>,
): Promise<Seen<Home> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { street } = asker
  const committees = committeesOf(asker)
  const today = dayOf(given.clock.now())
  return given.db.inStreet({ street, person: asker.person, committees }, async (tx) => {
    const [place] = isWithin(committees, home) ? await placesOf(tx, [home]) : []
    if (!place) return fault('not-found', 'home')
    const living = (await store.livingIn(tx, home)).toSorted((a, b) => rank(a) - rank(b))
    const owning = await store.ownersOf(tx, [home])
    const people = [
      ...living.map(({ person }) => person),
      ...owning.flatMap(({ person }) => person ?? []),
    ]
    const matter = await matterForHome(given, tx, asker, { request, home, people })
    if (isFault(matter)) return matter
    const isChild = (bornOn: string | null) => bornOn !== null && ageOn(bornOn, today) < adultAge
    const named = <One extends { name: string | null; bornOn: string | null }>(one: One) =>
      isChild(one.bornOn) ? null : one.name
    const answer = {
      home: place,
      residents: living.map((one) => ({
        ...{ person: one.person, name: named(one), relation: one.relation, tenure: one.tenure },
        ...{ livesAlone: one.livesAlone, since: dayOf(one.since), household: one.household },
      })),
      owners: owning.map((one) => ({
        ...{ kind: one.kind, person: one.person, name: named(one), part: one.part },
        ...{ whole: one.whole, isRegistered: one.isRegistered, source: one.source },
        since: one.fromOn,
      })),
      areas: (await store.areasOf(tx, [home]))
        .toSorted((a, b) => areaSources.indexOf(a.source) - areaSources.indexOf(b.source))
        .map(({ source, area, since }) => ({ source, area: areaText(area), since })),
    }
    return { answer, looks: looksAt(answer, street, matter) }
  })
}

/** One look a person, whether they live there, own it, or both. */
function looksAt({ residents, owners }: Home, street: StreetCode, matter: Matter): Look[] {
  const seen = new Map<PersonId, Set<Sees>>()
  const note = (person: PersonId, ...fields: Sees[]) => {
    const all = seen.get(person) ?? new Set()
    for (const field of fields) all.add(field)
    seen.set(person, all)
  }
  for (const { person, name } of residents) {
    note(person, ...(name === null ? [] : (['name'] as const)), 'address', 'household')
  }
  for (const { person, name } of owners) {
    if (person) note(person, ...(name === null ? [] : (['name'] as const)), 'ownership')
  }
  return [...seen].map(([person, fields]) => ({ street, person, fields: [...fields], matter }))
}
