/** Generated from the migrated database; `npm run generate`. */
import type { Generated } from 'kysely'

export interface Battery {
  street: string
  device: string
  percent: number
  at: Date
}

export interface Condition {
  street: string
  device: string
  condition: string
  since: Date
}

export interface Coverage {
  street: string
  device: string
  place: string
  from_at: Date
  to_at: Date
}

export interface LastingReading {
  street: string
  device: string
  sequence: number | null
  event_at: Date
  arrived_at: Date
  position: number
  kind: string
  state: string
  value: number | null
  purpose: string
}

export interface Mark {
  street: string
  device: string
  heard_at: Date
  taken: Generated<string>
  taken_before: Generated<string>
  taken_timed: Generated<string>
  restarted_at: Date | null
  newest_at: Date | null
  last_states: unknown
  windows: unknown
}

export interface Progress {
  id: Generated<boolean>
  marked_position: number
}

export interface Reading {
  street: string
  device: string
  sequence: number | null
  event_at: Date
  arrived_at: Date
  position: number
  kind: string
  state: string
  consent: string | null
  value: number | null
}

export interface Refusal {
  street: string
  device: string
  day: string
  reason: string
  count: number
  last_at: Date
}

export interface Remark {
  street: string
  device: string
  day: string
  remark: string
  count: number
  last_at: Date
}

export interface UsageDay {
  street: string
  device: string
  day: string
  measure: string
  first: number
  last: number
  lowest: number
  highest: number
  readings: number
}

export interface SensingTables {
  'sensing.battery': Battery
  'sensing.condition': Condition
  'sensing.coverage': Coverage
  'sensing.lasting_reading': LastingReading
  'sensing.mark': Mark
  'sensing.progress': Progress
  'sensing.reading': Reading
  'sensing.refusal': Refusal
  'sensing.remark': Remark
  'sensing.usage_day': UsageDay
}
