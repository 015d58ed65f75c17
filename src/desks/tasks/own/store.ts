import { sql } from 'kysely'
import type { PersonId } from '../../../kernel/ids.ts'
import type { Tx } from '../../../platform/sql.ts'
import type { About, Hold } from '../../../ground/privacy/index.ts'

type Rows = Record<string, unknown>[]

/** What somebody was sent for, and what was found. */
export async function tasksAbout(tx: Tx, person: PersonId): Promise<Rows> {
  const { rows } = await sql<Rows[number]>`
    select kind as matter, place as home, opened_at as "openedAt", state, outcome, words,
      closed_at as "closedAt"
    from tasks.task where person = ${person} order by opened_at desc`.execute(tx)
  return rows
}

/** What they were asked to do at work: whose door it was is not theirs to take along. */
export async function tasksOf(tx: Tx, person: PersonId): Promise<Rows> {
  const { rows } = await sql<Rows[number]>`
    select task.kind as matter, concerned.part as kind, concerned.since as "from", task.state,
      task.outcome
    from tasks.concerned join tasks.task
      on task.street = concerned.street and task.id = concerned.task
    where concerned.person = ${person} order by concerned.since desc`.execute(tx)
  return rows
}

export async function holdsOf(tx: Tx, { person }: About): Promise<Hold[]> {
  const { rows } = await sql`
    select 1 from tasks.task where state <> 'closed' and (person = ${person}
      or exists (select from tasks.concerned where concerned.street = task.street
        and concerned.task = task.id and concerned.person = ${person} and part <> 'told'))
    limit 1`.execute(tx)
  return rows.length > 0 ? [{ why: 'open-matter', until: null }] : []
}

/** The post that did it stays in a task's history, and says no name. */
export async function forgetWork(tx: Tx, person: PersonId): Promise<number> {
  const statements = [
    sql`delete from tasks.concerned where person = ${person}`,
    sql`update tasks.task_log set actor = null where actor = ${person}`,
    sql`update tasks.task_log set to_person = null where to_person = ${person}`,
    sql`update tasks.task set offered_to = null, offered_until = null, offer_reason = null
      where offered_to = ${person}`,
  ]
  let gone = 0
  for (const each of statements) gone += Number((await each.execute(tx)).numAffectedRows ?? 0)
  return gone
}
