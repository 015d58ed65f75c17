/**
 * The program as it is in a street's memory: rows change only as the product's own decisions say,
 * one batch at a time, and a batch that a death cuts off has not happened. Its passes take time.
 */
import type { Instant } from '../../../src/kernel/clock.ts'
import { isFault, type Fault } from '../../../src/kernel/fault.ts'
import type { TaskId } from '../../../src/kernel/ids.ts'
import {
  decideAct,
  decideClimb,
  decideMove,
  decideOpening,
  rosterOf,
  type Act,
  type Asked,
  type Change,
  type Concerned,
  type Somebody,
  type Task,
} from '../../../src/desks/tasks/index.ts'
import { committeeOf } from '../../../src/ground/places/index.ts'
import { openQueue } from './queue.ts'
import type { Street } from './street.ts'

export type Row = { task: Task; concerned: Concerned[] }

/** Who hears of everything that became true. `late`: of a step whose time had come. */
export type Ears = {
  opened(row: Row, at: Instant): void
  changed(before: Task, row: Row, change: Change, at: Instant, due: Instant | null): void
}

export type Costs = {
  passMs: number
  stepMs: number
  /** How long the machine holds up a pass, now and then. */
  stallMs(): number
}

export const tickMs = 1_000
export const lookMs = 60_000
const batchMax = 100

export type Program = ReturnType<typeof openProgram>
type Roster = ReturnType<typeof rosterOf>

function kept(roster: Roster): Roster {
  const made = new Map<string, ReturnType<Roster['laddersAt']>>()
  return {
    ...roster,
    laddersAt(matter, place) {
      const key = `${matter} ${place}`
      const ladders = made.get(key) ?? roster.laddersAt(matter, place)
      made.set(key, ladders)
      return ladders
    },
  }
}

/** Between two moments at which a roster changes it says the same to everybody. */
function rostersOf(street: Street) {
  const { changes } = street
  let held = new Map<string, Roster>()
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  return ({ place }: Pick<Task, 'place'>, now: Instant) => {
    if (now < from || now >= to) {
      const next = changes.findIndex((at) => at > now)
      from = (next < 0 ? changes.at(-1) : changes[next - 1]) ?? Number.NEGATIVE_INFINITY
      to = next < 0 ? Number.POSITIVE_INFINITY : (changes[next] ?? 0)
      held = new Map()
    }
    const committee = committeeOf(place)
    const roster = held.get(committee) ?? kept(rosterOf(street.knownAt(committee, now), now))
    held.set(committee, roster)
    return roster
  }
}

export function openProgram(street: Street, costs: Costs, ears: Ears) {
  const rows = new Map<TaskId, Row>()
  const openOf = new Map<string, TaskId>()
  const fresh = new Set<TaskId>()
  const due = openQueue<TaskId>()
  let made = 0
  let restedAt = 0

  const keyOf = ({ rule, subject }: Pick<Task, 'rule' | 'subject'>) => `${rule} ${subject}`
  const rosterAt = rostersOf(street)

  const become = (row: Row, change: Change, at: Instant, dueAt: Instant | null): void => {
    const before = row.task
    row.task = { ...before, ...change.set }
    for (const one of change.concerned) {
      const known = row.concerned.findIndex(({ person }) => person === one.person)
      if (known < 0) row.concerned.push(one)
      else row.concerned[known] = one
    }
    const { task } = row
    fresh.add(task.task)
    if (task.nextAt !== null && task.nextAt !== before.nextAt) due.put(task.nextAt, task.task)
    if (task.state === 'closed') openOf.delete(keyOf(task))
    ears.changed(before, row, change, at, dueAt)
    if (task.state === 'closed') rows.delete(task.task)
  }

  return {
    rows,
    /** One transaction: the task that is there, or a new one; undefined where nobody is there. */
    open(asked: Asked, dueAt: Instant, now: Instant): Row | undefined {
      const there = openOf.get(keyOf(asked))
      if (there) return rows.get(there)
      const committee = committeeOf(asked.place)
      const task = `task-${(made += 1)}` as TaskId
      const begun = { task, street: street.code as Task['street'], committee, dueAt }
      const ladders = rosterAt(asked, now).laddersAt(asked.kind, asked.place)
      const opening = decideOpening(asked, { ...begun, dueKind: 'hour' }, ladders, now)
      if (!opening) return undefined
      const row = { task: opening.task, concerned: [...opening.concerned] }
      rows.set(task, row)
      fresh.add(task)
      openOf.set(keyOf(asked), task)
      if (row.task.nextAt !== null) due.put(row.task.nextAt, task)
      ears.opened(row, now)
      return row
    },
    act(
      id: TaskId,
      act: Act,
      by: Somebody,
      at: Instant,
      more: { outcome?: Task['outcome']; to?: Somebody; anyway?: boolean } = {},
    ): Row | Fault | undefined {
      const row = rows.get(id)
      if (!row) return undefined
      const { task } = row
      const { outcome, ...rest } = more
      const change = decideAct(task, row.concerned, {
        ...{ act, by, at, from: task.state, ...rest },
        ...(outcome ? { outcome } : {}),
        ladders: rosterAt(task, at).laddersAt(task.kind, task.place),
      })
      if (isFault(change)) return change
      become(row, change, at, null)
      return row
    },
    /** When the next pass that has something to do begins. */
    nextPass(now: Instant): Instant {
      const at = Math.max(due.next(), now)
      if (at === Number.POSITIVE_INFINITY) return at
      const rounds = Math.max(1, Math.ceil((at - restedAt) / tickMs))
      return restedAt + rounds * tickMs
    },
    begin(now: Instant): void {
      restedAt = now
    },
    /** One pass; what is not committed before `dies` has not happened. Answers when it ends. */
    pass(began: Instant, dies: Instant): Instant {
      let now = began + costs.passMs + costs.stallMs()
      while (due.next() <= began && now < dies) {
        const batch: { row: Row; nextAt: Instant }[] = []
        while (due.next() <= began && batch.length < batchMax) {
          const nextAt = due.next()
          const row = rows.get(due.take() as TaskId)
          // A time that moved on meanwhile stands in the queue for itself.
          if (row && row.task.nextAt === nextAt) batch.push({ row, nextAt })
        }
        const commit = now + batch.length * costs.stepMs
        if (commit >= dies) {
          for (const { row, nextAt } of batch) due.put(nextAt, row.task.task)
          return dies
        }
        for (const { row, nextAt } of batch) {
          const { task } = row
          const ladders = rosterAt(task, now).laddersAt(task.kind, task.place)
          const change = decideClimb(task, row.concerned, ladders, now)
          if (change) become(row, change, commit, nextAt)
        }
        now = commit
      }
      restedAt = now
      return now
    },
    /** The look of each minute: at all, or where no roster has changed since at what has. */
    lookOver(now: Instant, isAll: boolean): void {
      const ids = isAll ? [...rows.keys()] : [...fresh]
      fresh.clear()
      for (const row of ids.flatMap((id) => rows.get(id) ?? [])) {
        const { task } = row
        const roster = rosterAt(task, now)
        const ladders = roster.laddersAt(task.kind, task.place)
        const owner = roster.ownerOf(task.responsible)
        const change = decideMove(task, row.concerned, ladders, owner, now)
        if (change) become(row, change, now, null)
      }
    },
  }
}
