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
import { openQueue, type Queue } from './queue.ts'
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

type Memory = {
  street: Street
  costs: Costs
  ears: Ears
  rows: Map<TaskId, Row>
  openOf: Map<string, TaskId>
  /** Changed since the last look. */
  fresh: Set<TaskId>
  due: Queue<TaskId>
  rosterAt: ReturnType<typeof rostersOf>
  made: number
  restedAt: Instant
}

export function openProgram(street: Street, costs: Costs, ears: Ears) {
  const memory: Memory = {
    ...{ street, costs, ears, rows: new Map(), openOf: new Map(), fresh: new Set() },
    ...{ due: openQueue<TaskId>(), rosterAt: rostersOf(street), made: 0, restedAt: 0 },
  }
  return {
    rows: memory.rows,
    open: (asked: Asked, dueAt: Instant, now: Instant) => open(memory, asked, dueAt, now),
    act: (id: TaskId, act: Act, by: Somebody, at: Instant, more: Doing = {}) =>
      actOn(memory, id, act, by, at, more),
    /** When the next pass that has something to do begins. */
    nextPass(now: Instant): Instant {
      const at = Math.max(memory.due.next(), now)
      if (at === Number.POSITIVE_INFINITY) return at
      const rounds = Math.max(1, Math.ceil((at - memory.restedAt) / tickMs))
      return memory.restedAt + rounds * tickMs
    },
    begin(now: Instant): void {
      memory.restedAt = now
    },
    pass: (began: Instant, dies: Instant) => pass(memory, began, dies),
    lookOver: (now: Instant, isAll: boolean) => lookOver(memory, now, isAll),
  }
}

function keyOf({ rule, subject }: Pick<Task, 'rule' | 'subject'>): string {
  return `${rule} ${subject}`
}

function become(
  { rows, openOf, fresh, due, ears }: Memory,
  row: Row,
  change: Change,
  at: Instant,
  dueAt: Instant | null,
): void {
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

/** One transaction: the task that is there, or a new one; undefined where nobody is there. */
function open(memory: Memory, asked: Asked, dueAt: Instant, now: Instant): Row | undefined {
  const { rows, openOf, fresh, due, ears, street, rosterAt } = memory
  const there = openOf.get(keyOf(asked))
  if (there) return rows.get(there)
  const committee = committeeOf(asked.place)
  const task = `task-${(memory.made += 1)}` as TaskId
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
}

type Doing = { outcome?: Task['outcome']; to?: Somebody; anyway?: boolean }

function actOn(
  memory: Memory,
  id: TaskId,
  act: Act,
  by: Somebody,
  at: Instant,
  { outcome, ...more }: Doing,
): Row | Fault | undefined {
  const row = memory.rows.get(id)
  if (!row) return undefined
  const { task } = row
  const change = decideAct(task, row.concerned, {
    ...{ act, by, at, from: task.state, ...more },
    ...(outcome ? { outcome } : {}),
    ladders: memory.rosterAt(task, at).laddersAt(task.kind, task.place),
  })
  if (isFault(change)) return change
  become(memory, row, change, at, null)
  return row
}

type Late = { row: Row; nextAt: Instant }

/** One pass; what is not committed before `dies` has not happened. Answers when it ends. */
function pass(memory: Memory, began: Instant, dies: Instant): Instant {
  const { due, costs, rosterAt } = memory
  let now = began + costs.passMs + costs.stallMs()
  while (due.next() <= began && now < dies) {
    const batch = dueBy(memory, began)
    const commit = now + batch.length * costs.stepMs
    if (commit >= dies) {
      for (const { row, nextAt } of batch) due.put(nextAt, row.task.task)
      return dies
    }
    for (const { row, nextAt } of batch) {
      const { task } = row
      const ladders = rosterAt(task, now).laddersAt(task.kind, task.place)
      const change = decideClimb(task, row.concerned, ladders, now)
      if (change) become(memory, row, change, commit, nextAt)
    }
    now = commit
  }
  memory.restedAt = now
  return now
}

/** A time that moved on meanwhile stands in the queue for itself. */
function dueBy({ due, rows }: Memory, began: Instant): Late[] {
  const batch: Late[] = []
  while (due.next() <= began && batch.length < batchMax) {
    const nextAt = due.next()
    const row = rows.get(due.take() as TaskId)
    if (row && row.task.nextAt === nextAt) batch.push({ row, nextAt })
  }
  return batch
}

/** The look of each minute: at all, or where no roster has changed since at what has. */
function lookOver(memory: Memory, now: Instant, isAll: boolean): void {
  const { rows, fresh, rosterAt } = memory
  const ids = isAll ? [...rows.keys()] : [...fresh]
  fresh.clear()
  for (const row of ids.flatMap((id) => rows.get(id) ?? [])) {
    const { task } = row
    const roster = rosterAt(task, now)
    const ladders = roster.laddersAt(task.kind, task.place)
    const owner = roster.ownerOf(task.responsible)
    const change = decideMove(task, row.concerned, ladders, owner, now)
    if (change) become(memory, row, change, now, null)
  }
}
