import { dayMs, hourMs, minuteMs, type Instant } from '../../kernel/clock.ts'
import type { Outcome } from '../../kernel/event.ts'
import { fault, type Fault } from '../../kernel/fault.ts'
import type { PersonId } from '../../kernel/ids.ts'
import {
  signalsMax,
  type Act,
  type Facts,
  type Task,
  type TaskKind,
  type TaskState,
} from './types.ts'

/** How long a worker has to say "I have seen it", where the rule does not say (product). */
export const acknowledgeMs: Record<TaskKind, number> = {
  'care-visit': 15 * minuteMs,
  'device-repair': 4 * hourMs,
  hazard: 5 * minuteMs,
  'home-check': 3 * dayMs,
}

/**
 * What can be found, by kind of task, in the order of its form. A repair ends with the device and
 * not with anybody; a check of a home knows a refusal and draws nothing from it.
 */
export const outcomesOf: Record<TaskKind, readonly Outcome[]> = {
  'care-visit': ['fine', 'needed-help', 'away', 'sensor-fault', 'wrong-home'],
  'device-repair': ['sensor-fault', 'fine'],
  hazard: ['hazard-real', 'hazard-false', 'sensor-fault', 'wrong-home', 'needed-help'],
  'home-check': ['hazard-real', 'hazard-false', 'away', 'refused', 'wrong-home'],
}

type Step = { to: TaskState; act: Act }

/** From each state, what a person may do, the usual next act first. */
const steps: Record<TaskState, readonly Step[]> = {
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

export function nextActs(task: Pick<Task, 'state' | 'kind' | 'responsible'>, who: PersonId): Act[] {
  return task.responsible === who ? stepsOf(task).map((step) => step.act) : []
}

/** Nobody is phoned about a device. */
function stepsOf({ state, kind }: Pick<Task, 'state' | 'kind'>): Step[] {
  return steps[state].filter((step) => step.act !== 'phoned' || kind === 'care-visit')
}

export type Acting = {
  act: Act
  from: TaskState
  outcome: Outcome | undefined
  words: string | undefined
  who: PersonId
}

/**
 * The states that one act leads through. `find` needs an outcome; where nothing is left to do
 * (`fine`, `away`, `hazard-false` …) the task closes with it, so that the door takes one form.
 */
export function decideAct(task: Task, acting: Acting): TaskState[] | Fault {
  if (task.responsible !== acting.who) return fault('not-allowed')
  if (task.state !== acting.from) return fault('moved-on')
  const step = stepsOf(task).find((each) => each.act === acting.act)
  if (!step) return fault('moved-on')
  if (acting.act !== 'find') return acting.outcome ? fault('bad-input', 'outcome') : [step.to]
  if (!acting.outcome || !outcomesOf[task.kind].includes(acting.outcome)) {
    return fault('bad-input', 'outcome')
  }
  return isDoneBy(acting.outcome, task.kind) ? ['found', 'closed'] : ['found']
}

function isDoneBy(outcome: Outcome, kind: TaskKind): boolean {
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
