import { committeesOf, type Asker, type SignedIn } from '../../../kernel/asker.ts'
import type { Matter, Seen } from '../../../kernel/book.ts'
import type { Input, Output, Sees } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { PersonId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { compoundsIn, divisionsUnder, placesOf } from '../../places/index.ts'
import { matterFor } from '../../privacy/index.ts'
import { homesOfMany } from '../homes/index.ts'
import { masked, numbersOf, tailOf, type NumberOf } from '../numbers/index.ts'
import { namesOf } from '../store.ts'
import type * as api from './api.ts'
import { isTail, piecesOf, queryOf } from './decide.ts'
import { hashesOf, homelessIn } from './indexing.ts'
import * as store from './store.ts'
import { hitsMax, type Piece } from './types.ts'

type Hit = Output<typeof api.searchPeople>['hits'][number]

/** Where to look is who the asker is; nothing of it comes from what they typed. */
export async function searchPeople(
  given: Given,
  asker: Asker,
  { words, request }: Input<typeof api.searchPeople>,
): Promise<Seen<Output<typeof api.searchPeople>> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { street, person } = asker
  const committees = committeesOf(asker)
  return given.db.inStreet({ street, person, committees }, async (tx) => {
    const matter = await matterFor(given, tx, asker, { request, person: null })
    if (isFault(matter)) return matter
    const compounds = await compoundsIn(tx, street, committees)
    const pieces = piecesOf(words, compounds)
    if (pieces.length === 0) return fault('bad-input', 'words')
    const hashes = hashesOf(given)
    const asked = (await committeesAsked(tx, asker)).flatMap((committee) => {
      const query = queryOf(pieces, committee, compounds, hashes)
      return query === undefined ? [] : { committee, query }
    })
    const found = await store.search(tx, street, asked, hitsMax + 1)
    const hits = await hitsOf(given, tx, found.slice(0, hitsMax), pieces)
    const looks = hits.map((hit) => lookAt(asker, hit, matter))
    return { answer: { hits, hasMore: found.length > hitsMax }, looks }
  })
}

async function committeesAsked(tx: Tx, asker: SignedIn): Promise<string[]> {
  const committees = committeesOf(asker)
  if (committees !== '*') return [...committees]
  const all = await divisionsUnder(tx, asker.street)
  return [...all.map(({ code }) => code), homelessIn(asker.street)]
}

async function hitsOf(
  given: Given,
  tx: Tx,
  found: readonly { person: PersonId; committee: string }[],
  pieces: readonly Piece[],
): Promise<Hit[]> {
  const people = [...new Set(found.map(({ person }) => person))]
  const names = await namesOf(tx, people)
  const homes = Map.groupBy(await homesOfMany(tx, people), ({ person }) => person)
  const shown = found.map(({ person, committee }) => {
    const here = (homes.get(person) ?? []).filter(({ home }) => home.startsWith(`${committee}-`))
    return { person, home: (here.find((one) => one.as === 'resident') ?? here[0])?.home ?? null }
  })
  const places = await placesOf(tx, [...new Set(shown.flatMap(({ home }) => home ?? []))])
  const placeOf = new Map(places.map((one) => [one.place as string, one]))
  const numbers = pieces.some(({ is }) => is === 'number' || is === 'hyphened')
    ? await numbersOf(given, tx, people)
    : []
  const once = new Map(shown.toReversed().map((one) => [one.person, one]))
  return [...once.values()]
    .map(({ person, home }) => ({
      ...{ person, name: names.get(person) ?? '', matched: matchOf(person, numbers, pieces) },
      place: home === null ? null : (placeOf.get(home) ?? null),
    }))
    .toSorted(
      (a, b) => a.name.localeCompare(b.name, 'zh') || placeKey(a).localeCompare(placeKey(b)),
    )
}

function placeKey({ place }: Hit): string {
  return place?.place ?? ''
}

function matchOf(
  person: PersonId,
  numbers: readonly NumberOf[],
  pieces: readonly Piece[],
): Hit['matched'] {
  for (const one of numbers.filter((each) => each.person === person)) {
    if (!pieces.some((piece) => isSaid(piece, one.number))) continue
    return { kind: one.kind, masked: masked(one.kind, one.number) }
  }
  return null
}

function isSaid(piece: Piece, number: string): boolean {
  const said = piece.is === 'hyphened' ? piece.parts.join('') : piece.is === 'number' && piece.text
  if (!said) return false
  return said === number.replaceAll('-', '') || (isTail(said) && said === tailOf(number))
}

function lookAt({ street }: SignedIn, { person, place, matched }: Hit, matter: Matter) {
  const fields: Sees[] = ['name']
  if (place) fields.push('address')
  if (matched) fields.push(matched.kind)
  return { street, person, fields, matter }
}
