import { sql } from 'kysely'
import type { PersonId } from '../../../kernel/ids.ts'
import type { Tx } from '../../../platform/sql.ts'

type Rows = Record<string, unknown>[]

export async function agreedBy(tx: Tx, person: PersonId): Promise<Rows> {
  const { rows } = await sql<Rows[number]>`
    select home, way, agreed_at as "from", to_char(signed_on, 'YYYY-MM-DD') as "signedOn",
      recorded_title as title, recorded_unit as unit
    from care.plan where person = ${person}`.execute(tx)
  return rows
}

/** What they were asked, and which of their contacts was asked after them. */
export async function questionsTo(tx: Tx, person: PersonId): Promise<Rows> {
  const { rows } = await sql<Rows[number]>`
    select 'asked-person' as kind, purpose, asked_at as "askedAt", answered_at as "decidedAt",
      answer, null as "contactName"
    from care.question where person = ${person} and asks = 'person'
    union all
    select 'asked-contact', null, asked_at, answered_at, answer, contact ->> 'name'
    from care.asked_contact where person = ${person} order by 3 desc`.execute(tx)
  return rows
}

export async function offersTo(tx: Tx, person: PersonId): Promise<Rows> {
  const { rows } = await sql<Rows[number]>`
    select offered_at as "askedAt", ended_at as "endedAt" from care.offer
    where person = ${person}`.execute(tx)
  return rows
}

export async function forget(tx: Tx, person: PersonId): Promise<number> {
  const statements = [
    sql`delete from care.contact_link where asked in
      (select id from care.asked_contact where person = ${person})`,
    sql`delete from care.asked_contact where person = ${person}`,
    sql`delete from care.question where person = ${person}`,
    sql`delete from care.plan where person = ${person}`,
    sql`delete from care.offer where person = ${person}`,
  ]
  let gone = 0
  for (const each of statements) gone += Number((await each.execute(tx)).numAffectedRows ?? 0)
  return gone
}
