import { sql } from 'kysely'
import type { PersonId, StreetCode } from '../../../kernel/ids.ts'
import type { Tx } from '../../../platform/sql.ts'

/** For work of the register itself: the whole street, and after it the transaction's own scope. */
export async function inWholeStreet<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  const { rows } = await sql<{ before: string | null }>`
    select current_setting('lilong.committees', true) as before`.execute(tx)
  await setCommittees(tx, '*')
  const done = await work()
  await setCommittees(tx, rows[0]?.before ?? '')
  return done
}

async function setCommittees(tx: Tx, committees: string): Promise<void> {
  await sql`select set_config('lilong.committees', ${committees}, true)`.execute(tx)
}

type Named = { person: PersonId; name: string; reading: string | null }

/** Those who have not left. */
export async function peopleToIndex(tx: Tx, people: readonly PersonId[]): Promise<Named[]> {
  const { rows } = await sql<Named>`
    select id as person, name, reading from people.person
    where id = any(${[...people]}::uuid[]) and left_at is null`.execute(tx)
  return rows
}

type Entry = { person: PersonId; committee: string; words: string[] }

export async function putEntries(
  tx: Tx,
  street: StreetCode,
  people: readonly PersonId[],
  entries: readonly Entry[],
): Promise<void> {
  await sql`select people.put_entries(${street}, ${[...people]}::uuid[],
    ${JSON.stringify(entries)}::json)`.execute(tx)
}

export async function search(
  tx: Tx,
  street: StreetCode,
  asked: readonly { committee: string; query: string }[],
  most: number,
): Promise<{ person: PersonId; committee: string }[]> {
  if (asked.length === 0) return []
  const committees = asked.map(({ committee }) => committee)
  const queries = asked.map(({ query }) => query)
  const { rows } = await sql<{ person: PersonId; committee: string }>`
    select person, committee
    from people.search(${street}, ${committees}::text[], ${queries}::text[], ${most})`.execute(tx)
  return rows
}

/** As the owner, over all streets: whoever is here and cannot be found by words yet. */
export async function withoutEntry(
  tx: Tx,
  most: number,
): Promise<{ street: StreetCode; person: PersonId }[]> {
  const { rows } = await sql<{ street: StreetCode; person: PersonId }>`
    select street, id as person from people.person as one
    where left_at is null and not exists (
      select from people.search_entry where person = one.id)
    order by street, id limit ${most}`.execute(tx)
  return rows
}
