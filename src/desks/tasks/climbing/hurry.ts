import { minuteMs, type Instant } from '../../../kernel/clock.ts'
import type { TaskId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { concernedIn, makeTrue } from '../changing/index.ts'
import { setUrgent, taskToChange } from '../store.ts'
import type { Change, Concerned, Facts, Task } from '../types.ts'
import { rosterFor } from './climb.ts'
import { changed, toldAt } from './decide.ts'
import type { Ladders } from './types.ts'

/** To answer, and to have it done, once somebody called for help (product). */
const answerMsMax = 5 * minuteMs
const doneMsMax = 30 * minuteMs

/**
 * Somebody called for help while a task about them waits or is on its way: it is an emergency from
 * now on. Whoever has it is told again, the duty officer hears of it, and its clocks are short.
 * False: it is closed, or is one already.
 */
export async function hurryTask(
  given: Given,
  tx: Tx,
  id: TaskId,
  help: NonNullable<Facts['help']>,
): Promise<boolean> {
  const task = await taskToChange(tx, id)
  if (!task || task.state === 'closed' || task.urgency === 'emergency') return false
  const now = given.clock.now()
  const urgent: Task = { ...task, urgency: 'emergency', facts: { ...task.facts, help } }
  await setUrgent(tx, urgent)
  const roster = await rosterFor(tx, task.committee, task.tiers, now)
  const concerned = (await concernedIn(tx, [id])).get(id) ?? []
  const ladders = roster.laddersAt(task.kind, task.place)
  const change = decideHurry(urgent, concerned, ladders, now)
  await makeTrue(given, tx, task.street, [{ change, concerned }])
  return true
}

function decideHurry(
  task: Task,
  concerned: readonly Concerned[],
  ladders: Ladders,
  now: Instant,
): Change {
  const { state, responsible, nextAt } = task
  const isRaised = state === 'raised'
  const acknowledgeBy = isRaised
    ? Math.min(task.acknowledgeBy, now + answerMsMax)
    : task.acknowledgeBy
  const dueAt = Math.min(task.dueAt, now + doneMsMax)
  const lookAt = isRaised ? acknowledgeBy : now + answerMsMax
  const officer = ladders('duty-officer')[0]
  const isNews = officer && !concerned.some(({ person }) => person === officer.person)
  const told = new Set([responsible, ...(officer ? [officer.person] : [])])
  return {
    ...changed(task, {
      ...{ acknowledgeBy, dueAt, timesTold: task.timesTold + 1 },
      nextAt: Math.min(nextAt ?? lookAt, lookAt),
    }),
    concerned: isNews ? [toldAt(officer, now)] : [],
    steps: [{ act: 'again', state, at: now, by: null }],
    notes: [...told].map((person) => ({ person, says: 'task-again' })),
  }
}
