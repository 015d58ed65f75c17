import { setImmediate as breath } from 'node:timers/promises'
import type { Look } from '../../../kernel/book.ts'
import { dayOf } from '../../../kernel/calendar.ts'
import type { Sees } from '../../../kernel/endpoint.ts'
import type { PersonId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { registerOf, type PlaceRegister } from '../../places/index.ts'
import { areaText, areaThatCounts } from '../homes/index.ts'
import { words, type ImportKind, type StaffDoor } from '../importing/index.ts'
import { masked, numbersOf, type NumberKind } from '../numbers/index.ts'
import { namesOf } from '../store.ts'
import * as store from './store.ts'
import { numbersFor, rowsMax, type ExportReason } from './types.ts'

/** Rows by column of the import, and who is shown by which data. */
export type Exported = {
  rows: Record<string, string>[]
  shown: Map<PersonId, Set<Sees>>
}
type Wanted = store.Range & { reason: ExportReason; committees: Scope }
type Scope = Parameters<typeof registerOf>[2]

export async function exportedOf(
  given: Given,
  tx: Tx,
  staff: StaffDoor,
  kind: ImportKind,
  wanted: Wanted,
): Promise<Exported> {
  switch (kind) {
    case 'homes':
      return homes(tx, wanted)
    case 'residents':
      return residents(given, tx, wanted)
    case 'owners':
      return owners(given, tx, wanted)
    case 'staff':
      return staffOf(given, tx, staff, wanted)
    default:
      return kind satisfies never
  }
}

/** How many rows it would have, without opening a number. */
export async function countOf(
  tx: Tx,
  staff: StaffDoor,
  kind: ImportKind,
  wanted: Wanted,
): Promise<number> {
  switch (kind) {
    case 'homes':
      return (await homes(tx, wanted)).rows.length
    case 'residents':
      return store.countResidents(tx, wanted)
    case 'owners':
      return store.countOwners(tx, wanted)
    case 'staff':
      return (await postsWanted(tx, staff, wanted)).posts.length
    default:
      return kind satisfies never
  }
}

/** Rows stand in the order of what they say, not of ids: the same register gives the same file. */
function sorted(rows: Record<string, string>[], by: readonly string[]): Record<string, string>[] {
  const keys = new Map(rows.map((row) => [row, by.map((name) => row[name] ?? '').join('\0')]))
  const key = (row: Record<string, string>) => keys.get(row) ?? ''
  return rows.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
}

/** What a place's columns say of each home. */
function placer(places: PlaceRegister) {
  const compounds = new Map(places.compounds.map(({ compound, name }) => [compound, name]))
  const buildings = new Map(places.buildings.map(({ building, name }) => [building, name]))
  const homes = new Map(places.homes.map((one) => [one.home, one]))
  return (home: PlaceRegister['homes'][number]['home']) => {
    const { building = '', stair = '', room = '' } = homes.get(home) ?? {}
    const compound = compounds.get(home.split('-').slice(0, 2).join('-')) ?? ''
    const names = { compound, building: buildings.get(building) ?? '' }
    return { home, committee: home.slice(0, 12), ...names, stair, room }
  }
}

async function homes(tx: Tx, wanted: Wanted): Promise<Exported> {
  const places = await registerOf(tx, wanted.street, wanted.committees)
  const areas = await areasThatCount(tx, wanted)
  const placed = placer(places)
  const here = places.homes.filter(
    ({ home }) => wanted.committee === null || home.startsWith(wanted.committee),
  )
  const rows = here.slice(0, rowsMax + 1).map(({ home, floor }) => ({
    ...{ ...placed(home), floor: String(floor) },
    ...(areas.get(home) ?? { area: '', areaSource: '' }),
  }))
  return { rows: sorted(rows, ['home']), shown: new Map() }
}

async function areasThatCount(tx: Tx, wanted: Wanted) {
  const byHome = Map.groupBy(await store.areasIn(tx, wanted), ({ home }) => home)
  return new Map(
    [...byHome].map(([home, areas]) => {
      const counts = areaThatCounts(areas)
      const source = counts ? (words.areaSourceWords[counts.source][0] ?? '') : ''
      return [home, { area: counts ? areaText(counts.area) : '', areaSource: source }]
    }),
  )
}

async function residents(given: Given, tx: Tx, wanted: Wanted): Promise<Exported> {
  const found = await store.residentsIn(tx, wanted, rowsMax + 1)
  const placed = placer(await registerOf(tx, wanted.street, wanted.committees))
  const people = found.map(({ person }) => person)
  const numbers = await numbersShown(given, tx, people, wanted.reason)
  const shown = new Map<PersonId, Set<Sees>>()
  const rows = found.map((one) => {
    const { phone, idNumber } = numbers(one.person)
    const fields = new Set<Sees>(['name', 'address', 'household'])
    if (one.bornOn !== null) fields.add('age')
    if (phone !== '') fields.add('phone')
    if (idNumber !== '') fields.add('id-number')
    shown.set(one.person, fields)
    return {
      ...{ ...placed(one.home), name: one.name, reading: one.reading ?? '', idNumber, phone },
      ...{ bornOn: one.bornOn ?? '', household: one.household ?? '' },
      relation: one.relation === null ? '' : (words.relationWords[one.relation][0] ?? ''),
      tenure: one.tenure === null ? '' : (words.tenureWords[one.tenure][0] ?? ''),
      movedIn: dayOf(one.fromAt),
      movedOut: one.toAt === null ? '' : dayOf(one.toAt),
      livesAlone: one.livesAlone ? '是' : '否',
    }
  })
  const by = ['home', 'movedIn', 'name', 'bornOn', 'idNumber', 'phone', 'relation', 'movedOut']
  return { rows: numberHouseholds(sorted(rows, by)), shown }
}

/** 1, 2 … in a home that more than one household shares; else nothing. */
function numberHouseholds(rows: Record<string, string>[]): Record<string, string>[] {
  const ofHome = new Map<string, string[]>()
  for (const { home = '', household = '' } of rows) {
    const known = ofHome.get(home) ?? []
    if (!known.includes(household)) known.push(household)
    ofHome.set(home, known)
  }
  return rows.map((row) => {
    const known = ofHome.get(row['home'] ?? '') ?? []
    const number = known.indexOf(row['household'] ?? '') + 1
    return { ...row, household: known.length > 1 ? String(number) : '' }
  })
}

async function owners(given: Given, tx: Tx, wanted: Wanted): Promise<Exported> {
  const found = await store.ownersIn(tx, wanted, rowsMax + 1)
  const placed = placer(await registerOf(tx, wanted.street, wanted.committees))
  const areas = await areasThatCount(tx, wanted)
  const people = [...new Set(found.flatMap(({ person }) => person ?? []))]
  const numbers = await numbersShown(given, tx, people, wanted.reason)
  const shown = new Map<PersonId, Set<Sees>>()
  const rows = found.map((one) => {
    const idNumber = one.person === null ? '' : numbers(one.person).idNumber
    if (one.person !== null) {
      const fields = shown.get(one.person) ?? new Set<Sees>(['name', 'address', 'ownership'])
      if (idNumber !== '') fields.add('id-number')
      shown.set(one.person, fields)
    }
    return {
      ...{ ...placed(one.home), name: one.name, idNumber, share: `${one.part}/${one.whole}` },
      ...(areas.get(one.home) ?? { area: '', areaSource: '' }),
      kind: words.ownerKindWords[one.kind][0] ?? '',
      standing: words.standingWords[one.isRegistered ? 'registered' : 'possession'][0] ?? '',
      ...{ from: one.fromOn, to: one.toOn ?? '' },
    }
  })
  const by = ['home', 'from', 'to', 'kind', 'name', 'idNumber', 'share', 'standing']
  return { rows: sorted(rows, by), shown }
}

async function staffOf(given: Given, tx: Tx, staff: StaffDoor, wanted: Wanted): Promise<Exported> {
  const { bodies, posts } = await postsWanted(tx, staff, wanted)
  const people = [...new Set(posts.map(({ person }) => person))]
  const names = await namesOf(tx, people)
  const numbers = await numbersShown(given, tx, people, wanted.reason)
  const shown = new Map<PersonId, Set<Sees>>()
  const rows = posts.slice(0, rowsMax + 1).flatMap(({ body: id, person, title, rank, ...term }) => {
    const body = bodies.get(id)
    if (!body) return []
    const { phone } = numbers(person)
    const fields = new Set<Sees>(['name', 'post'])
    if (phone !== '') fields.add('phone')
    shown.set(person, fields)
    return {
      ...{ bodyKind: words.bodyKindWords[body.kind][0] ?? '', committee: body.committee ?? '' },
      ...{ body: body.name, bodyPhone: body.phone ?? '' },
      ...{ opensAt: body.opensAt ?? '', closesAt: body.closesAt ?? '', title, phone },
      ...{ name: names.get(person) ?? '', rank: String(rank), since: dayOf(term.since) },
      until: term.until === null ? '' : dayOf(term.until),
    }
  })
  const by = ['bodyKind', 'committee', 'body', 'until', 'rank', 'since', 'name', 'title', 'phone']
  return { rows: sorted(rows, by), shown }
}

async function postsWanted(tx: Tx, staff: StaffDoor, wanted: Wanted) {
  const bodies = new Map((await staff.bodiesIn(tx)).map((one) => [one.body, one]))
  const posts = (await staff.postsIn(tx)).filter(({ body, until }) => {
    const isHere = wanted.committee === null || bodies.get(body)?.committee === wanted.committee
    return isHere && (wanted.isPastIn || until === null)
  })
  return { bodies, posts }
}

const openedAtOnce = 1_000

/** In full where the reason needs it, else masked; nothing where there is none. */
async function numbersShown(
  given: Given,
  tx: Tx,
  people: readonly PersonId[],
  reason: ExportReason,
) {
  const { phone, idNumber } = numbersFor[reason]
  const isFull: Record<NumberKind, boolean> = { phone, 'id-number': idNumber }
  const said = new Map<string, string>()
  for (let from = 0; from < people.length; from += openedAtOnce) {
    const some = await numbersOf(given, tx, people.slice(from, from + openedAtOnce))
    for (const { person, kind, number } of some) {
      said.set(`${person} ${kind}`, isFull[kind] ? number : masked(kind, number))
    }
    await breath()
  }
  return (person: PersonId) => ({
    phone: said.get(`${person} phone`) ?? '',
    idNumber: said.get(`${person} id-number`) ?? '',
  })
}

export function looksOf(
  { shown }: Exported,
  street: store.Range['street'],
  id: string,
  reason: ExportReason,
): Look[] {
  return [...shown].map(([person, fields]) => ({
    ...{ street, person, fields: [...fields] },
    matter: { kind: 'request', id, label: `export-${reason}` },
  }))
}
