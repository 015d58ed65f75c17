import type { Asker, SignedIn } from '../../kernel/asker.ts'
import type { Look, Seen } from '../../kernel/book.ts'
import { startOfDay } from '../../kernel/calendar.ts'
import type { Instant } from '../../kernel/clock.ts'
import type { Input, Output, Sees } from '../../kernel/endpoint.ts'
import type { Outcome } from '../../kernel/event.ts'
import { fault, isFault, type Fault } from '../../kernel/fault.ts'
import type { PersonId, StreetCode, TaskId } from '../../kernel/ids.ts'
import type { Given } from '../../platform/given.ts'
import type { Tx } from '../../platform/sql.ts'
import { postNamed, responsibleFor } from '../../ground/duties/index.ts'
import { committeeOf, placesOf, type Place } from '../../ground/places/index.ts'
import { deadline, type Duration } from '../../ground/rules/index.ts'
import { notesOf, put, tellPages, wasAcknowledged } from '../delivery/index.ts'
import type * as api from './api.ts'
import {
  acknowledgeMs,
  byDeadline,
  decideAct,
  isForgotten,
  joinFacts,
  nextActs,
  outcomesOf,
} from './decide.ts'
import * as store from './store.ts'
import { joinedMax, type Asked, type Facts, type Task } from './types.ts'

/**
 * Opens a task for whoever is responsible now, in the caller's transaction, or joins the open one
 * of the same rule and subject. `nobody-responsible` leaves the matter with the caller, to ask
 * again.
 */
export async function openTask(
  given: Given,
  tx: Tx,
  street: StreetCode,
  asked: Asked,
  within: Duration,
): Promise<{ task: TaskId; isNew: boolean } | Fault> {
  const [open] = await store.openTasks(tx, { rule: asked.rule, subject: asked.subject })
  if (open) return { task: open.task, isNew: false }
  const responsible = await responsibleFor(given, tx, asked.place)
  if (!responsible) return fault('nobody-responsible')
  const now = given.clock.now()
  const due = await deadline(tx, now, within)
  const { acknowledgeMs: answerMs = acknowledgeMs[asked.kind], ...matter } = asked
  const task: Task = {
    ...matter,
    task: given.newId<TaskId>(),
    street,
    committee: committeeOf(asked.place),
    state: 'raised',
    openedAt: now,
    acknowledgeBy: now + answerMs,
    dueAt: due.at,
    dueKind: due.kind === 'calendar_day' ? 'calendar_estimate' : due.kind,
    post: responsible.post,
    responsible: responsible.person,
    outcome: null,
    words: null,
  }
  if (!(await store.addTask(tx, task))) return fault('already-so')
  const raised = { act: 'raised', state: 'raised', at: now, by: null } as const
  await store.addStep(tx, task, { ...raised, outcome: null, words: null })
  await put(given, tx, { street, person: task.responsible, topic: 'tasks', matter: task.task })
  if (task.person) await tellPages(tx, task.person, 'care')
  return { task: task.task, isNew: true }
}

/**
 * More of the same matter: what was heard joins the open task, its history says so and the page is
 * told. Undefined where no task is open. A sensor that goes on and on makes no endless history.
 */
export async function joinTask(
  given: Given,
  tx: Tx,
  rule: string,
  subject: string,
  facts: Facts,
): Promise<TaskId | undefined> {
  const task = await store.openTaskToJoin(tx, rule, subject)
  if (!task) return undefined
  await store.setFacts(tx, task, joinFacts(task.facts, facts))
  if ((await store.countJoined(tx, task)) < joinedMax) {
    const joined = { act: 'joined', state: task.state, at: given.clock.now(), by: null } as const
    await store.addStep(tx, task, { ...joined, outcome: null, words: null })
  }
  await tellPages(tx, task.responsible, 'tasks')
  return task.task
}

export async function act(
  given: Given,
  asker: Asker,
  input: Input<typeof api.act>,
): Promise<Output<typeof api.act> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { person: who, street, post } = asker
  return given.db.inStreet({ street }, async (tx) => {
    const task = await store.taskToChange(tx, input.task)
    if (!task) return fault('not-found', 'task')
    const { act: done, from, outcome, words } = input
    const states = decideAct(task, { act: done, from, outcome, words, who })
    if (isFault(states)) return states
    const by = { person: who, post: post.id, title: post.title, unit: post.unit }
    const at = given.clock.now()
    for (const state of states) {
      const isLast = state === 'closed' && done === 'find'
      await store.addStep(tx, task, {
        act: isLast ? 'close' : done,
        state,
        at,
        by,
        outcome: isLast ? null : (outcome ?? null),
        words: isLast ? null : words?.trim() || null,
      })
    }
    const state = states.at(-1) ?? task.state
    const closedWith = state === 'closed' ? (outcome ?? task.outcome) : null
    await tellOthers(given, tx, task, at, closedWith)
    if (isForgotten(task.kind, closedWith)) await store.forgetChecks(tx, { task: task.task })
    return { state }
  })
}

