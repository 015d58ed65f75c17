import type { Instant } from '../../../kernel/clock.ts'
import type { HomeCode, PersonId, PlanId, StreetCode } from '../../../kernel/ids.ts'

/** Under which agreement the rule asks. */
export type AskingPurpose = 'agreed-care' | 'wandering-guard'

export type Question = {
  street: StreetCode
  question: string
  plan: PlanId
  person: PersonId
  home: HomeCode
  purpose: AskingPurpose
  rule: string
  ruleVersion: number
  askedAt: Instant
  until: Instant
}
