import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId, StreetCode, TaskId } from '../../../kernel/ids.ts'
import { tables, toDate, toInstant, type Tx } from '../../../platform/sql.ts'
import type { TasksTables } from '../tables.gen.ts'

type Photo = {
  street: StreetCode
  id: string
  task: TaskId
  takenAt: Instant
  actor: PersonId
  bytes: Buffer
  says: string
}

export async function addPhoto(tx: Tx, { takenAt, ...photo }: Photo): Promise<void> {
  await tables<TasksTables>(tx)
    .insertInto('tasks.photo')
    .values({ ...photo, taken_at: toDate(takenAt) })
    .execute()
}

/** Without the pictures themselves. */
export async function photosOf(tx: Tx, task: TaskId) {
  const rows = await tables<TasksTables>(tx)
    .selectFrom('tasks.photo')
    .select(['id', 'taken_at', 'says'])
    .where('task', '=', task)
    .orderBy('taken_at')
    .orderBy('id')
    .execute()
  return rows.map(({ id, taken_at, says }) => ({ photo: id, takenAt: toInstant(taken_at), says }))
}

export async function photoNamed(tx: Tx, id: string) {
  return tables<TasksTables>(tx)
    .selectFrom('tasks.photo')
    .select(['task', 'actor', 'bytes', 'says'])
    .where('id', '=', id)
    .executeTakeFirst()
}
