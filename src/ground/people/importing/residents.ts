import { startOfDay } from '../../../kernel/calendar.ts'
import type { HomeCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Cell } from '../../../platform/sheets/index.ts'
import type { Tx } from '../../../platform/sql.ts'
import type { PlaceRegister } from '../../places/index.ts'
import { isBirthday } from '../decide.ts'
import { addHouseholds, openHouseholds, type Relation, type Tenure } from '../homes/index.ts'
import { bornOnIn, idNumberIn, phoneIn } from '../numbers/index.ts'
import { registerPeople } from '../registering/index.ts'
import { plainNumbers } from './addresses.ts'
import {
  codeIn,
  dayIn,
  nameIn,
  readingIn,
  textIn,
  wordIn,
  wrong,
  yesNoIn,
  type Read,
} from './cells.ts'
import { columnsOf, type ColumnOf } from './columns.ts'
import { openFinder } from './finding.ts'
import { knownPeople, sameInFile } from './likeness.ts'
import { inBatches, leftOut, type Made, type Plan, type Scope } from './plan.ts'
import { readRows, type LineReader } from './reading.ts'
import * as store from './store.ts'
import type { Duplicate, Line } from './types.ts'
import { relationWords, tenureWords } from './words.ts'

type Column = ColumnOf<'residents'>
const columns = columnsOf.residents

type Row = {
  line: number
  home: HomeCode
  name: string
  reading: string | null
  idNumber: string | null
  phone: string | null
  bornOn: string | null
  relation: Relation | null
  tenure: Tenure | null
  movedIn: string | null
  movedOut: string | null
  livesAlone: boolean
  household: string
}

export function idNumberCell(cell: Cell): Read<string> {
  const read = codeIn(cell, 30)
  if ('wrong' in read || read.value === null) return read
  const value = idNumberIn(read.value)
  return value === undefined ? wrong('idNumber') : { value }
}

export function phoneCell(cell: Cell): Read<string> {
  const read = codeIn(cell, 30)
  if ('wrong' in read || read.value === null) return read
  const value = phoneIn(read.value)
  return value === undefined ? wrong('phone') : { value }
}

function householdIn(cell: Cell): Read<string> {
  const read = textIn(cell, 10)
  return 'wrong' in read || read.value === null
    ? read
    : { value: plainNumbers(read.value).replace(/^第/, '').replace(/户$/, '') }
}

export async function planResidents(
  given: Given,
  tx: Tx,
  scope: Scope,
  places: PlaceRegister,
  lines: readonly Line<Column>[],
): Promise<Plan> {
  const finder = openFinder(places, scope)
  const { rows, faults } = await readRows(columns, lines, (reader) => rowOf(reader, finder, scope))
  const duplicates = await likenesses(given, tx, rows)
  const out = leftOut(scope, duplicates)
  const coming = rows.filter(({ line }) => !out.has(line))
  return {
    ...{ faults, duplicates, good: coming.length },
    write: (within, tell) => write(given, within, scope, coming, tell),
  }
}

function rowOf(
  reader: LineReader<Column>,
  finder: ReturnType<typeof openFinder>,
  { today }: Scope,
): Row | undefined {
  const home = finder.homeOf(reader)
  const name = reader.take('name', nameIn)
  const idNumber = reader.take('idNumber', idNumberCell)
  const written = reader.take('bornOn', dayIn)
  const bornOn = written ?? (idNumber === null ? null : bornOnIn(idNumber))
  if (bornOn !== null && !isBirthday(bornOn, today)) {
    reader.note(written === null ? 'idNumber' : 'bornOn', 'birthday')
  } else if (written !== null && idNumber !== null && written !== bornOnIn(idNumber)) {
    reader.note('bornOn', 'bornUnlike')
  }
  const movedIn = reader.take('movedIn', dayIn)
  const movedOut = reader.take('movedOut', dayIn)
  if (movedIn !== null && movedIn > today) reader.note('movedIn', 'ahead')
  if (movedOut !== null && movedOut > today) reader.note('movedOut', 'ahead')
  if (movedOut !== null && movedOut < (movedIn ?? movedOut)) reader.note('movedOut', 'order')
  const rest = {
    reading: reader.take('reading', readingIn),
    phone: reader.take('phone', phoneCell),
    relation: reader.take('relation', (cell) => wordIn(cell, relationWords)),
    tenure: reader.take('tenure', (cell) => wordIn(cell, tenureWords)),
    livesAlone: reader.take('livesAlone', yesNoIn) ?? false,
    household: reader.take('household', householdIn) ?? '1',
  }
  if (home === null || name === null) return undefined
  return { line: reader.line, home, name, idNumber, bornOn, movedIn, movedOut, ...rest }
}

