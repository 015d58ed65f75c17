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
      phone: person.phone,
    })
    .execute()
}

export async function moveIn(
  tx: Tx,
  person: PersonId,
  street: StreetCode,
  home: HomeCode,
  livesAlone: boolean,
  at: Instant,
): Promise<void> {
  await tables<PeopleTables>(tx)
    .insertInto('people.residence')
    .values({ street, person, home, from_at: toDate(at), lives_alone: livesAlone })
    .execute()
}

const person = sql<Person>`
  id as person, street, name, to_char(born_on, 'YYYY-MM-DD') as "bornOn", phone`

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

export async function everybody(tx: Tx): Promise<(Person & { home: HomeCode | null })[]> {
  const { rows } = await sql<Person & { home: HomeCode | null }>`
    select ${person}, (
      select home from people.residence as lives
      where lives.person = people.person.id and to_at is null limit 1
    ) as home
    from people.person order by id limit 1000`.execute(tx)
  return rows
}
