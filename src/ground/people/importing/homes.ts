import type { CommitteeCode, HomeCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Cell } from '../../../platform/sheets/index.ts'
import type { Tx } from '../../../platform/sql.ts'
import type { TakenFrom } from '../../../platform/taking-back.ts'
import { addPlaces, takenFrom, type PlaceRegister } from '../../places/index.ts'
import { areaIn, type AreaSource } from '../homes/index.ts'
import { buildingKey, floorIn, floorOf, nameKey, roomIn, stairIn } from './addresses.ts'
import { codeIn, textIn, wordIn, wrong, type Read } from './cells.ts'
import { columnsOf, type ColumnOf } from './columns.ts'
import { letters60, openFinder } from './finding.ts'
import { inBatches, type Made, type Plan, type Scope } from './plan.ts'
import { readRows, type LineReader } from './reading.ts'
import * as store from './store.ts'
import type { Duplicate, Line } from './types.ts'
import { areaSourceWords } from './words.ts'

type Column = ColumnOf<'homes'>
const columns = columnsOf.homes

type Row = {
  reader: LineReader<Column>
  code: string | null
  committee: CommitteeCode
  compound: string
  building: string
  stair: string
  room: string
  floor: number
  area: Area | null
}
export type Area = { area: number; source: AreaSource }

export function areaCell(cell: Cell): Read<number> {
  const read = textIn(cell, 20)
  if ('wrong' in read) return read.wrong === 'notText' ? wrong('madeADate') : read
  if (read.value === null) return { value: null }
  const area = areaIn(read.value)
  return area === undefined ? wrong('area') : { value: area }
}

/** Both or neither: an area without its source counts for nothing (解释 8). */
export function areaOf(reader: LineReader<'area' | 'areaSource'>): Area | null {
  const area = reader.take('area', areaCell)
  const source = reader.take('areaSource', (cell) => wordIn(cell, areaSourceWords))
  if (reader.isWrong('area') || reader.isWrong('areaSource')) return null
  if (area === null && source !== null) reader.note('area', 'missing')
  if (area !== null && source === null) reader.note('areaSource', 'areaSource')
  return area !== null && source !== null ? { area, source } : null
}

export async function planHomes(
  given: Given,
  scope: Scope,
  places: PlaceRegister,
  lines: readonly Line<Column>[],
): Promise<Plan> {
  const finder = openFinder(places, scope)
  const usual = places.committees.length === 1 ? places.committees[0]?.code : undefined
  const { rows, faults } = await readRows(columns, lines, (reader) => rowOf(reader, finder, usual))
  const before = rows.map(({ reader }) => reader.faults.length)
  const { homes, duplicates } = layOut(given, places, rows)
  rows.forEach(({ reader }, at) => faults.push(...reader.faults.slice(before[at])))
  return {
    ...{ faults, duplicates, good: homes.list.length },
    write: (tx, tell) => write(tx, scope, homes, tell),
  }
}

function rowOf(
  reader: LineReader<Column>,
  finder: ReturnType<typeof openFinder>,
  usual: CommitteeCode | undefined,
): Row | undefined {
  const code = reader.take('home', (cell) => codeIn(cell, 40))
  const said = finder.committeeOf(reader)
  const fromCode = code === null ? undefined : finder.committeeNamed(code.slice(0, 12))
  const committee = said === 'unsaid' ? (fromCode ?? usual) : said
  const compound = reader.take('compound', letters60)
  const building = reader.take('building', (cell) => textIn(cell, 20))
  const stair = reader.take('stair', stairIn)
  const room = reader.take('room', roomIn)
  const written = reader.take('floor', floorIn)
  const area = areaOf(reader)
  if (committee === undefined || committee === 'other') {
    reader.note('committee', committee === 'other' ? 'otherCommittee' : 'committee')
    return undefined
  }
  if (!committee || !compound || !building || !stair || !room) return undefined
  const floor = written ?? floorOf(room)
  if (floor === undefined) reader.note('floor', 'floor')
  if (floor === undefined) return undefined
  return { reader, code, committee, compound, building, stair, room, floor, area }
}

type Compound = { compound: string; committee: CommitteeCode; name: string; line: number }
type Building = { building: string; compound: string; name: string; line: number }
type NewHome = {
  home: HomeCode
  building: string
  stair: string
  floor: number
  room: string
  line: number
  area: Area | null
}
type LaidOut = { compounds: Compound[]; buildings: Building[]; list: NewHome[] }

