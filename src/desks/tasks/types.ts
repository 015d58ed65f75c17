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
import { matters, type Capacity, type Matter } from '../../kernel/matter.ts'

/**
 * A visit to a person who agreed; a first visit that asks how somebody wishes to be looked after; a
 * repair of what has gone silent; a look at what was reported to be dangerous or in the way; a
 * check of a home by two workers, with the occupant's consent; hours ahead in which nobody is on
 * duty.
 */
export const kinds = matters
export type TaskKind = Matter

export const urgencies = ['emergency', 'usual'] as const
export type Urgency = (typeof urgencies)[number]

/**
 * Whom to ask in turn, and how long each of them has to answer. `forMs`: how long all of the tier
 * have together, then the next tier is asked. The last is the duty officer.
 */
export type Tier = { as: Capacity; answerMs: number; forMs?: number }

export const states = [
  'raised',
  'acknowledged',
  'on-the-way',
  'at-the-door',
  'found',
  'closed',
] as const
export type TaskState = (typeof states)[number]

/**
 * What a person can do. `dispatch`: a duty officer gives it to a post. `oversee`: a duty officer
 * steps in, with a reason, and is concerned from then on. `withdraw` is the program's own: the
 * matter ended by itself.
 */
export const acts = [
  'acknowledge',
  'phoned',
  'set-out',
  'arrive',
  'find',
  'close',
  'take',
  'hand-over',
  'accept',
  'return',
  'ask-help',
  'help',
  'decline',
  'reopen',
  'dispatch',
  'oversee',
  'withdraw',
] as const
export type Act = (typeof acts)[number]

/**
 * What the program does. `climb`: nobody answered, the next is asked. `come-back`: acknowledged and
 * forgotten. `again`: the same one is told once more. `overdue`: the duty officer is told, the task
 * stays with who goes. `lapse`: an offered hand-over was not answered. `move`: whoever had it is not
 * there any more.
 */
export const ownActs = [
  'raised',
  'joined',
  'climb',
  'come-back',
  'again',
  'overdue',
  'lapse',
  'move',
] as const
export type OwnAct = (typeof ownActs)[number]

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
  /** How much was heard in all; how many are missing in a roster. */
  count?: number
  lead?: Lead
  /** Who was asked before, and did not answer. */
  asked?: ('person' | 'contact')[]
  /** Who said that help is needed. */
  help?: 'person' | 'contact'
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
  /** Nothing said: usual. Of an emergency the duty officer hears at once. */
  urgency?: Urgency
  /** Nothing said: the worker. The duty officer is always the last. */
  tiers?: readonly Tier[]
  /** How long each has to answer where no tiers are said; what is usual for the kind otherwise. */
  acknowledgeMs?: number
}

export type Task = Omit<Asked, 'acknowledgeMs' | 'urgency' | 'tiers'> & {
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
  urgency: Urgency
  tiers: readonly Tier[]
  /** Which of the tiers is asked now, from 1. */
  tier: number
  timesTold: number
  /** When the program looks at it again; null once it is closed. */
  nextAt: Instant | null
  acknowledgedAt: Instant | null
  closedAt: Instant | null
  /** To whom it is offered, until when, and why. */
  offer: { to: PersonId; until: Instant; reason: string | null } | null
}

/** `responsible`: one. `told`: was asked before, or is to know. `asked`: for help, or to take over. */
export const parts = ['responsible', 'told', 'asked', 'helping', 'declined'] as const
export type Part = (typeof parts)[number]

/** `tier`: in which tier they were asked to answer for it; 0: never, they were only told. */
export type Concerned = { person: PersonId; post: PostId; part: Part; tier: number; since: Instant }

/** Somebody with a post, as duties says it. */
export type Somebody = { person: PersonId; post: PostId; title: string; unit: string }

export type Proof = 'tag'

/** A line of a task's history. `by` null: the program. */
export type Step = {
  act: Act | OwnAct
  state: TaskState
  /** When it was heard; all clocks run by it. */
  at: Instant
  /** When it was done, where it had to wait for a network. */
  doneAt?: Instant | null
  by: Somebody | null
  to?: Somebody | null
  outcome?: Outcome | null
  words?: string | null
  key?: string | null
  proof?: Proof | null
}

/** What the closed list of messages says of a task. */
export type TaskSays =
  | 'task'
  | 'task-again'
  | 'help-asked'
  | 'handed-over'
  | 'overdue'
  | 'roster-gap'

/** What a decision changes: the row, who is concerned, the history, and whom to tell what. */
export type Change = {
  task: Task
  set: Partial<Omit<Task, keyof Asked | 'task' | 'street' | 'committee' | 'openedAt'>>
  concerned: readonly Concerned[]
  steps: readonly Step[]
  notes: readonly { person: PersonId; says: TaskSays }[]
  /** Whose notes of this matter are answered. */
  answered: readonly PersonId[]
}

export const photoForms = ['image/jpeg', 'image/webp'] as const
export type PhotoForm = (typeof photoForms)[number]

export const photoBytesMax = 1_500_000
export const photoBase64Max = Math.ceil(photoBytesMax / 3) * 4
export const photosMax = 4

/** Kinds whose matter can be a thing. A visit to a person is none. */
export const photographed: ReadonlySet<TaskKind> = new Set([
  'hazard',
  'device-repair',
  'home-check',
])

/** What can be reported about a place. Never about a person. */
export const reportable = [
  'crowding',
  'hazard',
  'fire-way-blocked',
  'e-bike-charging',
  'noise',
  'other',
] as const
export type Reportable = (typeof reportable)[number]

/** Reports of one task: whoever comes after them is refused. */
export const reportsMax = 50
