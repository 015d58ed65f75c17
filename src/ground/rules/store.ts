import { sql } from 'kysely'
import { tables, type Tx } from '../../platform/sql.ts'
import type { RulesTables } from './tables.gen.ts'
import type { Calendar } from './types.ts'

export async function loadCalendar(tx: Tx): Promise<Calendar> {
  const years = await tables<RulesTables>(tx)
    .selectFrom('rules.calendar_year')
    .select('year')
    .execute()
  const { rows: days } = await sql<{ day: string; is_working: boolean }>`
    select to_char(day, 'YYYY-MM-DD') as day, is_working from rules.calendar_day`.execute(tx)
  return {
    years: new Set(years.map((row) => row.year)),
    days: new Map(days.map((row) => [row.day, row.is_working])),
  }
}

/** Replaces the tables of the years given: the notice for the next year comes each autumn. */
export async function saveCalendar(tx: Tx, calendar: Calendar, source: string): Promise<void> {
  const rows = [...calendar.days].map(([day, is_working]) => ({ day, is_working }))
  const years = [...calendar.years]
  await sql`
    insert into rules.calendar_year (year, source) select unnest(${years}::int[]), ${source}
    on conflict (year) do update set source = excluded.source`.execute(tx)
  await sql`delete from rules.calendar_day where year = any(${years}::int[])`.execute(tx)
  await sql`
    insert into rules.calendar_day (day, year, is_working)
    select day, extract(year from day)::int, is_working
    from json_to_recordset(${JSON.stringify(rows)}::json) as row (day date, is_working boolean)
  `.execute(tx)
}
