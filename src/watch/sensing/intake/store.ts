import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { hourMs, type Instant } from '../../../kernel/clock.ts'
import type { DeviceId } from '../../../kernel/ids.ts'
import { isSignOfLife } from '../decide.ts'
import type { DeviceKind, Reading, Refusal } from '../types.ts'

/** Counts of one device that wait to be saved. */
export type Refused = {
  street: string
  device: string
  reason: Refusal
  count: number
  at: Instant
}
export type Heard = { street: string; device: string; heardAt: Instant; arrivedAt: Instant }

/**
 * One transaction: readings, when each device was last heard, and what was refused. COPY as the
 * owner of the reading tables, because COPY and row-level security exclude each other.
 */
export async function saveBatch(
  pool: pg.Pool,
  batch: { readings: Reading[]; heard: Heard[]; refused: Refused[] },
  newHours: Instant[],
): Promise<void> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    for (const hour of newHours) await client.query(partition(hour))
    if (batch.readings.length > 0) await copyReadings(client, batch.readings)
    if (batch.heard.length > 0) await client.query(saveHeard, [JSON.stringify(batch.heard)])
    if (batch.refused.length > 0) await client.query(saveRefused, [JSON.stringify(batch.refused)])
    await client.query('commit')
  } catch (error) {
    broken = error as Error
    throw error
  } finally {
    client.release(broken)
  }
}

const saveHeard = `
  insert into sensing.mark (street, device, recent, heard_at, arrived_at)
  select street, device, '{}', to_timestamp("heardAt" / 1000.0), to_timestamp("arrivedAt" / 1000.0)
  from json_to_recordset($1::json)
    as row (street text, device uuid, "heardAt" double precision, "arrivedAt" double precision)
  order by device
  on conflict (device) do update set
    heard_at = greatest(sensing.mark.heard_at, excluded.heard_at),
    arrived_at = excluded.arrived_at`

const saveRefused = `
  insert into sensing.refusal (street, device, day, reason, count, last_at)
  select street, device, (to_timestamp(at / 1000.0) at time zone 'Asia/Shanghai')::date, reason,
    count, to_timestamp(at / 1000.0)
  from json_to_recordset($1::json)
    as row (street text, device uuid, reason text, count int, at double precision)
  order by device, reason
  on conflict (device, day, reason) do update set
    count = sensing.refusal.count + excluded.count, last_at = excluded.last_at`

async function copyReadings(client: pg.PoolClient, readings: Reading[]): Promise<void> {
  const target = client.query(
    copyFrom(`copy sensing.reading
      (street, device, sequence, event_at, arrived_at, position, kind, state, consent) from stdin`),
  )
  await pipeline(Readable.from([readings.map(line).join('')]), target)
}

/** Text form of COPY. Every value is ours: codes, ids, numbers and words of a closed list. */
function line(reading: Reading): string {
  return `${[
    reading.street,
    reading.device,
    reading.sequence,
    new Date(reading.eventAt).toISOString(),
    new Date(reading.arrivedAt).toISOString(),
    reading.order,
    reading.kind,
    reading.state,
    reading.consent ?? '\\N',
  ].join('\t')}\n`
}

export function hourOf(at: Instant): Instant {
  return at - (at % hourMs)
}

function nameOf(hour: Instant): string {
  return `reading_${new Date(hour).toISOString().slice(0, 13).replaceAll(/[-T]/g, '')}`
}

function partition(hour: Instant): string {
  const from = new Date(hour).toISOString()
  const to = new Date(hour + hourMs).toISOString()
  return `create table if not exists sensing.${nameOf(hour)} partition of sensing.reading
    for values from ('${from}') to ('${to}')`
}

/** The hours that have a partition, from their names. */
export async function hoursKept(pool: pg.Pool): Promise<Instant[]> {
  const { rows } = await pool.query<{ name: string }>(`
    select child.relname as name from pg_inherits
    join pg_class as child on child.oid = inhrelid
    where inhparent = 'sensing.reading'::regclass order by 1`)
  return rows.map(({ name }) => {
    const [, y, mo, d, h] = /_(\d{4})(\d\d)(\d\d)(\d\d)$/.exec(name) ?? []
    return Date.parse(`${y}-${mo}-${d}T${h}:00:00Z`)
  })
}

export async function lastPositionIn(pool: pg.Pool, hour: Instant): Promise<number> {
  const { rows } = await pool.query<{ last: number | null }>(
    `select max(position) as last from sensing.${nameOf(hour)}`,
  )
  return rows[0]?.last ?? 0
}

export async function dropHour(pool: pg.Pool, hour: Instant): Promise<void> {
  await pool.query(`drop table if exists sensing.${nameOf(hour)}`)
}

export async function lastPosition(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ last: number | null }>(
    'select max(position) as last from sensing.reading',
  )
  return rows[0]?.last ?? 0
}

/** What is left of a device's stream, from the saved marks and the readings not yet dropped. */
export async function loadSequences(pool: pg.Pool, device?: string) {
  const { rows } = await pool.query<{ device: string; heard_at: Date; all: string[] }>(
    `select mark.device, mark.heard_at, mark.recent || coalesce((
        select array_agg(sequence) from sensing.reading
        where reading.street = mark.street and reading.device = mark.device), '{}') as all
     from sensing.mark where $1::uuid is null or device = $1`,
    [device ?? null],
  )
  return rows.map((row) => ({
    device: row.device,
    heardAt: row.heard_at.getTime(),
    sequences: row.all.map(Number),
  }))
}

export async function saveRecent(
  pool: pg.Pool,
  rows: { device: string; recent: number[] }[],
): Promise<void> {
  await pool.query(
    `update sensing.mark set recent = row.recent
     from json_to_recordset($1::json) as row (device uuid, recent bigint[])
     where mark.device = row.device`,
    [JSON.stringify(rows)],
  )
}

/** Readings after a position, in the order they were taken: for judging again after a restart. */
export async function readingsAfter(pool: pg.Pool, position: number) {
  const { rows } = await pool.query<{
    device: DeviceId
    event_at: Date
    arrived_at: Date
    position: number
    kind: DeviceKind
    state: string
  }>(
    `select device, event_at, arrived_at, position, kind, state
     from sensing.reading where position > $1 order by position`,
    [position],
  )
  return rows.map((row) => ({
    device: row.device,
    eventAt: row.event_at.getTime(),
    arrivedAt: row.arrived_at.getTime(),
    order: row.position,
    isSignOfLife: isSignOfLife(row.kind, row.state),
  }))
}

/** Deletes what one consent let in. */
export async function eraseConsent(pool: pg.Pool, consent: string): Promise<void> {
  await pool.query('delete from sensing.reading where consent = $1', [consent])
}
