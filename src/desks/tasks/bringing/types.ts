import type { Instant } from '../../../kernel/clock.ts'
import type { Outcome } from '../../../kernel/event.ts'
import type { CommitteeCode, PostId } from '../../../kernel/ids.ts'
import type { TaskKind, Urgency } from '../types.ts'

/** So many at once. */
export const broughtMax = 500

/** Times in their order; who was not on the way, or stood at no door, has none of these. */
export type Ended = {
  kind: TaskKind
  rule: string
  ruleVersion: number
  committee: CommitteeCode
  /** Whoever holds it now stands for whoever held it then. */
  post: PostId
  urgency: Urgency
  /** How far it had climbed when somebody answered, from 1. */
  tier: number
  openedAt: Instant
  acknowledgeBy: Instant
  dueAt: Instant
  acknowledgedAt: Instant
  setOutAt: Instant | null
  arrivedAt: Instant | null
  closedAt: Instant
  outcome: Outcome
  words: string | null
}
