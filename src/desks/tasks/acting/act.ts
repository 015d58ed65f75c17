import { ladderFor, postNamed, type HeldPost } from '../../../ground/duties/index.ts'
import { placeOfTag, placeOf } from '../../../ground/places/index.ts'
import { deadline } from '../../../ground/rules/index.ts'
import type { Asker, Post } from '../../../kernel/asker.ts'
import { hourMs } from '../../../kernel/clock.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { PersonId, PostId, StreetCode, TaskId } from '../../../kernel/ids.ts'
import { capacities } from '../../../kernel/matter.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import type * as api from '../api.ts'
import { concernedIn, hasKey, makeTrue } from '../changing/index.ts'
import { rosterNow } from '../climbing/index.ts'
import { isForgotten } from '../decide.ts'
import { forgetChecks } from '../keeping/index.ts'
import { openTasks, taskToChange } from '../store.ts'
import type { Somebody, Task } from '../types.ts'
import { believedDoneAt, decideAct, isAtPlace } from './decide.ts'
import type { Acting } from './types.ts'

type Actor = { person: PersonId; street: StreetCode; post: Post }

function actorOf(asker: Asker): Actor | Fault {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { person, street, post } = asker
  return { person, street, post }
}

export async function act(
  given: Given,
  asker: Asker,
  input: Input<typeof api.act>,
): Promise<Output<typeof api.act> | Fault> {
  const actor = actorOf(asker)
  if (isFault(actor)) return actor
  return given.db.inStreet(actor, async (tx) => {
    const task = await taskToChange(tx, input.task)
    if (!task) return fault('not-found', 'task')
    // Sent again by a telephone that did not hear the answer: done is done.
    if (input.key && (await hasKey(tx, task.task, input.key))) return { state: task.state }
    if (!(await mayKnow(tx, actor, task))) return fault('not-found', 'task')
    const { to: post, task: _, doneAt: saidAt, ...said } = input
    const to = post === undefined ? undefined : await colleagueNamed(given, tx, task, post)
    if (post !== undefined && !to) return fault('not-found', 'to')
    const words = input.words?.trim() || null
    const doneAt = believedDoneAt(saidAt, task, given.clock.now())
    const after = await oneAct(given, tx, actor, task, { ...said, words, to, doneAt })
    return isFault(after) ? after : { state: after.state }
  })
}

/** Whoever was told of it, and officers. To all others it is not there. */
async function mayKnow(tx: Tx, { person, post }: Actor, { task }: Task): Promise<boolean> {
  if (post.role === 'street') return true
  const concerned = (await concernedIn(tx, [task])).get(task) ?? []
  return concerned.some((one) => one.person === person && one.part !== 'declined')
}

type Said = Omit<Acting, 'by' | 'at' | 'isOfficer' | 'ladders' | 'dueAt'>

/** One act on one task, whose row is locked. */
async function oneAct(
  given: Given,
  tx: Tx,
  actor: Actor,
  task: Task,
  said: Said,
): Promise<Task | Fault> {
  const at = given.clock.now()
  const { person, post } = actor
  const concerned = (await concernedIn(tx, [task.task])).get(task.task) ?? []
  const refused = said.act === 'reopen' ? await mayReopen(tx, task) : undefined
  if (refused) return refused
  const decided = decideAct(task, concerned, {
    ...said,
    ...{ by: { person, post: post.id, title: post.title, unit: post.unit }, at },
    isOfficer: post.role === 'street',
    ...(said.act === 'reopen' ? { dueAt: await dueAnew(tx, task, at) } : {}),
    ...(said.act === 'decline'
      ? { ladders: (await rosterNow(tx, at)).laddersAt(task.kind, task.place) }
      : {}),
  })
  if (isFault(decided)) return decided.fault === 'on-the-way' ? naming(tx, decided, task) : decided
  await makeTrue(given, tx, task.street, [{ change: decided, concerned }])
  const after = { ...task, ...decided.set }
  const closedWith = after.state === 'closed' ? after.outcome : null
  if (isForgotten(task.kind, closedWith)) await forgetChecks(tx, { task: task.task })
  return after
}

