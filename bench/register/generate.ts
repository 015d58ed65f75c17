/**
 * A whole district by COPY, as the owner: 557 neighbourhoods, 400,000 homes, 510,000 residents with
 * sealed numbers, owners, areas and the words to be found by. The same seed makes the same people.
 */
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { v7 as uuid } from 'uuid'
import type { HomeCode } from '../../src/kernel/ids.ts'
import type { Seal } from '../../src/platform/seal/index.ts'
import { wordsFor } from '../../src/ground/people/index.ts'
import { nameBy } from './names.ts'

export type District = { committees: string[]; people: Sample[]; homes: number; residents: number }
/** A few of those who live there, to be asked for. */
export type Sample = {
  person: string
  committee: string
  name: string
  stair: string
  room: string
  phone: string
}

export type Size = { committees: number; homes: number; residents: number }
export const wholeDistrict: Size = { committees: 557, homes: 400_000, residents: 510_000 }

const homesPerStair = 24
const stairsPerBuilding = 2
const from = '2016-01-01T00:00:00Z'
const sampledEvery = 40

type Home = { code: string; committee: string; stair: string; room: string; building: string }

export async function generate(
  url: string,
  seal: Pick<Seal, 'close' | 'find'>,
  size: Size,
): Promise<District> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const committees = committeesOf(size.committees)
    const homes = await placesInto(client, committees, size.homes)
    await client.query('drop index people.search_entry_words_idx')
    const people = await peopleInto(client, seal, homes, size.residents)
    await client.query(`set maintenance_work_mem = '256MB'`)
    await client.query(
      'create index on people.search_entry using gin (words) with (fastupdate = off)',
    )
    await client.query('vacuum analyze')
    return { committees, people, homes: homes.length, residents: size.residents }
  } finally {
    await client.end()
  }
}

type Districts = { code: string; streets: { code: string; committees: { code: string }[] }[] }[]

/** Of one district first, so that they lie in few streets, as a real one's do. */
function committeesOf(count: number): string[] {
  const { districts } = JSON.parse(readFileSync('data/shanghai-divisions.json', 'utf8')) as {
    districts: Districts
  }
  const all = districts
    .filter(({ code }) => code === '310112')
    .flatMap(({ streets }) => streets)
    .flatMap((street) => street.committees.map(({ code }) => code))
  if (all.length < count) throw new Error(`only ${all.length} neighbourhoods`)
  return all.slice(0, count)
}

async function placesInto(
  client: pg.Client,
  committees: readonly string[],
  count: number,
): Promise<Home[]> {
  const compounds: string[][] = []
  const buildings: string[][] = []
  const homes: Home[] = []
  const rows: string[][] = []
  const perCommittee = Math.ceil(count / committees.length)
  for (const committee of committees) {
    const street = committee.slice(0, 9)
    const left = Math.min(perCommittee, count - homes.length)
    for (let n = 0; n < left; n++) {
      const stair = Math.floor(n / homesPerStair)
      const half = Math.floor(left / homesPerStair / 2)
      const compound = `${committee}-${stair < half ? '01' : '02'}`
      if (compounds.at(-1)?.[0] !== compound) {
        const name = `${stair < half ? '春申' : '莘庄'}${1 + (compounds.length % 20)}村`
        compounds.push([compound, street, committee, name])
      }
      if (n % (homesPerStair * stairsPerBuilding) === 0 || buildings.at(-1)?.[2] !== compound) {
        buildings.push([street, uuid(), compound, `${1 + Math.floor(stair / stairsPerBuilding)}幢`])
      }
      const floor = 1 + Math.floor((n % homesPerStair) / 4)
      const room = String(floor * 100 + 1 + (n % 4))
      const code = `${compound}-${1 + stair}-${room}`
      const [, building = '', , name = ''] = buildings.at(-1) ?? []
      homes.push({ code, committee, stair: String(1 + stair), room, building: name })
      rows.push([code, street, committee, compound, building, String(1 + stair), `${floor}`, room])
    }
  }
  await copy(client, 'places.compound (code, street, committee, name)', compounds)
  await copy(client, 'places.building (street, id, compound, name)', buildings)
  const columns = 'code, street, committee, compound, building, stair, floor, room'
  await copy(client, `places.home (${columns})`, rows)
  return homes
}

