import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId } from '../../../kernel/ids.ts'
import { lookAgainAt, overdueAgainMs, tiersFor } from '../decide.ts'
import type { Asked, Change, Concerned, OwnAct, Somebody, Step, Task, TaskSays } from '../types.ts'
import type { Candidate, Ladders, Owner } from './types.ts'

/** So many of one tier are asked before the next tier is; the last tier goes through all it has. */
export const askedPerTierMax = 3
/** Lines that say "told again" in one task's history; the number goes on. */
const againLinesMax = 30

/** A task as it begins: with the first of the first tier that has anybody. */
export type Opening = { task: Task; concerned: readonly Concerned[]; step: Step; note: TaskNote }
type TaskNote = { says: TaskSays; urgency: Task['urgency'] }
export type Begun = Pick<Task, 'task' | 'street' | 'committee' | 'dueAt' | 'dueKind'>

/** Undefined where nobody at all is responsible. Of an emergency the duty officer hears at once. */
export function decideOpening(
  asked: Asked,
  begun: Begun,
  ladders: Ladders,
  now: Instant,
): Opening | undefined {
  const { acknowledgeMs: _, tiers: _tiers, urgency = 'usual', ...matter } = asked
  const tiers = tiersFor(asked)
  const before = tiers.findIndex(({ as }) => ladders(as).length > 0)
  const spec = tiers[before]
  const to = spec && ladders(spec.as)[0]
  if (!to) return undefined
  const acknowledgeBy = now + spec.answerMs
  const { person, post } = to
  const task: Task = {
    ...matter,
    ...begun,
    ...{ state: 'raised', openedAt: now, acknowledgeBy, nextAt: acknowledgeBy },
    ...{ post, responsible: person, urgency, tiers, tier: before + 1, timesTold: 1 },
    ...{ outcome: null, words: null, acknowledgedAt: null, closedAt: null, offer: null },
  }
  const concerned: Concerned[] = [
    { person, post, part: 'responsible', tier: task.tier, since: now },
  ]
  const officer = urgency === 'emergency' ? ladders('duty-officer')[0] : undefined
  if (officer && officer.person !== person) concerned.push(toldAt(officer, now))
  const step = line('raised', 'raised', now, to)
  return { task, concerned, step, note: { says: saysOf(task), urgency } }
}

/**
 * What the program does with an open task whose time has come: nothing before it. Unanswered: the
 * next of this tier is asked, then the next tier, at last the duty officer again and again.
 * Acknowledged and forgotten: it comes back in the same way. Past its deadline while somebody goes:
 * the duty officer is told, and it stays with who goes.
 */
export function decideClimb(
  task: Task,
  concerned: readonly Concerned[],
  ladders: Ladders,
  now: Instant,
): Change | undefined {
  if (task.nextAt === null || now < task.nextAt) return undefined
  const isUnanswered = task.state === 'raised' && task.acknowledgeBy <= now
  if (task.offer && task.offer.until <= now && !isUnanswered) return lapse(task, now)
  switch (task.state) {
    case 'raised':
      return now < task.acknowledgeBy
        ? changed(task, { nextAt: task.acknowledgeBy })
        : passOn(task, concerned, ladders, now, 'climb')
    case 'acknowledged':
      return passOn(task, concerned, ladders, now, 'come-back')
    case 'on-the-way':
    case 'at-the-door':
      return tellOverdue(task, concerned, ladders, now)
    case 'found':
      return again(task, now, 'found', lookAgainAt(task, 'found', now))
    case 'closed':
      return undefined
    default:
      return task.state satisfies never
  }
}

/**
 * Looked at each minute: whether whoever has the task can have it. In a post; not on leave, unless
 * on the way already; on duty, as long as nobody answered and somebody else is. Otherwise the next
 * gets it at once.
 */
