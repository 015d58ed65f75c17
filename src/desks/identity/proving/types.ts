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

/** How a worker knows that somebody is who they say, and why not. */
export const yesBecause = ['saw-id-card', 'knows-them', 'household-says', 'saw-papers'] as const
export const noBecause = ['not-here', 'not-shown', 'somebody-else'] as const
export const claimBecause = [...yesBecause, ...noBecause] as const
export type ClaimBecause = (typeof claimBecause)[number]

/** Who of a home an account says to be. */
export type Found = { is: PersonId } | { claim: ClaimReason; person: PersonId | null }
