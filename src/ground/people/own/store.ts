import { sql } from 'kysely'
import type { PersonId } from '../../../kernel/ids.ts'
import type { Tx } from '../../../platform/sql.ts'
import type { About, Hold } from '../../privacy/index.ts'

type Rows = Record<string, unknown>[]

export async function entryOf(tx: Tx, person: PersonId): Promise<Rows> {
  const { rows } = await sql<Rows[number]>`
    select name, reading, to_char(born_on, 'YYYY-MM-DD') as "bornOn", registered_at as "from",
      left_at as "to", left_why as because
    from people.person where id = ${person}`.execute(tx)
  return rows
}

/** `bornBy` ('YYYY-MM-DD'): whoever was born later is no adult. */
export async function dwellingsOf(tx: Tx, person: PersonId, bornBy: string): Promise<Rows> {
  const { rows } = await sql<Rows[number]>`
    select own.home, own.tenure, own.relation, own.lives_alone as "livesAlone",
      own.from_at as "from", own.to_at as "to",
      count(other.person)
        filter (where born_on is null or to_char(born_on, 'YYYY-MM-DD') <= ${bornBy})
        as "othersAdult",
      count(other.person) filter (where to_char(born_on, 'YYYY-MM-DD') > ${bornBy}) as "othersYoung"
    from people.residence as own
      left join people.residence as other on other.home = own.home and other.to_at is null
        and own.to_at is null and other.person <> own.person
        and other.household is not distinct from own.household
      left join people.person as who on who.id = other.person
    where own.person = ${person}
    group by own.home, own.tenure, own.relation, own.lives_alone, own.from_at, own.to_at
    order by own.from_at desc, own.home`.execute(tx)
  return rows
}

export async function sharesOf(tx: Tx, person: PersonId): Promise<Rows> {
  const { rows } = await sql<Rows[number]>`
    select home, part || '/' || whole as share, is_registered as "isRegistered", source,
      to_char(from_on, 'YYYY-MM-DD') as "fromDay", to_char(to_on, 'YYYY-MM-DD') as "toDay"
    from people.ownership where person = ${person} order by from_on desc, home`.execute(tx)
  return rows
}

/** That a number of theirs was to be changed. The number itself waits sealed for a decision. */
export async function changesOf(tx: Tx, person: PersonId): Promise<Rows> {
  const { rows } = await sql<Rows[number]>`
    select kind, asked_at as "askedAt", verdict, decided_at as "decidedAt"
    from people.number_change where person = ${person} order by asked_at desc`.execute(tx)
  return rows
}

/** Files of the register that they asked for or brought in, at work. */
export async function filesOf(tx: Tx, person: PersonId): Promise<Rows> {
  const { rows } = await sql<Rows[number]>`
    select kind, asked_at as "askedAt", rows as count from people.export
    where by_person = ${person}
    union all
    select kind, at, rows from people.import where by_person = ${person}
    order by 2 desc`.execute(tx)
  return rows
}

export async function holdsOf(tx: Tx, { person }: About): Promise<Hold[]> {
  const { rows } = await sql<{ why: Hold['why'] }>`
    select 'living-here' as why
    where exists (select from people.residence where person = ${person} and to_at is null)
    union all
    select 'owning-here'
    where exists (select from people.ownership where person = ${person} and to_on is null)
  `.execute(tx)
  return rows.map(({ why }) => ({ why, until: null }))
}

/** All of it. An import’s own line of them goes, too: it could make them anew by being undone. */
export async function forget(tx: Tx, person: PersonId): Promise<number> {
  const statements = [
    sql`delete from people.import_row where position(${person} in key) > 0`,
    sql`delete from people.search_entry where person = ${person}`,
    sql`delete from people.number_change where person = ${person}`,
    sql`delete from people.number where person = ${person}`,
    sql`delete from people.ownership where person = ${person}`,
    sql`delete from people.residence where person = ${person}`,
    sql`delete from people.person where id = ${person}`,
  ]
  let gone = 0
  for (const each of statements) gone += Number((await each.execute(tx)).numAffectedRows ?? 0)
  return gone
}
