import { hourMs, minuteMs, type Instant } from '../../kernel/clock.ts'
import type { Outcome } from '../../kernel/event.ts'
import { fault, type Fault } from '../../kernel/fault.ts'
import type { PersonId } from '../../kernel/ids.ts'
import type { Act, Task, TaskKind, TaskState } from './types.ts'

/** How long a worker has to say "I have seen it" (product; a parameter of the street later). */
export const acknowledgeMs: Record<TaskKind, number> = {
  'care-visit': 15 * minuteMs,
  'device-repair': 4 * hourMs,
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
 * (`fine`, `away`, `wrong-home`) the task closes with it, so that the door takes one form.
 */
export function decideAct(task: Task, acting: Acting): TaskState[] | Fault {
  if (task.responsible !== acting.who) return fault('not-allowed')
  if (task.state !== acting.from) return fault('moved-on')
  const step = stepsOf(task).find((each) => each.act === acting.act)
  if (!step) return fault('moved-on')
  if (acting.act !== 'find') return acting.outcome ? fault('bad-input', 'outcome') : [step.to]
  if (!acting.outcome) return fault('bad-input', 'outcome')
  return isDoneBy(acting.outcome, task.kind) ? ['found', 'closed'] : ['found']
}

function isDoneBy(outcome: Outcome, kind: TaskKind): boolean {
  switch (outcome) {
    case 'fine':
    case 'away':
    case 'wrong-home':
      return true
    case 'sensor-fault':
      return kind === 'care-visit'
    case 'needed-help':
      return false
    default:
      return outcome satisfies never
  }
}

/** By deadline; what has waited longer first among equals. */
export function byDeadline(a: Task, b: Task): number {
  return deadlineOf(a) - deadlineOf(b) || a.openedAt - b.openedAt || (a.task < b.task ? -1 : 1)
}

/** The clock that runs now: first to answer, then to do. */
export function deadlineOf(task: Pick<Task, 'state' | 'acknowledgeBy' | 'dueAt'>): Instant {
  return task.state === 'raised' ? Math.min(task.acknowledgeBy, task.dueAt) : task.dueAt
}
