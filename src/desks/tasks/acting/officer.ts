import { fault, type Fault } from '../../../kernel/fault.ts'
import { changed } from '../climbing/decide.ts'
import { lookAgainAt } from '../decide.ts'
import type { Change, Concerned, Task } from '../types.ts'
import { askedOf, formerly, isGoing, lineOf, responsibleNow } from './rows.ts'
import type { Acting } from './types.ts'

/**
 * A duty officer gives an open task to a post, whose clock to answer begins anew. Nobody is called
 * back from the way: where somebody is going, another is asked to help, and only on a second word.
 */
export function dispatch(
  task: Task,
  concerned: readonly Concerned[],
  acting: Acting,
): Change | Fault {
  const { to, by, at, anyway } = acting
  if (task.state === 'found' || task.state === 'closed') return fault('moved-on')
  if (!to) return fault('bad-input', 'to')
  if (to.person === task.responsible) return fault('already-so')
  if (isGoing(task)) return anyway ? another(task, concerned, acting, to) : fault('on-the-way')
  const isMine = to.person === by.person
  const state = isMine ? 'acknowledged' : 'raised'
  const acknowledgeBy = at + (task.tiers[task.tier - 1]?.answerMs ?? 0)
  return {
    ...changed(task, {
      ...{ state, responsible: to.person, post: to.post, offer: null, acknowledgeBy },
      acknowledgedAt: isMine ? at : null,
      nextAt: lookAgainAt({ ...task, acknowledgeBy }, state, at),
    }),
    concerned: [
      ...formerly(task, concerned, 'told'),
      responsibleNow(task, concerned, { by: to, at }),
    ],
    steps: [{ ...lineOf(acting), state, to }],
    notes: isMine ? [] : [{ person: to.person, says: 'task' }],
    answered: [by.person],
  }
}

function another(
  task: Task,
  concerned: readonly Concerned[],
  acting: Acting,
  to: NonNullable<Acting['to']>,
): Change | Fault {
  const known = concerned.find(({ person }) => person === to.person)
  if (known?.part === 'helping') return fault('already-so')
  return {
    ...changed(task, {}),
    concerned: [askedOf(concerned, acting, to)],
    steps: [{ ...lineOf(acting), state: task.state, to }],
    notes: to.person === acting.by.person ? [] : [{ person: to.person, says: 'help-asked' }],
    answered: [acting.by.person],
  }
}

/** Whoever steps in sees where it is; that they did, and why, stands in the task's history. */
export function oversee(task: Task, mine: Concerned | undefined, acting: Acting): Change | Fault {
  const { by, at, words } = acting
  if (task.state === 'closed') return fault('moved-on')
  if (mine) return fault('already-so')
  if (!words) return fault('bad-input', 'words')
  return {
    ...changed(task, {}),
    concerned: [{ person: by.person, post: by.post, part: 'told', tier: 0, since: at }],
    steps: [{ ...lineOf(acting), state: task.state }],
  }
}
