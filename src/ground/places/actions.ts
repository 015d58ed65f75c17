import { committeesOf, type Asker } from '../../kernel/asker.ts'
import type { Input, Output } from '../../kernel/endpoint.ts'
import { fault, type Fault } from '../../kernel/fault.ts'
import type { CommitteeCode, HomeCode, PlaceCode } from '../../kernel/ids.ts'
import type { Given } from '../../platform/given.ts'
import type { Tx } from '../../platform/sql.ts'
import type * as api from './api.ts'
import { flatten, homesOf } from './decide.ts'
import * as store from './store.ts'
import type { Place } from './types.ts'

export { issueTag, openTag } from './tags/index.ts'

const cityWide = { street: '' }

export async function importDivisions(
  given: Given,
  register: Input<typeof api.importDivisions>,
): Promise<Output<typeof api.importDivisions> | Fault> {
  const rows = flatten(register)
  if (!Array.isArray(rows)) return fault('bad-input', rows.strayCode)
  await given.db.inStreet(cityWide, (tx) => store.saveDivisions(tx, rows, register.source))
  const count = (kind: string) => rows.filter((row) => row.kind === kind).length
  return { districts: count('district'), streets: count('street'), committees: count('committee') }
}

export async function listDivisions(given: Given, input: Input<typeof api.listDivisions>) {
  const under = input.under ?? null
  const divisions = await given.db.inStreet(cityWide, (tx) => store.divisionsUnder(tx, under))
  return { divisions }
}

export async function listCompounds(
  given: Given,
  asker: Asker,
): Promise<Output<typeof api.listCompounds> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { street } = asker
  const found = await given.db.inStreet({ street }, (tx) =>
    store.compoundsIn(tx, street, committeesOf(asker)),
  )
  return { compounds: found.map(({ code, name }) => ({ compound: code, name })) }
}

export async function addCompound(
  given: Given,
  asker: Asker,
  input: Input<typeof api.addCompound>,
): Promise<Output<typeof api.addCompound> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { street } = asker
  if (!input.committee.startsWith(street)) return fault('not-found', 'committee')
  return given.db.inStreet({ street }, async (tx) => {
    if (!(await store.divisionNamed(tx, input.committee))) return fault('not-found', 'committee')
    return { compound: await store.addCompound(tx, street, input.committee, input.name) }
  })
}

export async function addBuilding(
  given: Given,
  asker: Asker,
  input: Input<typeof api.addBuilding>,
): Promise<Output<typeof api.addBuilding> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { street } = asker
  const homes = input.stairs.flatMap((stair) =>
    homesOf(input.compound, stair).map((home) => ({ ...home, stair: stair.number })),
  )
  const numbers = new Set(input.stairs.map((stair) => stair.number))
  if (numbers.size < input.stairs.length) return fault('bad-input', 'stairs')
  const building = { id: given.newId(), compound: input.compound, name: input.name }
  return given.db.inStreet({ street }, async (tx) => {
    if (!(await store.hasCompound(tx, input.compound))) return fault('not-found', 'compound')
    const isNew = await store.addBuilding(tx, street, building, homes)
    return isNew ? { homes: homes.map((home) => home.code) } : fault('already-so', 'stairs')
  })
}

export async function stairGrid(
  given: Given,
  asker: Asker,
  input: Input<typeof api.stairGrid>,
): Promise<Output<typeof api.stairGrid> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { role, committee } = asker.post
  if (role === 'committee' && committee !== committeeOf(input.place)) {
    return fault('not-found', 'place')
  }
  return given.db.inStreet(asker, async (tx) => {
    const place = await placeOf(tx, input.place)
    if (!place?.compound) return fault('not-found', 'place')
    const { compound, building } = place
    const stairs = building === null ? await stairsOf(tx, input.place) : await besides(tx, place)
    return { compound, building, stairs: stairs.toSorted(byNumber) }
  })
}

type Stair = Output<typeof api.stairGrid>['stairs'][number]

async function stairsOf(tx: Tx, compound: PlaceCode): Promise<Stair[]> {
  const stairs = await store.stairsOf(tx, compound)
  return stairs.map((one) => ({ ...one, place: stairCode(compound, one.number), homes: [] }))
}

/** All stairs of the building in which the place is. */
async function besides(tx: Tx, { place }: Place): Promise<Stair[]> {
  const beside = Map.groupBy(await store.homesBeside(tx, place), ({ stair }) => stair)
  const compound = place.split('-').slice(0, 2).join('-')
  return [...beside].map(([number, homes]) => ({
    ...{ place: stairCode(compound, number), number, building: homes[0]?.building ?? '' },
    homeCount: homes.length,
    homes: homes.map(({ home, floor, room }) => ({ home: home as HomeCode, floor, room })),
  }))
}

function stairCode(compound: string, number: string): PlaceCode {
  return `${compound}-${number}` as PlaceCode
}

export async function placeOf(tx: Tx, code: PlaceCode): Promise<Place | undefined> {
  const [place] = await store.placesOf(tx, [code])
  return place
}

export function committeeOf(place: PlaceCode): CommitteeCode {
  return place.slice(0, 12) as CommitteeCode
}

function byNumber(a: Stair, b: Stair): number {
  return a.number.localeCompare(b.number, 'en', { numeric: true })
}
