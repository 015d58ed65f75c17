import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId, StreetCode } from '../../../kernel/ids.ts'
import { maybeInstant, tables, toDate, toInstant, type Tx } from '../../../platform/sql.ts'
import type { Message, Sent } from '../channels/index.ts'
import type { DeliveryTables } from '../tables.gen.ts'
import type { Attempt, ChannelName, Note, Says, Topic, Urgency } from '../types.ts'

export type Browser = Message['browsers'][number]
export type Tried = Attempt & { id: string; note: string }
export type NewAttempt = Tried & { detail: string | null }

/** Where somebody has to be told something by now. */
export async function streetsDue(tx: Tx, now: Instant): Promise<StreetCode[]> {
  const { rows } = await sql<{ street: StreetCode }>`
    select distinct street from delivery.note where next_at <= ${toDate(now)}`.execute(tx)
  return rows.map(({ street }) => street)
}

/** Locked until the transaction ends; emergencies first. `busy`: those that are out just now. */
export async function dueNotes(
  tx: Tx,
  street: StreetCode,
  now: Instant,
  busy: readonly string[],
  max: number,
): Promise<Note[]> {
  const rows = await tables<DeliveryTables>(tx)
    .selectFrom('delivery.note')
    .selectAll()
    .where('street', '=', street)
    .where('next_at', '<=', toDate(now))
    .where(sql<boolean>`id <> all(${[...busy]}::uuid[])`)
    .orderBy('urgency')
    .orderBy('next_at')
    .limit(max)
    .forUpdate()
    .skipLocked()
    .execute()
  return rows.map((row) => ({
    note: row.id as Note['note'],
    street: row.street as StreetCode,
    person: row.person as PersonId,
    topic: row.topic as Topic,
    matter: row.matter,
    urgency: row.urgency as Urgency,
    says: row.says as Says,
    toldAt: toInstant(row.told_at),
    acknowledgedAt: maybeInstant(row.acknowledged_at),
  }))
}

/** Of this telling alone. */
export async function attemptsOf(tx: Tx, notes: readonly string[]): Promise<Map<string, Tried[]>> {
  if (notes.length === 0) return new Map()
  const rows = await tables<DeliveryTables>(tx)
    .selectFrom('delivery.attempt as attempt')
    .innerJoin('delivery.note as note', (join) =>
      join.onRef('note.id', '=', 'attempt.note').onRef('note.street', '=', 'attempt.street'),
    )
    .selectAll('attempt')
    .whereRef('attempt.at', '>=', 'note.told_at')
    .where('attempt.note', 'in', [...notes])
    .execute()
  const found = rows.map((row) => ({
    ...{ id: row.id, note: row.note, channel: row.channel as ChannelName, n: row.n },
    ...{ at: toInstant(row.at), result: row.result as Attempt['result'] },
    retryAt: maybeInstant(row.retry_at),
  }))
  return Map.groupBy(found, ({ note }) => note)
}

export async function addAttempts(
  tx: Tx,
  street: StreetCode,
  made: readonly NewAttempt[],
): Promise<void> {
  if (made.length === 0) return
  await tables<DeliveryTables>(tx)
    .insertInto('delivery.attempt')
    .values(
      made.map(({ id, note, channel, n, at, result, detail, retryAt }) => ({
        ...{ street, id, note, channel, n, at: toDate(at), result, detail },
        ...{ retry_at: retryAt === null ? null : toDate(retryAt), delivered_at: null },
      })),
    )
    .execute()
}

/** When each is looked at again; null: never, its ways are used up. */
export async function setNext(
  tx: Tx,
  street: StreetCode,
  next: ReadonlyMap<string, Instant | null>,
  now: Instant,
): Promise<void> {
  if (next.size === 0) return
  const rows = [...next].map(([note, at]) => ({ note, at }))
  await sql`
    update delivery.note set next_at = to_timestamp(row.at / 1000.0),
      ended_at = case when row.at is null then ${toDate(now)}::timestamptz end
    from json_to_recordset(${JSON.stringify(rows)}::json) as row (note uuid, at double precision)
    where note.street = ${street} and note.id = row.note`.execute(tx)
}

/** What became of a try; the note is looked at again at once, unless it is over by now. */
export async function finish(
  tx: Tx,
  street: StreetCode,
  { note, attempt }: { note: string; attempt: string },
  { result, detail, retryAt, gone = [] }: Sent,
  now: Instant,
): Promise<void> {
  await tables<DeliveryTables>(tx)
    .updateTable('delivery.attempt')
    .set({ result, detail, retry_at: retryAt === null ? null : toDate(retryAt) })
    .where('id', '=', attempt)
    .execute()
  await sql`
    update delivery.note set next_at = ${toDate(now)},
      attempted_at = case when ${result} = 'sent' then coalesce(attempted_at, ${toDate(now)})
        else attempted_at end
    where street = ${street} and id = ${note} and ended_at is null`.execute(tx)
  if (gone.length === 0) return
  await tables<DeliveryTables>(tx)
    .deleteFrom('delivery.subscription')
    .where('id', 'in', [...gone])
    .execute()
}

/** How often each person was sent something by each channel since then: 'PERSON CHANNEL' → count. */
export async function sentSince(
  tx: Tx,
  street: StreetCode,
  people: readonly string[],
  since: Instant,
): Promise<Map<string, number>> {
  if (people.length === 0) return new Map()
  const { rows } = await sql<{ person: string; channel: string; count: number }>`
    select note.person, attempt.channel, count(*)::int as count
    from delivery.attempt join delivery.note
      on note.street = attempt.street and note.id = attempt.note
    where attempt.street = ${street} and attempt.at >= ${toDate(since)}
      and attempt.result = 'sent' and note.person = any(${[...new Set(people)]}::uuid[])
    group by note.person, attempt.channel`.execute(tx)
  return new Map(rows.map((row) => [`${row.person} ${row.channel}`, row.count]))
}

export async function browsersOf(
  tx: Tx,
  people: readonly string[],
): Promise<Map<string, Browser[]>> {
  if (people.length === 0) return new Map()
  const rows = await tables<DeliveryTables>(tx)
    .selectFrom('delivery.subscription')
    .select(['id', 'person', 'endpoint', 'p256dh', 'auth', 'language'])
    .where('person', 'in', [...new Set(people)])
    .execute()
  const found = rows.map((row) => ({ ...row, language: row.language as Browser['language'] }))
  return Map.groupBy(found, ({ person }) => person)
}
