import { sql, type Selectable } from 'kysely'
import type { Instant } from '../../kernel/clock.ts'
import type { Outcome } from '../../kernel/event.ts'
import type {
  CommitteeCode,
  PersonId,
  PlaceCode,
  PostId,
  StreetCode,
  TaskId,
} from '../../kernel/ids.ts'
import { maybeInstant, tables, toDate, toInstant, type Tx } from '../../platform/sql.ts'
import type { TasksTables } from './tables.gen.ts'
import type {
  DeadlineKind,
  Facts,
  Reportable,
  Task,
  TaskKind,
  TaskState,
  Tier,
  Urgency,
} from './types.ts'

type Row = Selectable<TasksTables['tasks.task']>

export function taskOf(row: Row): Task {
  return {
    task: row.id as TaskId,
    street: row.street as StreetCode,
    kind: row.kind as TaskKind,
    rule: row.rule,
    ruleVersion: row.rule_version,
    subject: row.subject,
    committee: row.committee as CommitteeCode,
    place: row.place as PlaceCode,
    person: row.person as PersonId | null,
    state: row.state as TaskState,
    facts: row.facts as Facts,
    openedAt: toInstant(row.opened_at),
    acknowledgeBy: toInstant(row.acknowledge_by),
    dueAt: toInstant(row.due_at),
    dueKind: row.due_kind as DeadlineKind,
    post: row.post as PostId,
    responsible: row.responsible as PersonId,
    outcome: row.outcome as Outcome | null,
    words: row.words,
    urgency: row.urgency as Urgency,
    tiers: row.tiers as Tier[],
    tier: row.tier,
    timesTold: row.times_told,
    nextAt: maybeInstant(row.next_at),
    acknowledgedAt: maybeInstant(row.acknowledged_at),
    closedAt: maybeInstant(row.closed_at),
    offer:
      row.offered_to !== null && row.offered_until !== null
        ? {
            to: row.offered_to as PersonId,
            until: toInstant(row.offered_until),
            reason: row.offer_reason,
          }
        : null,
  }
}

