import { sql, type Selectable } from 'kysely'
import type { Instant } from '../../kernel/clock.ts'
import type { NoteId, PersonId } from '../../kernel/ids.ts'
import { tables, toDate, type Tx } from '../../platform/sql.ts'
import type { DeliveryTables } from './tables.gen.ts'
import type { Note, Topic } from './types.ts'

/**
 * The note of this matter for this person: new, or the one that is there already. One that says
 * something else now, or was acknowledged, or has no way left, is told anew from the first channel;
 * its attempts stay.
 */
export async function putNote(tx: Tx, note: Omit<Note, 'acknowledgedAt'>): Promise<NoteId> {
  const { note: id, street, person, topic, matter, urgency, says } = note
  const at = toDate(note.toldAt)
  const told = { topic, urgency, says, told_at: at, next_at: at }
  const made = await tables<DeliveryTables>(tx)
    .insertInto('delivery.note')
    .values({ ...{ street, id, person, matter }, ...told, made_at: at })
    .onConflict((conflict) =>
      conflict.columns(['street', 'matter', 'person']).doUpdateSet({ topic }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  if (made.id === id) return id
  const anew = { attempted_at: null, delivered_at: null, acknowledged_at: null, ended_at: null }
  // Later than any try so far, also one of this very moment: that was of the telling before.
  const after = sql<Date>`greatest(${at}::timestamptz, (
    select max(attempt.at) + interval '1 millisecond' from delivery.attempt
    where attempt.street = ${street} and attempt.note = ${made.id}))`
  await tables<DeliveryTables>(tx)
    .updateTable('delivery.note')
    .set({ ...told, ...anew, told_at: after })
    .where('id', '=', made.id)
    .where((its) =>
      its.or([
        its('says', '<>', says),
        its('urgency', '<>', urgency),
        its('acknowledged_at', 'is not', null),
        its('ended_at', 'is not', null),
      ]),
    )
    .execute()
  return made.id as NoteId
}

/** Whether anybody was told of this matter. */
export async function hasNote(tx: Tx, matter: string): Promise<boolean> {
  const row = await tables<DeliveryTables>(tx)
    .selectFrom('delivery.note')
    .select('id')
    .where('matter', '=', matter)
    .executeTakeFirst()
  return row !== undefined
}

/** Each fact is set once a telling: a later repetition does not move it. */
export async function setFact(
  tx: Tx,
  fact: 'attempted_at' | 'delivered_at' | 'acknowledged_at',
  which: { notes: readonly string[]; person: PersonId } | { matter: string; person: PersonId },
  at: Instant,
): Promise<number> {
  const over = fact === 'acknowledged_at' ? { next_at: null, ended_at: toDate(at) } : {}
  let query = tables<DeliveryTables>(tx)
    .updateTable('delivery.note')
    .set({ [fact]: toDate(at), ...over })
    .where(fact, 'is', null)
    .where('person', '=', which.person)
  query =
    'notes' in which
      ? query.where('id', 'in', [...which.notes])
      : query.where('matter', '=', which.matter)
  const done = await query.executeTakeFirst()
  return Number(done.numUpdatedRows)
}

/** Notes that open pages were told of: attempted, whoever they belong to. */
export async function setSent(
  tx: Tx,
  told: readonly { note: string; person: string }[],
  at: Instant,
): Promise<void> {
  await sql`
    update delivery.note set attempted_at = ${toDate(at)}
    from json_to_recordset(${JSON.stringify(told)}::json) as row (note uuid, person uuid)
    where note.id = row.note and note.person = row.person and attempted_at is null`.execute(tx)
}

/** Nobody is told of a matter any more; what was acknowledged stays as it is. */
export async function endNotes(
  tx: Tx,
  { matter, topic }: { matter: string; topic?: Topic },
  at: Instant,
): Promise<void> {
  const open = tables<DeliveryTables>(tx)
    .updateTable('delivery.note')
    .set({ next_at: null, ended_at: toDate(at) })
    .where('matter', '=', matter)
    .where('ended_at', 'is', null)
  await (topic ? open.where('topic', '=', topic) : open).execute()
}

/** The newest push of each note reached a screen: its browser says so. */
export async function setPushDelivered(
  tx: Tx,
  { notes, person }: { notes: readonly string[]; person: PersonId },
  at: Instant,
): Promise<void> {
  await sql`
    update delivery.attempt set delivered_at = ${toDate(at)}
    where delivered_at is null and id in (
      select distinct on (note.id) attempt.id
      from delivery.note join delivery.attempt
        on attempt.street = note.street and attempt.note = note.id
      where note.id = any(${[...notes]}::uuid[]) and note.person = ${person}
        and attempt.channel = 'push' and attempt.result = 'sent'
      order by note.id, attempt.at desc)`.execute(tx)
}

export async function browsersWoken(tx: Tx, person: PersonId): Promise<number> {
  const found = await tables<DeliveryTables>(tx)
    .selectFrom('delivery.subscription')
    .select((its) => its.fn.countAll<number>().as('count'))
    .where('person', '=', person)
    .executeTakeFirstOrThrow()
  return Number(found.count)
}

/** As the owner: a browser that somebody of another street used is theirs no more. */
export async function takeFromOthers(tx: Tx, endpoint: string, person: PersonId): Promise<void> {
  await tables<DeliveryTables>(tx)
    .deleteFrom('delivery.subscription')
    .where('endpoint', '=', endpoint)
    .where('person', '<>', person)
    .execute()
}

export type NewBrowser = Omit<Selectable<DeliveryTables['delivery.subscription']>, 'made_at'>

/** Of more than `max` the oldest go. */
export async function addBrowser(
  tx: Tx,
  browser: NewBrowser,
  at: Instant,
  max: number,
): Promise<void> {
  const { p256dh, auth, language, person } = browser
  const made_at = toDate(at)
  await tables<DeliveryTables>(tx)
    .insertInto('delivery.subscription')
    .values({ ...browser, made_at })
    .onConflict((conflict) =>
      conflict.column('endpoint').doUpdateSet({ p256dh, auth, language, made_at }),
    )
    .execute()
  await sql`
    delete from delivery.subscription where id in (
      select id from delivery.subscription where person = ${person}
      order by made_at desc, id desc offset ${max})`.execute(tx)
}

export async function dropBrowser(tx: Tx, person: PersonId, endpoint: string): Promise<void> {
  await tables<DeliveryTables>(tx)
    .deleteFrom('delivery.subscription')
    .where('person', '=', person)
    .where('endpoint', '=', endpoint)
    .execute()
}

/** A browser renews itself whenever it is used. */
export async function deleteBrowsersBefore(tx: Tx, before: Instant): Promise<number> {
  const done = await tables<DeliveryTables>(tx)
    .deleteFrom('delivery.subscription')
    .where('made_at', '<', toDate(before))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}

export async function deleteBefore(tx: Tx, before: Instant): Promise<number> {
  const done = await tables<DeliveryTables>(tx)
    .deleteFrom('delivery.note')
    .where('made_at', '<', toDate(before))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}

/** Of these matters, the person's notes that no page or notification has shown yet. */
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
    .where('delivered_at', 'is', null)
    .execute()
  return new Map(rows.map((row) => [row.matter, row.id as NoteId]))
}