export function decideMove(
  task: Task,
  concerned: readonly Concerned[],
  ladders: Ladders,
  owner: Owner,
  now: Instant,
): Change | undefined {
  if (task.state === 'closed') return undefined
  const isGoing = task.state === 'on-the-way' || task.state === 'at-the-door'
  const isLeft = !owner.holdsPost || (!owner.isThere && !isGoing)
  const isOff = task.state === 'raised' && !owner.isOnDuty
  if (!isLeft && !isOff) return undefined
  const isBetter = (one: Candidate) =>
    one.person !== task.responsible && (one.isOnDuty || !owner.holdsPost || (isLeft && one.isThere))
  const found =
    nextOf(task, concerned, ladders, now, isBetter) ?? anyOf(task, concerned, ladders, isBetter)
  return found && give(task, concerned, found, now, 'move')
}

/** Who has it does not have it any more: the next is asked, and where nobody is left the same. */
export function passOn(
  task: Task,
  concerned: readonly Concerned[],
  ladders: Ladders,
  now: Instant,
  act: OwnAct,
): Change {
  const found = nextOf(task, concerned, ladders, now) ?? lastResort(task, concerned, ladders)
  return found && found.to.person !== task.responsible
    ? give(task, concerned, found, now, act)
    : raiseAgain(task, now, act)
}

type Found = { to: Candidate; tier: number }

/** From the present tier on, the first who was not asked to answer for it yet. */
export function nextOf(
  task: Pick<Task, 'tier' | 'tiers'>,
  concerned: readonly Concerned[],
  ladders: Ladders,
  now: Instant,
  isMeant: (one: Candidate) => boolean = () => true,
): Found | undefined {
  const last = task.tiers.length
  for (let tier = task.tier; tier <= last; tier++) {
    if (tier < last && isSpent(task, concerned, tier, now)) continue
    const as = task.tiers[tier - 1]?.as ?? 'duty-officer'
    const to = ladders(as).find((one) => !wasAsked(concerned, one.person) && isMeant(one))
    if (to) return { to, tier }
  }
  return undefined
}

/** Enough of a tier were asked, or its time is over: the next tier's turn. */
function isSpent(
  { tiers }: Pick<Task, 'tiers'>,
  concerned: readonly Concerned[],
  tier: number,
  now: Instant,
): boolean {
  const asked = concerned.filter((one) => one.tier === tier)
  const forMs = tiers[tier - 1]?.forMs ?? Infinity
  const began = Math.min(...asked.map(({ since }) => since))
  return asked.length >= askedPerTierMax || now >= began + forMs
}

function wasAsked(concerned: readonly Concerned[], person: PersonId): boolean {
  return concerned.some((one) => one.person === person && (one.tier > 0 || one.part === 'declined'))
}

/** Everybody was asked: the duty officer, rather one who did not decline. */
function lastResort(
  task: Task,
  concerned: readonly Concerned[],
  ladders: Ladders,
): Found | undefined {
  const tier = task.tiers.length
  const ladder = ladders(task.tiers[tier - 1]?.as ?? 'duty-officer')
  const to = ladder.find((one) => !hasDeclined(concerned, one.person)) ?? ladder[0]
  return to && { to, tier }
}

function hasDeclined(concerned: readonly Concerned[], person: PersonId): boolean {
  return concerned.some((one) => one.person === person && one.part === 'declined')
}

/** Whoever is there now, asked before or not: a shift ended, and the next one begins. */
function anyOf(
  task: Task,
  concerned: readonly Concerned[],
  ladders: Ladders,
  isMeant: (one: Candidate) => boolean,
): Found | undefined {
  const last = task.tiers.length
  for (let tier = task.tier; tier <= last; tier++) {
    const ladder = ladders(task.tiers[tier - 1]?.as ?? 'duty-officer').filter(isMeant)
    const to =
      ladder.find((one) => !hasDeclined(concerned, one.person)) ??
      (tier === last ? ladder[0] : undefined)
    if (to) return { to, tier }
  }
  return undefined
}

