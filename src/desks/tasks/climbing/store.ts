import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { StreetCode, TaskId } from '../../../kernel/ids.ts'
import { tables, toDate, type Tx } from '../../../platform/sql.ts'
import { taskOf } from '../store.ts'
import type { TasksTables } from '../tables.gen.ts'
import type { Task } from '../types.ts'

/** Tasks of all streets whose time has come, the latest first; asked as the owner. */
export async function dueTasks(
  tx: Tx,
  now: Instant,
  limit: number,
): Promise<{ street: StreetCode; task: TaskId }[]> {
  const rows = await tables<TasksTables>(tx)
    .selectFrom('tasks.task')
    .select(['street', 'id'])
    .where('state', '<>', 'closed')
    .where('next_at', '<=', toDate(now))
    .orderBy('next_at')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ street: row.street as StreetCode, task: row.id as TaskId }))
}

/** When the next open task of any street is looked at; asked as the owner. */
export async function nextLook(tx: Tx): Promise<Instant | undefined> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(next_at) as at from tasks.task where state <> 'closed'`.execute(tx)
  return rows[0]?.at?.getTime()
}

/** Locks what nobody else holds: what somebody acts on this moment needs no other push. */
export async function tasksToMove(tx: Tx, ids: readonly TaskId[]): Promise<Task[]> {
  if (ids.length === 0) return []
  const rows = await tables<TasksTables>(tx)
    .selectFrom('tasks.task')
    .selectAll()
    .where('id', 'in', [...ids])
    .where('state', '<>', 'closed')
    .orderBy('id')
    .forUpdate()
    .skipLocked()
    .execute()
  return rows.map(taskOf)
}

/** As many open tasks as a street may have in one look; more are said, and looked at next. */
const openMax = 20_000

/** What a look at every open task of the street needs, the one that waits longest first. */
export async function openOwners(tx: Tx, limit: number = openMax) {
  const { rows } = await sql<{
    id: TaskId
    state: Task['state']
    responsible: Task['responsible']
    next_at: Date
  }>`select id, state, responsible, next_at from tasks.task
    where state <> 'closed' order by next_at limit ${limit}`.execute(tx)
  return rows.map(({ id, state, responsible, next_at }) => ({
    ...{ task: id, state, responsible },
    nextAt: next_at.getTime(),
  }))
}

export async function addProof(
  tx: Tx,
  proof: {
    street: StreetCode
    at: Instant
    open: number
    unowned: number
    unescalated: number
    lateMs: number
  },
): Promise<void> {
  const { street, at, open, unowned, unescalated, lateMs } = proof
  await tables<TasksTables>(tx)
    .insertInto('tasks.proof')
    .values({ street, at: toDate(at), open, unowned, unescalated, late_ms: lateMs })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
