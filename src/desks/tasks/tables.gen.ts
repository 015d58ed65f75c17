/** Generated from the migrated database; `npm run generate`. */
import type { Generated } from 'kysely'

export interface Concerned {
  street: string
  task: string
  person: string
  post: string
  part: string
  tier: number
  since: Date
}

export interface Photo {
  street: string
  id: string
  task: string
  taken_at: Date
  actor: string
  bytes: Buffer
  says: string
}

export interface Proof {
  street: string
  at: Date
  open: number
  unowned: number
  unescalated: number
  late_ms: number
}

export interface Report {
  street: string
  id: string
  task: string
  what: string
  words: string
  receipt: Buffer
  mark: Buffer | null
  made_on: string
}

export interface Task {
  street: string
  id: string
  kind: string
  rule: string
  rule_version: number
  subject: string
  committee: string
  place: string
  person: string | null
  state: string
  facts: unknown
  opened_at: Date
  acknowledge_by: Date
  due_at: Date
  due_kind: string
  post: string
  responsible: string
  outcome: string | null
  words: string | null
  closed_at: Date | null
  urgency: string
  tiers: unknown
  tier: Generated<number>
  times_told: Generated<number>
  next_at: Date | null
  acknowledged_at: Date | null
  offered_to: string | null
  offered_until: Date | null
  offer_reason: string | null
}

export interface TaskLog {
  street: string
  task: string
  step: number
  at: Date
  act: string
  state: string
  actor: string | null
  post: string | null
  title: string | null
  unit: string | null
  outcome: string | null
  words: string | null
  to_person: string | null
  to_title: string | null
  to_unit: string | null
  key: string | null
  proof: string | null
  done_at: Date | null
}

export interface TasksTables {
  'tasks.concerned': Concerned
  'tasks.photo': Photo
  'tasks.proof': Proof
  'tasks.report': Report
  'tasks.task': Task
  'tasks.task_log': TaskLog
}
