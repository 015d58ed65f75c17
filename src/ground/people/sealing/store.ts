import { sql } from 'kysely'
import type { PersonId, StreetCode } from '../../../kernel/ids.ts'
import type { Database, Tx } from '../../../platform/sql.ts'
import type { NumberKind } from '../numbers/types.ts'

/** As the owner: people whose telephone still stands in clear. */
export async function clearPhones(
  tx: Tx,
  most: number,
): Promise<{ street: StreetCode; person: PersonId; phone: string }[]> {
  const { rows } = await sql<{ street: StreetCode; person: PersonId; phone: string }>`
    select street, id as person, phone from people.person
    where phone is not null order by street, id limit ${most}`.execute(tx)
  return rows
}

export async function forgetClear(tx: Tx, people: readonly PersonId[]): Promise<void> {
  await sql`
    update people.person set phone = null where id = any(${[...people]}::uuid[])`.execute(tx)
}

/** From then on the database itself refuses a telephone in clear. */
export async function validateSealed(tx: Tx): Promise<void> {
  const { rows } = await sql<{ is: boolean }>`
    select convalidated as "is" from pg_constraint where conname = 'phone_is_sealed'`.execute(tx)
  if (rows[0]?.is === false) {
    await sql`alter table people.person validate constraint phone_is_sealed`.execute(tx)
  }
}

/** What was overwritten lies in the table's file until it is written anew. */
export async function rewriteTable(db: Database): Promise<void> {
  await db.ownerPool.query('vacuum (full, analyze) people.person')
}

/** As the owner. Walks the index from key to key: a table of a million rows has two. */
export async function keysIn(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    with recursive held as (
      (select key from people.number order by key limit 1)
      union all
      select (select key from people.number where key > held.key order by key limit 1)
      from held where held.key is not null
    )
    select key from held where key is not null
    union select key from people.number_change where key is not null`.execute(tx)
  return rows.map(({ key }) => key)
}

type Where = { street: StreetCode; person: PersonId }

/** As the owner: whose numbers are sealed with one of these keys. */
export async function peopleOfKeys(
  tx: Tx,
  keys: readonly string[],
  most: number,
): Promise<Where[]> {
  const { rows } = await sql<Where>`
    select street, person from people.number where key = any(${[...keys]}::text[])
    group by street, person limit ${most}`.execute(tx)
  return rows
}

export type Sealed = { person: PersonId; kind: NumberKind; sealed: Buffer; key: string }

/** Held until the transaction ends: a number that changes meanwhile is not overwritten. */
export async function numbersHeld(
  tx: Tx,
  people: readonly PersonId[],
  keys: readonly string[],
): Promise<Sealed[]> {
  const { rows } = await sql<Sealed>`
    select person, kind, sealed, key from people.number
    where person = any(${[...people]}::uuid[]) and key = any(${[...keys]}::text[])
    order by person, kind for update`.execute(tx)
  return rows
}

type Waiting = { change: string; sealed: Buffer; key: string }

/** As the owner. */
export async function changesHeld(tx: Tx, keys: readonly string[], most: number) {
  const { rows } = await sql<Waiting>`
    select id as change, sealed, key from people.number_change
    where key = any(${[...keys]}::text[]) limit ${most} for update`.execute(tx)
  return rows
}

export async function putChange(tx: Tx, { change, sealed, key }: Waiting): Promise<void> {
  await sql`
    update people.number_change set sealed = ${sealed}, key = ${key}
    where id = ${change}`.execute(tx)
}
