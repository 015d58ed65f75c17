import { sql } from 'kysely'
import { minuteMs, type Instant } from '../../kernel/clock.ts'
import type { StreetCode } from '../../kernel/ids.ts'
import { tables, toDate, toInstant, type Tx } from '../../platform/sql.ts'
import type { OverviewTables } from './tables.gen.ts'
import type { Minute } from './types.ts'

export type Heard = Minute & { street: StreetCode }

/** Adds to what is there: a minute may be saved in parts. */
export async function addMinutes(tx: Tx, minutes: readonly Heard[]): Promise<void> {
  if (minutes.length === 0) return
  await sql`
    insert into overview.minute (street, at, heard)
    select * from unnest(${minutes.map(({ street }) => street)}::text[],
      ${minutes.map(({ at }) => toDate(at))}::timestamptz[],
      ${minutes.map(({ heard }) => heard)}::int[])
    on conflict (street, at) do update set heard = overview.minute.heard + excluded.heard`.execute(
    tx,
  )
}

/** Each minute of the span, those in which nothing was heard too; empty: nothing is known of it. */
export async function minutesIn(tx: Tx, from: Instant, to: Instant): Promise<Minute[]> {
  const rows = await tables<OverviewTables>(tx)
    .selectFrom('overview.minute')
    .select(['at', 'heard'])
    .where('at', '>=', toDate(from))
    .where('at', '<', toDate(to))
    .orderBy('at')
    .execute()
  if (rows.length === 0) return []
  const heard = new Map(rows.map((row) => [toInstant(row.at), row.heard]))
  const length = Math.round((to - from) / minuteMs)
  return Array.from({ length }, (_, index) => {
    const at = from + index * minuteMs
    return { at, heard: heard.get(at) ?? 0 }
  })
}

export async function deleteMinutesBefore(tx: Tx, before: Instant): Promise<number> {
  const done = await tables<OverviewTables>(tx)
    .deleteFrom('overview.minute')
    .where('at', '<', toDate(before))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}

export async function deleteMinutes(
  tx: Tx,
  street: StreetCode,
  from: Instant,
  to: Instant,
): Promise<void> {
  await tables<OverviewTables>(tx)
    .deleteFrom('overview.minute')
    .where('street', '=', street)
    .where('at', '>=', toDate(from))
    .where('at', '<', toDate(to))
    .execute()
}