/** Gives every row its compound, building and code; what is there already is met, not made. */
function layOut(
  given: Given,
  places: PlaceRegister,
  rows: readonly Row[],
): { homes: LaidOut; duplicates: Duplicate[] } {
  const compounds = openCompounds(places, rows)
  const buildings = new Map(
    places.buildings.map((one) => [`${one.compound} ${buildingKey(one.name)}`, one.building]),
  )
  const stairs = new Map(
    places.homes.map(({ home, building, stair }) => [stairKey(compoundOf(home), stair), building]),
  )
  const there = new Map<string, number | null>(
    places.homes.map(({ home }) => [home.toLowerCase(), null]),
  )
  const duplicates: Duplicate[] = []
  const made: LaidOut = { compounds: compounds.made, buildings: [], list: [] }
  for (const row of rows) {
    const { reader, stair, room, floor, area } = row
    const compound = compounds.of(row)
    const home = `${compound}-${stair}-${room}` as HomeCode
    if (compound === null || (row.code && row.code.toLowerCase() !== home.toLowerCase())) {
      reader.note('home', 'homeCode')
      continue
    }
    const other = there.get(home.toLowerCase())
    if (other !== undefined) {
      duplicates.push({ line: reader.line, like: 'home', other })
      continue
    }
    const key = `${compound} ${buildingKey(row.building)}`
    let building = buildings.get(key)
    const ofStair = stairs.get(stairKey(compound, stair))
    if (ofStair !== undefined && ofStair !== building) {
      reader.note('stair', 'stairElsewhere')
      continue
    }
    if (building === undefined) {
      building = given.newId<string>()
      made.buildings.push({ building, compound, name: row.building, line: reader.line })
      buildings.set(key, building)
    }
    stairs.set(stairKey(compound, stair), building)
    there.set(home.toLowerCase(), reader.line)
    made.list.push({ home, building, stair, floor, room, line: reader.line, area })
  }
  return { homes: made, duplicates }
}

function compoundOf(home: string): string {
  return home.split('-').slice(0, 2).join('-')
}

function stairKey(compound: string, stair: string): string {
  return `${compound} ${stair.toLowerCase()}`
}

/** Compounds by name in their committee; a code that a row says is kept, others get the next. */
function openCompounds(places: PlaceRegister, rows: readonly Row[]) {
  const made: Compound[] = []
  const codes = new Map<string, string>()
  const names = new Map<string, string>()
  const last = new Map<CommitteeCode, number>()
  const learn = (committee: CommitteeCode, name: string, compound: string) => {
    const key = `${committee} ${nameKey(name)}`
    codes.set(key, compound)
    names.set(compound, key)
    const number = Number(compound.slice(13))
    last.set(committee, Math.max(last.get(committee) ?? 0, number))
  }
  for (const { compound, committee, name } of places.compounds) learn(committee, name, compound)
  for (const { code, committee, compound: name, reader } of rows) {
    const said = code === null ? undefined : /^\d{12}-\d{2,3}(?=-)/.exec(code)?.[0]
    if (!said?.startsWith(committee)) continue
    if (codes.has(`${committee} ${nameKey(name)}`) || names.has(said)) continue
    learn(committee, name, said)
    made.push({ compound: said, committee, name, line: reader.line })
  }
  const of = ({ committee, compound: name, code, reader }: Row): string | null => {
    const known = codes.get(`${committee} ${nameKey(name)}`)
    if (known !== undefined) return known
    if (code !== null) return null
    const number = (last.get(committee) ?? 0) + 1
    if (number > 999) return null
    const compound = `${committee}-${String(number).padStart(2, '0')}`
    learn(committee, name, compound)
    made.push({ compound, committee, name, line: reader.line })
    return compound
  }
  return { made, of }
}

async function write(
  tx: Tx,
  { street, today }: Scope,
  { compounds, buildings, list }: LaidOut,
  tell: (done: number) => void,
): Promise<Made[]> {
  const [fromHome, fromBuilding, fromCompound] = takenFrom as [TakenFrom, TakenFrom, TakenFrom]
  await addPlaces(tx, street, { compounds, buildings, homes: [] })
  let done = 0
  const areas = list.flatMap(({ home, area, line }) =>
    area ? { ...area, home, line, since: today } : [],
  )
  await inBatches(list, async (homes) => {
    await addPlaces(tx, street, { compounds: [], buildings: [], homes })
    tell((done += homes.length))
  })
  await inBatches(areas, (some) => store.addAreas(tx, street, some))
  const shared = (from: TakenFrom, key: string, line: number) => ({
    line,
    isShared: true,
    from,
    key,
  })
  const own = (from: TakenFrom, key: string, line: number) => ({ line, isShared: false, from, key })
  return [
    ...compounds.map(({ compound, line }) => shared(fromCompound, compound, line)),
    ...buildings.map(({ building, line }) => shared(fromBuilding, building, line)),
    ...list.map(({ home, line }) => own(fromHome, home, line)),
    ...areas.map(({ home, source, line }) => own(store.taken.area, `${home} ${source}`, line)),
  ]
}
