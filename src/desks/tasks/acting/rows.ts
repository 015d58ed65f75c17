import type { Concerned, Part, Step, Task } from '../types.ts'
import type { Acting } from './types.ts'

/** What acts have in common: who is concerned after them, and their line in the history. */

export function isGoing({ state }: Pick<Task, 'state'>): boolean {
  return state === 'on-the-way' || state === 'at-the-door'
}

export function formerly(task: Task, concerned: readonly Concerned[], part: Part): Concerned[] {
  return concerned
    .filter(({ person }) => person === task.responsible)
    .map((one) => ({ ...one, part }))
}

export function responsibleNow(
  task: Task,
  concerned: readonly Concerned[],
  { by, at }: Pick<Acting, 'by' | 'at'>,
): Concerned {
  const { person, post } = by
  const known = concerned.find((one) => one.person === person)
  return {
    ...{ person, post, part: 'responsible', since: at },
    tier: known && known.tier > 0 ? known.tier : task.tier,
  }
}

/** Asked for help or to take over: who helps already goes on helping. */
export function askedOf(
  concerned: readonly Concerned[],
  { at }: Acting,
  { person, post }: NonNullable<Acting['to']>,
): Concerned {
  const known = concerned.find((one) => one.person === person)
  const part = known?.part === 'helping' ? 'helping' : 'asked'
  return { person, post, part, tier: known?.tier ?? 0, since: at }
}

export function lineOf(acting: Acting): Omit<Step, 'state'> {
  const { act, at, doneAt, by, words, key, proof, outcome } = acting
  return {
    ...{ act, at, doneAt: doneAt ?? null, by },
    ...{ words: words || null, key: key ?? null, proof: proof ?? null, outcome: outcome ?? null },
  }
}
