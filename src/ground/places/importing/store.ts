import { sql } from 'kysely'
import type { CommitteeCode, StreetCode } from '../../../kernel/ids.ts'
import { tables, type Tx } from '../../../platform/sql.ts'
import type { TakenFrom } from '../../../platform/taking-back.ts'
import type { PlacesTables } from '../tables.gen.ts'
import type { BuildingRow, CompoundRow, HomeRow, NewPlaces, PlaceRegister } from './types.ts'

/** What leans on others first. */
export const takenFrom: readonly TakenFrom[] = [
  { table: 'places.home', key: ['code'], type: 'text' },
  { table: 'places.building', key: ['id'], type: 'uuid' },
  { table: 'places.compound', key: ['code'], type: 'text' },
]

/** More than a street has. */
const homesMax = 400_000

export async function registerOf(
  tx: Tx,
  street: StreetCode,
  committees: '*' | readonly CommitteeCode[],
): Promise<PlaceRegister> {
  const among = committees === '*' ? null : [...committees]
  const within = sql<boolean>`(${among}::text[] is null or committee = any(${among}::text[]))`
  const below = sql<boolean>`(${among}::text[] is null or left(compound, 12) = any(${among}::text[]))`
  const all = await tables<PlacesTables>(tx)
    .selectFrom('places.division')
    .select(['code', 'name'])
    .where('parent', '=', street)
    .where(sql<boolean>`(${among}::text[] is null or code = any(${among}::text[]))`)
    .orderBy('code')
    .execute()
  const compounds = await sql<CompoundRow>`
    select code as compound, committee, name from places.compound
    where street = ${street} and ${within} order by code`.execute(tx)
  const buildings = await sql<BuildingRow>`
    select id as building, compound, name from places.building
    where street = ${street} and ${below} order by compound, name`.execute(tx)
  const homes = await sql<HomeRow>`
    select code as home, building, stair, floor, room from places.home
    where street = ${street} and ${within} order by code limit ${homesMax}`.execute(tx)
  return {
    committees: all.map(({ code, name }) => ({ code: code as CommitteeCode, name })),
    ...{ compounds: compounds.rows, buildings: buildings.rows, homes: homes.rows },
  }
}

/** Until the transaction ends nobody else numbers compounds or adds homes in these committees. */
export async function lockPlaces(tx: Tx, committees: readonly CommitteeCode[]): Promise<void> {
  for (const committee of committees.toSorted()) {
    await sql`select pg_advisory_xact_lock(hashtext(${`compound ${committee}`}))`.execute(tx)
  }
}

export async function addPlaces(tx: Tx, street: StreetCode, added: NewPlaces): Promise<void> {
  const { compounds, buildings, homes } = added
  await sql`
    insert into places.compound (code, street, committee, name)
    select compound, ${street}, committee, name
    from json_to_recordset(${JSON.stringify(compounds)}::json)
      as row (compound text, committee text, name text)`.execute(tx)
  await sql`
    insert into places.building (street, id, compound, name)
    select ${street}, building, compound, name
    from json_to_recordset(${JSON.stringify(buildings)}::json)
      as row (building uuid, compound text, name text)`.execute(tx)
  await sql`
    insert into places.home (code, street, committee, compound, building, stair, floor, room)
    select home, ${street}, left(home, 12), substring(home from '^[0-9]{12}-[0-9]{2,3}'), building,
      stair, floor, room
    from json_to_recordset(${JSON.stringify(homes)}::json)
      as row (home text, building uuid, stair text, floor int, room text)`.execute(tx)
}
