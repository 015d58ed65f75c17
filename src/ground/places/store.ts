import { sql } from 'kysely'
import type { CommitteeCode, HomeCode, PlaceCode, StreetCode } from '../../kernel/ids.ts'
import { tables, type Tx } from '../../platform/sql.ts'
import type { FlatDivision } from './decide.ts'
import type { PlacesTables } from './tables.gen.ts'
import type { Division, DivisionKind, Place } from './types.ts'

export async function saveDivisions(tx: Tx, rows: FlatDivision[], source: string): Promise<void> {
  await sql`
    insert into places.division (code, name, kind, parent, source)
    select code, name, kind, parent, ${source}
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as row (code text, name text, kind text, parent text)
    on conflict (code) do update set name = excluded.name, source = excluded.source
  `.execute(tx)
}

export async function divisionsUnder(tx: Tx, parent: string | null): Promise<Division[]> {
  const rows = await tables<PlacesTables>(tx)
    .selectFrom('places.division')
    .select(['code', 'name', 'kind'])
    .where('parent', parent === null ? 'is' : '=', parent)
    .orderBy('code')
    .execute()
  return rows.map((row) => ({ ...row, kind: row.kind as DivisionKind }))
}

export async function divisionNamed(tx: Tx, code: string): Promise<string | undefined> {
  const row = await tables<PlacesTables>(tx)
    .selectFrom('places.division')
    .select('name')
    .where('code', '=', code)
    .executeTakeFirst()
  return row?.name
}

/** The next number below a committee; the table lock keeps two officers from getting the same. */
export async function addCompound(
  tx: Tx,
  street: StreetCode,
  committee: CommitteeCode,
  name: string,
): Promise<string> {
  await sql`select pg_advisory_xact_lock(hashtext(${`compound ${committee}`}))`.execute(tx)
  // The highest, not how many: a compound of an import that was taken back left a gap.
  const { rows } = await sql<{ n: number }>`
    select coalesce(max(substring(code from 14)::int), 0) as n
    from places.compound where committee = ${committee}`.execute(tx)
  const code = `${committee}-${String((rows[0]?.n ?? 0) + 1).padStart(2, '0')}`
  await tables<PlacesTables>(tx)
    .insertInto('places.compound')
    .values({ code, street, committee, name })
    .execute()
  return code
}

export async function hasCompound(tx: Tx, code: string): Promise<boolean> {
  const row = await tables<PlacesTables>(tx)
    .selectFrom('places.compound')
    .select('code')
    .where('code', '=', code)
    .executeTakeFirst()
  return row !== undefined
}

type NewHome = { code: HomeCode; stair: string; floor: number; room: string }

/** False where one of the homes is there already: then nothing is added. */
export async function addBuilding(
  tx: Tx,
  street: StreetCode,
  building: { id: string; compound: string; name: string },
  homes: NewHome[],
): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtext(${`homes ${building.compound}`}))`.execute(tx)
  const codes = homes.map((home) => home.code)
  const { rows } = await sql`select 1 from places.home where code = any(${codes}) limit 1`.execute(
    tx,
  )
  if (rows.length > 0) return false
  await tables<PlacesTables>(tx)
    .insertInto('places.building')
    .values({ street, ...building })
    .execute()
  const committee = building.compound.slice(0, 12)
  await sql`
    insert into places.home (code, street, committee, compound, building, stair, floor, room)
    select code, ${street}, ${committee}, ${building.compound}, ${building.id}::uuid, stair, floor,
      room
    from json_to_recordset(${JSON.stringify(homes)}::json)
      as row (code text, stair text, floor int, room text)`.execute(tx)
  return true
}

/** Those of the codes that are there. A stair is there when one of its homes is. */
export async function placesOf(tx: Tx, codes: readonly PlaceCode[]): Promise<Place[]> {
  if (codes.length === 0) return []
  const { rows } = await sql<Place>`
    select asked.code as place, committee.name as committee, compound.name as compound,
      building.name as building, home.stair, home.floor, home.room
    from unnest(${[...codes]}::text[]) as asked (code)
    join places.division as committee on committee.code = left(asked.code, 12)
    left join places.compound as compound
      on compound.code = substring(asked.code from '^[0-9]{12}-[0-9]{2,3}')
    left join lateral (
      select home.stair, home.building,
        case when home.code = asked.code then home.floor end as floor,
        case when home.code = asked.code then home.room end as room
      from places.home as home
      where home.compound = compound.code
        and home.stair = split_part(asked.code, '-', 3)
        and (home.code = asked.code or split_part(asked.code, '-', 4) = '')
      limit 1) as home on true
    left join places.building as building on building.id = home.building
    where case array_length(string_to_array(asked.code, '-'), 1)
      when 1 then true when 2 then compound.code is not null else home.stair is not null end
  `.execute(tx)
  return rows
}

/** The homes of the building that a home or a stair is in, the top floor first. */
export async function homesBeside(tx: Tx, place: PlaceCode) {
  const [committee, compound, stair, room] = place.split('-')
  const inStair = tables<PlacesTables>(tx)
    .selectFrom('places.home as one')
    .select('one.building')
    .where('one.compound', '=', `${committee}-${compound}`)
    .where('one.stair', '=', stair ?? '')
  return tables<PlacesTables>(tx)
    .selectFrom('places.home as home')
    .innerJoin('places.building as building', 'building.id', 'home.building')
    .select(['home.code as home', 'home.stair', 'home.floor', 'home.room'])
    .select('building.name as building')
    .where(
      'home.building',
      'in',
      room === undefined ? inStair : inStair.where('one.code', '=', place),
    )
    .orderBy('home.floor', 'desc')
    .orderBy('home.room')
    .execute()
}

/** A compound's stairs and how many homes each has. */
export async function stairsOf(tx: Tx, compound: PlaceCode) {
  return tables<PlacesTables>(tx)
    .selectFrom('places.home as home')
    .innerJoin('places.building as building', 'building.id', 'home.building')
    .select(['home.stair as number', 'building.name as building'])
    .select((eb) => eb.fn.countAll<number>().as('homeCount'))
    .where('home.compound', '=', compound)
    .groupBy(['home.stair', 'building.name'])
    .execute()
}

/** What the building of each home is called. */
export async function buildingsOf(
  tx: Tx,
  homes: readonly HomeCode[],
): Promise<Map<HomeCode, string>> {
  const { rows } = await sql<{ home: HomeCode; name: string }>`
    select home.code as home, building.name
    from places.home as home
    join places.building as building on building.id = home.building
      and building.street = home.street
    where home.code = any(${[...homes]}::text[])`.execute(tx)
  return new Map(rows.map(({ home, name }) => [home, name]))
}

const compoundsMax = 5_000

/** Compounds of these committees, or of the whole street that the transaction is for. */
export async function compoundsIn(
  tx: Tx,
  street: StreetCode,
  committees: '*' | readonly CommitteeCode[],
): Promise<{ code: string; name: string }[]> {
  const { rows } = await sql<{ code: string; name: string }>`
    select code, name from places.compound
    where street = ${street}
      and (${committees === '*'} or committee = any(${committees === '*' ? [] : [...committees]}))
    order by code limit ${compoundsMax}`.execute(tx)
  return rows
}
