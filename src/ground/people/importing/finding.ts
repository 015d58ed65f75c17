import type { CommitteeCode, HomeCode } from '../../../kernel/ids.ts'
import type { Cell } from '../../../platform/sheets/index.ts'
import type { PlaceRegister } from '../../places/index.ts'
import { buildingKey, doorIn, nameKey, roomIn, stairIn } from './addresses.ts'
import { codeIn, textIn } from './cells.ts'
import type { Scope } from './plan.ts'
import type { LineReader } from './reading.ts'

type Placed = {
  home: HomeCode
  committee: string
  compound: string
  building: string
}

type PlaceColumn = 'home' | 'committee' | 'compound' | 'building' | 'stair' | 'room' | 'door'

export const letters60 = (cell: Cell) => textIn(cell, 60)
const code40 = (cell: Cell) => codeIn(cell, 40)

/** Finds committees and homes of one scope by what people write. */
export function openFinder(places: PlaceRegister, { street, committees }: Scope) {
  const known = new Set(places.compounds.map(({ name }) => nameKey(name)))
  const { byCode, byDoor } = homesIn(places)
  const committeeNamed = (name: string): CommitteeCode | 'other' | undefined => {
    if (/^\d{12}$/.test(name)) {
      const there = places.committees.find(({ code }) => code === name)
      if (there) return there.code
      return committees !== '*' && name.startsWith(street) ? 'other' : undefined
    }
    const named = places.committees.filter((one) => isCommitteeName(one.name, name))
    return named.length === 1 ? named[0]?.code : undefined
  }
  /** Null: wrong and noted, or none was said and it matters. */
  const committeeOf = (reader: LineReader<'committee'>): CommitteeCode | null | 'unsaid' => {
    const said = reader.take('committee', code40)
    if (reader.isWrong('committee')) return null
    if (said === null) return 'unsaid'
    const found = committeeNamed(said)
    if (found && found !== 'other') return found
    reader.note('committee', found === 'other' ? 'otherCommittee' : 'committee')
    return null
  }
  const homeOf = (reader: LineReader<PlaceColumn>): HomeCode | null => {
    const code = reader.take('home', code40)
    const committee = committeeOf(reader)
    const compound = reader.take('compound', letters60)
    const building = reader.take('building', letters60)
    const door = reader.take('door', doorIn)
    const stair = reader.take('stair', stairIn) ?? door?.stair ?? null
    const room = reader.take('room', roomIn) ?? door?.room ?? null
    if (reader.faults.length > 0 && (code === null || reader.isWrong('home'))) return null
    if (code !== null) {
      const placed = byCode.get(code.normalize('NFKC').toLowerCase())
      if (!placed) reader.note('home', 'home')
      else if (stair && room && doorKey(stair, room) !== doorKeyOf(placed.home)) {
        reader.note('home', 'homeCode')
      } else return placed.home
      return null
    }
    if (stair === null || room === null) {
      reader.note(stair === null ? 'stair' : 'room', 'placeNeeded')
      return null
    }
    if (compound !== null && !known.has(nameKey(compound))) {
      reader.note('compound', 'compound')
      return null
    }
    const fitting = (byDoor.get(doorKey(stair, room)) ?? []).filter(
      (one) =>
        (committee === 'unsaid' || committee === one.committee) &&
        (compound === null || nameKey(compound) === one.compound) &&
        (building === null || buildingKey(building) === one.building),
    )
    if (fitting.length === 1 && fitting[0]) return fitting[0].home
    reader.note('room', fitting.length === 0 ? 'home' : 'homeUnsure')
    return null
  }
  return { committeeOf, committeeNamed, homeOf }
}

/** By code, and by stair and room wherever they are. */
function homesIn(places: PlaceRegister) {
  const compounds = new Map(places.compounds.map((one) => [one.compound, nameKey(one.name)]))
  const buildings = new Map(places.buildings.map((one) => [one.building, buildingKey(one.name)]))
  const byCode = new Map<string, Placed>()
  const byDoor = new Map<string, Placed[]>()
  for (const { home, building, stair, room } of places.homes) {
    const placed: Placed = {
      ...{ home, committee: home.slice(0, 12), building: buildings.get(building) ?? '' },
      compound: compounds.get(home.split('-').slice(0, 2).join('-')) ?? '',
    }
    byCode.set(home.toLowerCase(), placed)
    const door = doorKey(stair, room)
    const there = byDoor.get(door)
    if (there) there.push(placed)
    else byDoor.set(door, [placed])
  }
  return { byCode, byDoor }
}

function doorKey(stair: string, room: string): string {
  return `${stair}-${room}`.toLowerCase()
}

function doorKeyOf(home: HomeCode): string {
  return home.split('-').slice(2).join('-').toLowerCase()
}

/** 虹桥路第一居委会 is told as 虹桥路第一居委会, 虹桥路第一居民委员会 or 虹桥路第一. */
function isCommitteeName(name: string, said: string): boolean {
  const plain = (one: string) =>
    nameKey(one).replace(
      /(社区居委会|社区居民委员会|居民委员会|居委会|居委|村民委员会|村委会)$/,
      '',
    )
  return nameKey(name) === nameKey(said) || plain(name) === plain(said)
}
