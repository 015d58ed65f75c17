/**
 * The judge knows nothing of how the program decides. It knows what was promised: whoever answers
 * for a task is one, and is there; nothing waits past its time; nothing is done twice; and whoever
 * is not answered is passed on, at last to a duty officer. Only time in which the program ran
 * counts.
 */
import { hourMs, minuteMs, secondMs, type Instant } from '../../../src/kernel/clock.ts'
import type { PersonId, TaskId } from '../../../src/kernel/ids.ts'
import type { Change, Task } from '../../../src/desks/tasks/index.ts'
import type { Row } from './program.ts'

/**
 * Later than this is late, and counted as late. What the look of each minute has not mended either
 * was not escalated at all.
 */
export const lateMs = 10 * secondMs
const lookMs = minuteMs + lateMs
/** How many of one tier are asked before the next is, at most. */
const perTierMax = 3
/** An offer to a colleague may hold a task so long, each time. */
const offerMs = 30 * minuteMs
/** Acknowledged and left: so long at most, by kind (care and hazards two hours). */
const leftMsMax: Record<Task['kind'], number> = {
  ...{ 'care-visit': 2 * hourMs, hazard: 2 * hourMs },
  ...{ 'device-repair': 24 * hourMs, 'roster-gap': 24 * hourMs },
  ...{ 'home-check': 72 * hourMs, 'care-offer': 168 * hourMs },
}

export type Found = {
  alarms: number
  steps: number
  unowned: number
  unescalated: number
  doubled: number
  /** Alarms of which some step was late while the program ran. */
  late: number
  lateMsMax: number
  /** Steps whose time fell into a downtime, and how long after it they were taken at most. */
  downSteps: number
  downMsMax: number
  /** What happened at all: a run in which nothing goes wrong proves nothing. */
  seen: Record<string, number>
  /** Some of what was wrong, in words. */
  wrong: string[]
}

type Watched = {
  /** Uptime at which it was raised, or came back, without an answer since. */
  since: number | null
  offers: number
  /** So often it was moved because its owner was gone: each begins a clock. */
  moves: number
  officerTold: boolean
  toldAt: number
  isLate: boolean
  stepped: Set<Instant>
  acknowledgedAt: number | null
}

const wrongMax = 20

type Bench = {
  found: Found
  watched: Map<TaskId, Watched>
  tasksOf: Map<string, TaskId>
  isOfficer: (person: PersonId) => boolean
  /** How long the program has run by then. */
  upAt: (at: Instant) => number
}

export type Judge = ReturnType<typeof openJudge>

export function openJudge(isOfficer: Bench['isOfficer'], upAt: Bench['upAt']) {
  const found: Found = {
    ...{ alarms: 0, steps: 0, unowned: 0, unescalated: 0, doubled: 0, late: 0, lateMsMax: 0 },
    ...{ downSteps: 0, downMsMax: 0, seen: {}, wrong: [] },
  }
  const bench: Bench = { found, watched: new Map(), tasksOf: new Map(), isOfficer, upAt }
  return {
    found,
    count: (what: string) => count(found, what),
    opened: (row: Row, at: Instant) => opened(bench, row, at),
    changed: (before: Task, row: Row, change: Change, at: Instant, due: Due) =>
      changed(bench, before, row, change, at, due),
    /** Somebody holds no post any more; a look has had its time since. */
    gone(rows: Iterable<Row>, person: PersonId): void {
      for (const { task } of rows) {
        if (task.responsible === person) blame(found, 'unowned', task, 'its owner holds no post')
      }
    },
    /** Somebody is on leave and others are there: nothing that they do not go for is theirs. */
    away(rows: Iterable<Row>, person: PersonId, at: Instant): void {
      for (const { task, concerned } of rows) {
        const isIdle = task.state === 'raised' || task.state === 'acknowledged'
        const mine = concerned.find((one) => one.person === person)
        const isNew = mine !== undefined && upAt(at) - upAt(mine.since) < lookMs
        if (task.responsible === person && isIdle && !isNew) {
          blame(found, 'unowned', task, 'its owner is on leave')
        }
      }
    },
    ended: (rows: Iterable<Row>, at: Instant, upSince: Instant) => ended(bench, rows, at, upSince),
  }
}

/** When a step was due, null where nobody waited for it; and since when the program runs. */
type Due = { due: Instant | null; upSince: Instant }

function blame(
  found: Found,
  what: 'unowned' | 'unescalated' | 'doubled',
  task: Task,
  why: string,
): void {
  found[what]++
  if (found.wrong.length < wrongMax) found.wrong.push(`${what} ${task.task} ${task.state}: ${why}`)
}

function count(found: Found, what: string): void {
  found.seen[what] = (found.seen[what] ?? 0) + 1
}

