import { sql } from 'kysely'
import type { Basis } from '../../../kernel/counts.ts'
import type { StreetCode } from '../../../kernel/ids.ts'
import type { Tx } from '../../../platform/sql.ts'
import type { Cell } from './types.ts'

export type Counted = Cell & { counted: number }
export type Used = Cell & Basis

/** Everybody once, by where they came to last. `day`: 'YYYY-MM-DD', for whom is how old. */
export async function countCells(tx: Tx, street: StreetCode, day: string): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    with lives as (
      select distinct on (person) person, left(home, 12) as committee,
        coalesce(tenure, 'other') as tenure
      from people.residence where street = ${street} and to_at is null
      order by person, from_at desc, home
    )
    select lives.committee, lives.tenure, count(*)::int as counted,
      case
        when born_on > ${day}::date - interval '18 years' then '0-17'
        when born_on <= ${day}::date - interval '80 years' then '80+'
        when born_on <= ${day}::date - interval '60 years' then '60-79'
        else '18-59'
      end as "ageBand"
    from lives join people.person on person.id = lives.person
    where person.street = ${street} and left_at is null
    group by 1, 2, 4`.execute(tx)
  return rows
}

/** Every count from which a figure of the street was ever made. */
export async function basesUsed(tx: Tx, street: StreetCode): Promise<Used[]> {
  const { rows } = await sql<Used>`
    select committee, age_band as "ageBand", tenure, counted, shown
    from people.shown_count where street = ${street}`.execute(tx)
  return rows
}

/** What the newest month up to this one shows, and which month that is. */
export async function newestShown(
  tx: Tx,
  street: StreetCode,
  month: string,
): Promise<(Used & { month: string })[]> {
  const { rows } = await sql<Used & { month: string }>`
    select month, committee, age_band as "ageBand", tenure, counted, shown
    from people.month_shown join people.shown_count
      using (street, committee, age_band, tenure, counted)
    where street = ${street} and month = (
      select max(month) from people.month_shown where street = ${street} and month <= ${month}
    )`.execute(tx)
  return rows
}

/** One month's figures are made by one transaction; whoever comes meanwhile waits and reads. */
export async function holdMonth(tx: Tx, street: StreetCode): Promise<void> {
  const held = `people.month_shown ${street}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${held}, 0))`.execute(tx)
}

export async function addMonth(
  tx: Tx,
  street: StreetCode,
  month: string,
  { made, shown }: { made: readonly Used[]; shown: readonly Used[] },
): Promise<void> {
  await sql`
    insert into people.shown_count (street, committee, age_band, tenure, counted, shown)
    select ${street}, committee, "ageBand", tenure, counted, shown
    from json_to_recordset(${JSON.stringify(made)}::json)
      as row (committee text, "ageBand" text, tenure text, counted int, shown int)`.execute(tx)
  await sql`
    insert into people.month_shown (street, month, committee, age_band, tenure, counted)
    select ${street}, ${month}, committee, "ageBand", tenure, counted
    from json_to_recordset(${JSON.stringify(shown)}::json)
      as row (committee text, "ageBand" text, tenure text, counted int)`.execute(tx)
}
