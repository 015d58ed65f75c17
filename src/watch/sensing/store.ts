import { sql } from 'kysely'
import type { Instant } from '../../kernel/clock.ts'
import type { HomeCode, StreetCode } from '../../kernel/ids.ts'
import { tables, toDate, toInstant, type Tx } from '../../platform/sql.ts'
import type { DevicePurpose } from '../devices/index.ts'
import type { SensingTables } from './tables.gen.ts'
import type { Condition, Refusal, Remark } from './types.ts'

const listenedKey = 'sensing.listened-until'

/** Until when this program, or the one before it, was there to listen. */
export async function listenedUntil(tx: Tx): Promise<Instant | null> {
  const { rows } = await sql<{ at: number }>`
    select (value #>> '{}')::float8 as at from platform.setting where key = ${listenedKey}
  `.execute(tx)
  return rows[0]?.at ?? null
}

export async function saveListened(tx: Tx, now: Instant): Promise<void> {
  await sql`
    insert into platform.setting (key, value) values (${listenedKey}, to_jsonb(${now}::float8))
    on conflict (key) do update set value = excluded.value`.execute(tx)
}

export async function saveCondition(
  tx: Tx,
  street: string,
  source: string,
  condition: Condition,
  since: Instant,
): Promise<void> {
  await tables<SensingTables>(tx)
    .insertInto('sensing.condition')
    .values({ street, device: source, condition, since: toDate(since) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function endCondition(tx: Tx, source: string, condition: Condition): Promise<void> {
  await tables<SensingTables>(tx)
    .deleteFrom('sensing.condition')
    .where('device', '=', source)
    .where('condition', '=', condition)
    .execute()
}

type Counted<Reason> = {
  device: string
  day: string
  reason: Reason
  count: number
  lastAt: Instant
}

export async function refusalsOf(
  tx: Tx,
  sources: readonly string[],
  sinceDay: string,
): Promise<Counted<Refusal>[]> {
  if (sources.length === 0) return []
  const rows = await tables<SensingTables>(tx)
    .selectFrom('sensing.refusal')
    .select(['device', 'reason', 'count', 'last_at'])
    .select((eb) => eb.cast<string>('day', 'text').as('day'))
    .where('device', 'in', [...sources])
    .where('day', '>=', sinceDay)
    .orderBy('day', 'desc')
    .orderBy('reason')
    .limit(300)
    .execute()
  return rows.map(({ last_at: at, reason, ...row }) => ({
    ...row,
    reason: reason as Refusal,
    lastAt: toInstant(at),
  }))
}

export async function remarksOf(
  tx: Tx,
  device: string,
  sinceDay: string,
): Promise<Counted<Remark>[]> {
  const rows = await tables<SensingTables>(tx)
    .selectFrom('sensing.remark')
    .select(['device', 'remark', 'count', 'last_at'])
    .select((eb) => eb.cast<string>('day', 'text').as('day'))
    .where('device', '=', device)
    .where('day', '>=', sinceDay)
    .orderBy('day', 'desc')
    .orderBy('remark')
    .limit(300)
    .execute()
  return rows.map(({ last_at: at, remark, ...row }) => ({
    ...row,
    reason: remark as Remark,
    lastAt: toInstant(at),
  }))
}

/** Intervals in which a device worked, at whatever place. */
export async function coverageOf(tx: Tx, device: string, since: Instant) {
  const rows = await tables<SensingTables>(tx)
    .selectFrom('sensing.coverage')
    .select(['from_at', 'to_at'])
    .where('device', '=', device)
    .where('to_at', '>=', toDate(since))
    .orderBy('from_at', 'desc')
    .limit(500)
    .execute()
  return rows
    .map((row) => ({ from: toInstant(row.from_at), to: toInstant(row.to_at) }))
    .toReversed()
}

/** The intervals of every device that worked at a place. */
export async function coverageAt(tx: Tx, place: string, since: Instant) {
  const rows = await tables<SensingTables>(tx)
    .selectFrom('sensing.coverage')
    .select(['device', 'from_at', 'to_at'])
    .where('place', '=', place)
    .where('to_at', '>=', toDate(since))
    .orderBy('from_at')
    .limit(5_000)
    .execute()
  return rows.map((row) => ({
    device: row.device,
    from: toInstant(row.from_at),
    to: toInstant(row.to_at),
  }))
}

/** Readings a day of a device on the day shelf. */
export async function lastingByDay(tx: Tx, device: string, since: Instant) {
  const { rows } = await sql<{ day: string; purpose: DevicePurpose; count: number }>`
    select (arrived_at at time zone 'Asia/Shanghai')::date::text as day, purpose, count(*) as count
    from sensing.lasting_reading where device = ${device} and arrived_at >= ${toDate(since)}
    group by 1, 2 order by 1 desc limit 60`.execute(tx)
  return rows
}

export async function newestLasting(tx: Tx, device: string, limit: number) {
  const rows = await tables<SensingTables>(tx)
    .selectFrom('sensing.lasting_reading')
    .select(['event_at', 'arrived_at', 'state', 'value'])
    .where('device', '=', device)
    .orderBy('arrived_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    eventAt: toInstant(row.event_at),
    arrivedAt: toInstant(row.arrived_at),
    state: row.state,
    value: row.value === null ? null : Number(row.value),
  }))
}

export async function usageByDay(tx: Tx, device: string, sinceDay: string) {
  const { rows } = await sql<{ day: string; count: number }>`
    select day::text, sum(readings)::int as count from sensing.usage_day
    where device = ${device} and day >= ${sinceDay} group by 1 order by 1 desc limit 60`.execute(tx)
  return rows
}

export type HomeSum = { home: HomeCode; day: string; measure: string; value: number }

/**
 * Sums of homes since a day, by the home where the meter stood then. Several meters of a home count
 * together. For the rule that compares homes; no page shows them.
 */
export async function sumsOf(tx: Tx, street: StreetCode, sinceDay: string): Promise<HomeSum[]> {
  const { rows } = await sql<{ home: string; day: string; measure: string; value: string }>`
    select stood.place as home, sum_day::text as day, state as measure, sum(value) as value
    from sensing.lasting_reading as said
    cross join lateral (select (event_at at time zone 'Asia/Shanghai')::date as sum_day) as dated
    join lateral (
      select place from sensing.coverage
      where coverage.street = said.street and coverage.device = said.device
        and coverage.from_at <= least(said.event_at, said.arrived_at)
      order by coverage.from_at desc limit 1
    ) as stood on true
    where said.street = ${street} and purpose = 'crowding-check' and value is not null
      and sum_day >= ${sinceDay}::date
      and arrived_at >= ${sinceDay}::date::timestamp at time zone 'Asia/Shanghai'
      and stood.place like '%-%-%-%'
    group by 1, 2, 3 order by 2, 1, 3`.execute(tx)
  return rows.map(({ home, value, ...row }) => ({
    ...row,
    home: home as HomeCode,
    value: Number(value),
  }))
}

export async function deleteCountsBefore(tx: Tx, day: string): Promise<number> {
  const refused = await tables<SensingTables>(tx)
    .deleteFrom('sensing.refusal')
    .where('day', '<', day)
    .executeTakeFirst()
  const remarked = await tables<SensingTables>(tx)
    .deleteFrom('sensing.remark')
    .where('day', '<', day)
    .executeTakeFirst()
  return Number(refused.numDeletedRows) + Number(remarked.numDeletedRows)
}

export async function deleteCoverageBefore(tx: Tx, before: Instant): Promise<number> {
  const done = await tables<SensingTables>(tx)
    .deleteFrom('sensing.coverage')
    .where('to_at', '<', toDate(before))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}

export async function deleteUsageBefore(tx: Tx, day: string): Promise<number> {
  const done = await tables<SensingTables>(tx)
    .deleteFrom('sensing.usage_day')
    .where('day', '<', day)
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}
