import type { Instant } from '../../../kernel/clock.ts'
import { maybeInstant, tables, toDate, toInstant, type Tx } from '../../../platform/sql.ts'
import type { ScenariosTables } from '../tables.gen.ts'

/** A home that stood out, as long as anything of it is kept. */
export type FoundLead = {
  id: string
  ruleVersion: number
  home: string
  foundAt: Instant
  task: string | null
  endedAt: Instant | null
}

export async function leadsOf(tx: Tx, rule: string): Promise<FoundLead[]> {
  const rows = await tables<ScenariosTables>(tx)
    .selectFrom('scenarios.finding')
    .select(['id', 'rule_version', 'subject', 'found_at', 'task', 'ended_at'])
    .where('rule', '=', rule)
    .execute()
  return rows.map((row) => ({
    ...{ id: row.id, ruleVersion: row.rule_version, home: row.subject, task: row.task },
    ...{ foundAt: toInstant(row.found_at), endedAt: maybeInstant(row.ended_at) },
  }))
}

export async function deleteLead(tx: Tx, id: string): Promise<void> {
  await tables<ScenariosTables>(tx).deleteFrom('scenarios.finding').where('id', '=', id).execute()
}

/** Somebody looked: nothing stays but that they did, so that nobody knocks again soon. */
export async function endLead(tx: Tx, rule: string, home: string, at: Instant): Promise<void> {
  await tables<ScenariosTables>(tx)
    .updateTable('scenarios.finding')
    .set({ ended_at: toDate(at), facts: '{}' })
    .where('rule', '=', rule)
    .where('subject', '=', home)
    .where('ended_at', 'is', null)
    .execute()
}