/** Somebody else is responsible from now on; whoever was stays told, and may still take it. */
function give(
  task: Task,
  concerned: readonly Concerned[],
  { to, tier }: Found,
  now: Instant,
  act: OwnAct,
): Change {
  const answerMs = task.tiers[tier - 1]?.answerMs ?? 0
  const acknowledgeBy = now + answerMs
  const state = task.state === 'found' ? 'found' : 'raised'
  const nextAt = lookAgainAt({ ...task, acknowledgeBy }, state, now)
  const before = concerned.filter((one) => one.person === task.responsible)
  const knew = concerned.some((one) => one.person === to.person)
  const { person, post } = to
  return {
    ...changed(task, {
      ...{ state, responsible: person, post, tier, acknowledgeBy, nextAt },
      ...{ timesTold: task.timesTold + 1, acknowledgedAt: null, offer: null },
    }),
    concerned: [
      ...before.map((one): Concerned => ({ ...one, part: 'told' })),
      { person, post, part: 'responsible', tier, since: now },
    ],
    steps: [line(act, state, now, to)],
    notes: [{ person, says: knew ? 'task-again' : saysOf(task) }],
  }
}

/** Nobody else is left: whoever has it is asked once more. */
function raiseAgain(task: Task, now: Instant, act: OwnAct): Change {
  const answerMs = task.tiers[task.tier - 1]?.answerMs ?? 0
  const made = again(task, now, 'raised', now + answerMs, act === 'climb' ? 'again' : act)
  return {
    ...made,
    set: { ...made.set, acknowledgeBy: now + answerMs, acknowledgedAt: null, offer: null },
  }
}

function again(
  task: Task,
  now: Instant,
  state: Task['state'],
  nextAt: Instant | null,
  act: OwnAct = 'again',
): Change {
  const timesTold = task.timesTold + 1
  return {
    ...changed(task, { state, timesTold, nextAt }),
    steps: timesTold <= againLinesMax ? [line(act, state, now)] : [],
    notes: [{ person: task.responsible, says: 'task-again' }],
  }
}

function tellOverdue(
  task: Task,
  concerned: readonly Concerned[],
  ladders: Ladders,
  now: Instant,
): Change {
  const officer = ladders('duty-officer').find((one) => one.person !== task.responsible)
  const timesTold = task.timesTold + 1
  const known = officer && concerned.find((one) => one.person === officer.person)
  const toldTo = officer ?? { person: task.responsible }
  return {
    ...changed(task, { timesTold, nextAt: now + overdueAgainMs[task.urgency] }),
    concerned: known
      ? [{ ...known, part: known.part === 'declined' ? 'told' : known.part }]
      : officer
        ? [toldAt(officer, now)]
        : [],
    steps: timesTold <= againLinesMax ? [line('overdue', task.state, now, officer)] : [],
    notes: [{ person: toldTo.person, says: 'overdue' }],
  }
}

/** Who is to know of it, without being asked to answer for it. */
export function toldAt({ person, post }: Somebody, now: Instant): Concerned {
  return { person, post, part: 'told', tier: 0, since: now }
}

/** An offered hand-over was not answered: it stays where it was, with a clock that starts anew. */
function lapse(task: Task, now: Instant): Change {
  return {
    ...changed(task, { offer: null, nextAt: lookAgainAt(task, task.state, now) }),
    steps: [line('lapse', task.state, now)],
    notes: [{ person: task.responsible, says: 'task-again' }],
  }
}

export function saysOf({ kind }: Pick<Task, 'kind'>): 'task' | 'roster-gap' {
  return kind === 'roster-gap' ? 'roster-gap' : 'task'
}

function line(act: OwnAct, state: Task['state'], at: Instant, to: Somebody | null = null): Step {
  return { act, state, at, by: null, to }
}

/** A change of the row alone. */
export function changed(task: Task, set: Change['set']): Change {
  return { task, set, concerned: [], steps: [], notes: [], answered: [] }
}
