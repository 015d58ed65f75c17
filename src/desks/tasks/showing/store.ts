import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId } from '../../../kernel/ids.ts'
import { tables, toDate, type Tx } from '../../../platform/sql.ts'
import { taskOf } from '../store.ts'
import type { TasksTables } from '../tables.gen.ts'
import type { Part, Task, TaskKind, TaskState } from '../types.ts'

export type Mine = { task: Task; part: Part }

/** What somebody is concerned in: open, or closed since; what has left them where asked for. */
export async function tasksOf(
  tx: Tx,
  who: PersonId,
  which: { open: true; closedSince?: Instant } | { closedSince: Instant; withLeft: true },
): Promise<Mine[]> {
  const since = which.closedSince === undefined ? null : toDate(which.closedSince)
  const rows = await tables<TasksTables>(tx)
    .selectFrom('tasks.task as task')
    .innerJoin('tasks.concerned as own', (join) =>
      join.onRef('own.street', '=', 'task.street').onRef('own.task', '=', 'task.id'),
    )
    .selectAll('task')
    .select('own.part')
    .where('own.person', '=', who)
    .where((its) => {
      const open = its('task.state', '<>', 'closed')
      const closed = its.and([its('task.state', '=', 'closed'), its('task.closed_at', '>=', since)])
      return 'open' in which ? (since === null ? open : its.or([open, closed])) : closed
    })
    .where((its) => its.or([its('own.part', '<>', 'declined'), its.val('withLeft' in which)]))
    .orderBy('task.opened_at', 'desc')
    .limit(500)
    .execute()
  return rows.map(({ part, ...row }) => ({ task: taskOf(row), part: part as Part }))
}

export type Hand = { open: number; now: { kind: TaskKind; state: TaskState } | null }

/** How many tasks some people have, and the one that is furthest on its way. */
export async function handsOf(tx: Tx, people: readonly PersonId[]): Promise<Map<PersonId, Hand>> {
  const { rows } = await sql<{ person: PersonId; open: number; kind: TaskKind; state: TaskState }>`
    select distinct on (responsible) responsible as person, kind, state,
      count(*) over (partition by responsible)::int as open
    from tasks.task
    where state <> 'closed' and responsible = any(${[...people]}::uuid[])
    order by responsible, array_position(
      array['at-the-door', 'on-the-way', 'acknowledged', 'found', 'raised'], state), next_at`.execute(
    tx,
  )
  return new Map(
    rows.map(({ person, open, kind, state }) => [person, { open, now: { kind, state } }]),
  )
}
