import type { Instant } from '../../../kernel/clock.ts'
import type { Outcome } from '../../../kernel/event.ts'
import type { CommitteeCode, PostId, TaskId } from '../../../kernel/ids.ts'
import type { TaskKind, TaskState } from '../types.ts'

export type Urgency = 'emergency' | 'usual'

/** An open matter as the whole street may see it: where it stands, and neither home nor person. */
export type OpenMatter = {
  task: TaskId
  kind: TaskKind
  rule: string
  urgency: Urgency
  state: TaskState
  committee: CommitteeCode
  openedAt: Instant
  /** The clock that runs now: first to answer, then to do. */
  deadline: Instant
  tier: number
  post: PostId
}

/** How long something took, in ms, of those where it happened at all. */
export type Took = { count: number; half: number | null; nineOfTen: number | null }

/** One kind of matter under one rule in one span of time. */
export type KindFigures = {
  kind: TaskKind
  rule: string
  matters: number
  answered: Took
  reached: Took
  closed: Took
  /** Closed after its deadline, or still open past it. */
  late: number
  /** Went to a further tier before somebody answered. */
  climbed: number
  outcomes: { outcome: Outcome; count: number }[]
}

export type Proof = {
  at: Instant
  open: number
  unowned: number
  unescalated: number
  lateMs: number
}
