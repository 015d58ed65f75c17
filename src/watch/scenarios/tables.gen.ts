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

export interface Rule {
  rule: string
  version: number
  in_force_from: Date
  silent_hours: number | null
  visit_hours: number | null
  reason: string
}

export interface Sensor {
  street: string
  device: string
  heard_at: Date | null
  lost: string | null
}

export interface Watch {
  street: string
  subject: string
  rule: string
  rule_version: number
  person: string
  home: string
  consent: string
  since: Date
  away_until: Date | null
  gaps: unknown
  is_raised: boolean
  looked_on: string | null
}

export interface ScenariosTables {
  'scenarios.finding': Finding
  'scenarios.outcome': Outcome
  'scenarios.progress': Progress
  'scenarios.rule': Rule
  'scenarios.sensor': Sensor
  'scenarios.watch': Watch
}