/** A second one who sets out is told who is on the way: the post, not the name. */
async function naming(tx: Tx, refused: Fault, task: Task): Promise<Fault> {
  const held = await postNamed(tx, task.post)
  return held ? { ...refused, who: `${held.unit} ${held.title}` } : refused
}

/** Not where another is open on the same matter, nor where what it was about is forgotten. */
async function mayReopen(tx: Tx, task: Task): Promise<Fault | undefined> {
  if (task.subject === task.task) return fault('no-consent')
  const { rule, subject } = task
  return (await openTasks(tx, { rule, subject })).length > 0 ? fault('already-so') : undefined
}

async function dueAnew(tx: Tx, task: Task, at: number): Promise<number> {
  const hours = Math.max(1, Math.ceil((task.dueAt - task.openedAt) / hourMs))
  const again = task.dueKind === 'hour' ? { count: hours, kind: 'hour' as const } : oneWorkingDay
  return (await deadline(tx, at, again)).at
}
const oneWorkingDay = { count: 1, kind: 'working_day' } as const

/** Whom a task can be handed to or asked to help: its committee, its officers, whose beat it is. */
async function colleagueNamed(
  given: Given,
  tx: Tx,
  task: Task,
  post: PostId,
): Promise<Somebody | undefined> {
  const held = await postNamed(tx, post)
  if (!held) return undefined
  const { person, title, unit } = held
  return (await mayHave(given, tx, task, held)) ? { person, post, title, unit } : undefined
}

async function mayHave(given: Given, tx: Tx, task: Task, held: HeldPost): Promise<boolean> {
  if (held.role === 'street' || held.committee === task.committee) return true
  if (held.role === 'committee') return false
  for (const as of capacities) {
    const wanted = { matter: task.kind, place: task.place, as }
    const ladder = await ladderFor(given, tx, wanted)
    if (ladder.some(({ person }) => person === held.person)) return true
  }
  return false
}

/** "I have seen it", of many at once: what moved on meanwhile is named and left as it is. */
export async function acknowledgeAll(
  given: Given,
  asker: Asker,
  input: Input<typeof api.acknowledgeAll>,
): Promise<Output<typeof api.acknowledgeAll> | Fault> {
  const actor = actorOf(asker)
  if (isFault(actor)) return actor
  return given.db.inStreet(actor, async (tx) => {
    const acknowledged: TaskId[] = []
    const missed: TaskId[] = []
    for (const id of [...new Set(input.tasks)].toSorted()) {
      const task = await taskToChange(tx, id)
      const after = task
        ? await oneAct(given, tx, actor, task, { act: 'acknowledge', from: 'raised' })
        : fault('not-found')
      ;(isFault(after) ? missed : acknowledged).push(id)
    }
    return { acknowledged, missed }
  })
}

const towardsDoor = {
  raised: 'acknowledge',
  acknowledged: 'set-out',
  'on-the-way': 'arrive',
} as const

/**
 * "I am here": the tag at the door of a task's home or stair. Whoever forgot to say that they set
 * out has by this. Nothing else about where anybody is becomes known.
 */
export async function arriveByTag(
  given: Given,
  asker: Asker,
  input: Input<typeof api.arriveByTag>,
): Promise<Output<typeof api.arriveByTag> | Fault> {
  const actor = actorOf(asker)
  if (isFault(actor)) return actor
  return given.db.inStreet(actor, async (tx) => {
    const place = await placeOfTag(tx, input.tag)
    if (!place) return fault('not-found', 'tag')
    const mine = await openTasks(tx, { responsible: actor.person })
    const arrived: { task: TaskId; state: Task['state'] }[] = []
    for (const { task: id } of mine.filter((task) => isAtPlace(task.place, place))) {
      let task = await taskToChange(tx, id)
      while (task && task.state in towardsDoor) {
        const from = task.state as keyof typeof towardsDoor
        const proof = from === 'on-the-way' ? ('tag' as const) : undefined
        const after = await oneAct(given, tx, actor, task, { act: towardsDoor[from], from, proof })
        if (isFault(after)) return after
        task = after
      }
      if (task) arrived.push({ task: id, state: task.state })
    }
    return { place: (await placeOf(tx, place)) ?? null, tasks: arrived }
  })
}
