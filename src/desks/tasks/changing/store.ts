import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId, PostId, StreetCode, TaskId } from '../../../kernel/ids.ts'
import { tables, toDate, toInstant, type Tx } from '../../../platform/sql.ts'
import type { TasksTables } from '../tables.gen.ts'
import type { Change, Concerned, Part, Step, Task } from '../types.ts'

/**
 * Rows, history and who is concerned change together, in the transaction that is open and holds the
 * tasks' rows. Who stops being responsible comes before who begins: the database allows one.
 */
export async function saveChanges(
  tx: Tx,
  street: StreetCode,
  changes: readonly Change[],
): Promise<void> {
  if (changes.length === 0) return
  const concerned = changes.flatMap((one) =>
    one.concerned.map((each) => ({ ...each, task: one.task.task })),
  )
  const rows = {
    tasks: JSON.stringify(changes.map(({ task, set }) => rowOf({ ...task, ...set }))),
    steps: JSON.stringify(changes.flatMap(stepRows)),
  }
  await sql`
    with changed as (
      select * from jsonb_populate_recordset(null::tasks.task, ${rows.tasks}::jsonb)
    ), logged as (
      insert into tasks.task_log (street, task, step, at, act, state, actor, post, title, unit,
        outcome, words, to_person, to_title, to_unit, key, proof, done_at)
      select ${street}, one.task, one.step + (
          select count(*) from tasks.task_log as log
          where log.street = ${street} and log.task = one.task
        ), at, act, state, actor, post, title, unit, outcome, words, to_person, to_title, to_unit,
        key, proof, done_at
      from jsonb_populate_recordset(null::tasks.task_log, ${rows.steps}::jsonb) as one
    )
    update tasks.task as task set state = changed.state, responsible = changed.responsible,
      post = changed.post, tier = changed.tier, times_told = changed.times_told,
      acknowledge_by = changed.acknowledge_by, due_at = changed.due_at,
      next_at = changed.next_at, acknowledged_at = changed.acknowledged_at,
      closed_at = changed.closed_at, outcome = changed.outcome, words = changed.words,
      offered_to = changed.offered_to, offered_until = changed.offered_until,
      offer_reason = changed.offer_reason
    from changed where task.street = ${street} and task.id = changed.id`.execute(tx)
  await saveConcerned(tx, street, concerned)
}

async function saveConcerned(
  tx: Tx,
  street: StreetCode,
  concerned: readonly (Concerned & { task: TaskId })[],
): Promise<void> {
  if (concerned.length === 0) return
  const isFirst = ({ part }: Concerned) => Number(part === 'responsible')
  const rows = concerned
    .toSorted((a, b) => isFirst(a) - isFirst(b))
    .map(({ since, ...one }) => ({ ...one, since: toDate(since) }))
  await sql`
    insert into tasks.concerned (street, task, person, post, part, tier, since)
    select ${street}, task, person, post, part, tier, since
    from jsonb_populate_recordset(null::tasks.concerned, ${JSON.stringify(rows)}::jsonb)
    on conflict (street, task, person) do update set post = excluded.post,
      part = excluded.part, tier = excluded.tier, since = excluded.since`.execute(tx)
}

/** A task's first line, and who is concerned from the beginning: an alarm waits for it. */
export async function begin(tx: Tx, task: Task, concerned: readonly Concerned[], step: Step) {
  const steps = stepRows({ task, steps: [step] })
  const rows = concerned.map(({ since, ...one }) => ({ ...one, since: toDate(since) }))
  await sql`
    with logged as (
      insert into tasks.task_log (street, task, step, at, act, state, to_person, to_title, to_unit)
      select ${task.street}, task, step, at, act, state, to_person, to_title, to_unit
      from jsonb_populate_recordset(null::tasks.task_log, ${JSON.stringify(steps)}::jsonb)
    )
    insert into tasks.concerned (street, task, person, post, part, tier, since)
    select ${task.street}, ${task.task}, person, post, part, tier, since
    from jsonb_populate_recordset(null::tasks.concerned, ${JSON.stringify(rows)}::jsonb)`.execute(
    tx,
  )
}

function rowOf(task: Task): Record<string, unknown> {
  return {
    id: task.task,
    ...{ state: task.state, responsible: task.responsible, post: task.post, tier: task.tier },
    times_told: task.timesTold,
    acknowledge_by: toDate(task.acknowledgeBy),
    due_at: toDate(task.dueAt),
    next_at: maybeDate(task.nextAt),
    acknowledged_at: maybeDate(task.acknowledgedAt),
    closed_at: maybeDate(task.closedAt),
    ...{ outcome: task.outcome, words: task.words },
    offered_to: task.offer?.to ?? null,
    offered_until: maybeDate(task.offer?.until ?? null),
    offer_reason: task.offer?.reason ?? null,
  }
}

function stepRows({ task, steps }: Pick<Change, 'task' | 'steps'>): Record<string, unknown>[] {
  return steps.map((step, at) => ({
    task: task.task,
    ...{ step: at + 1, at: toDate(step.at), act: step.act, state: step.state },
    ...{ actor: step.by?.person ?? null, post: step.by?.post ?? null },
    ...{ title: step.by?.title ?? null, unit: step.by?.unit ?? null },
    ...{ outcome: step.outcome ?? null, words: step.words ?? null },
    to_person: step.to?.person ?? null,
    ...{ to_title: step.to?.title ?? null, to_unit: step.to?.unit ?? null },
    ...{ key: step.key ?? null, proof: step.proof ?? null },
    done_at: maybeDate(step.doneAt ?? null),
  }))
}

function maybeDate(instant: Instant | null): Date | null {
  return instant === null ? null : toDate(instant)
}

/** Who is concerned in some tasks, in the order in which they were told. */
export async function concernedIn(
  tx: Tx,
  tasks: readonly TaskId[],
): Promise<Map<TaskId, Concerned[]>> {
  const found = new Map<TaskId, Concerned[]>(tasks.map((task) => [task, []]))
  if (tasks.length === 0) return found
  const rows = await tables<TasksTables>(tx)
    .selectFrom('tasks.concerned')
    .selectAll()
    .where('task', 'in', [...tasks])
    .orderBy('since')
    .orderBy('person')
    .execute()
  for (const row of rows) {
    found.get(row.task as TaskId)?.push({
      person: row.person as PersonId,
      post: row.post as PostId,
      part: row.part as Part,
      tier: row.tier,
      since: toInstant(row.since),
    })
  }
  return found
}

/** Whether an act that may be sent twice was done already. */
export async function hasKey(tx: Tx, task: TaskId, key: string): Promise<boolean> {
  const row = await tables<TasksTables>(tx)
    .selectFrom('tasks.task_log as log')
    .select('log.step')
    .where('log.task', '=', task)
    .where('log.key', '=', key)
    .executeTakeFirst()
  return row !== undefined
}