async function tellOthers(
  given: Given,
  tx: Tx,
  task: Task,
  at: Instant,
  closedWith: Outcome | null,
): Promise<void> {
  await wasAcknowledged(given, tx, task.task, task.responsible)
  await tellPages(tx, task.responsible, 'tasks')
  if (task.person) await tellPages(tx, task.person, 'care')
  if (closedWith === null) return
  const { street, task: id, rule, ruleVersion, subject, committee } = task
  await given.tell(tx, {
    name: 'tasks.closed',
    street,
    task: id,
    rule,
    ruleVersion,
    subject,
    committee,
    outcome: closedWith,
    at,
  })
}

/**
 * The matter ended by itself (the sensor came back, consent ended): the open task goes, unscored.
 */
export async function withdraw(
  given: Given,
  tx: Tx,
  rule: string,
  subject: string,
): Promise<number> {
  return withdrawAll(given, tx, await store.openTasks(tx, { rule, subject }))
}

/** Every open visit to a person, of whatever rule: what they agreed to has ended. */
export async function withdrawVisits(given: Given, tx: Tx, person: PersonId): Promise<number> {
  const open = await store.openTasks(tx, { person })
  const visits = open.filter(({ kind }) => kind === 'care-visit')
  return withdrawAll(given, tx, visits)
}

/** Leads whose time is over: an open one is taken back, of all only the outcome stays. */
export async function expireChecks(given: Given, before: Instant): Promise<number> {
  return given.db.asOwner(async (tx) => {
    await withdrawAll(given, tx, await store.openChecksBefore(tx, before))
    return store.forgetChecks(tx, { before })
  })
}

async function withdrawAll(given: Given, tx: Tx, open: readonly Task[]): Promise<number> {
  let gone = 0
  for (const { task: id } of open) {
    // Somebody may be closing it at this moment: then it is theirs.
    const task = await store.taskToChange(tx, id)
    if (!task || task.state === 'closed') continue
    const at = given.clock.now()
    const step = { act: 'withdraw', state: 'closed', at, by: null } as const
    await store.addStep(tx, task, { ...step, outcome: null, words: null })
    await tellOthers(given, tx, task, at, null)
    const isUnverified = task.kind === 'home-check' && task.outcome === null
    if (isUnverified) await store.forgetChecks(tx, { task: task.task })
    gone++
  }
  return gone
}

/** The open task of a person's own, for a card: the gate to everything personal on a desk. */
export async function openTaskOf(tx: Tx, id: TaskId, who: PersonId): Promise<Task | undefined> {
  const task = await store.taskNamed(tx, id)
  return task && task.responsible === who && task.state !== 'closed' ? task : undefined
}

export async function myTasks(
  given: Given,
  asker: Asker,
): Promise<Seen<Output<typeof api.myTasks>> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const now = given.clock.now()
  return given.db.inStreet(asker, async (tx) => {
    const tasks = (await store.openTasks(tx, { responsible: asker.person })).toSorted(byDeadline)
    const closedToday = await store.countClosedSince(tx, asker.person, startOfDay(now))
    const rows = await rowsOf(tx, tasks, asker)
    const looks = tasks.flatMap((task) => looksAt(task, ['address', 'last-seen']))
    return { answer: { tasks: rows, closedToday, now }, looks }
  })
}

export async function oneTask(
  given: Given,
  asker: Asker,
  input: Input<typeof api.oneTask>,
): Promise<Seen<Output<typeof api.oneTask>> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  return given.db.inStreet(asker, async (tx) => {
    const task = await store.taskNamed(tx, input.task)
    if (!task || task.responsible !== asker.person) return fault('not-found', 'task')
    const [row] = await rowsOf(tx, [task], asker)
    if (!row) return fault('not-found', 'task')
    const held = await postNamed(tx, task.post)
    const responsible = { title: held?.title ?? '', unit: held?.unit ?? '' }
    const log = (await store.logOf(tx, task.task)).map((step) => ({
      at: step.at.getTime(),
      act: step.act as store.Step['act'],
      state: step.state as Task['state'],
      title: step.title,
      unit: step.unit,
      outcome: step.outcome as Outcome | null,
      words: step.words,
    }))
    const { outcome, words } = task
    const offers = [...outcomesOf[task.kind]]
    const answer = { ...row, responsible, offers, outcome, words, log, now: given.clock.now() }
    return { answer, looks: looksAt(task, ['address', 'last-seen', 'visit-outcome']) }
  })
}

async function rowsOf(tx: Tx, tasks: Task[], asker: SignedIn) {
  const places = await placesOf(tx, [...new Set(tasks.map((task) => task.place))])
  const byCode = new Map<string, Place>(places.map((place) => [place.place, place]))
  const notes = await notesOf(
    tx,
    asker.person,
    tasks.map((task) => task.task),
  )
  return tasks.map((task) => ({
    task: task.task,
    kind: task.kind,
    state: task.state,
    place: byCode.get(task.place) ?? null,
    openedAt: task.openedAt,
    acknowledgeBy: task.acknowledgeBy,
    dueAt: task.dueAt,
    dueKind: task.dueKind,
    rule: task.rule,
    ruleVersion: task.ruleVersion,
    facts: task.facts,
    next: nextActs(task, asker.person),
    note: notes.get(task.task) ?? null,
  }))
}

function looksAt(task: Task, fields: Sees[]): Look[] {
  if (!task.person) return []
  const matter = { kind: 'task', id: task.task, label: task.kind } as const
  return [{ street: task.street, person: task.person, fields, matter }]
}
