import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Instant } from '../../../kernel/clock.ts'
import type { DeviceId } from '../../../kernel/ids.ts'
import type { DeviceKind } from '../../devices/index.ts'
import { isSignOfLife } from '../decide.ts'
import { dayTable, hourTable } from '../shelves/index.ts'
import type { Condition, Heard, Remark } from '../types.ts'
import type { Known } from './known.ts'
import type { Rows } from './rows.ts'
import type { Window } from './stream.ts'

/**
 * One transaction: readings, when each device was last heard, what was refused, marks and health.
 * COPY as the owner of the reading tables, because COPY and row-level security exclude each other.
 */
export async function saveRows(pool: pg.Pool, rows: Rows, isKept: IsKept): Promise<void> {
  const client = await pool.connect()
  let broken: Error | undefined
  const patience = setTimeout(() => tearOff(client), saveMsMax)
  try {
    await client.query('begin')
    for (const hour of rows.hours) if (!isKept('hour', hour)) await client.query(hourTable(hour))
    for (const day of rows.days) if (!isKept('day', day)) await client.query(dayTable(day))
    if (rows.hour) await copy(client, copyHour, rows.hour)
    if (rows.day) await copy(client, copyDay, rows.day)
    await each(client, saveHeard, rows.heard)
    await each(client, saveRefused, rows.refused)
    if (rows.health.length > 0) await saveHealth(client, rows.health)
    await each(client, saveStreams, rows.streams)
    if (rows.withMarks) await client.query(saveProgress, [rows.position.last])
    await client.query('commit')
  } catch (error) {
    broken = error as Error
    throw error
  } finally {
    clearTimeout(patience)
    client.release(broken)
  }
}

/** A line that hangs half-open says nothing for minutes; the batch is then looked for and tried. */
const saveMsMax = 30_000

function tearOff(client: pg.PoolClient): void {
  const { connection } = client as unknown as { connection?: { stream?: { destroy(): void } } }
  connection?.stream?.destroy()
}

/** Whether a partition is known to be there. */
export type IsKept = (shelf: 'hour' | 'day', from: Instant) => boolean

const copyHour = `copy sensing.reading (street, device, sequence, event_at, arrived_at, position,
  kind, state, value, consent) from stdin (format binary)`
const copyDay = `copy sensing.lasting_reading (street, device, sequence, event_at, arrived_at,
  position, kind, state, value, purpose) from stdin (format binary)`

async function copy(client: pg.PoolClient, text: string, rows: Buffer): Promise<void> {
  await pipeline(Readable.from([rows]), client.query(copyFrom(text)))
}

async function each(client: pg.PoolClient, text: string, rows: readonly unknown[]): Promise<void> {
  if (rows.length > 0) await client.query(text, [JSON.stringify(rows)])
}

const saveHeard = `
  with row as (
    select street, device, place, to_timestamp("fromAt" / 1000.0) as from_at,
      to_timestamp("heardAt" / 1000.0) as heard_at,
      to_timestamp("newestAt" / 1000.0) as newest_at
    from json_to_recordset($1::json) as row (street text, device uuid, place text,
      "fromAt" double precision, "heardAt" double precision, "newestAt" double precision)
    order by device, from_at
  ), covered as (
    insert into sensing.coverage (street, device, place, from_at, to_at)
    select street, device, place, from_at, heard_at from row
    on conflict (street, device, from_at)
      do update set to_at = greatest(sensing.coverage.to_at, excluded.to_at)
  )
  insert into sensing.mark (street, device, heard_at, newest_at)
  select distinct on (device) street, device, heard_at, newest_at from row
  order by device, heard_at desc
  on conflict (device) do update set
    heard_at = greatest(sensing.mark.heard_at, excluded.heard_at),
    newest_at = greatest(sensing.mark.newest_at, excluded.newest_at)`

const saveRefused = `
  insert into sensing.refusal (street, device, day, reason, count, last_at)
  select street, device, (to_timestamp(at / 1000.0) at time zone 'Asia/Shanghai')::date, reason,
    count, to_timestamp(at / 1000.0)
  from json_to_recordset($1::json)
    as row (street text, device uuid, reason text, count int, at double precision)
  order by device, reason
  on conflict (device, day, reason) do update set
    count = sensing.refusal.count + excluded.count, last_at = excluded.last_at`

const saveStreams = `
  update sensing.mark set
    taken = case when row."withMarks" then row.taken else mark.taken end,
    taken_before = case when row."withMarks" then row.before else mark.taken_before end,
    taken_timed = case when row."withMarks" then row.timed else mark.taken_timed end,
    restarted_at = case when row."withMarks" then to_timestamp(row."restartedAt" / 1000.0)
      else mark.restarted_at end,
    newest_at = greatest(mark.newest_at, to_timestamp(row."newestAt" / 1000.0)),
    last_states = row."lastStates",
    windows = case when row."withMarks" then row.windows else mark.windows end
  from json_to_recordset($1::json) as row (device uuid, "withMarks" boolean, taken int8multirange,
    before int8multirange, timed int8multirange, "restartedAt" double precision, "newestAt" double precision,
    "lastStates" jsonb, windows jsonb)
  where mark.device = row.device`

