import type { PersonId } from '../../../kernel/ids.ts'

export const claimReasons = [
  'not-registered',
  'two-of-that-name',
  'held-by-another',
  'same-id-number',
] as const
export type ClaimReason = (typeof claimReasons)[number]

export const proofs = ['letter', 'station', 'household'] as const
export type HomeProof = (typeof proofs)[number]

export const verdicts = ['is-that-person', 'new-person', 'refused'] as const
export type Verdict = (typeof verdicts)[number]

/** Who of a home an account says to be. */
export type Found = { is: PersonId } | { claim: ClaimReason; person: PersonId | null }
