import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { Outcome } from '../../../kernel/event.ts'
import type { PlaceCode, StreetCode, TaskId } from '../../../kernel/ids.ts'
import { maybeInstant, tables, toDate, type Tx } from '../../../platform/sql.ts'
import type { TasksTables } from '../tables.gen.ts'
import type { Reportable, TaskState } from '../types.ts'
import { shownMax } from './types.ts'

export async function addReport(
  tx: Tx,
  report: {
    street: StreetCode
    id: string
    task: TaskId
    what: Reportable
    words: string
    receipt: Buffer
    mark: Buffer | null
    madeOn: string
  },
): Promise<void> {
  const { madeOn, ...row } = report
  await tables<TasksTables>(tx)
    .insertInto('tasks.report')
    .values({ ...row, made_on: madeOn })
    .execute()
}

/** Which of these marks are taken. */
export async function marksTaken(tx: Tx, marks: readonly Buffer[]): Promise<Buffer[]> {
  const rows = await tables<TasksTables>(tx)
    .selectFrom('tasks.report')
    .select('mark')
    .where('mark', 'in', [...marks])
    .execute()
  return rows.flatMap(({ mark }) => (mark ? [mark] : []))
}

export type Found = {
  what: Reportable
  words: string
  place: PlaceCode
  madeOn: string
  state: TaskState
  outcome: Outcome | null
  closedAt: Instant | null
}

/** Of all streets; whoever asks shows a secret for each. The newest first. */
export async function reportsBy(
  tx: Tx,
  which: { marks: readonly Buffer[] } | { receipt: Buffer },
): Promise<Found[]> {
  const [column, values] =
    'marks' in which
      ? (['report.mark', which.marks] as const)
      : (['report.receipt', [which.receipt]] as const)
  const rows = await tables<TasksTables>(tx)
    .selectFrom('tasks.report as report')
    .innerJoin('tasks.task as task', (on) =>
      on.onRef('task.street', '=', 'report.street').onRef('task.id', '=', 'report.task'),
    )
    .select(['report.what', 'report.words', 'report.made_on'])
    .select(['task.place', 'task.state', 'task.outcome', 'task.closed_at'])
    .where(column, 'in', [...values])
    .orderBy('report.id', 'desc')
    .limit(shownMax)
    .execute()
  return rows.map((row) => ({
    ...{ what: row.what as Reportable, words: row.words, place: row.place as PlaceCode },
    madeOn: row.made_on,
    ...{ state: row.state as TaskState, outcome: row.outcome as Outcome | null },
    closedAt: maybeInstant(row.closed_at),
  }))
}

/** Tasks with a report that were closed before. */
export async function reportedBefore(tx: Tx, before: Instant): Promise<string[]> {
  const { rows } = await sql<{ task: string }>`
    select distinct report.task from tasks.report as report join tasks.task as task
      on task.street = report.street and task.id = report.task
    where task.state = 'closed' and task.closed_at < ${toDate(before)}`.execute(tx)
  return rows.map(({ task }) => task)
}
