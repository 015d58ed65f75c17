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
import { tables, toDate, toInstant, type Tx } from '../../platform/sql.ts'
import type { TasksTables } from './tables.gen.ts'
import type { Act, DeadlineKind, Facts, Task, TaskKind, TaskState } from './types.ts'

type Row = Selectable<TasksTables['tasks.task']>

function taskOf(row: Row): Task {
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
  where: { responsible: PersonId } | { rule: string; subject: string },
): Promise<Task[]> {
  let query = tables<TasksTables>(tx)
    .selectFrom('tasks.task')
    .selectAll()
    .where('state', '<>', 'closed')
    .limit(500)
  query =
    'responsible' in where
      ? query.where('responsible', '=', where.responsible)
      : query.where('rule', '=', where.rule).where('subject', '=', where.subject)
  return (await query.execute()).map(taskOf)
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

export type Step = {
  act: Act | 'raised'
  state: TaskState
  at: Instant
  by: { person: PersonId; post: PostId; title: string; unit: string } | null
  outcome: Outcome | null
  words: string | null
}

/** History and state change together, in the transaction that is open. */
export async function addStep(tx: Tx, task: Task, step: Step): Promise<void> {
  const closedAt = step.state === 'closed' ? toDate(step.at) : null
  await sql`
    with logged as (
      insert into tasks.task_log
        (street, task, step, at, act, state, actor, post, title, unit, outcome, words)
      select ${task.street}, ${task.task}, count(*) + 1, ${toDate(step.at)}, ${step.act},
        ${step.state}, ${step.by?.person ?? null}::uuid, ${step.by?.post ?? null}::uuid,
        ${step.by?.title ?? null}, ${step.by?.unit ?? null}, ${step.outcome}, ${step.words}
      from tasks.task_log where street = ${task.street} and task = ${task.task}
    )
    update tasks.task set state = ${step.state}, closed_at = ${closedAt},
      outcome = coalesce(${step.outcome}, outcome), words = coalesce(${step.words}, words)
    where street = ${task.street} and id = ${task.task}`.execute(tx)
}

export async function logOf(tx: Tx, task: TaskId) {
  return tables<TasksTables>(tx)
    .selectFrom('tasks.task_log')
    .selectAll()
    .where('task', '=', task)
    .orderBy('step')
    .execute()
}

/**
 * Takes a person out of their tasks: what was observed, said and where goes with the closed ones,
 * counts stay. A repair that is still open goes on without them.
 */
export async function forget(tx: Tx, person: PersonId): Promise<void> {
  await sql`update tasks.task set person = null
    where person = ${person} and state <> 'closed' and kind = 'device-repair'`.execute(tx)
  await sql`
    with forgotten as (
      update tasks.task
      set person = null, words = null, subject = id::text, place = committee,
        facts = '{"since":null,"silentMs":null,"gapMs":null,"gaps":[],"devices":[],"gateway":null,"heardAt":null}'
      where person = ${person} and state = 'closed'
      returning street, id
    )
    update tasks.task_log set words = null from forgotten
    where task_log.street = forgotten.street and task_log.task = forgotten.id`.execute(tx)
}

/** A year after closing only the outcome stays. Answers how many tasks lost their content. */
export async function forgetOlder(tx: Tx, before: Instant): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with old as (
      delete from tasks.task_log using tasks.task
      where task_log.street = task.street and task_log.task = task.id
        and task.state = 'closed' and task.closed_at < ${toDate(before)}
    ), gone as (
      delete from tasks.task where state = 'closed' and closed_at < ${toDate(before)} returning 1
    )
    select count(*) as n from gone`.execute(tx)
  return rows[0]?.n ?? 0
}
