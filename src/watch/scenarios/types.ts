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
import type { JudgedPurpose } from '../../ground/privacy/index.ts'
import type { Condition } from '../sensing/index.ts'

export const careSilence = 'care-silence'
export const deviceSilence = 'device-silence'
export const overcrowding = 'overcrowding'
/** What is wrong with a device becomes a task under its own rule: `device-battery-low` … */
export const ruleOfCondition = (condition: Condition): string => `device-${condition}`

/**
 * A version's life: written, then tried beside the one in force (`shadow` raises nothing), sent to
 * another person (`review`), switched on, and one day replaced or switched off (`retired`).
 * `stopped`: below its own floor of hits, by itself.
 */
export const versionStates = [
  'draft',
  'shadow',
  'review',
  'in-force',
  'retired',
  'stopped',
  'dropped',
] as const
export type VersionState = (typeof versionStates)[number]

/** What was done to a version. `made`, `shipped` and `stopped` are not asked for by anybody. */
export const workshopActs = [
  'made',
  'shipped',
  'shadow',
  'unshadow',
  'submit',
  'return',
  'approve',
  'retire',
  'roll-back',
  'drop',
  'stopped',
] as const
export type WorkshopAct = (typeof workshopActs)[number]

/** One agreement that rules of a consent may judge. `subject`: the plan it belongs to. */
export type Watch = {
  street: StreetCode
  subject: string
  purpose: JudgedPurpose
  person: PersonId
  home: HomeCode
  consent: ConsentId
  since: Instant
  awayUntil: Instant | null
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
