/** Generated from the migrated database; `npm run generate`. */
import type { Generated } from 'kysely'

export interface Finding {
  street: string
  id: string
  rule: string
  rule_version: number
  subject: string
  place: string
  found_at: Date
  facts: unknown
  task: string | null
  not_before: Date | null
  step: Generated<number>
  ended_at: Date | null
}

export interface Outcome {
  street: string
  task: string
  rule: string
  rule_version: number
  committee: string
  outcome: string
  at: Date
}

export interface Progress {
  id: Generated<boolean>
  judged_position: number
}

export interface Sensor {
  street: string
  device: string
  heard_at: Date | null
  lost: string | null
}

export interface ShadowFinding {
  street: string
  id: string
  rule: string
  version: number
  committee: string
  found_at: Date
}

export interface Step {
  street: string
  id: string
  rule: string
  version: number
  act: string
  at: Date
  title: string | null
  unit: string | null
  reason: string
}

export interface StreetProgress {
  street: string
  fed: number
  settled_at: Date
  first_waiting: number
}

export interface Subject {
  street: string
  rule: string
  version: number
  subject: string
  state: unknown
}

export interface Version {
  street: string
  rule: string
  version: number
  state: string
  definition: unknown
  reason: string
  based_on: number | null
  made_at: Date
  made_by: string | null
  made_title: string | null
  made_unit: string | null
  reviewed_title: string | null
  reviewed_unit: string | null
  in_force_from: Date | null
  in_force_to: Date | null
}

export interface Watch {
  street: string
  subject: string
  person: string
  home: string
  consent: string
  since: Date
  away_until: Date | null
  looked_on: string | null
  purpose: string
}

export interface ScenariosTables {
  'scenarios.finding': Finding
  'scenarios.outcome': Outcome
  'scenarios.progress': Progress
  'scenarios.sensor': Sensor
  'scenarios.shadow_finding': ShadowFinding
  'scenarios.step': Step
  'scenarios.street_progress': StreetProgress
  'scenarios.subject': Subject
  'scenarios.version': Version
  'scenarios.watch': Watch
}
