import { dayMs, type Instant } from '../../../kernel/clock.ts'
import { outcomesOf } from '../decide.ts'
import type { Act, OwnAct, TaskState } from '../types.ts'
import type { Ended } from './types.ts'

/** What closed longer ago would be let go at once. */
const keptDays = 365

/** The field that cannot be, if one cannot: times out of order, or what cannot be found there. */
export function wrongOf(ended: Ended, now: Instant): keyof Ended | undefined {
  const { openedAt, acknowledgedAt, setOutAt, arrivedAt, closedAt } = ended
  if (!outcomesOf[ended.kind].includes(ended.outcome)) return 'outcome'
  if (closedAt > now || closedAt < now - keptDays * dayMs) return 'closedAt'
  if (ended.acknowledgeBy < openedAt) return 'acknowledgeBy'
  if (ended.dueAt < openedAt) return 'dueAt'
  let before = openedAt
  const times = { acknowledgedAt, setOutAt, arrivedAt, closedAt }
  for (const [field, at] of Object.entries(times)) {
    if (at === null) continue
    if (at < before) return field as keyof Ended
    before = at
  }
  return undefined
}

type Line = { act: Act | OwnAct; state: TaskState; at: Instant; isOurs: boolean }

/** Its history, as it would have been written here. Within one moment in the order of the acts. */
export function linesOf(ended: Ended): Line[] {
  const { openedAt, acknowledgeBy, acknowledgedAt, setOutAt, arrivedAt, closedAt, tier } = ended
  const climbedAt = Math.min(acknowledgeBy, acknowledgedAt)
  const own = (act: OwnAct, at: Instant): Line => ({ act, state: 'raised', at, isOurs: true })
  const theirs = (act: Act, state: TaskState, at: Instant | null): Line[] =>
    at === null ? [] : [{ act, state, at, isOurs: false }]
  return [
    own('raised', openedAt),
    ...(tier > 1 ? [own('climb', climbedAt)] : []),
    ...theirs('acknowledge', 'acknowledged', acknowledgedAt),
    ...theirs('set-out', 'on-the-way', setOutAt),
    ...theirs('arrive', 'at-the-door', arrivedAt),
    ...theirs('find', 'found', closedAt),
    ...theirs('close', 'closed', closedAt),
  ]
}
