import type pg from 'pg'
import { dayOf } from '../../../kernel/calendar.ts'
import { dayMs, hourMs, type Instant } from '../../../kernel/clock.ts'

function hourName(hour: Instant): string {
  return `reading_${new Date(hour).toISOString().slice(0, 13).replaceAll(/[-T]/g, '')}`
}

function dayName(day: Instant): string {
  return `lasting_reading_${dayOf(day).replaceAll('-', '')}`
}

export function hourTable(hour: Instant): string {
  return partition(hourName(hour), 'reading', hour, hour + hourMs)
}

export function dayTable(day: Instant): string {
  return partition(dayName(day), 'lasting_reading', day, day + dayMs)
}

/** Two batches fly; the later one waits until the earlier one's partition is there to be seen. */
function partition(name: string, of: string, from: Instant, to: Instant): string {
  const [first, last] = [new Date(from).toISOString(), new Date(to).toISOString()]
  return `select pg_advisory_xact_lock('sensing.${of}'::regclass::int);
    create table if not exists sensing.${name} partition of sensing.${of}
    for values from ('${first}') to ('${last}')`
}

/** The hours that have a partition, from their names. */
export async function hoursKept(pool: pg.Pool): Promise<Instant[]> {
  return (await partitionsOf(pool, 'reading')).map((name) => {
    const [, y, mo, d, h] = /_(\d{4})(\d\d)(\d\d)(\d\d)$/.exec(name) ?? []
    return Date.parse(`${y}-${mo}-${d}T${h}:00:00Z`)
  })
}

export async function daysKept(pool: pg.Pool): Promise<Instant[]> {
  return (await partitionsOf(pool, 'lasting_reading')).map((name) => {
    const [, y, mo, d] = /_(\d{4})(\d\d)(\d\d)$/.exec(name) ?? []
    return Date.parse(`${y}-${mo}-${d}T00:00:00+08:00`)
  })
}

async function partitionsOf(pool: pg.Pool, table: string): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select child.relname as name from pg_inherits
     join pg_class as child on child.oid = inhrelid
     where inhparent = ('sensing.' || $1)::regclass order by 1`,
    [table],
  )
  return rows.map(({ name }) => name)
}

export async function lastPositionIn(pool: pg.Pool, hour: Instant): Promise<number> {
  const { rows } = await pool.query<{ last: number | null }>(
    `select max(position) as last from sensing.${hourName(hour)}`,
  )
  return rows[0]?.last ?? 0
}

/** Meters' hours are folded into their days in the transaction that lets the hour go. */
export async function dropHour(pool: pg.Pool, hour: Instant): Promise<void> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    await client.query(foldUsage(hourName(hour)))
    await client.query(`drop table if exists sensing.${hourName(hour)}`)
    await client.query('commit')
  } catch (error) {
    broken = error as Error
    throw error
  } finally {
    client.release(broken)
  }
}

function foldUsage(hour: string): string {
  return `
    insert into sensing.usage_day (street, device, day, measure, first, last, lowest, highest,
      readings)
    select street, device, (event_at at time zone 'Asia/Shanghai')::date, state,
      (array_agg(value order by event_at))[1], (array_agg(value order by event_at desc))[1],
      min(value), max(value), count(*)
    from sensing.${hour} where value is not null and consent is null group by 1, 2, 3, 4
    on conflict (street, device, day, measure) do update set
      last = excluded.last,
      lowest = least(usage_day.lowest, excluded.lowest),
      highest = greatest(usage_day.highest, excluded.highest),
      readings = usage_day.readings + excluded.readings`
}

export async function dropDay(pool: pg.Pool, day: Instant): Promise<void> {
  await pool.query(`drop table if exists sensing.${dayName(day)}`)
}
