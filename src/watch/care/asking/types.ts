import type { Instant } from '../../../kernel/clock.ts'
import type { HomeCode, PersonId, PlanId, StreetCode } from '../../../kernel/ids.ts'
import type { Answer, Contact } from '../types.ts'

/** Under which agreement the rule asks. */
export type AskingPurpose = 'agreed-care' | 'wandering-guard'

export type Question = {
  street: StreetCode
  /** The finding; one may ask the person and then their contacts. */
  question: string
  asks: 'person' | 'contact'
  plan: PlanId
  person: PersonId
  home: HomeCode
  purpose: AskingPurpose
  rule: string
  ruleVersion: number
  askedAt: Instant
  until: Instant
  /** Somebody is sent when nobody answers: told at any hour. */
  isUrgent: boolean
  /** Nobody is sent after it. */
  isLast: boolean
}

/** A contact as they were written down when they were asked. `asked` stands for them in delivery. */
export type AskedContact = {
  street: StreetCode
  asked: string
  question: string
  person: PersonId
  contact: Contact
  askedAt: Instant
  /** Then the next one is asked as well. */
  until: Instant
  answer: Answer | null
  answeredAt: Instant | null
}