function opened({ found, watched, tasksOf, isOfficer, upAt }: Bench, row: Row, at: Instant): void {
  const { task } = row
  const now = upAt(at)
  found.alarms++
  const key = `${task.rule} ${task.subject}`
  if (tasksOf.has(key)) blame(found, 'doubled', task, 'another task is open on the same matter')
  tasksOf.set(key, task.task)
  watched.set(task.task, {
    ...{ since: now, offers: 0, moves: 0, toldAt: now, isLate: false, stepped: new Set() },
    officerTold: row.concerned.some(({ person }) => isOfficer(person)),
    acknowledgedAt: null,
  })
  oneOwner(found, row)
}

function oneOwner(found: Found, { task, concerned }: Row): void {
  const owners = concerned.filter(({ part }) => part === 'responsible')
  if (owners.length > 1) blame(found, 'doubled', task, 'two are responsible')
  if (owners.length === 0 || owners.every(({ person }) => person !== task.responsible)) {
    blame(found, 'unowned', task, 'nobody is responsible')
  }
  const isOpen = task.state !== 'closed'
  if (isOpen && task.nextAt === null) blame(found, 'unescalated', task, 'nobody looks again')
}

function changed(
  bench: Bench,
  before: Task,
  row: Row,
  change: Change,
  at: Instant,
  due: Due,
): void {
  const { found, watched, tasksOf, isOfficer, upAt } = bench
  const one = watched.get(before.task)
  if (!one) return
  const now = upAt(at)
  const { task } = row
  for (const { act } of change.steps) count(found, act)
  oneOwner(found, row)
  inTime(found, one, task, at, due)
  passedOn(found, before, one, now)
  leftAlone(found, before, one, now)
  if (change.set.offer) one.offers++
  if (change.steps.some(({ act }) => act === 'move')) one.moves++
  if (change.notes.length > 0) one.toldAt = now
  one.officerTold ||= row.concerned.some(
    ({ person, part }) => isOfficer(person) && part !== 'declined',
  )
  if (task.state === 'raised') one.since ??= now
  else one.since = null
  const isFresh = change.steps.some(({ act }) => act !== 'ask-help' && act !== 'help')
  if (task.state !== 'acknowledged') one.acknowledgedAt = null
  else if (isFresh) one.acknowledgedAt = now
  if (task.state === 'closed') {
    watched.delete(task.task)
    tasksOf.delete(`${task.rule} ${task.subject}`)
  }
}

function inTime(found: Found, one: Watched, task: Task, at: Instant, { due, upSince }: Due): void {
  if (due === null) return
  found.steps++
  if (one.stepped.has(due)) blame(found, 'doubled', task, 'one step was taken twice')
  one.stepped.add(due)
  const behind = at - Math.max(due, upSince)
  found.lateMsMax = Math.max(found.lateMsMax, behind)
  if (behind > lateMs && !one.isLate) {
    one.isLate = true
    found.late++
  }
  if (due < upSince) {
    found.downSteps++
    found.downMsMax = Math.max(found.downMsMax, at - due)
  }
}

/** Told in time since the last telling, and past everybody of every tier to an officer. */
function passedOn(found: Found, task: Task, one: Watched, now: number): void {
  if (one.since === null) return
  const answerMs = Math.max(...task.tiers.map((tier) => tier.answerMs))
  const slack = one.offers * offerMs + lateMs
  if (now - one.toldAt > answerMs + one.offers * offerMs + lookMs) {
    const seconds = Math.round((now - one.toldAt) / 1000)
    blame(found, 'unescalated', task, `nobody was told for ${seconds} s`)
    one.toldAt = now
  }
  const before = task.tiers.slice(0, -1)
  const asked = perTierMax * before.reduce((sum, tier) => sum + tier.answerMs + lateMs, 0)
  const moved = one.moves * answerMs
  if (!one.officerTold && now - one.since > asked + moved + slack) {
    blame(found, 'unescalated', task, 'no duty officer was told')
    one.officerTold = true
  }
}

function leftAlone(found: Found, task: Task, one: Watched, now: number): void {
  if (one.acknowledgedAt === null) return
  const most = task.urgency === 'emergency' ? 10 * minuteMs : leftMsMax[task.kind]
  if (now - one.acknowledgedAt > most + one.offers * offerMs + lookMs) {
    blame(found, 'unescalated', task, 'acknowledged and forgotten, and it did not come back')
    one.acknowledgedAt = now
  }
}

/** At the end: what is still open must not have been waiting. */
function ended(
  { found, watched, upAt }: Bench,
  rows: Iterable<Row>,
  at: Instant,
  upSince: Instant,
): void {
  const now = upAt(at)
  for (const { task } of rows) {
    const one = watched.get(task.task)
    if (!one) continue
    passedOn(found, task, one, now)
    leftAlone(found, task, one, now)
    const since = Math.max(task.nextAt ?? 0, upSince)
    if (at - since > lookMs) blame(found, 'unescalated', task, 'its time is over, and nothing is')
    count(found, 'open at the end')
  }
}

export { lookMs as lookMsMax }
