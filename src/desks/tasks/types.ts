import type { Instant } from '../../kernel/clock.ts'
import type { Outcome } from '../../kernel/event.ts'
import type {
  CommitteeCode,
  DeviceId,
  PersonId,
  PlaceCode,
  PostId,
  StreetCode,
  TaskId,
} from '../../kernel/ids.ts'

/**
 * A visit to a person who agreed; a repair of what has gone silent; a look at what was reported to
 * be dangerous or in the way; a check of a home by two workers, with the occupant's consent.
 */
export const kinds = ['care-visit', 'device-repair', 'hazard', 'home-check'] as const
export type TaskKind = (typeof kinds)[number]

export const states = [
  'raised',
  'acknowledged',
  'on-the-way',
  'at-the-door',
  'found',
  'closed',
] as const
export type TaskState = (typeof states)[number]

/** What a worker can do. `withdraw` is the program's own: the matter ended before anybody went. */
export const acts = [
  'acknowledge',
  'phoned',
  'set-out',
  'arrive',
  'find',
  'close',
  'withdraw',
] as const
export type Act = (typeof acts)[number]

export const deadlineKinds = ['hour', 'working_day', 'calendar_estimate'] as const
export type DeadlineKind = (typeof deadlineKinds)[number]

/** One thing that was heard, and where from. Never who. */
export type Signal = {
  device: DeviceId
  kind: string
  state: string
  value: number | null
  at: Instant
}

/** On how many days a home stood out among so many homes of its building. */
export type Lead = { days: number; ofDays: number; peers: number }

export const signalsMax = 20
/** Lines of a task's history that say "something joined". */
export const joinedMax = 30

export type Facts = {
  since: Instant | null
  silentMs: number | null
  gapMs: number | null
  gaps: { from: Instant; to: Instant }[]
  devices: { device: DeviceId; kind: string }[]
  gateway: string | null
  heardAt: Instant | null
  /** What was heard, the newest at most `signalsMax`, oldest first. */
  signals?: Signal[]
  /** How much was heard in all. */
  count?: number
  lead?: Lead
}

/** What a rule asks for when it opens a task. One open task per (rule, subject). */
export type Asked = {
  kind: TaskKind
  rule: string
  ruleVersion: number
  subject: string
  place: PlaceCode
  /** Whom the matter is about; null for a device. */
  person: PersonId | null
  facts: Facts
  /** How long whoever is told has to answer; what is usual for the kind where nothing is said. */
  acknowledgeMs?: number
}

export type Task = Omit<Asked, 'acknowledgeMs'> & {
  task: TaskId
  street: StreetCode
  committee: CommitteeCode
  state: TaskState
  openedAt: Instant
  acknowledgeBy: Instant
  dueAt: Instant
  dueKind: DeadlineKind
  post: PostId
  responsible: PersonId
  outcome: Outcome | null
  words: string | null
}