/** Who has moved out lives nowhere that somebody of the same name could live, too. */
async function likenesses(given: Given, tx: Tx, rows: readonly Row[]): Promise<Duplicate[]> {
  const inFile = sameInFile(rows)
  const known = await knownPeople(given, tx, rows)
  return rows.flatMap(({ line }) => {
    const register = known.get(line)
    if (register) return { line, like: register.like, other: null }
    const other = inFile.get(line)
    return other ? { line, ...other } : []
  })
}

async function write(
  given: Given,
  tx: Tx,
  { street, today, now }: Scope,
  rows: readonly Row[],
  tell: (done: number) => void,
): Promise<Made[]> {
  const made: Made[] = []
  const at = (day: string) =>
    day === today ? now : startOfDay(Date.parse(`${day}T12:00:00+08:00`))
  const households = await openHomes(given, tx, rows)
  let done = 0
  await inBatches(rows, async (batch) => {
    const added = households.forBatch(batch, (day) => (day === null ? now : at(day)))
    await addHouseholds(tx, street, added)
    const people = await registerPeople(
      given,
      tx,
      street,
      batch.map(({ movedIn, movedOut, ...row }) => ({
        ...{ ...row, household: households.of(row) },
        fromAt: (movedIn ?? movedOut) === null ? now : at(movedIn ?? movedOut ?? today),
        toAt: movedOut === null ? null : at(movedOut),
      })),
    )
    const first = new Map(batch.map((row) => [households.of(row), row.line]))
    for (const { id } of added) {
      const line = first.get(id) ?? 0
      made.push({ line, isShared: true, from: store.taken.household, key: id })
    }
    for (const [n, person] of people.entries()) {
      const line = batch[n]?.line ?? 0
      for (const from of [store.taken.residence, store.taken.person]) {
        made.push({ line, isShared: false, from, key: person })
      }
    }
    tell((done += batch.length))
  })
  return made
}

/** The household that is there is the first; any other that the file tells apart begins anew. */
async function openHomes(given: Given, tx: Tx, rows: readonly Row[]) {
  const ids = new Map<string, string>()
  const key = ({ home, household }: Pick<Row, 'home' | 'household'>) => `${home} ${household}`
  const firstOf = new Map<HomeCode, string>()
  for (const { home, household } of rows) {
    const first = firstOf.get(home)
    if (first === undefined || household < first) firstOf.set(home, household)
  }
  const there = await openHouseholds(tx, [...firstOf.keys()])
  for (const [home, household] of firstOf) {
    const id = there.get(home)
    if (id !== undefined) ids.set(key({ home, household }), id)
  }
  return {
    of: (row: Pick<Row, 'home' | 'household'>): string => ids.get(key(row)) ?? '',
    forBatch(batch: readonly Row[], since: (day: string | null) => number) {
      const added: { id: string; home: HomeCode; fromAt: number }[] = []
      for (const row of batch) {
        if (ids.has(key(row))) continue
        const id = given.newId<string>()
        ids.set(key(row), id)
        added.push({ id, home: row.home, fromAt: since(row.movedIn) })
      }
      return added
    },
  }
}
