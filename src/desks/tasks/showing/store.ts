import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId } from '../../../kernel/ids.ts'
import { toDate, type Tx } from '../../../platform/sql.ts'
import { taskOf } from '../store.ts'
import type { Part, Task, TaskKind, TaskState } from '../types.ts'

export type Mine = { task: Task; part: Part }

/**
 * What somebody is concerned in: open, or closed since; what has left them where asked for. It
 * begins with what is open or closed in the street, which is little: whom a street has told for
 * years is concerned in thousands.
 */
export async function tasksOf(
  tx: Tx,
  who: PersonId,
  which: { open: true; closedSince?: Instant } | { closedSince: Instant; withLeft: true },
): Promise<Mine[]> {
  const since = which.closedSince === undefined ? null : toDate(which.closedSince)
  const open = sql`select * from tasks.task where state <> 'closed'`
  const closed = sql`select * from tasks.task where state = 'closed' and closed_at >= ${since}`
  const these =
    'open' in which ? (since === null ? open : sql`${open} union all ${closed}`) : closed
  const { rows } = await sql<Parameters<typeof taskOf>[0] & { part: Part }>`
    with task as materialized (${these})
    select task.*, own.part from task join tasks.concerned as own
      on own.street = task.street and own.task = task.id and own.person = ${who}
    where own.part <> 'declined' or ${'withLeft' in which}
    order by task.opened_at desc limit 500`.execute(tx)
  return rows.map(({ part, ...row }) => ({ task: taskOf(row), part }))
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
