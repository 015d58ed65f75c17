import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { Outcome } from '../../../kernel/event.ts'
import { toDate, type Tx } from '../../../platform/sql.ts'

/** What people found of one rule since, and where: known outcomes for a trial of kept days. */
type Row = { place: string; subject: string; found_at: Date; outcome: Outcome }

export async function foundSince(tx: Tx, rule: string, since: Instant) {
  const { rows } = await sql<Row>`
    select finding.place, finding.subject, finding.found_at, outcome.outcome
    from scenarios.finding join scenarios.outcome
      on outcome.street = finding.street and outcome.task::text = finding.task::text
    where finding.rule = ${rule} and finding.found_at >= ${toDate(since)}
    order by finding.found_at limit 10000`.execute(tx)
  return rows.map((row) => ({ ...row, foundAt: row.found_at.getTime() }))
}
