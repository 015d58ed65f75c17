import { keepsReporters, postNamed } from '../../../ground/duties/index.ts'
import { namesOf } from '../../../ground/people/index.ts'
import { placesOf, type Place } from '../../../ground/places/index.ts'
import type { Asker, SignedIn } from '../../../kernel/asker.ts'
import type { Look, Seen } from '../../../kernel/book.ts'
import { startOfDay } from '../../../kernel/calendar.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { Input, Output, Sees } from '../../../kernel/endpoint.ts'
import type { Outcome } from '../../../kernel/event.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { PersonId, PostId, TaskId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { notesOf, wasAcknowledged } from '../../delivery/index.ts'
import { nextActs, otherActs } from '../acting/index.ts'
import type * as api from '../api.ts'
import { concernedIn } from '../changing/index.ts'
import { byDeadline, outcomesOf } from '../decide.ts'
import { photosOf } from '../photos/index.ts'
import { countClosedSince, logOf, reportsOf, taskNamed } from '../store.ts'
import { photographed, type Step, type Task } from '../types.ts'
import { isMeant } from './decide.ts'
import { tasksOf, type Mine } from './store.ts'

const closedDaysMs = 7 * 86_400_000
const hitsMax = 50
const committeeDigits = 12

export async function myTasks(
  given: Given,
  asker: Asker,
): Promise<Seen<Output<typeof api.myTasks>> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const now = given.clock.now()
  return given.db.inStreet(asker, async (tx) => {
    const mine = (await tasksOf(tx, asker.person, { open: true })).toSorted((a, b) =>
      byDeadline(a.task, b.task),
    )
    const closedToday = await countClosedSince(tx, asker.person, startOfDay(now))
    const tasks = await rowsOf(tx, mine, asker, now)
    const looks = mine.flatMap(({ task }) => looksAt(task, ['address', 'last-seen']))
    const others = colleaguesIn(mine, asker.person)
    return { answer: { tasks, closedToday, now }, looks: [...looks, ...others] }
  })
}

export async function oneTask(
  given: Given,
  asker: Asker,
  input: Input<typeof api.oneTask>,
): Promise<Seen<Output<typeof api.oneTask>> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const now = given.clock.now()
  return given.db.inStreet(asker, async (tx) => {
    const task = await taskNamed(tx, input.task)
    const concerned = task ? ((await concernedIn(tx, [task.task])).get(task.task) ?? []) : []
    const mine = concerned.find(({ person }) => person === asker.person)
    if (!task || !mine || mine.part === 'declined') return fault('not-found', 'task')
    const [row] = await rowsOf(tx, [{ task, part: mine.part }], asker, now)
    if (!row) return fault('not-found', 'task')
    // Whoever was only told has answered by opening it.
    if (mine.part === 'told') await wasAcknowledged(given, tx, task.task, asker.person)
    const shown = concerned.filter(
      ({ person, part }) => person !== asker.person && part !== 'responsible',
    )
    const names = await namesOf(
      tx,
      shown.map(({ person }) => person),
    )
    const others = []
    for (const { person, post, part } of shown) {
      others.push({ ...(await postSaid(tx, post)), name: names.get(person) ?? null, part })
    }
    const log = await historyOf(tx, task)
    const { outcome, words } = task
    const offers = [...outcomesOf[task.kind]]
    const photos = await photosOf(tx, task.task)
    const mayPhotograph = photographed.has(task.kind) && task.state !== 'closed'
    const reported = await reportedIn(tx, task.task, asker)
    const more = { others, offers, outcome, words, log, reported, mayPhotograph, photos, now }
    const everybody = [...shown.map(({ person }) => person), task.responsible]
    return {
      answer: { ...row, ...more },
      looks: [
        ...looksAt(task, ['address', 'last-seen', 'visit-outcome']),
        ...looksAtColleagues(task, everybody, asker.person),
      ],
    }
  })
}

/** What the worker is told: what, and in which words. Null: nobody reported it. */
async function reportedIn(tx: Tx, task: TaskId, asker: SignedIn) {
  const reports = await reportsOf(tx, task)
  const [first] = reports
  if (!first) return null
  const words = reports.map((one) => one.words).filter(Boolean)
  return { what: first.what, words, mayOpen: await keepsReporters(tx, asker) }
}

async function historyOf(tx: Tx, task: Task) {
  return (await logOf(tx, task.task)).map((step) => ({
    at: step.at.getTime(),
    doneAt: step.done_at?.getTime() ?? null,
    act: step.act as Step['act'],
    state: step.state as Task['state'],
    title: step.title,
    unit: step.unit,
    to: step.to_title === null ? null : { title: step.to_title, unit: step.to_unit ?? '' },
    outcome: step.outcome as Outcome | null,
    words: step.words,
    isProven: step.proof === 'tag',
  }))
}

