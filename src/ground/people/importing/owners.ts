import type { HomeCode, PersonId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import type { PlaceRegister } from '../../places/index.ts'
import { addShares, areasOf, isWithinWhole, ownersOf, type OwnerKind } from '../homes/index.ts'
import { registerPeople } from '../registering/index.ts'
import { indexPeople } from '../searching/index.ts'
import { dayIn, nameIn, shareIn, textIn, wordIn } from './cells.ts'
import { columnsOf, type ColumnOf } from './columns.ts'
import { openFinder } from './finding.ts'
import { areaOf, type Area } from './homes.ts'
import {
  alikeAreOne,
  knownPeople,
  personKey,
  registered,
  sameInFile,
  type Described,
} from './likeness.ts'
import { inBatches, leftOut, type Made, type Plan, type Scope } from './plan.ts'
import { readRows, type LineReader } from './reading.ts'
import { idNumberCell } from './residents.ts'
import { cellFault, type Mistake } from './sentences.ts'
import * as store from './store.ts'
import type { CellFault, Duplicate, Line } from './types.ts'
import { ownerKindWords, standingWords } from './words.ts'

type Column = ColumnOf<'owners'>
const columns = columnsOf.owners

type Row = {
  line: number
  home: HomeCode
  kind: OwnerKind
  name: string
  idNumber: string | null
  part: number
  whole: number
  area: Area | null
  isRegistered: boolean
  from: string
  to: string | null
}

export async function planOwners(
  given: Given,
  tx: Tx,
  scope: Scope,
  places: PlaceRegister,
  lines: readonly Line<Column>[],
): Promise<Plan> {
  const finder = openFinder(places, scope)
  const { rows, faults } = await readRows(columns, lines, (reader) => rowOf(reader, finder, scope))
  const known = await knownPeople(given, tx, described(rows))
  const register = await registerOfOwners(tx, rows)
  const duplicates = ownersTwice(rows, register, known)
  const out = leftOut(scope, duplicates)
  const coming = rows.filter(({ line }) => !out.has(line))
  faults.push(...wrongShares(coming, register, duplicates), ...wrongAreas(coming, register))
  return {
    ...{ faults, duplicates, good: coming.length },
    write: (within, tell) => write(given, within, scope, { rows: coming, known, register }, tell),
  }
}

function rowOf(
  reader: LineReader<Column>,
  finder: ReturnType<typeof openFinder>,
  { today }: Scope,
): Row | undefined {
  const home = finder.homeOf(reader)
  const kind = reader.take('kind', (cell) => wordIn(cell, ownerKindWords)) ?? 'person'
  const name = reader.take('name', kind === 'person' ? nameIn : (cell) => textIn(cell, 60))
  const idNumber = reader.take('idNumber', idNumberCell)
  if (idNumber !== null && kind !== 'person') reader.note('idNumber', 'personOnly')
  const share = reader.take('share', shareIn) ?? { part: 1, whole: 1 }
  const area = areaOf(reader)
  const standing = reader.take('standing', (cell) => wordIn(cell, standingWords))
  const from = reader.take('from', dayIn)
  const to = reader.take('to', dayIn)
  if (from !== null && from > today) reader.note('from', 'ahead')
  if (to !== null && to > today) reader.note('to', 'ahead')
  if (to !== null && to < (from ?? to)) reader.note('to', 'order')
  if (home === null || name === null) return undefined
  return {
    ...{ line: reader.line, home, kind, name, idNumber, ...share, area },
    ...{ isRegistered: standing !== 'possession', from: from ?? to ?? today, to },
  }
}

function described(rows: readonly Row[]): Described[] {
  return rows.filter(({ kind }) => kind === 'person').map((row) => ({ ...row, phone: null }))
}

type Known = Awaited<ReturnType<typeof knownPeople>>
type Register = {
  owners: Map<HomeCode, Awaited<ReturnType<typeof ownersOf>>>
  areas: Map<string, number>
}

async function registerOfOwners(tx: Tx, rows: readonly Row[]): Promise<Register> {
  const homes = [...new Set(rows.map(({ home }) => home))]
  const areas = await areasOf(tx, homes)
  return {
    owners: Map.groupBy(await ownersOf(tx, homes), ({ home }) => home),
    areas: new Map(areas.map(({ home, source, area }) => [`${home} ${source}`, area])),
  }
}

/** The same owner of the same home, twice in the file or once in the register. */
function ownersTwice(rows: readonly Row[], { owners }: Register, known: Known): Duplicate[] {
  const first = new Map<string, number>()
  return rows.flatMap(({ line, home, kind, name, idNumber, to }) => {
    if (to !== null) return []
    const person = known.get(line)?.person
    const isThere = owners
      .get(home)
      ?.some((one) =>
        kind === 'person'
          ? one.person !== null && one.person === person
          : one.kind !== 'person' && personKey(one.name ?? '') === personKey(name),
      )
    const like = idNumber === null ? 'name-and-home' : 'id-number'
    if (isThere) return { line, like, other: null } as const
    const who = `${home} ${kind} ${idNumber ?? personKey(name)}`
    const other = first.get(who)
    if (other === undefined) first.set(who, line)
    return other === undefined ? [] : ({ line, like, other } as const)
  })
}

/** A home has one set of owners at a time, whose shares come to the whole at most. */
function wrongShares(
  rows: readonly Row[],
  { owners }: Register,
  duplicates: readonly Duplicate[],
): CellFault[] {
  const twice = new Set(duplicates.map(({ line }) => line))
  const current = rows.filter(({ to, line }) => to === null && !twice.has(line))
  const faults: CellFault[] = []
  for (const [home, set] of Map.groupBy(current, (row) => row.home)) {
    const [first] = set
    const there = owners.get(home) ?? []
    const all = (column: Column, mistake: Mistake) =>
      faults.push(...set.map(({ line }) => cellFault(line, columns[column].zh, mistake)))
    const isMixed = set.some(({ isRegistered }) => isRegistered !== first?.isRegistered)
    if (there.length > 0) all('name', 'twoSets')
    else if (isMixed) all('standing', 'twoSets')
    else if (!isWithinWhole(set)) all('share', 'shares')
  }
  return faults
}

function wrongAreas(rows: readonly Row[], { areas }: Register): CellFault[] {
  const said = new Map<string, number>(areas)
  return rows.flatMap(({ line, home, area }) => {
    if (area === null) return []
    const key = `${home} ${area.source}`
    const before = said.get(key)
    said.set(key, before ?? area.area)
    const isUnlike = before !== undefined && before !== area.area
    return isUnlike ? cellFault(line, columns.area.zh, 'areaUnlike') : []
  })
}

async function write(
  given: Given,
  tx: Tx,
  { street, today }: Scope,
  { rows, known, register }: { rows: readonly Row[]; known: Known; register: Register },
  tell: (done: number) => void,
): Promise<Made[]> {
  const made: Made[] = []
  const people = await peopleFor(given, tx, street, rows, known, made)
  const areas = new Map<string, store.NewArea & { line: number }>()
  for (const { home, area, line } of rows) {
    const key = `${home} ${area?.source}`
    if (area && !register.areas.has(key) && !areas.has(key)) {
      areas.set(key, { ...area, home, line, since: today })
    }
  }
  for (const [key, { line }] of areas) {
    made.push({ line, isShared: true, from: store.taken.area, key })
  }
  await inBatches([...areas.values()], (some) => store.addAreas(tx, street, some))
  let done = 0
  await inBatches(rows, async (batch) => {
    const shares = batch.map(({ line, home, kind, name, from, to, area, ...row }) => ({
      ...{ id: given.newId<string>(), home, kind, part: row.part, whole: row.whole },
      ...{ person: people.get(line) ?? null, firm: kind === 'person' ? null : name },
      ...{ isRegistered: row.isRegistered, fromOn: from, toOn: to },
      source: area?.source ?? ('register' as const),
    }))
    await addShares(tx, street, shares)
    for (const [n, { id }] of shares.entries()) {
      const line = batch[n]?.line ?? 0
      made.push({ line, isShared: false, from: store.taken.ownership, key: id })
    }
    await indexPeople(given, tx, street, [...new Set(shares.flatMap(({ person }) => person ?? []))])
    tell((done += batch.length))
  })
  return made
}

/** Owners whom the register knows, and the others as new persons; one who owns twice is one. */
async function peopleFor(
  given: Given,
  tx: Tx,
  street: Scope['street'],
  rows: readonly Row[],
  known: Known,
  made: Made[],
): Promise<Map<number, PersonId>> {
  const people = new Map<number, PersonId>()
  const same = sameInFile(described(rows))
  const strangers: Row[] = []
  for (const row of rows) {
    const found = known.get(row.line)
    if (row.kind !== 'person') continue
    if (found) people.set(row.line, found.person)
    else if (!same.has(row.line)) strangers.push(row)
  }
  await inBatches(strangers, async (batch) => {
    const ids = await registerPeople(
      given,
      tx,
      street,
      batch.map(({ name, idNumber }) => ({
        ...{ name, idNumber, bornOn: null, phone: null, home: null, livesAlone: false },
      })),
    )
    made.push(...registered(people, batch, ids))
  })
  alikeAreOne(people, same)
  return people
}
