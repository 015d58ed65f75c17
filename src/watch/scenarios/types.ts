import type { Instant } from '../../kernel/clock.ts'
import type {
  CommitteeCode,
  ConsentId,
  HomeCode,
  PersonId,
  StreetCode,
  TaskId,
} from '../../kernel/ids.ts'
import type { Outcome } from '../../kernel/event.ts'
import type { Condition } from '../sensing/index.ts'
import type { Gap } from './kernel/index.ts'

export const careSilence = 'care-silence'
export const deviceSilence = 'device-silence'
/** What is wrong with a device becomes a task under its own rule: `device-battery-low` … */
export const ruleOfCondition = (condition: Condition): string => `device-${condition}`

export type Rule = {
  rule: string
  version: number
  silentHours: number | null
  visitHours: number | null
  since: Instant
}

/** One watched plan as it lies in the database. */
export type Watch = {
  street: StreetCode
  subject: string
  rule: string
  ruleVersion: number
  person: PersonId
  home: HomeCode
  consent: ConsentId
  since: Instant
  awayUntil: Instant | null
  gaps: Gap[]
  isRaised: boolean
}

export type Scored = {
  street: StreetCode
  task: TaskId
  rule: string
  ruleVersion: number
  committee: CommitteeCode
  outcome: Outcome
  at: Instant
}
