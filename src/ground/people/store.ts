import { sql } from 'kysely'
import type { Instant } from '../../kernel/clock.ts'
import type { HomeCode, PersonId, StreetCode } from '../../kernel/ids.ts'
import { tables, toDate, type Tx } from '../../platform/sql.ts'
import type { PeopleTables } from './tables.gen.ts'
import type { Person, Resident } from './types.ts'

export async function addPerson(tx: Tx, person: Person): Promise<void> {
  await tables<PeopleTables>(tx)
    .insertInto('people.person')
    .values({
      id: person.person,
      street: person.street,
      name: person.name,
      born_on: person.bornOn,
    })
    .execute()
}

const person = sql<Person>`
  id as person, street, name, to_char(born_on, 'YYYY-MM-DD') as "bornOn"`

export async function personOf(tx: Tx, id: PersonId): Promise<Person | undefined> {
  const { rows } = await sql<Person>`
    select ${person} from people.person where id = ${id}`.execute(tx)
  return rows[0]
}

/** Everybody of that exact name in the streets that the transaction may see. */
export async function peopleNamed(tx: Tx, name: string): Promise<Person[]> {
  const { rows } = await sql<Person>`
    select ${person} from people.person where name = ${name} order by id limit 20`.execute(tx)
  return rows
}

export async function residentOf(tx: Tx, id: PersonId): Promise<Resident | undefined> {
  const { rows } = await sql<Resident>`
    select ${person}, residence.home, residence.lives_alone as "livesAlone"
    from people.person join people.residence using (street)
    where id = ${id} and residence.person = id and residence.to_at is null
    order by residence.from_at desc limit 1`.execute(tx)
  return rows[0]
}

/** More than a street of a hundred thousand has. */
const oldMax = 20_000

/** Whoever was born on that day ('YYYY-MM-DD') or before, and where they live; the eldest first. */
export async function residentsBornBy(
  tx: Tx,
  day: string,
): Promise<{ person: PersonId; home: HomeCode; bornOn: string }[]> {
  const { rows } = await sql<{ person: PersonId; home: HomeCode; bornOn: string }>`
    select * from (
      select distinct on (person.id) person.id as person, residence.home,
        to_char(born_on, 'YYYY-MM-DD') as "bornOn"
      from people.person join people.residence using (street)
      where residence.person = person.id and residence.to_at is null
        and to_char(born_on, 'YYYY-MM-DD') <= ${day}
      order by person.id, residence.from_at desc
    ) as old order by "bornOn", person limit ${oldMax}`.execute(tx)
  return rows
}

/** The names of those that are there. */
export async function namesOf(tx: Tx, ids: readonly PersonId[]): Promise<Map<PersonId, string>> {
  const { rows } = await sql<{ id: PersonId; name: string }>`
    select id, name from people.person where id = any(${[...ids]}::uuid[])`.execute(tx)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** How many people are registered in each of these homes; homes without anybody are left out. */
export async function countResidents(
  tx: Tx,
  homes: readonly HomeCode[],
): Promise<Map<HomeCode, number>> {
  const { rows } = await sql<{ home: HomeCode; count: number }>`
    select home, count(*) as count from people.residence
    where home = any(${[...homes]}::text[]) and to_at is null group by home`.execute(tx)
  return new Map(rows.map((row) => [row.home, row.count]))
}

const listedMax = 500

/** Everybody with their home; these persons and whoever lives in these homes come first. */
export async function everybody(
  tx: Tx,
  first: { people: readonly PersonId[]; homes: readonly HomeCode[] },
): Promise<(Person & { home: HomeCode | null })[]> {
  const { rows } = await sql<Person & { home: HomeCode | null }>`
    select ${person}, lives.home
    from people.person left join lateral (
      select home from people.residence
      where residence.person = people.person.id and to_at is null limit 1
    ) as lives on true
    order by id = any(${[...first.people]}::uuid[]) desc,
      coalesce(lives.home = any(${[...first.homes]}::text[]), false) desc, id
    limit ${listedMax}`.execute(tx)
  return rows
}

/** As the owner: who moved away or died before, and owns nothing here. */
export async function leftBefore(
  tx: Tx,
  day: Instant,
): Promise<{ person: PersonId; street: StreetCode }[]> {
  const { rows } = await sql<{ person: PersonId; street: StreetCode }>`
    select id as person, street from people.person
    where left_at < ${toDate(day)} and not exists (
      select from people.ownership where ownership.person = people.person.id and to_on is null
    ) order by id`.execute(tx)
  return rows
}
