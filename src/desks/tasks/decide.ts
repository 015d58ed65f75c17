import { dayMs, hourMs, minuteMs, type Instant } from '../../kernel/clock.ts'
import type { Outcome } from '../../kernel/event.ts'
import {
  signalsMax,
  type Asked,
  type Facts,
  type Task,
  type TaskKind,
  type TaskState,
  type Tier,
  type Urgency,
} from './types.ts'

/** How long a worker has to say "I have seen it", where the rule does not say (product). */
export const acknowledgeMs: Record<TaskKind, number> = {
  'care-visit': 15 * minuteMs,
  'care-offer': 3 * dayMs,
  'device-repair': 4 * hourMs,
  hazard: 5 * minuteMs,
  'home-check': 3 * dayMs,
  'roster-gap': dayMs,
}

/**
 * What can be found, by kind of task, in the order of its form. A repair ends with the device and
 * not with anybody; a check of a home knows a refusal and draws nothing from it.
 */
export const outcomesOf: Record<TaskKind, readonly Outcome[]> = {
  'care-visit': ['fine', 'needed-help', 'away', 'sensor-fault', 'wrong-home'],
  'care-offer': ['fine', 'refused', 'away', 'wrong-home'],
  'device-repair': ['sensor-fault', 'fine'],
  hazard: ['hazard-real', 'hazard-false', 'sensor-fault', 'wrong-home', 'needed-help'],
  'home-check': ['hazard-real', 'hazard-false', 'away', 'refused', 'wrong-home'],
  'roster-gap': ['fine'],
}

/**
 * Whom to ask in turn: as the rule says, else the worker; at last the street's duty officer, who is
 * added where nobody named him.
 */
export function tiersFor({ kind, tiers = [], acknowledgeMs: wish }: TierWish): readonly Tier[] {
  const answerMs = wish ?? acknowledgeMs[kind]
  const asked = tiers.length > 0 ? tiers : [{ as: 'worker', answerMs } as const]
  const last = asked.at(-1)
  if (last?.as === 'duty-officer') return asked
  return [...asked, { as: 'duty-officer', answerMs: last?.answerMs ?? answerMs }]
}
type TierWish = Pick<Asked, 'kind' | 'tiers' | 'acknowledgeMs'>

/** How long somebody who said "I have seen it" may leave it at that, at most (product). */
const returnMsMax: Record<TaskKind, number> = {
  'care-visit': 2 * hourMs,
  hazard: 2 * hourMs,
  'device-repair': dayMs,
  'care-offer': 7 * dayMs,
  'home-check': 3 * dayMs,
  'roster-gap': dayMs,
}
const returnMsMin = 10 * minuteMs
export const overdueAgainMs: Record<Urgency, number> = { emergency: 10 * minuteMs, usual: hourMs }
const foundAgainMs = dayMs

/** How long after acknowledging it comes back: half of what is left until it is due, bounded. */
export function returnMs({ kind, urgency, dueAt }: Clocked, now: Instant): number {
  if (urgency === 'emergency') return returnMsMin
  return Math.max(returnMsMin, Math.min((dueAt - now) / 2, returnMsMax[kind]))
}
type Clocked = Pick<Task, 'kind' | 'urgency' | 'dueAt'>

/** When the program looks again at a task that came into this state now; null: never. */
export function lookAgainAt(
  task: Clocked & Pick<Task, 'acknowledgeBy'>,
  state: TaskState,
  now: Instant,
): Instant | null {
  switch (state) {
    case 'raised':
      return task.acknowledgeBy
    case 'acknowledged':
      return now + Math.round(returnMs(task, now))
    case 'on-the-way':
    case 'at-the-door':
      return task.dueAt > now ? task.dueAt : now + overdueAgainMs[task.urgency]
    case 'found':
      return now + foundAgainMs
    case 'closed':
      return null
    default:
      return state satisfies never
  }
}

/** Where nothing is left to do a task closes with what was found. */
export function isDoneBy(outcome: Outcome, kind: TaskKind): boolean {
  switch (outcome) {
    case 'fine':
    case 'away':
    case 'wrong-home':
    case 'hazard-false':
    case 'refused':
      return true
    case 'sensor-fault':
      return kind !== 'device-repair'
    case 'needed-help':
    case 'hazard-real':
      return false
    default:
      return outcome satisfies never
  }
}

/** A check of a home that was no breach is a false alarm, kept as a number only (rules §8). */
export function isForgotten(kind: TaskKind, closedWith: Outcome | null): boolean {
  return kind === 'home-check' && (closedWith === 'hazard-false' || closedWith === 'wrong-home')
}

/** By deadline; what has waited longer first among equals. */
export function byDeadline(a: Task, b: Task): number {
  return deadlineOf(a) - deadlineOf(b) || a.openedAt - b.openedAt || (a.task < b.task ? -1 : 1)
}

/** The clock that runs now: first to answer, then to do. */
export function deadlineOf(task: Pick<Task, 'state' | 'acknowledgeBy' | 'dueAt'>): Instant {
  return task.state === 'raised' ? Math.min(task.acknowledgeBy, task.dueAt) : task.dueAt
}

/** What was heard before and what came now: the newest, each once, in the order it happened. */
export function joinFacts(before: Facts, now: Facts): Facts {
  const known = new Set((before.signals ?? []).map(keyOf))
  const fresh = (now.signals ?? []).filter((one) => !known.has(keyOf(one)))
  const signals = [...(before.signals ?? []), ...fresh]
    .toSorted((a, b) => a.at - b.at || (keyOf(a) < keyOf(b) ? -1 : 1))
    .slice(-signalsMax)
  const devices = [...before.devices]
  for (const one of now.devices) {
    const isKnown = devices.some(({ device }) => device === one.device)
    if (!isKnown && devices.length < devicesMax) devices.push(one)
  }
  const count = (before.count ?? before.signals?.length ?? 0) + fresh.length
  return { ...before, signals, devices, count }
}
const devicesMax = 200

function keyOf({ device, kind, state, at }: NonNullable<Facts['signals']>[number]): string {
  return `${at} ${device} ${kind} ${state}`
}
