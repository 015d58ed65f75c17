import { sql } from 'kysely'
import type { PersonId } from '../../../kernel/ids.ts'
import type { Tx } from '../../../platform/sql.ts'

type Rows = Record<string, unknown>[]

/** With the ways that were tried. */
export async function messagesTo(tx: Tx, person: PersonId): Promise<Rows> {
  const { rows } = await sql<Rows[number]>`
    select note.says, note.made_at as "madeAt", note.delivered_at as "deliveredAt",
      note.acknowledged_at as "readAt",
      (select count(*) from delivery.attempt
        where attempt.street = note.street and attempt.note = note.id) as count
    from delivery.note where person = ${person} order by note.made_at desc`.execute(tx)
  return rows
}

/** Their addresses are keys of the browser and stay here. */
export async function browsersOf(tx: Tx, person: PersonId): Promise<Rows> {
  const { rows } = await sql<Rows[number]>`
    select made_at as "madeAt", language from delivery.subscription
    where person = ${person} order by made_at desc`.execute(tx)
  return rows
}

export async function forgetBrowsers(tx: Tx, person: PersonId): Promise<number> {
  const done = await sql`delete from delivery.subscription where person = ${person}`.execute(tx)
  return Number(done.numAffectedRows ?? 0)
}

/** Their attempts go with them. */
export async function forgetMessages(tx: Tx, person: PersonId): Promise<number> {
  const done = await sql`delete from delivery.note where person = ${person}`.execute(tx)
  return Number(done.numAffectedRows ?? 0)
}