const saveProgress = `update sensing.progress
  set marked_position = greatest(marked_position, $1)`

async function saveHealth(client: pg.PoolClient, changed: readonly Known[]): Promise<void> {
  const devices = changed.map(({ device }) => device.device)
  const conditions = changed.flatMap(({ device: { street, device }, conditions: now }) =>
    [...now].map(([condition, since]) => ({ street, device, condition, since })),
  )
  const batteries = changed.flatMap(({ device: { street, device }, battery: percent }) =>
    percent === null ? [] : [{ street, device, percent }],
  )
  // Two batches fly; the later one sees what the earlier one wrote, and both write what is so now.
  await client.query(`select pg_advisory_xact_lock('sensing.condition'::regclass::int)`)
  await client.query('delete from sensing.condition where device = any($1)', [devices])
  await each(
    client,
    `insert into sensing.condition (street, device, condition, since)
     select street, device, condition, to_timestamp(since / 1000.0)
     from json_to_recordset($1::json)
       as row (street text, device uuid, condition text, since double precision)`,
    conditions,
  )
  await each(
    client,
    `insert into sensing.battery (street, device, percent, at)
     select street, device, percent, now()
     from json_to_recordset($1::json) as row (street text, device uuid, percent int)
     on conflict (device) do update set percent = excluded.percent, at = excluded.at`,
    batteries,
  )
}

/** Whether any row of a batch is there: a transaction is there as a whole or not at all. */
export async function wereSaved(pool: pg.Pool, { position }: Rows): Promise<boolean> {
  const { hour, day } = position
  const { rows } = await pool.query(
    `select 1 from sensing.reading where position = $1
     union all select 1 from sensing.lasting_reading where position = $2 limit 1`,
    [hour, day],
  )
  return rows.length > 0
}

export async function lastPosition(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ last: number }>(`
    select greatest(marked_position,
      (select max(position) from sensing.reading where position > marked_position),
      (select max(position) from sensing.lasting_reading where position > marked_position)) as last
    from sensing.progress`)
  return rows[0]?.last ?? 0
}

export type SavedMark = {
  device: string
  heardAt: Instant
  newestAt: Instant | null
  restartedAt: Instant | null
  taken: [number, number][]
  before: [number, number][]
  timed: [number, number][]
  lastStates: Record<string, string>
  windows: Window[]
}

/** What is left of a device's stream: the saved marks, and the readings since these were saved. */
export async function loadMarks(pool: pg.Pool, devices: readonly string[]): Promise<SavedMark[]> {
  const { rows } = await pool.query<Loaded>(marksSince, [devices])
  return rows.map((row) => ({
    device: row.device,
    heardAt: row.heard_at.getTime(),
    newestAt: row.newest_at?.getTime() ?? null,
    restartedAt: row.restarted_at?.getTime() ?? null,
    taken: pairsIn(row.taken),
    before: pairsIn(row.before),
    timed: pairsIn(row.timed),
    lastStates: row.last_states ?? {},
    windows: row.windows ?? [],
  }))
}

type Loaded = {
  device: string
  heard_at: Date
  newest_at: Date | null
  restarted_at: Date | null
  taken: string
  before: string
  timed: string
  last_states: Record<string, string> | null
  windows: Window[] | null
}

const marksSince = `
  with since as (
    select device, sequence, event_at, arrived_at from sensing.reading, sensing.progress
    where position > marked_position and device = any($1::uuid[])
    union all
    select device, sequence, event_at, arrived_at from sensing.lasting_reading, sensing.progress
    where position > marked_position and device = any($1::uuid[])
  ), newer as (
    select since.device, max(least(event_at, since.arrived_at)) as heard_at,
      max(event_at) filter (where event_at <= since.arrived_at + interval '2 minutes') as newest_at,
      range_agg(int8range(sequence, sequence, '[]')) filter (
        where sequence >= 0 and (restarted_at is null or event_at > restarted_at)) as taken,
      range_agg(int8range(sequence, sequence, '[]')) filter (
        where sequence >= 0 and event_at <= restarted_at) as before,
      range_agg(int8range(-sequence, -sequence, '[]')) filter (where sequence < 0) as timed
    from since join sensing.mark on mark.device = since.device group by 1
  )
  select mark.device, restarted_at, last_states, windows,
    greatest(mark.heard_at, newer.heard_at) as heard_at,
    greatest(mark.newest_at, newer.newest_at) as newest_at,
    (mark.taken + coalesce(newer.taken, '{}'))::text as taken,
    (mark.taken_before + coalesce(newer.before, '{}'))::text as before,
    (mark.taken_timed + coalesce(newer.timed, '{}'))::text as timed
  from sensing.mark left join newer on newer.device = mark.device
  where mark.device = any($1::uuid[])`

function pairsIn(multirange: string): [number, number][] {
  return [...multirange.matchAll(/\[(\d+),(\d+)\)/g)].map(([, from, to]) => [
    Number(from),
    Number(to) - 1,
  ])
}

