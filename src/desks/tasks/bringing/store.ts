import { sql } from 'kysely'
import type { PersonId, PostId, StreetCode, TaskId } from '../../../kernel/ids.ts'
import { toDate, type Tx } from '../../../platform/sql.ts'
import type { Facts } from '../types.ts'
import { linesOf } from './decide.ts'
import type { Ended } from './types.ts'

type Row = Ended & {
  task: TaskId
  by: { person: PersonId; id: PostId; title: string; unit: string }
}

const nothing: Facts = {
  ...{ since: null, silentMs: null, gapMs: null, gaps: [], devices: [] },
  ...{ gateway: null, heardAt: null },
}

/** Closed, with their history and who was responsible. Of nobody, at no home. */
export async function addEnded(tx: Tx, street: StreetCode, rows: readonly Row[]): Promise<void> {
  const tasks = rows.map(({ task, by, ...ended }) => ({
    ...{ street, id: task, kind: ended.kind, rule: ended.rule, rule_version: ended.ruleVersion },
    ...{ subject: task, committee: ended.committee, place: ended.committee, person: null },
    ...{ state: 'closed', facts: nothing, urgency: ended.urgency, tiers: [], tier: ended.tier },
    ...{ opened_at: toDate(ended.openedAt), acknowledge_by: toDate(ended.acknowledgeBy) },
    ...{ due_at: toDate(ended.dueAt), due_kind: 'hour', post: by.id, responsible: by.person },
    ...{ outcome: ended.outcome, words: ended.words, closed_at: toDate(ended.closedAt) },
    ...{ acknowledged_at: toDate(ended.acknowledgedAt), times_told: ended.tier, next_at: null },
  }))
  const lines = rows.flatMap(({ task, by, ...ended }) =>
    linesOf(ended).map(({ act, state, at, isOurs }, step) => ({
      ...{ street, task, step: step + 1, at: toDate(at), act, state },
      ...(isOurs ? {} : { actor: by.person, post: by.id, title: by.title, unit: by.unit }),
      ...(act === 'find' ? { outcome: ended.outcome, words: ended.words } : {}),
    })),
  )
  const concerned = rows.map(({ task, by, tier, openedAt }) => ({
    ...{ street, task, person: by.person, post: by.id, part: 'responsible', tier },
    since: toDate(openedAt),
  }))
  await sql`
    insert into tasks.task
    select * from jsonb_populate_recordset(null::tasks.task, ${JSON.stringify(tasks)}::jsonb)
  `.execute(tx)
  await sql`
    insert into tasks.task_log
    select * from jsonb_populate_recordset(null::tasks.task_log, ${JSON.stringify(lines)}::jsonb)
  `.execute(tx)
  await sql`
    insert into tasks.concerned
    select * from jsonb_populate_recordset(null::tasks.concerned,
      ${JSON.stringify(concerned)}::jsonb)`.execute(tx)
}
