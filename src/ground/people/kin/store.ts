import { sql } from 'kysely'
import type { PersonId } from '../../../kernel/ids.ts'
import type { Tx } from '../../../platform/sql.ts'

/** Who of these people lives or lived with somebody, or owns or owned with them, at one time. */
export async function kinOf(
  tx: Tx,
  somebody: PersonId,
  people: readonly PersonId[],
): Promise<Set<PersonId>> {
  const ids = [...people]
  const { rows } = await sql<{ person: PersonId }>`
    select theirs.person
    from people.residence as mine join people.residence as theirs on theirs.home = mine.home
    where mine.person = ${somebody} and theirs.person = any(${ids}::uuid[])
      and theirs.person <> mine.person
      and theirs.from_at < coalesce(mine.to_at, 'infinity')
      and mine.from_at < coalesce(theirs.to_at, 'infinity')
    union
    select theirs.person
    from people.ownership as mine join people.ownership as theirs on theirs.home = mine.home
    where mine.person = ${somebody} and theirs.person = any(${ids}::uuid[])
      and theirs.person <> mine.person
      and theirs.from_on <= coalesce(mine.to_on, 'infinity')
      and mine.from_on <= coalesce(theirs.to_on, 'infinity')`.execute(tx)
  return new Set(rows.map(({ person }) => person))
}

/** How many people are in the register of a street now. */
export async function countPeople(tx: Tx): Promise<number> {
  const { rows } = await sql<{ people: number }>`
    select count(distinct person)::int as people from people.residence
    where to_at is null`.execute(tx)
  return rows[0]?.people ?? 0
}
