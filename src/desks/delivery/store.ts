import type { Instant } from '../../kernel/clock.ts'
import type { NoteId, PersonId, StreetCode } from '../../kernel/ids.ts'
import { tables, toDate, type Tx } from '../../platform/sql.ts'
import type { DeliveryTables } from './tables.gen.ts'

type NewNote = {
  id: NoteId
  street: StreetCode
  person: PersonId
  topic: string
  matter: string
  madeAt: Instant
}

/** The note of this matter for this person: new, or the one that is there already. */
export async function putNote(tx: Tx, note: NewNote): Promise<NoteId> {
  const { madeAt, ...row } = note
  const made = await tables<DeliveryTables>(tx)
    .insertInto('delivery.note')
    .values({ ...row, made_at: toDate(madeAt) })
    .onConflict((conflict) =>
      conflict.columns(['street', 'matter', 'person']).doUpdateSet({ topic: row.topic }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return made.id as NoteId
}

/** Each fact is set once: a later repetition does not move it. */
export async function setFact(
  tx: Tx,
  fact: 'attempted_at' | 'delivered_at' | 'acknowledged_at',
  which: { notes: readonly string[]; person: PersonId } | { matter: string; person: PersonId },
  at: Instant,
): Promise<number> {
  let query = tables<DeliveryTables>(tx)
    .updateTable('delivery.note')
    .set({ [fact]: toDate(at) })
    .where(fact, 'is', null)
    .where('person', '=', which.person)
  query =
    'notes' in which
      ? query.where('id', 'in', [...which.notes])
      : query.where('matter', '=', which.matter)
  const done = await query.executeTakeFirst()
  return Number(done.numUpdatedRows)
}

export async function deleteBefore(tx: Tx, before: Instant): Promise<number> {
  const done = await tables<DeliveryTables>(tx)
    .deleteFrom('delivery.note')
    .where('made_at', '<', toDate(before))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}

export async function notesOf(
  tx: Tx,
  person: PersonId,
  matters: readonly string[],
): Promise<Map<string, NoteId>> {
  if (matters.length === 0) return new Map()
  const rows = await tables<DeliveryTables>(tx)
    .selectFrom('delivery.note')
    .select(['id', 'matter'])
    .where('person', '=', person)
    .where('matter', 'in', [...matters])
    .execute()
  return new Map(rows.map((row) => [row.matter, row.id as NoteId]))
}
