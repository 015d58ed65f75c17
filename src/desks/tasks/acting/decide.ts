import { dayMs, minuteMs, type Instant } from '../../../kernel/clock.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { PersonId, PlaceCode } from '../../../kernel/ids.ts'
import { changed, passOn } from '../climbing/decide.ts'
import { isDoneBy, lookAgainAt, outcomesOf } from '../decide.ts'
import type { Act, Change, Concerned, Part, Step, Task, TaskState } from '../types.ts'
import { dispatch, oversee } from './officer.ts'
import { askedOf, formerly, isGoing, lineOf, responsibleNow } from './rows.ts'
import type { Acting } from './types.ts'

type Lead = { act: Act; to: TaskState }

/** From each state, what whoever is responsible does about the matter, the usual next act first. */
const leads: Record<TaskState, readonly Lead[]> = {
  raised: [{ act: 'acknowledge', to: 'acknowledged' }],
  acknowledged: [
    { act: 'set-out', to: 'on-the-way' },
    { act: 'phoned', to: 'acknowledged' },
    { act: 'find', to: 'found' },
  ],
  'on-the-way': [
    { act: 'arrive', to: 'at-the-door' },
    { act: 'phoned', to: 'on-the-way' },
    { act: 'find', to: 'found' },
  ],
  'at-the-door': [
    { act: 'find', to: 'found' },
    { act: 'phoned', to: 'at-the-door' },
  ],
  found: [{ act: 'close', to: 'closed' }],
  closed: [],
}

export const reopenMs = 7 * dayMs
/** A colleague has so long to take over what is offered, at most; in an emergency two minutes. */
const offerMsMax = 30 * minuteMs
const offerMsEmergency = 2 * minuteMs

type Standing = Pick<Task, 'state' | 'kind' | 'responsible'>

/** Nobody is phoned about a device, nor visited about a roster. */
function leadsOf({ state, kind }: Pick<Task, 'state' | 'kind'>): Lead[] {
  const isVisit = kind === 'care-visit' || kind === 'care-offer'
  return leads[state].filter(
    ({ act }) => (act !== 'phoned' || isVisit) && (act !== 'set-out' || kind !== 'roster-gap'),
  )
}

/** What the responsible may do next about the matter, the usual one first; nothing for others. */
export function nextActs(task: Standing, who: PersonId): Act[] {
  return task.responsible === who ? leadsOf(task).map(({ act }) => act) : []
}

/** What else somebody may do: about who does it. */
export function otherActs(
  task: Standing & Pick<Task, 'offer' | 'closedAt'>,
  who: PersonId,
  part: Part,
  now: Instant,
): Act[] {
  const { state } = task
  const isMine = task.responsible === who
  if (state === 'closed') return isMine && isRecent(task, now) ? ['reopen'] : []
  if (isMine) {
    const mayDecline = state === 'raised' || state === 'acknowledged'
    return ['hand-over', 'ask-help', ...(mayDecline ? (['decline'] as const) : [])]
  }
  const offered: Act[] = task.offer?.to === who ? ['accept', 'return'] : []
  const comes: Act[] = part === 'helping' ? [] : ['help']
  const goes: Act[] = leadsOf({ ...task, state: 'acknowledged' }).some(isSetOut) ? ['set-out'] : []
  const isEarly = state === 'raised' || state === 'acknowledged'
  return [...offered, ...(isEarly ? goes : []), 'take', ...comes, 'decline']
}

function isSetOut({ act }: Lead): boolean {
  return act === 'set-out'
}

function isRecent({ closedAt }: Pick<Task, 'closedAt'>, now: Instant): boolean {
  return closedAt !== null && now - closedAt <= reopenMs
}

/** What a duty officer may do about a task that nobody told them of. */
const officerActs = new Set<Act>(['take', 'reopen', 'dispatch', 'oversee'])

/** What one act of one person changes, or why it may not be. */
export function decideAct(
  task: Task,
  concerned: readonly Concerned[],
  acting: Acting,
): Change | Fault {
  const { by, from, act } = acting
  const mine = concerned.find(({ person, part }) => person === by.person && part !== 'declined')
  if (!mine && !acting.isOfficer) return fault('not-found', 'task')
  if (!mine && !officerActs.has(act)) return fault('not-allowed')
  if (task.state !== from) return fault('moved-on')
  if (act !== 'find' && acting.outcome) return fault('bad-input', 'outcome')
  const isMine = task.responsible === by.person
  switch (act) {
    case 'acknowledge':
    case 'phoned':
    case 'arrive':
    case 'find':
    case 'close':
      return isMine ? lead(task, acting) : fault('not-allowed')
    case 'set-out':
      return isMine ? lead(task, acting) : setOutToo(task, concerned, acting)
    case 'take':
      return isMine ? fault('already-so') : take(task, concerned, acting)
    case 'hand-over':
      return isMine ? offer(task, concerned, acting) : fault('not-allowed')
    case 'accept':
      return task.offer?.to === by.person ? accept(task, concerned, acting) : fault('moved-on')
    case 'return':
      return task.offer?.to === by.person ? giveBack(task, concerned, acting) : fault('moved-on')
    case 'ask-help':
      return isMine ? askHelp(task, concerned, acting) : fault('not-allowed')
    case 'help':
      return isMine ? fault('already-so') : help(task, mine, acting)
    case 'decline':
      return isMine ? declineMine(task, concerned, acting) : decline(task, mine, acting)
    case 'reopen':
      return reopen(task, concerned, acting)
    case 'dispatch':
      return acting.isOfficer ? dispatch(task, concerned, acting) : fault('not-allowed')
    case 'oversee':
      return acting.isOfficer ? oversee(task, mine, acting) : fault('not-allowed')
    case 'withdraw':
      return fault('moved-on')
    default:
      return act satisfies never
  }
}