/** False where an open task of that rule and subject is there: the new finding joins it. */
export async function addTask(tx: Tx, task: Task): Promise<boolean> {
  const done = await tables<TasksTables>(tx)
    .insertInto('tasks.task')
    .values({
      street: task.street,
      id: task.task,
      kind: task.kind,
      rule: task.rule,
      rule_version: task.ruleVersion,
      subject: task.subject,
      committee: task.committee,
      place: task.place,
      person: task.person,
      state: task.state,
      facts: JSON.stringify(task.facts),
      opened_at: toDate(task.openedAt),
      acknowledge_by: toDate(task.acknowledgeBy),
      due_at: toDate(task.dueAt),
      due_kind: task.dueKind,
      post: task.post,
      responsible: task.responsible,
      urgency: task.urgency,
      tiers: JSON.stringify(task.tiers),
      tier: task.tier,
      times_told: task.timesTold,
      next_at: task.nextAt === null ? null : toDate(task.nextAt),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

/** Locks the row: two acts on one task come one after the other. */
export async function taskToChange(tx: Tx, id: TaskId): Promise<Task | undefined> {
  const row = await tables<TasksTables>(tx)
    .selectFrom('tasks.task')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && taskOf(row)
}

export async function taskNamed(tx: Tx, id: TaskId): Promise<Task | undefined> {
  const row = await tables<TasksTables>(tx)
    .selectFrom('tasks.task')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row && taskOf(row)
}

export async function openTasks(
  tx: Tx,
  where: { responsible: PersonId } | { person: PersonId } | { rule: string; subject: string },
): Promise<Task[]> {
  let query = tables<TasksTables>(tx)
    .selectFrom('tasks.task')
    .selectAll()
    .where('state', '<>', 'closed')
    .limit(500)
  if ('responsible' in where) query = query.where('responsible', '=', where.responsible)
  else if ('person' in where) query = query.where('person', '=', where.person)
  else query = query.where('rule', '=', where.rule).where('subject', '=', where.subject)
  return (await query.execute()).map(taskOf)
}

/** Locks the row: what joins at once joins one after the other. */
export async function openTaskToJoin(tx: Tx, rule: string, subject: string) {
  const row = await tables<TasksTables>(tx)
    .selectFrom('tasks.task')
    .selectAll()
    .where('rule', '=', rule)
    .where('subject', '=', subject)
    .where('state', '<>', 'closed')
    .forUpdate()
    .executeTakeFirst()
  return row && taskOf(row)
}

export async function setFacts(tx: Tx, task: Task, facts: Facts): Promise<void> {
  await tables<TasksTables>(tx)
    .updateTable('tasks.task')
    .set({ facts: JSON.stringify(facts) })
    .where('street', '=', task.street)
    .where('id', '=', task.task)
    .execute()
}

export async function setUrgent(tx: Tx, { street, task, facts, urgency }: Task): Promise<void> {
  await tables<TasksTables>(tx)
    .updateTable('tasks.task')
    .set({ urgency, facts: JSON.stringify(facts) })
    .where('street', '=', street)
    .where('id', '=', task)
    .execute()
}

export async function countJoined(tx: Tx, { street, task }: Task): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from tasks.task_log
    where street = ${street} and task = ${task} and act = 'joined'`.execute(tx)
  return rows[0]?.n ?? 0
}

/** The newest tasks about some subjects, open or closed. */
export async function tasksAbout(tx: Tx, subjects: readonly string[], limit: number) {
  const rows = await tables<TasksTables>(tx)
    .selectFrom('tasks.task')
    .selectAll()
    .where('subject', 'in', [...subjects])
    .orderBy('opened_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map(taskOf)
}

/**
 * How these tasks stand, for somebody who was looked at in their course: what was found is said to
 * whom it is about, and to everybody else only whether it is over.
 */
export async function endsFor(
  tx: Tx,
  reader: PersonId,
  tasks: readonly string[],
): Promise<Map<string, Outcome | 'open' | 'closed'>> {
  if (tasks.length === 0) return new Map()
  const rows = await tables<TasksTables>(tx)
    .selectFrom('tasks.task')
    .select(['id', 'person', 'state', 'outcome'])
    .where('id', 'in', [...tasks])
    .execute()
  return new Map(
    rows.map(({ id, person, state, outcome }) => {
      if (state !== 'closed') return [id, 'open']
      return [id, person === reader && outcome !== null ? (outcome as Outcome) : 'closed']
    }),
  )
}

/** The newest closed task about a person under a rule. */
export async function lastClosed(tx: Tx, person: PersonId, rule: string) {
  const row = await tables<TasksTables>(tx)
    .selectFrom('tasks.task')
    .select(['closed_at', 'outcome', 'words'])
    .where('person', '=', person)
    .where('rule', '=', rule)
    .where('state', '=', 'closed')
    .where('outcome', 'is not', null)
    .orderBy('closed_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row?.closed_at || !row.outcome) return undefined
  return { at: toInstant(row.closed_at), outcome: row.outcome as Outcome, words: row.words }
}

export async function countClosedSince(tx: Tx, who: PersonId, since: Instant): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from tasks.task
    where responsible = ${who} and state = 'closed' and closed_at >= ${toDate(since)}
      and outcome is not null`.execute(tx)
  return rows[0]?.n ?? 0
}

export async function countOpen(tx: Tx): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from tasks.task where state <> 'closed'`.execute(tx)
  return rows[0]?.n ?? 0
}

export async function logOf(tx: Tx, task: TaskId) {
  return tables<TasksTables>(tx)
    .selectFrom('tasks.task_log')
    .selectAll()
    .where('task', '=', task)
    .orderBy('step')
    .execute()
}

/** What residents reported, in the order in which they did. Never who. */
export async function reportsOf(tx: Tx, task: TaskId) {
  const rows = await tables<TasksTables>(tx)
    .selectFrom('tasks.report')
    .select(['what', 'words'])
    .where('task', '=', task)
    .orderBy('id')
    .execute()
  return rows as { what: Reportable; words: string }[]
}
