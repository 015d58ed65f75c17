import type { SignedIn } from '../../kernel/asker.ts'
import type { Matter } from '../../kernel/book.ts'
import { dayMs, hourMs, type Instant } from '../../kernel/clock.ts'
import type { EventOf } from '../../kernel/event.ts'
import { fault, type Fault } from '../../kernel/fault.ts'
import type { PersonId, PlaceCode, StreetCode, TaskId } from '../../kernel/ids.ts'
import type { Given } from '../../platform/given.ts'
import type { Tx } from '../../platform/sql.ts'
import { committeeOf } from '../../ground/places/index.ts'
import { deadline, type Duration } from '../../ground/rules/index.ts'
import { put, tellOfficers, tellPages } from '../delivery/index.ts'
import { begin, concernedIn, makeTrue, type Decided } from './changing/index.ts'
import { decideOpening, rosterFor } from './climbing/index.ts'
import { joinFacts, tiersFor } from './decide.ts'
import { forgetChecks, openChecksBefore } from './keeping/index.ts'
import * as store from './store.ts'
import { joinedMax, type Asked, type Facts, type Task } from './types.ts'

export { act, acknowledgeAll, arriveByTag } from './acting/index.ts'
export { addPhoto, showPhoto } from './photos/index.ts'
export {
  candidates,
  closedTasks,
  colleagues,
  myTasks,
  oneTask,
  searchTasks,
} from './showing/index.ts'

/**
 * Opens a task for whoever is responsible now, in the caller's transaction, or joins the open one
 * of the same rule and subject. Of an emergency the duty officer hears at once as well.
 * `nobody-responsible` leaves the matter with the caller, to ask again.
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
  const now = given.clock.now()
  const committee = committeeOf(asked.place)
  const roster = await rosterFor(tx, committee, tiersFor(asked), now)
  const due = await deadline(tx, now, within)
  const dueKind = due.kind === 'calendar_day' ? 'calendar_estimate' : due.kind
  const begun = { task: given.newId<TaskId>(), street, committee, dueAt: due.at, dueKind }
  const ladders = roster.laddersAt(asked.kind, asked.place)
  const opening = decideOpening(asked, begun, ladders, now)
  if (!opening) return fault('nobody-responsible')
  const { task, concerned, step, note } = opening
  if (!(await store.addTask(tx, task))) return fault('already-so')
  await begin(tx, task, concerned, step)
  for (const { person } of concerned) {
    await put(given, tx, { street, person, topic: 'tasks', matter: task.task, ...note })
  }
  if (task.person) await tellPages(tx, task.person, 'care')
  await tellOfficers(tx, street)
  return { task: task.task, isNew: true }
}

/**
 * More of the same matter: what was heard joins the open task, its history says so and the pages
 * are told. Undefined where no task is open. A sensor that goes on and on makes no endless history.
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
  const concerned = (await concernedIn(tx, [task.task])).get(task.task) ?? []
  const isLogged = (await store.countJoined(tx, task)) < joinedMax
  const line = { act: 'joined', state: task.state, at: given.clock.now(), by: null } as const
  const change = { task, set: {}, concerned: [], notes: [], answered: [] }
  const steps = isLogged ? [line] : []
  await makeTrue(given, tx, task.street, [{ change: { ...change, steps }, concerned }])
  return task.task
}

const gapAnswerMs = dayMs

/** Hours ahead in which too few are on duty: whoever leads there fills them, else the officer. */
export async function gapFound(given: Given, gap: EventOf<'duties.gap-found'>): Promise<void> {
  const { street, body, place, from, to, missing } = gap
  const facts = { ...noFacts, gaps: [{ from, to }], count: missing }
  const officer = { as: 'duty-officer', answerMs: gapAnswerMs } as const
  const worker = { as: 'worker', answerMs: gapAnswerMs } as const
  const asked: Asked = {
    ...{ kind: 'roster-gap', rule: 'roster-gap', ruleVersion: 1, subject: `${body} ${from}` },
    ...{ place: place as PlaceCode, person: null, facts },
    tiers: place === street ? [officer] : [worker, officer],
  }
  const hours = Math.max(1, Math.floor((from - given.clock.now()) / hourMs))
  await given.db.inStreet({ street }, (tx) =>
    openTask(given, tx, street, asked, { count: hours, kind: 'hour' }),
  )
}

const noFacts: Facts = {
  ...{ since: null, silentMs: null, gapMs: null, gaps: [], devices: [] },
  ...{ gateway: null, heardAt: null },
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

/** Every open task about somebody who is forgotten; a repair goes on without them. */
export async function withdrawAbout(given: Given, tx: Tx, person: PersonId): Promise<number> {
  const open = await store.openTasks(tx, { person })
  return withdrawAll(
    given,
    tx,
    open.filter(({ kind }) => kind !== 'device-repair'),
  )
}

/** Leads whose time is over: an open one is taken back, of all only the outcome stays. */
export async function expireChecks(given: Given, before: Instant): Promise<number> {
  return given.db.asOwner(async (tx) => {
    await withdrawAll(given, tx, await openChecksBefore(tx, before))
    return forgetChecks(tx, { before })
  })
}

async function withdrawAll(given: Given, tx: Tx, open: readonly Task[]): Promise<number> {
  let gone = 0
  for (const { task: id } of open) {
    // Somebody may be closing it at this moment: then it is theirs.
    const task = await store.taskToChange(tx, id)
    if (!task || task.state === 'closed') continue
    const at = given.clock.now()
    const concerned = (await concernedIn(tx, [id])).get(id) ?? []
    const decided: Decided = {
      concerned,
      change: {
        ...{ task, concerned: [], notes: [] },
        set: { state: 'closed', nextAt: null, closedAt: at, offer: null },
        steps: [{ act: 'withdraw', state: 'closed', at, by: null }],
        answered: concerned.map(({ person }) => person),
      },
    }
    await makeTrue(given, tx, task.street, [decided])
    const isUnverified = task.kind === 'home-check' && task.outcome === null
    if (isUnverified) await forgetChecks(tx, { task: id })
    gone++
  }
  return gone
}

/**
 * The open task that somebody answers for or helps with, for a card: the gate to everything
 * personal on a desk. Whoever was only told opens no card.
 */
export async function openTaskOf(tx: Tx, id: TaskId, who: PersonId): Promise<Task | undefined> {
  const task = await store.taskNamed(tx, id)
  if (!task || task.state === 'closed') return undefined
  if (task.responsible === who) return task
  const concerned = (await concernedIn(tx, [id])).get(id) ?? []
  const isHelping = concerned.some(({ person, part }) => person === who && part === 'helping')
  return isHelping ? task : undefined
}

/** An open task of the asker about this person, or at a home where they live: a matter to look. */
export async function taskAbout(
  tx: Tx,
  asker: SignedIn,
  id: TaskId,
  about: { person: PersonId; homes: readonly { home: string; as: 'resident' | 'owner' }[] },
): Promise<Matter | undefined> {
  const task = await openTaskOf(tx, id, asker.person)
  if (!task) return undefined
  const isAtHome = about.homes.some(({ home, as }) => as === 'resident' && home === task.place)
  const isAbout = task.person === null ? isAtHome : task.person === about.person
  return isAbout ? { kind: 'task', id, label: task.kind } : undefined
}