/** Pressed and sent in one breath, as far as clocks agree. */
const atOnceMs = minuteMs

/**
 * When an act that waited for a network was done. A telephone's clock may be wrong: what cannot be
 * (not heard yet, or before the task) counts as done when it was heard.
 */
export function believedDoneAt(
  saidAt: Instant | undefined,
  { openedAt }: Pick<Task, 'openedAt'>,
  now: Instant,
): Instant | undefined {
  if (saidAt === undefined || saidAt < openedAt || saidAt > now - atOnceMs) return undefined
  return saidAt
}

/**
 * The responsible's own steps. `find` needs an outcome; where nothing is left to do the task closes
 * with it, so that the door takes one form.
 */
function lead(task: Task, acting: Acting): Change | Fault {
  const { act, outcome, at } = acting
  const next = leadsOf(task).find((each) => each.act === act)
  if (!next) return fault('moved-on')
  const steps: Step[] = [{ ...lineOf(acting), state: next.to }]
  if (act === 'find') {
    if (!outcome || !outcomesOf[task.kind].includes(outcome)) return fault('bad-input', 'outcome')
    if (isDoneBy(outcome, task.kind)) {
      steps.push({ act: 'close', state: 'closed', at, by: acting.by })
    }
  }
  const state = steps.at(-1)?.state ?? next.to
  const isAnswer = act === 'acknowledge'
  const words = outcome ? (acting.words ?? task.words) : task.words
  return {
    ...changed(task, {
      ...{ state, nextAt: lookAgainAt(task, state, at) },
      ...(isAnswer ? { acknowledgedAt: at } : {}),
      ...(act === 'phoned' ? {} : { offer: null }),
      ...(outcome ? { outcome, words } : {}),
      ...(state === 'closed' ? { closedAt: at } : {}),
    }),
    steps,
    answered: [acting.by.person],
  }
}

/** Whoever was told makes it theirs. Nobody takes it from somebody who is on the way unasked. */
function take(
  task: Task,
  concerned: readonly Concerned[],
  acting: Acting,
  state: TaskState = task.state === 'found' ? 'found' : 'acknowledged',
): Change | Fault {
  if (task.state === 'closed') return fault('moved-on')
  if (isGoing(task) && !acting.anyway) return fault('on-the-way')
  const { by, at } = acting
  return {
    ...changed(task, {
      ...{ state, responsible: by.person, post: by.post, acknowledgedAt: at, offer: null },
      nextAt: lookAgainAt(task, state, at),
    }),
    concerned: [...formerly(task, concerned, 'told'), responsibleNow(task, concerned, acting)],
    steps: [{ ...lineOf(acting), state }],
    answered: [by.person],
  }
}

function setOutToo(task: Task, concerned: readonly Concerned[], acting: Acting): Change | Fault {
  if (!leadsOf({ ...task, state: 'acknowledged' }).some(isSetOut)) return fault('moved-on')
  if (task.state === 'raised' || task.state === 'acknowledged') {
    return take(task, concerned, acting, 'on-the-way')
  }
  if (!isGoing(task)) return fault('moved-on')
  if (!acting.anyway) return fault('on-the-way')
  return help(
    task,
    concerned.find(({ person }) => person === acting.by.person),
    acting,
  )
}

/** Until a colleague accepts it stays where it is, with the clock that it has. */
function offer(task: Task, concerned: readonly Concerned[], acting: Acting): Change | Fault {
  const { to, at, words } = acting
  if (task.state === 'closed' || task.nextAt === null) return fault('moved-on')
  if (!to || to.person === task.responsible) return fault('bad-input', 'to')
  const answerMs = task.tiers[task.tier - 1]?.answerMs ?? offerMsMax
  const until =
    at + (task.urgency === 'emergency' ? offerMsEmergency : Math.min(offerMsMax, answerMs))
  return {
    ...changed(task, {
      offer: { to: to.person, until, reason: words || null },
      nextAt: Math.min(task.nextAt, until),
    }),
    concerned: [askedOf(concerned, acting, to)],
    steps: [{ ...lineOf(acting), state: task.state, to }],
    notes: [{ person: to.person, says: 'handed-over' }],
    answered: [acting.by.person],
  }
}

