import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { HomeCode, PersonId, StreetCode } from '../../../kernel/ids.ts'
import { toDate, type Tx } from '../../../platform/sql.ts'
import type { AreaSource, HomeOf, Living, Relation, Share, Tenure } from './types.ts'

/** Whoever lives there now, the longest first. */
export async function residentsOf(
  tx: Tx,
  home: HomeCode,
): Promise<{ person: PersonId; name: string; bornOn: string | null }[]> {
  const living = await livingIn(tx, home)
  return living.map(({ person, name, bornOn }) => ({ person, name, bornOn }))
}

const residentsMax = 100

export async function livingIn(tx: Tx, home: HomeCode): Promise<Living[]> {
  const { rows } = await sql<Living>`
    select person.id as person, person.name, to_char(person.born_on, 'YYYY-MM-DD') as "bornOn",
      lives.household, lives.tenure, lives.relation, lives.lives_alone as "livesAlone",
      floor(extract(epoch from lives.from_at) * 1000)::bigint as since
    from people.residence as lives join people.person as person on person.id = lives.person
    where lives.home = ${home} and lives.to_at is null
    order by lives.from_at, person.id limit ${residentsMax}`.execute(tx)
  return rows
}

/** Where a person lives or what they own now. What they own shows in the scope alone. */
export async function homesOf(tx: Tx, person: PersonId): Promise<HomeOf[]> {
  const { rows } = await sql<HomeOf>`
    select home, 'resident' as "as" from people.residence
    where person = ${person} and to_at is null
    union all
    select home, 'owner' from people.ownership where person = ${person} and to_on is null
    order by 2 desc, 1`.execute(tx)
  return rows
}

export type Dwelling = {
  home: HomeCode
  household: string | null
  tenure: Tenure | null
  relation: Relation | null
  livesAlone: boolean
  fromAt: Instant
}

export async function dwellingsOf(tx: Tx, person: PersonId): Promise<Dwelling[]> {
  const { rows } = await sql<Dwelling>`
    select home, household, tenure, relation, lives_alone as "livesAlone",
      floor(extract(epoch from from_at) * 1000)::bigint as "fromAt"
    from people.residence where person = ${person} and to_at is null
    order by from_at desc, home`.execute(tx)
  return rows
}

/** Of these persons, where they live and what they own now, in what the transaction may see. */
export async function homesOfMany(
  tx: Tx,
  people: readonly PersonId[],
): Promise<(HomeOf & { person: PersonId })[]> {
  const ids = [...people]
  const { rows } = await sql<HomeOf & { person: PersonId }>`
    select person, home, 'resident' as "as" from people.residence
    where person = any(${ids}::uuid[]) and to_at is null
    union all
    select person, home, 'owner' from people.ownership
    where person = any(${ids}::uuid[]) and to_on is null`.execute(tx)
  return rows
}

export async function ownsIn(tx: Tx, person: PersonId): Promise<HomeCode[]> {
  const homes = await homesOf(tx, person)
  return homes.filter((one) => one.as === 'owner').map(({ home }) => home)
}

/** The household of each home that began first and has not ended; of those that have one. */
export async function openHouseholds(
  tx: Tx,
  homes: readonly HomeCode[],
): Promise<Map<HomeCode, string>> {
  const { rows } = await sql<{ home: HomeCode; id: string }>`
    select distinct on (home) home, id from people.household
    where home = any(${[...homes]}::text[]) and to_at is null
    order by home, from_at, id`.execute(tx)
  return new Map(rows.map(({ home, id }) => [home, id]))
}

export async function isOpenHousehold(tx: Tx, id: string, home: HomeCode): Promise<boolean> {
  const { rows } = await sql`
    select 1 from people.household
    where id = ${id} and home = ${home} and to_at is null`.execute(tx)
  return rows.length > 0
}

type Household = { id: string; home: HomeCode; fromAt: Instant }

export async function addHouseholds(
  tx: Tx,
  street: StreetCode,
  made: readonly Household[],
): Promise<void> {
  if (made.length === 0) return
  await sql`
    insert into people.household (street, id, home, from_at)
    select ${street}, id, home, to_timestamp("fromAt" / 1000.0)
    from json_to_recordset(${JSON.stringify(made)}::json)
      as row (id uuid, home text, "fromAt" bigint)`.execute(tx)
}

export type NewDwelling = {
  person: PersonId
  home: HomeCode
  household: string
  tenure: Tenure | null
  relation: Relation | null
  livesAlone: boolean
  fromAt: Instant
  toAt: Instant | null
}

export async function addDwellings(
  tx: Tx,
  street: StreetCode,
  made: readonly NewDwelling[],
): Promise<void> {
  if (made.length === 0) return
  await sql`
    insert into people.residence
      (street, person, home, household, tenure, relation, lives_alone, from_at, to_at)
    select ${street}, person, home, household, tenure, relation, "livesAlone",
      to_timestamp("fromAt" / 1000.0), to_timestamp("toAt" / 1000.0)
    from json_to_recordset(${JSON.stringify(made)}::json)
      as row (person uuid, home text, household uuid, tenure text, relation text,
        "livesAlone" boolean, "fromAt" bigint, "toAt" bigint)`.execute(tx)
}

