import type { Instant } from '../../../kernel/clock.ts'
import type { ConsentPurpose, Giver } from '../types.ts'

export const consentPurposes = [
  'agreed-care',
  'wandering-guard',
  'agreed-calls',
] as const satisfies ConsentPurpose[]

/** One agreement of a person, living or past. */
export type KnownConsent = {
  purpose: ConsentPurpose
  givenAt: Instant
  until: Instant
  endedAt: Instant | null
  givenBy: Giver
  isOnPaper: boolean
  textVersion: number
  /** Newer words are in use for so long that these hold no more. */
  hasOldWords: boolean
}
