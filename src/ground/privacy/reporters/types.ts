import type { AccountId, PersonId, StreetCode } from '../../../kernel/ids.ts'

/** Why a reporter's identity is opened: of a closed list, and told to the reporter. */
export const openingReasons = ['to-ask-back', 'threat-to-life', 'court-order'] as const
export type OpeningReason = (typeof openingReasons)[number]

/** What somebody reported; a reporter is sealed to it and opens with nothing else. */
export type ReportedMatter = { street: StreetCode; kind: 'task'; id: string }

/** Who reported, as it is sealed. `person` null: an account that lives nowhere yet. */
export type Reporter = {
  person: PersonId | null
  account: AccountId | null
  name: string | null
  phone: string | null
}

export const reportersMax = 50
/** Sealed to one length, so that a long name is not known by it. */
export const sealedBytes = 768
/** It goes with its matter, a year after closing; whatever happens to that, not later (product). */
export const keptDaysMax = 730