const batch = 10_000

async function peopleInto(
  client: pg.Client,
  seal: Pick<Seal, 'close' | 'find'>,
  homes: readonly Home[],
  count: number,
): Promise<Sample[]> {
  const dice = diceOf(20_261_123)
  const samples: Sample[] = []
  for (let first = 0; first < count; first += batch) {
    const made = tablesOf()
    for (let n = first; n < Math.min(count, first + batch); n++) {
      // Each home has somebody; those who are left join homes spread over all of them.
      const home = homes[n < homes.length ? n : (n * 7_919) % homes.length]
      if (!home) continue
      const one = personIn(made, home, { n, isFirst: n < homes.length }, dice, seal)
      if (n % sampledEvery === 0) samples.push(one)
    }
    for (const [table, rows] of Object.entries(made)) await copy(client, table, rows)
  }
  return samples
}

type Tables = ReturnType<typeof tablesOf>

function tablesOf() {
  return {
    'people.person (street, id, name, born_on, registered_at)': [] as string[][],
    'people.household (street, id, home, from_at)': [] as string[][],
    'people.residence (street, person, home, from_at, lives_alone, household, tenure)':
      [] as string[][],
    'people.number (street, person, kind, sealed, find, key)': [] as string[][],
    'people.ownership (street, id, home, kind, person, part, whole, is_registered, source, from_on)':
      [] as string[][],
    'people.home_area (street, home, source, area, since)': [] as string[][],
    'people.search_entry (street, committee, person, words)': [] as string[][],
  }
}

function personIn(
  made: Tables,
  { code, committee, stair, room, building }: Home,
  { n, isFirst }: { n: number; isFirst: boolean },
  dice: (below: number) => number,
  seal: Pick<Seal, 'close' | 'find'>,
): Sample {
  const [people, households, lives, numbers, owns, areas, entries] = Object.values(made)
  const [person, street, household] = [uuid(), committee.slice(0, 9), uuid()]
  const name = nameBy(dice)
  const born = `${1930 + dice(95)}-${two(1 + dice(12))}-${two(1 + dice(28))}`
  const phone = `13${String(900_000_000 + n).slice(0, 9)}`
  const id = `310112${born.replaceAll('-', '')}${String(n % 1000).padStart(3, '0')}X`
  const isOwner = dice(3) > 0
  people?.push([street, person, name, born, from])
  households?.push([street, household, code, from])
  lives?.push([street, person, code, from, 'f', household, isOwner ? 'owner' : 'tenant'])
  for (const [kind, number] of [['phone', phone] as const, ['id-number', id] as const]) {
    const { sealed, key } = seal.close(`people.number:${person}:${kind}`, number)
    const find = seal.find(kind, number)
    numbers?.push([street, person, kind, hex(sealed), hex(find), key])
  }
  if (isOwner) {
    owns?.push([street, uuid(), code, 'person', person, '1', '2', 't', 'register', '2016-01-01'])
  }
  if (isFirst) areas?.push([street, code, 'register', String(4_000 + dice(9_000)), '2016-01-01'])
  const homes = [{ home: code as HomeCode, building }]
  const words = wordsFor({ seal }, { committee, name, homes, numbers: [phone, id] })
  entries?.push([street, committee, person, words.join(' ')])
  return { person, committee, name, stair, room, phone }
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}

function hex(bytes: Buffer): string {
  return `\\\\x${bytes.toString('hex')}`
}

async function copy(client: pg.Client, into: string, rows: readonly string[][]): Promise<void> {
  const text = function* () {
    for (let at = 0; at < rows.length; at += 500) {
      yield rows
        .slice(at, at + 500)
        .map((row) => `${row.join('\t')}\n`)
        .join('')
    }
  }
  await pipeline(Readable.from(text()), client.query(copyFrom(`copy ${into} from stdin`)))
}

/** Mulberry32. */
function diceOf(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}
