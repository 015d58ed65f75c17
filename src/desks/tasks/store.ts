import { sql, type RawBuilder, type Selectable } from 'kysely'
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
  act: Act | 'raised' | 'joined'
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

const nothing: Facts = {
  ...{ since: null, silentMs: null, gapMs: null, gaps: [], devices: [] },
  ...{ gateway: null, heardAt: null },
}

/**
 * Takes a person out of their tasks, of whatever rule or of these: what was observed, said and
 * where goes with the closed ones, counts stay. A repair that is still open goes on without them.
 */
export async function forget(tx: Tx, person: PersonId, rules?: readonly string[]): Promise<void> {
  const ofRules = rules ? sql`and rule = any(${[...rules]})` : sql``
  await sql`update tasks.task set person = null
    where person = ${person} and state <> 'closed' and kind = 'device-repair' ${ofRules}`.execute(
    tx,
  )
  await emptied(tx, sql`person = ${person} ${ofRules}`)
}

/**
 * What is left of a check that confirmed nothing is its outcome: of which home it was is nobody's
 * matter any more. `before`: of checks opened earlier, whatever came of them but a real finding.
 */
export async function forgetChecks(tx: Tx, which: { task: TaskId } | { before: Instant }) {
  return 'task' in which
    ? emptied(tx, sql`id = ${which.task}`)
    : emptied(
        tx,
        sql`kind = 'home-check' and opened_at < ${toDate(which.before)} and place <> committee
          and outcome is distinct from 'hazard-real'`,
      )
}

/** Of closed tasks. Answers how many. */
async function emptied(tx: Tx, where: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with forgotten as (
      update tasks.task
      set person = null, words = null, subject = id::text, place = committee,
        facts = ${JSON.stringify(nothing)}
      where state = 'closed' and ${where}
      returning street, id
    ), said as (
      update tasks.task_log set words = null from forgotten
      where task_log.street = forgotten.street and task_log.task = forgotten.id
    )
    select count(*) as n from forgotten`.execute(tx)
  return rows[0]?.n ?? 0
}

/** Leads that nobody verified in their time, of all streets. */
export async function openChecksBefore(tx: Tx, before: Instant): Promise<Task[]> {
  const rows = await tables<TasksTables>(tx)
    .selectFrom('tasks.task')
    .selectAll()
    .where('kind', '=', 'home-check')
    .where('state', '<>', 'closed')
    .where('outcome', 'is', null)
    .where('opened_at', '<', toDate(before))
    .limit(500)
    .execute()
  return rows.map(taskOf)
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
