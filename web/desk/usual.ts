import type { Act } from '../../src/desks/tasks/types.ts'
import type { Row } from './wording.ts'
import type { Step } from './work.ts'

/** What the one button of a row does; `go-now`: seen and on the way in one press. */
export type Usual = Act | 'go-now'

/**
 * In an emergency "seen" by itself helps nobody, so one press says both: there is no list to read
 * first, and the second tap would come seconds later. Everything else is acknowledged by itself:
 * who reads ten of them in the morning does not set out ten times.
 */
export function goesAtOnce({ urgency, state, next }: Row): boolean {
  return urgency === 'emergency' && state === 'raised' && next[0] === 'acknowledge'
}

export const goNow: readonly [Step, Step] = [
  { act: 'acknowledge', from: 'raised' },
  { act: 'set-out', from: 'acknowledged' },
]

/** The next act of a row, for whoever looks at it; null: somebody else is on it. */
export function usualOf(task: Row): Usual | null {
  const { part, state, urgency, next, may, offer } = task
  if (offer?.isMine) return 'accept'
  if (goesAtOnce(task)) return 'go-now'
  if (next[0]) return next[0]
  if (part === 'asked' && may.includes('help')) return 'help'
  if (state !== 'raised') return null
  if (urgency === 'emergency' && may.includes('set-out')) return 'set-out'
  return may.includes('take') ? 'take' : null
}

/**
 * Whether it is for the asker to act on: theirs, offered, asked for, come to help; and an emergency
 * that nobody has answered is everybody's who knows of it.
 */
export function isForMe(task: Row): boolean {
  return task.part !== 'told' || isUnanswered(task)
}

export function isUnanswered({ urgency, state }: Row): boolean {
  return urgency === 'emergency' && state === 'raised'
}

/** By deadline as they come, but what nobody has answered and cannot wait stands above all. */
export function inOrder(tasks: readonly Row[]): { mine: Row[]; told: Row[] } {
  const mine = tasks.filter(isForMe)
  return {
    mine: [...mine.filter(isUnanswered), ...mine.filter((task) => !isUnanswered(task))],
    told: tasks.filter((task) => !isForMe(task)),
  }
}