export async function loadHealth(pool: pg.Pool, sources: readonly string[]) {
  const { rows } = await pool.query<{ device: string; condition: Condition; since: Date }>(
    'select device, condition, since from sensing.condition where device = any($1::uuid[])',
    [sources],
  )
  const batteries = await pool.query<{ device: string; percent: number }>(
    'select device, percent from sensing.battery where device = any($1::uuid[])',
    [sources],
  )
  return {
    conditions: rows.map((row) => ({ ...row, since: row.since.getTime() })),
    batteries: batteries.rows,
  }
}

/** Counts for the device's page; lost in a crash, since nothing rests on them. */
export async function saveRemarks(
  pool: pg.Pool,
  rows: { street: string; device: string; remark: Remark; count: number; at: Instant }[],
): Promise<void> {
  if (rows.length === 0) return
  await pool.query(
    `insert into sensing.remark (street, device, day, remark, count, last_at)
     select street, device, (to_timestamp(at / 1000.0) at time zone 'Asia/Shanghai')::date, remark,
       count, to_timestamp(at / 1000.0)
     from json_to_recordset($1::json)
       as row (street text, device uuid, remark text, count int, at double precision)
     order by device, remark
     on conflict (device, day, remark) do update set
       count = sensing.remark.count + excluded.count, last_at = excluded.last_at`,
    [JSON.stringify(rows)],
  )
}

const fetched = 20_000

/** Readings of both shelves after a position, in the order they were taken: to judge again. */
export async function* readingsAfter(pool: pg.Pool, position: number) {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(
      `declare after cursor for
       select device, event_at, arrived_at, position, kind, state, value from sensing.reading
       where position > ${Number(position)}
       union all
       select device, event_at, arrived_at, position, kind, state, value
       from sensing.lasting_reading where position > ${Number(position)}
       order by position`,
    )
    let last: Heard | undefined
    for (;;) {
      const { rows } = await client.query<Judged>(`fetch ${fetched} from after`)
      if (rows.length === 0) break
      const heard = messagesOf(last ? [last] : [], rows)
      // The rest of the last message may be in the next rows.
      last = heard.pop()
      if (heard.length > 0) yield heard
    }
    if (last) yield [last]
    await client.query('commit')
  } finally {
    client.release()
  }
}

type Judged = {
  device: DeviceId
  event_at: Date
  arrived_at: Date
  position: number
  kind: DeviceKind
  state: string
  value: number | null
}

/** A trial may look back at so many readings of a street at most; the newest are taken. */
const lookedBackMax = 500_000

/**
 * What is still kept of a street from `since` on, by arrival, and the stretches in which its devices
 * spoke as they promised: for a trial, which says how much of its input this is.
 */
export async function keptSince(pool: pg.Pool, street: string, since: Instant) {
  const from = new Date(since)
  const { rows } = await pool.query<Judged>(
    `select * from (
       select device, event_at, arrived_at, position, kind, state, value from sensing.reading
       where street = $1 and arrived_at >= $2
       union all
       select device, event_at, arrived_at, position, kind, state, value
       from sensing.lasting_reading where street = $1 and arrived_at >= $2
       order by position desc limit ${lookedBackMax}
     ) as newest order by position`,
    [street, from],
  )
  const covers = await pool.query<{ sensor: string; from_at: Date; to_at: Date }>(
    `select device as sensor, from_at, to_at from sensing.coverage
     where street = $1 and to_at >= $2 order by device, from_at`,
    [street, from],
  )
  return {
    messages: messagesOf([], rows),
    covers: covers.rows.map((row) => ({
      ...{ sensor: row.sensor, from: row.from_at.getTime(), to: row.to_at.getTime() },
    })),
  }
}

/** One message is as many rows as it said things. */
function messagesOf(begun: Heard[], rows: readonly Judged[]): Heard[] {
  const heard = begun
  for (const row of rows) {
    const fact = { kind: row.kind, state: row.state, value: row.value }
    const isLife = isSignOfLife(row.kind, row.state)
    const before = heard.at(-1)
    if (before?.order === row.position) {
      before.facts = [...before.facts, fact]
      before.isSignOfLife ||= isLife
      continue
    }
    heard.push({
      ...{ device: row.device, order: row.position, isSignOfLife: isLife, facts: [fact] },
      ...{ eventAt: row.event_at.getTime(), arrivedAt: row.arrived_at.getTime() },
    })
  }
  return heard
}

/** The sums of a street's homes, kept for the crowding check alone. */
export async function eraseSums(pool: pg.Pool, street: string): Promise<void> {
  await pool.query(
    `delete from sensing.lasting_reading where street = $1 and purpose = 'crowding-check'`,
    [street],
  )
}

/**
 * Deletes what one consent let in, and what marks of its devices could tell: a copy from that time
 * is refused by the next consent's beginning.
 */
export async function eraseConsent(
  pool: pg.Pool,
  consent: string,
  devices: readonly string[],
): Promise<void> {
  await pool.query('delete from sensing.reading where consent = $1', [consent])
  await pool.query(
    `update sensing.mark set taken = '{}', taken_before = '{}', taken_timed = '{}',
       restarted_at = null, newest_at = null, last_states = null, windows = null
     where device = any($1)`,
    [devices],
  )
}