/** Only within what the asker is concerned in; each hit at somebody's home is a look. */
export async function searchTasks(
  given: Given,
  asker: Asker,
  { words = '', kind }: Input<typeof api.searchTasks>,
): Promise<Seen<Output<typeof api.searchTasks>> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const closedSince = given.clock.now() - closedDaysMs
  return given.db.inStreet(asker, async (tx) => {
    const mine = (await tasksOf(tx, asker.person, { open: true, closedSince })).filter(
      ({ task }) => kind === undefined || task.kind === kind,
    )
    const places = await placesIn(tx, mine)
    const hits = mine
      .filter(({ task }) => isMeant(places.get(task.place) ?? null, words))
      .slice(0, hitsMax)
    const tasks = hits.map((one) => foundOf(one, places))
    return {
      answer: { tasks },
      looks: hits.flatMap(({ task }) => looksAt(task, ['address', 'visit-outcome'])),
    }
  })
}

/** What has left the asker is a line without a place. */
export async function closedTasks(
  given: Given,
  asker: Asker,
): Promise<Seen<Output<typeof api.closedTasks>> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const now = given.clock.now()
  const closedSince = now - closedDaysMs
  return given.db.inStreet(asker, async (tx) => {
    const mine = (await tasksOf(tx, asker.person, { closedSince, withLeft: true })).slice(0, 200)
    const seen = mine.filter(({ part }) => part !== 'declined')
    const places = await placesIn(tx, seen)
    const tasks = mine.map((one) => ({
      ...foundOf(one, places),
      may: one.part === 'declined' ? [] : otherActs(one.task, asker.person, one.part, now),
    }))
    return {
      answer: { tasks },
      looks: seen.flatMap(({ task }) => looksAt(task, ['address', 'visit-outcome'])),
    }
  })
}

function foundOf({ task, part }: Mine, places: ReadonlyMap<string, Place>) {
  const { task: id, kind, urgency, state, openedAt, closedAt, outcome } = task
  const place = part === 'declined' ? null : (places.get(task.place) ?? null)
  return { task: id, kind, urgency, state, part, openedAt, closedAt, outcome, place }
}

async function placesIn(tx: Tx, mine: readonly Mine[]): Promise<Map<string, Place>> {
  // What concerns the whole street has its code, and is nowhere in particular.
  const somewhere = mine.filter(({ task }) => task.committee.length === committeeDigits)
  const places = await placesOf(tx, [...new Set(somewhere.map(({ task }) => task.place))])
  return new Map(places.map((place) => [place.place, place]))
}

async function rowsOf(tx: Tx, mine: readonly Mine[], asker: SignedIn, now: Instant) {
  const places = await placesIn(tx, mine)
  const ids = mine.map(({ task }) => task.task)
  const notes = await notesOf(tx, asker.person, ids)
  const names = await namesOf(tx, [...new Set(mine.map(({ task }) => task.responsible))])
  const posts = new Map<PostId, { title: string; unit: string }>()
  for (const post of new Set(mine.map(({ task }) => task.post))) {
    posts.set(post, await postSaid(tx, post))
  }
  return mine.map(({ task, part }) => {
    const { offer } = task
    const held = posts.get(task.post) ?? { title: '', unit: '' }
    return {
      ...{ task: task.task, kind: task.kind, urgency: task.urgency, state: task.state },
      place: places.get(task.place) ?? null,
      ...{ openedAt: task.openedAt, acknowledgeBy: task.acknowledgeBy },
      ...{ dueAt: task.dueAt, dueKind: task.dueKind },
      ...{ rule: task.rule, ruleVersion: task.ruleVersion, facts: task.facts },
      part,
      responsible: { ...held, name: names.get(task.responsible) ?? null },
      ...{ tier: task.tier, tiers: task.tiers.length, nextAt: task.nextAt },
      offer: offer && {
        ...{ isMine: offer.to === asker.person, until: offer.until, reason: offer.reason },
      },
      next: nextActs(task, asker.person),
      may: otherActs(task, asker.person, part, now),
      note: notes.get(task.task) ?? null,
    }
  })
}

async function postSaid(tx: Tx, post: PostId): Promise<{ title: string; unit: string }> {
  const held = await postNamed(tx, post)
  return { title: held?.title ?? '', unit: held?.unit ?? '' }
}

function looksAt(task: Task, fields: Sees[]): Look[] {
  if (!task.person) return []
  const matter = { kind: 'task', id: task.task, label: task.kind } as const
  return [{ street: task.street, person: task.person, fields, matter }]
}

/** A list names a colleague once. */
function colleaguesIn(mine: readonly Mine[], asker: PersonId): Look[] {
  const first = new Map<PersonId, Task>()
  for (const { task } of mine) {
    if (!first.has(task.responsible)) first.set(task.responsible, task)
  }
  return [...first].flatMap(([person, task]) => looksAtColleagues(task, [person], asker))
}

function looksAtColleagues(task: Task, people: readonly PersonId[], asker: PersonId): Look[] {
  const matter = { kind: 'task', id: task.task, label: task.kind } as const
  return [...new Set(people)]
    .filter((person) => person !== asker)
    .map((person) => ({ street: task.street, person, fields: ['name', 'post'], matter }))
}
