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

/** A visit to a person, or a repair of what has gone silent. */
export const kinds = ['care-visit', 'device-repair'] as const
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

export type Facts = {
  since: Instant | null
  silentMs: number | null
  gapMs: number | null
  gaps: { from: Instant; to: Instant }[]
  devices: { device: DeviceId; kind: string }[]
  gateway: string | null
  heardAt: Instant | null
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
}

export type Task = Asked & {
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
