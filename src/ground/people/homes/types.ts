import type { HomeCode, PersonId } from '../../../kernel/ids.ts'
import { relations, tenures, type Relation, type Tenure } from '../types.ts'

export { relations, tenures, type Relation, type Tenure }

/** `developer`: not sold yet. */
export const ownerKinds = ['person', 'firm', 'developer'] as const
export type OwnerKind = (typeof ownerKinds)[number]

/** Which figure counts, in this order (解释 8). */
export const areaSources = ['register', 'survey', 'contract'] as const
export type AreaSource = (typeof areaSources)[number]

export const moves = ['moved-in', 'moved-out', 'died', 'mistake'] as const
export type Move = (typeof moves)[number]

/** Two families may share a flat; more than this is for a person to look at. */
export const residentsMax = 60
export const ownersMax = 50
export const wholeMax = 10_000

/** One share. `firm` is the name of a firm or developer. */
export type Share = {
  kind: OwnerKind
  person: PersonId | null
  firm: string | null
  part: number
  whole: number
  /** Registered, or a buyer in lawful possession who is not yet (解释 1). */
  isRegistered: boolean
  source: AreaSource
}

export type Living = {
  person: PersonId
  name: string
  bornOn: string | null
  household: string | null
  tenure: Tenure | null
  relation: Relation | null
  livesAlone: boolean
  since: number
}

export type HomeOf = { home: HomeCode; as: 'resident' | 'owner' }

/** What a home gives a right to. */
export const rights = [
  ...(['vote-of-owners', 'stand-for-owners-committee', 'see-owners-accounts'] as const),
  ...(['agree-to-lift', 'pay-maintenance', 'vote-of-residents', 'speak-at-meetings'] as const),
  ...(['report-and-rate', 'use-common-parts', 'register-household', 'visitor-passes'] as const),
  ...(['care-and-services', 'own-data'] as const),
] as const
export type Right = (typeof rights)[number]

/** `by-proxy`: with the owner's written authority. */
export const grants = ['yes', 'by-proxy', 'no'] as const
export type Grant = (typeof grants)[number]

export const standings = ['owner', 'family', 'tenant', 'other'] as const
export type Standing = (typeof standings)[number]