/** Whose it was loses sight of it. */
function accept(task: Task, concerned: readonly Concerned[], acting: Acting): Change | Fault {
  const taken = take(task, concerned, { ...acting, anyway: true })
  return isFault(taken)
    ? taken
    : {
        ...taken,
        concerned: [
          ...formerly(task, concerned, 'declined'),
          responsibleNow(task, concerned, acting),
        ],
      }
}

function giveBack(task: Task, concerned: readonly Concerned[], acting: Acting): Change | Fault {
  const { by, at } = acting
  if (task.state === 'closed') return fault('moved-on')
  const mine = concerned.find(({ person }) => person === by.person)
  return {
    ...changed(task, { offer: null, nextAt: lookAgainAt(task, task.state, at) }),
    concerned: mine ? [{ ...mine, part: 'declined' }] : [],
    steps: [{ ...lineOf(acting), state: task.state }],
    notes: [{ person: task.responsible, says: 'task-again' }],
    answered: [by.person],
  }
}

function askHelp(task: Task, concerned: readonly Concerned[], acting: Acting): Change | Fault {
  const { to } = acting
  if (task.state === 'closed') return fault('moved-on')
  if (!to || to.person === task.responsible) return fault('bad-input', 'to')
  if (concerned.some(({ person, part }) => person === to.person && part === 'helping')) {
    return fault('already-so')
  }
  return {
    ...changed(task, {}),
    concerned: [askedOf(concerned, acting, to)],
    steps: [{ ...lineOf(acting), state: task.state, to }],
    notes: [{ person: to.person, says: 'help-asked' }],
    answered: [acting.by.person],
  }
}

function help(task: Task, mine: Concerned | undefined, acting: Acting): Change | Fault {
  if (task.state === 'closed' || !mine) return fault('moved-on')
  if (mine.part === 'helping') return fault('already-so')
  return {
    ...changed(task, {}),
    concerned: [{ ...mine, part: 'helping' }],
    steps: [{ ...lineOf(acting), act: 'help', state: task.state }],
    answered: [acting.by.person],
  }
}

/** Told or asked, and it is not for them: they lose sight of it. */
function decline(task: Task, mine: Concerned | undefined, acting: Acting): Change | Fault {
  if (task.state === 'closed' || !mine) return fault('moved-on')
  const isOffered = task.offer?.to === acting.by.person
  return isOffered
    ? giveBack(task, [mine], acting)
    : {
        ...changed(task, {}),
        concerned: [{ ...mine, part: 'declined' }],
        steps: [{ ...lineOf(acting), state: task.state }],
        answered: [acting.by.person],
      }
}

/** The next is asked at once; whoever is the last of all keeps it. */
function declineMine(task: Task, concerned: readonly Concerned[], acting: Acting): Change | Fault {
  const { state, responsible } = task
  if (state !== 'raised' && state !== 'acknowledged') return fault('moved-on')
  const { at, ladders } = acting
  if (!ladders) throw new Error('to decline one needs to know who is next')
  const left = concerned.map((one): Concerned =>
    one.person === responsible ? { ...one, part: 'declined' } : one,
  )
  const passed = passOn(task, left, ladders, at, 'climb')
  if (passed.set.responsible === undefined) return fault('nobody-else')
  return {
    ...passed,
    concerned: passed.concerned.map((one): Concerned =>
      one.person === responsible ? { ...one, part: 'declined' } : one,
    ),
    steps: [{ ...lineOf(acting), state }, ...passed.steps],
    answered: [acting.by.person],
  }
}

/**
 * What was closed is not over after all: within seven days, by who closed it or by a duty officer.
 * Whoever had it has it again; who was asked before may be asked anew.
 */
function reopen(task: Task, concerned: readonly Concerned[], acting: Acting): Change | Fault {
  const { at, by, dueAt, isOfficer } = acting
  if (task.responsible !== by.person && !isOfficer) return fault('not-allowed')
  if (task.state !== 'closed' || !isRecent(task, at) || dueAt === undefined)
    return fault('moved-on')
  const isMine = task.responsible === by.person
  const state = isMine ? 'acknowledged' : 'raised'
  const acknowledgeBy = at + (task.tiers[task.tier - 1]?.answerMs ?? 0)
  const clocks = { acknowledgeBy, dueAt }
  return {
    ...changed(task, {
      ...{ state, ...clocks, acknowledgedAt: isMine ? at : null, closedAt: null },
      ...{ outcome: null, words: null, offer: null },
      nextAt: lookAgainAt({ ...task, ...clocks }, state, at),
    }),
    concerned: concerned
      .filter(({ person }) => person !== task.responsible)
      .map((one): Concerned => ({ ...one, tier: 0 })),
    steps: [{ ...lineOf(acting), state }],
    notes: isMine ? [] : [{ person: task.responsible, says: 'task-again' }],
  }
}

/** A tag stands at a home's door, or at the door of the stair that the home is in. */
export function isAtPlace(place: PlaceCode, tag: PlaceCode): boolean {
  return place === tag || place.startsWith(`${tag}-`)
}
