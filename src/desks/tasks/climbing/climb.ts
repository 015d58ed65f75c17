import { knownOf, type BodyKind } from '../../../ground/duties/index.ts'
import type { CommitteeCode, StreetCode, TaskId } from '../../../kernel/ids.ts'
import type { Capacity } from '../../../kernel/matter.ts'
import type { Given } from '../../../platform/given.ts'
import { errorFacts } from '../../../platform/log.ts'
import type { Tx } from '../../../platform/sql.ts'
import { concernedIn, makeTrue, type Decided } from '../changing/index.ts'
import type { Change, Concerned, Task, Tier } from '../types.ts'
import { decideClimb } from './decide.ts'
import { rosterOf, type Roster } from './roster.ts'
import { dueTasks, tasksToMove } from './store.ts'

/** So many tasks climb in one transaction, and so many in one call. */
const batchMax = 100
const dueMax = 2_000

/**
 * Whatever has waited to its time takes its next step; called every second or two. A step is taken
 * once: its task's row is locked, and its time moves on in the same transaction. One task that
 * fails holds up no other. Answers how many steps were taken.
 */
export async function climb(given: Given): Promise<number> {
  let steps = 0
  for (;;) {
    const due = await given.db.asOwner((tx) => dueTasks(tx, given.clock.now(), dueMax))
    let done = 0
    for (const [street, its] of Map.groupBy(due, (one) => one.street)) {
      for (let at = 0; at < its.length; at += batchMax) {
        const tasks = its.slice(at, at + batchMax).map(({ task }) => task)
        done += await climbOrEach(given, street, tasks)
      }
    }
    steps += done
    // More than one call takes: on, as long as it gets less.
    if (due.length < dueMax || done === 0) return steps
  }
}

async function climbOrEach(
  given: Given,
  street: StreetCode,
  tasks: readonly TaskId[],
): Promise<number> {
  try {
    return await moveSome(given, street, tasks, (task, concerned, roster, now) =>
      decideClimb(task, concerned, roster.laddersAt(task.kind, task.place), now),
    )
  } catch (error) {
    given.log.say('tasks.climb-failed', { tasks: tasks.length, ...errorFacts(error) })
    if (tasks.length <= 1) return 0
    let steps = 0
    for (const task of tasks) steps += await climbOrEach(given, street, [task])
    return steps
  }
}

export type Deciding = (
  task: Task,
  concerned: readonly Concerned[],
  roster: Roster,
  now: number,
) => Change | undefined

/** Locks some open tasks of a street, decides for each, and makes it true, in one transaction. */
export async function moveSome(
  given: Given,
  street: StreetCode,
  ids: readonly TaskId[],
  decide: Deciding,
): Promise<number> {
  return given.db.inStreet({ street }, async (tx) => {
    const tasks = await tasksToMove(tx, ids)
    const concernedOf = await concernedIn(
      tx,
      tasks.map(({ task }) => task),
    )
    const now = given.clock.now()
    const roster = await rosterNow(tx, now)
    const decided = tasks.flatMap((task): Decided[] => {
      const concerned = concernedOf.get(task.task) ?? []
      const change = decide(task, concerned, roster, now)
      return change ? [{ change, concerned }] : []
    })
    await makeTrue(given, tx, street, decided)
    return decided.length
  })
}

export async function rosterNow(tx: Tx, now: number): Promise<Roster> {
  return rosterOf(await knownOf(tx, { from: now, to: now + 1 }), now)
}

const usual: ReadonlySet<Capacity> = new Set(['worker', 'duty-officer'])
const street: readonly BodyKind[] = ['street']
const withOthers: readonly BodyKind[] = ['street', 'property', 'police', 'clinic', 'volunteers']

/** What the tiers of one task at one place need, and no more: an alarm waits for it. */
export async function rosterFor(
  tx: Tx,
  committee: CommitteeCode,
  tiers: readonly Tier[],
  now: number,
): Promise<Roster> {
  const kinds = tiers.every(({ as }) => usual.has(as)) ? street : withOthers
  return rosterOf(await knownOf(tx, { from: now, to: now + 1 }, { committee, kinds }), now)
}
