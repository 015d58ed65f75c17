import { sql, type RawBuilder } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId, TaskId } from '../../../kernel/ids.ts'
import { tables, toDate, type Tx } from '../../../platform/sql.ts'
import { taskOf } from '../store.ts'
import type { TasksTables } from '../tables.gen.ts'
import type { Facts, Task } from '../types.ts'

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
        facts = ${JSON.stringify(nothing)}, offer_reason = null
      where state = 'closed' and ${where}
      returning street, id
    ), said as (
      update tasks.task_log set words = null from forgotten
      where task_log.street = forgotten.street and task_log.task = forgotten.id
    ), shown as (
      delete from tasks.photo using forgotten
      where photo.street = forgotten.street and photo.task = forgotten.id
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
      select street, id from tasks.task
      where state = 'closed' and closed_at < ${toDate(before)}
    ), lines as (
      delete from tasks.task_log using old
      where task_log.street = old.street and task_log.task = old.id
    ), people as (
      delete from tasks.concerned using old
      where concerned.street = old.street and concerned.task = old.id
    ), pictures as (
      delete from tasks.photo using old
      where photo.street = old.street and photo.task = old.id
    ), gone as (
      delete from tasks.task using old
      where task.street = old.street and task.id = old.id returning 1
    )
    select count(*) as n from gone`.execute(tx)
  return rows[0]?.n ?? 0
}

/** What each minute's look said, after a week. */
export async function forgetProofs(tx: Tx, before: Instant): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with gone as (delete from tasks.proof where at < ${toDate(before)} returning 1)
    select count(*) as n from gone`.execute(tx)
  return rows[0]?.n ?? 0
}