/** Held until the transaction ends: nobody moves the same person at the same time. */
export async function personHeld(
  tx: Tx,
  person: PersonId,
): Promise<{ leftWhy: string | null } | undefined> {
  const { rows } = await sql<{ leftWhy: string | null }>`
    select left_why as "leftWhy" from people.person where id = ${person} for update`.execute(tx)
  return rows[0]
}

/** Homes that they left: none where they live in none of these, or moved in later. */
export async function endDwellings(
  tx: Tx,
  person: PersonId,
  homes: readonly HomeCode[],
  at: Instant,
): Promise<HomeCode[]> {
  const { rows } = await sql<{ home: HomeCode; household: string | null }>`
    update people.residence set to_at = ${toDate(at)}
    where person = ${person} and to_at is null and from_at <= ${toDate(at)}
      and home = any(${[...homes]}::text[])
    returning home, household`.execute(tx)
  const left = rows.flatMap(({ household }) => household ?? [])
  await sql`
    update people.household as one set to_at = ${toDate(at)}
    where one.id = any(${left}::uuid[]) and one.to_at is null and not exists (
      select from people.residence where household = one.id and to_at is null)`.execute(tx)
  return rows.map((row) => row.home)
}

export async function setLeft(
  tx: Tx,
  person: PersonId,
  left: { at: Instant; why: 'moved' | 'died' | 'mistake' } | null,
): Promise<void> {
  await sql`
    update people.person set left_at = ${left && toDate(left.at)}, left_why = ${left?.why ?? null}
    where id = ${person}`.execute(tx)
}

export type Owning = Share & {
  home: HomeCode
  name: string | null
  bornOn: string | null
  fromOn: string
}

/** Who owns a home now. */
export async function ownersOf(tx: Tx, homes: readonly HomeCode[]): Promise<Owning[]> {
  const { rows } = await sql<Owning>`
    select owns.home, owns.kind, owns.person, owns.firm, owns.part, owns.whole,
      owns.is_registered as "isRegistered", owns.source,
      coalesce(person.name, owns.firm) as name, to_char(owns.from_on, 'YYYY-MM-DD') as "fromOn",
      to_char(person.born_on, 'YYYY-MM-DD') as "bornOn"
    from people.ownership as owns left join people.person as person on person.id = owns.person
    where owns.home = any(${[...homes]}::text[]) and owns.to_on is null
    order by owns.home, owns.id`.execute(tx)
  return rows
}

/** The owners until then end on that day, and whoever owned is told: their words change. */
export async function endOwnership(tx: Tx, home: HomeCode, on: string): Promise<PersonId[]> {
  const { rows } = await sql<{ person: PersonId | null }>`
    update people.ownership set to_on = ${on}
    where home = ${home} and to_on is null returning person`.execute(tx)
  return rows.flatMap(({ person }) => person ?? [])
}

/** The day of the newest share; whoever asks is the only one who changes them until the end. */
export async function latestOwnership(tx: Tx, home: HomeCode): Promise<string | null> {
  await sql`select pg_advisory_xact_lock(hashtext(${`ownership ${home}`}))`.execute(tx)
  const { rows } = await sql<{ latest: string | null }>`
    select to_char(max(from_on), 'YYYY-MM-DD') as latest from people.ownership
    where home = ${home} and to_on is null`.execute(tx)
  return rows[0]?.latest ?? null
}

type NewShare = Share & { id: string; home: HomeCode; fromOn: string; toOn?: string | null }

export async function addShares(
  tx: Tx,
  street: StreetCode,
  made: readonly NewShare[],
): Promise<void> {
  if (made.length === 0) return
  await sql`
    insert into people.ownership
      (street, id, home, kind, person, firm, part, whole, is_registered, source, from_on, to_on)
    select ${street}, id, home, kind, person, firm, part, whole, "isRegistered", source,
      "fromOn", "toOn"
    from json_to_recordset(${JSON.stringify(made)}::json)
      as row (id uuid, home text, kind text, person uuid, firm text, part int, whole int,
        "isRegistered" boolean, source text, "fromOn" date, "toOn" date)`.execute(tx)
}

type Area = { home: HomeCode; source: AreaSource; area: number; since: string }

export async function putAreas(tx: Tx, street: StreetCode, areas: readonly Area[]): Promise<void> {
  if (areas.length === 0) return
  await sql`
    insert into people.home_area (street, home, source, area, since)
    select ${street}, home, source, area, since
    from json_to_recordset(${JSON.stringify(areas)}::json)
      as row (home text, source text, area int, since date)
    on conflict (home, source) do update
      set area = excluded.area, since = excluded.since`.execute(tx)
}

export async function areasOf(tx: Tx, homes: readonly HomeCode[]): Promise<Area[]> {
  const { rows } = await sql<Area>`
    select home, source, area, to_char(since, 'YYYY-MM-DD') as since from people.home_area
    where home = any(${[...homes]}::text[]) order by home, source`.execute(tx)
  return rows
}

/** Whether the transaction's scope holds the person. */
export async function isInScope(tx: Tx, person: PersonId): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`
    select people.is_in_scope(id) as is from people.person where id = ${person}`.execute(tx)
  return rows[0]?.is ?? false
}

/** Lives nowhere and owns nothing in the street, whatever the transaction may see of it. */
export async function hasNothing(tx: Tx, person: PersonId): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`
    select people.has_nothing(${person}::uuid) as is`.execute(tx)
  return rows[0]?.is ?? false
}
