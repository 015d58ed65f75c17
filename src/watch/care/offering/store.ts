import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { CommitteeCode, PersonId, StreetCode, TaskId } from '../../../kernel/ids.ts'
import { maybeInstant, tables, toDate, toInstant, type Tx } from '../../../platform/sql.ts'
import type { CareTables } from '../tables.gen.ts'
import type { Offer } from './decide.ts'

export async function offersOf(tx: Tx): Promise<Offer[]> {
  const rows = await tables<CareTables>(tx).selectFrom('care.offer').selectAll().execute()
  return rows.map((row) => ({
    person: row.person as PersonId,
    committee: row.committee as CommitteeCode,
    task: row.task as TaskId,
    offeredAt: toInstant(row.offered_at),
    endedAt: maybeInstant(row.ended_at),
    againAt: maybeInstant(row.again_at),
  }))
}

/** For the first time, or once more. */
export async function openOffer(
  tx: Tx,
  street: StreetCode,
  {
    person,
    committee,
    task,
    offeredAt,
  }: Pick<Offer, 'person' | 'committee' | 'task' | 'offeredAt'>,
): Promise<void> {
  await sql`
    insert into care.offer (street, person, committee, task, offered_at)
    values (${street}, ${person}, ${committee}, ${task}, ${toDate(offeredAt)})
    on conflict (street, person) do update set committee = excluded.committee,
      task = excluded.task, offered_at = excluded.offered_at, ended_at = null, again_at = null
  `.execute(tx)
}

/** Once: an event that comes again changes nothing. False: there is none, or it is over. */
export async function endOffer(
  tx: Tx,
  which: { person: PersonId } | { task: TaskId },
  at: Instant,
  againAt: Instant,
): Promise<boolean> {
  let query = tables<CareTables>(tx)
    .updateTable('care.offer')
    .set({ ended_at: toDate(at), again_at: toDate(againAt) })
    .where('ended_at', 'is', null)
  query =
    'person' in which
      ? query.where('person', '=', which.person)
      : query.where('task', '=', which.task)
  const done = await query.executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Not before then, whatever was asked before. */
export async function notBefore(tx: Tx, person: PersonId, againAt: Instant): Promise<void> {
  await sql`
    update care.offer set again_at = greatest(again_at, ${toDate(againAt)})
    where person = ${person} and ended_at is not null`.execute(tx)
}

export async function deleteOffersBefore(tx: Tx, before: Instant): Promise<number> {
  const done = await tables<CareTables>(tx)
    .deleteFrom('care.offer')
    .where('offered_at', '<', toDate(before))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}
